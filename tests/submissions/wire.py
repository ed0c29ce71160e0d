"""A real web server in a process of its own, and a sender at the other end of a real wire."""

import http.client
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from tests.submissions.tus_client import CHUNK, said

PATIENCE_SECONDS = 60
TOKEN = "t" * 32


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def copied_database(path):
    """The test's database as a file that another process can open."""
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as target:
        connection.connection.backup(target)
    return f"sqlite:///{path}"


def surroundings(database, folder):
    """Settings of a server as in production: its own database; nobody takes its orders."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DEBUG": "0",
        "SECRET_KEY": settings.SECRET_KEY,  # so that the test's session is good there
        "FIELD_KEYS": ",".join(settings.FIELD_KEYS),
        "DATABASE_URL": database,
        "MEDIA_ROOT": str(folder),
        "MAIL_DIR": str(folder.parent / "mail"),
        "REDIS_URL": "memory://",  # orders are taken at once, and carried out by nobody
        "PUBLIC_BASE_URL": "http://127.0.0.1",
    }


class Server:
    """Granian as the Procfile starts it, on a free port, in a process group of its own."""

    def __init__(self, database, folder, port=None, **more):
        self.port = port or free_port()
        options = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "8", "--no-ws"]
        where = ["--host", "127.0.0.1", "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", *options, *where, "portal.wsgi:application"],
            env=surroundings(database, folder) | more,
            cwd=settings.BASE_DIR,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.wait()

    def wait(self):
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with closing(http.client.HTTPConnection("127.0.0.1", self.port)) as line:
                    line.request("GET", "/health")
                    assert line.getresponse().status == 200
                    return
            except OSError:
                assert time.monotonic() < end
                assert self.process.poll() is None
                time.sleep(0.05)

    def kill(self):
        """Pull the plug: no last word from anyone of the group."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(timeout=10)

    def worker(self):
        """The process that answers: the master's only child."""
        master = self.process.pid
        return int(Path(f"/proc/{master}/task/{master}/children").read_text().split()[-1])

    def resident(self):
        """How many bytes of memory the worker takes."""
        status = Path(f"/proc/{self.worker()}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024


@contextmanager
def running(database, folder, **more):
    server = Server(database, folder, **more)
    try:
        yield server
    finally:
        server.kill()


class WireSender:
    """Sends one file over sockets, as slowly and as unreliably as a test likes."""

    def __init__(self, session, attempt_id):
        self.session = session
        self.endpoint = f"/my/attempts/{attempt_id}/uploads/"
        self.place = ""

    def headers(self, **more):
        told = {
            "Tus-Resumable": "1.0.0",
            "X-CSRFToken": TOKEN,
            "Cookie": f"sessionid={self.session}; csrftoken={TOKEN}",
            "X-Requested-With": "fetch",
        }
        return told | {name.replace("_", "-"): str(value) for name, value in more.items()}

    def ask(self, server, method, path, body=None, **headers):
        with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)) as line:
            line.request(method, path, body, self.headers(**headers))
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()

    def create(self, server, size, **words):
        status, headers, body = self.ask(
            server, "POST", self.endpoint, Upload_Length=size, Upload_Metadata=said(**words)
        )
        self.place = headers.get("location", headers.get("Location", ""))
        return status, body

    def offset(self, server):
        _status, headers, _body = self.ask(server, "HEAD", self.place)
        return int({name.lower(): value for name, value in headers.items()}["upload-offset"])

    def patch(self, server, offset, content):
        return self.ask(
            server, "PATCH", self.place, content, Upload_Offset=offset, Content_Type=CHUNK
        )

    def begin_chunk(self, server, offset, size):
        """Announce a chunk; the socket it goes through is handed back."""
        told = self.headers(Upload_Offset=offset, Content_Type=CHUNK, Content_Length=size)
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        line = socket.create_connection(("127.0.0.1", server.port), timeout=60)
        line.sendall(f"PATCH {self.place} HTTP/1.1\r\nHost: 127.0.0.1\r\n{head}\r\n".encode())
        return line

    def send_rest(self, server, content, chunk):
        """The rest of a file from where it stands; the last answer's status."""
        status = None
        for start in range(self.offset(server), len(content), chunk):
            status, _headers, _body = self.patch(server, start, content[start : start + chunk])
        return status
