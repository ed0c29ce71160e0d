"""A large video in 5 MB chunks through the portal's web server, beside nginx's WebDAV PUT.

    python tests/bench/bench_upload.py          BENCH_GB=0.25 for a shorter look

Prints the rates of both in the same run, their ratio (aim: at least 0.35) and how much the web
process grew (aim: at most 20 MB). Loopback only; whatever it starts it ends by its own id.
"""

import http.client
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

GIGABYTE = 1024**3
MEGABYTE = 1024**2
CHUNK = 5 * MEGABYTE
SIZE = int(float(os.environ.get("BENCH_GB", "2")) * GIGABYTE)
ROUNDS = 3
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
AIM_RATIO, AIM_GROWTH = 0.35, 20 * MEGABYTE

NGINX_CONF = """
{user}
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; client_max_body_size 0;
  client_body_temp_path {folder}/coming; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; root {folder}/taken; location / {{ dav_methods PUT; }} }}
}}
"""


def prepare(folder):
    """Settings, a database with attempts that ask for a video, and a sender for each."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DEBUG": "1",
        "DATABASE_URL": f"sqlite:///{folder / 'portal.sqlite3'}",
        "MEDIA_ROOT": str(folder / "files"),
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.test import Client

    from catalog.models import ArtifactRequirement
    from tests.factories import started_attempt
    from tests.submissions import wire

    call_command("migrate", verbosity=0)
    senders = []
    for _round in range(1 + ROUNDS):
        attempt = started_attempt()
        client = Client()
        client.force_login(attempt.educator)
        session = client.cookies["sessionid"].value
        senders.append(wire.WireSender(session, attempt.public_id))
    ArtifactRequirement.objects.update(kinds=["video"])
    return wire, senders


def film(folder):
    """The beginning of a video whose rest is a box that players skip."""
    path = folder / "film.mp4"
    source = ["-f", "lavfi", "-i", "testsrc=size=64x64:rate=5:duration=1"]
    command = ["ffmpeg", "-v", "error", "-y", *source, "-pix_fmt", "yuv420p", str(path)]
    subprocess.run(command, check=True, timeout=60)
    head = path.read_bytes()
    rest = SIZE - len(head)
    return head + (1).to_bytes(4, "big") + b"free" + rest.to_bytes(8, "big")


def pieces(head):
    """The whole file in chunks: its beginning, then the same megabytes again and again."""
    filling = os.urandom(CHUNK)
    yield head + filling[len(head) :]
    for start in range(CHUNK, SIZE, CHUNK):
        yield filling[: min(CHUNK, SIZE - start)]


def through_portal(server, sender, head):
    """Seconds for the whole file, from its creation to the answer to its last chunk."""
    begun, offset = time.monotonic(), 0
    status, words = sender.create(server, SIZE, filename="film.mp4", filetype="video/mp4")
    assert status == 201, words
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)) as line:
        for piece in pieces(head):
            told = sender.headers(
                Upload_Offset=offset, Content_Type="application/offset+octet-stream"
            )
            line.request("PATCH", sender.place, piece, told)
            answer = line.getresponse()
            words = answer.read()
            assert answer.status == 204, (answer.status, words)
            offset += len(piece)
    return time.monotonic() - begun


def through_nginx(port, head):
    """Seconds for one PUT of the same bytes."""
    begun = time.monotonic()
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=120)) as line:
        line.request("PUT", "/film.mp4", pieces(head), {"Content-Length": str(SIZE)})
        answer = line.getresponse()
        answer.read()
        assert answer.status in {201, 204}, answer.status
    return time.monotonic() - begun


@contextmanager
def nginx(folder, port):
    """Nginx with one worker and WebDAV, in the foreground."""
    (folder / "taken").mkdir(parents=True)
    conf = folder / "nginx.conf"
    user = "user root;" if os.getuid() == 0 else ""
    conf.write_text(NGINX_CONF.format(folder=folder, port=port, user=user))
    process = subprocess.Popen(
        [NGINX, "-p", str(folder), "-c", str(conf)], stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(0.5)
        assert process.poll() is None, (folder / "error.log").read_text()
        yield
    finally:
        process.terminate()
        process.wait(timeout=10)


class Scale:
    """Weighs the web process ten times a second."""

    def __init__(self, server):
        self.server, self.seen, self.is_over = server, [server.resident()], threading.Event()
        self.thread = threading.Thread(target=self.weigh)

    def weigh(self):
        while not self.is_over.wait(0.1):
            self.seen.append(self.server.resident())

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *trouble):
        self.is_over.set()
        self.thread.join()

    @property
    def growth(self):
        return max(self.seen) - self.seen[0]


def small_one(server, sender, head):
    """One small file before anything is weighed: code and tables that every process loads once."""
    told = {"filename": "short.mp4", "filetype": "video/mp4"}
    sender.create(server, len(head), **told)
    sender.patch(server, 0, head)


def emptied(*folders):
    """So that every round finds the same disk."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file():
                path.unlink()
    os.sync()


def say(words):
    sys.stdout.write(f"{words}\n")


def rates(label, seconds):
    speeds = [SIZE / MEGABYTE / one for one in seconds]
    told = ", ".join(f"{speed:.0f}" for speed in speeds)
    say(f"{label:<28} {statistics.median(speeds):6.0f} MB/s   ({told})")
    return statistics.median(speeds)


def main():
    with tempfile.TemporaryDirectory(prefix="bench-upload-") as name:
        folder = Path(name)
        wire, (first, *senders) = prepare(folder)
        head, port = film(folder), wire.free_port()
        files, dav = folder / "files", folder / "nginx"
        ours, theirs = [], []
        with wire.running(os.environ["DATABASE_URL"], files) as server:
            small_one(server, first, head[:-16])
            with Scale(server) as scale:
                for sender in senders:
                    ours.append(through_portal(server, sender, head))
                    emptied(files)
                    if NGINX:
                        shutil.rmtree(dav, ignore_errors=True)
                        with nginx(dav, port):
                            theirs.append(through_nginx(port, head))
                        emptied(dav)
    tell(ours, theirs, scale)


def tell(ours, theirs, scale):
    say(f"one video of {SIZE / GIGABYTE:.2f} GB, median of {ROUNDS} rounds")
    mine = rates("portal, tus in 5 MB chunks", ours)
    say(f"web process grew by          {scale.growth / MEGABYTE:6.1f} MB     (aim <= 20)")
    if theirs:
        ratio = mine / rates("nginx, one WebDAV PUT", theirs)
        say(f"ratio                        {ratio:6.2f}        (aim >= {AIM_RATIO})")
    else:
        say("NOT MEASURED: nginx is not installed here, so there is no ratio")


if __name__ == "__main__":
    main()
