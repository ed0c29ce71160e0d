"""The web server sends what the portal tells it to, by the very text of ``docs/files.md``."""

import os
import re
import shutil
import socket
import subprocess
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep

import pytest
from django.conf import settings as portal
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from submissions.serving import QUIET
from tests.factories import hand_in, started_attempt

NGINX = os.environ.get("NGINX") or shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
CONTENT = bytes(range(256)) * 4000
SIZE = len(CONTENT)
FRAME = """
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/errors;
events {{ worker_connections 64; }}
http {{
  access_log off; default_type application/octet-stream;
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  server {{ listen 127.0.0.1:{port}; {rules} }}
}}
"""

pytestmark = [
    pytest.mark.skipif(not NGINX, reason="nginx is not installed here"),
    pytest.mark.django_db(transaction=True),
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def configuration(folder, port, upstream):
    """The text of the docs, for this folder and these ports."""
    text = (Path(portal.BASE_DIR) / "docs" / "files.md").read_text()
    rules = re.search(r"```nginx\n(.*?)```", text, re.DOTALL)[1]
    rules = rules.replace("/srv/portal/media/", f"{portal.MEDIA_ROOT}/")
    rules = rules.replace("http://127.0.0.1:8000", upstream)
    return FRAME.format(folder=folder, port=port, rules=rules)


@pytest.fixture
def server(tmp_path, settings, live_server):
    """nginx before the portal, on a port of its own."""
    settings.FILES_OFFLOAD = "x-accel"
    port, folder = free_port(), tmp_path / "nginx"
    folder.mkdir()
    tmp_path.chmod(0o755)
    (folder / "conf").write_text(f"user root;{configuration(folder, port, live_server.url)}")
    process = subprocess.Popen([NGINX, "-c", folder / "conf", "-p", folder, "-e", folder / "log"])
    wait_for(port)
    yield port
    process.terminate()
    process.wait(timeout=10)


def wait_for(port, patience=10):
    end = monotonic() + patience
    while monotonic() < end:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        sleep(0.05)
    pytest.fail("nginx does not answer")


@pytest.fixture
def place():
    """The address of a clean copy, and its owner."""
    attempt = started_attempt()
    plan = attempt.edition.parts.get(number=2).requirements.get(key="plan")
    evidence = hand_in(attempt, plan)
    default_storage.save(evidence.clean_key, ContentFile(CONTENT))
    return reverse("evidence-copy-view", args=[evidence.public_id]), attempt.educator


def ask(port, path, owner=None, method="GET", **headers):
    client = Client()
    if owner:
        client.force_login(owner)
        headers["Cookie"] = f"sessionid={client.cookies['sessionid'].value}"
    way = HTTPConnection("127.0.0.1", port, timeout=10)
    way.request(method, path, headers={"Host": "localhost", **headers})
    answer = way.getresponse()
    answer.body = answer.read()
    way.close()
    return answer


@pytest.mark.parametrize(
    ("asked", "status", "content", "span"),
    [
        ({}, 200, CONTENT, None),
        ({"Range": "bytes=5-9"}, 206, CONTENT[5:10], f"bytes 5-9/{SIZE}"),
        ({"Range": "bytes=-4"}, 206, CONTENT[-4:], f"bytes {SIZE - 4}-{SIZE - 1}/{SIZE}"),
        ({"Range": "bytes=0-1,4-5"}, 200, CONTENT, None),
        ({"Range": "bytes=5-9", "If-Range": '"abc"'}, 200, CONTENT, None),
    ],
)
def test_ranges_come_as_from_the_portal(server, place, asked, status, content, span):
    answer = ask(server, *place, **asked)

    assert (answer.status, answer.body, answer.headers["Content-Range"]) == (status, content, span)
    assert {name: answer.headers[name] for name in QUIET} == QUIET
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="Part 2 - Artifact 1.pdf"'
    told = {"ETag", "Last-Modified", "X-Accel-Redirect"}
    assert told & set(answer.headers.keys()) == set()


def test_a_range_behind_the_end_is_refused(server, place):
    answer = ask(server, *place, Range=f"bytes={SIZE}-")

    assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{SIZE}")


def test_head_tells_the_length(server, place):
    answer = ask(server, *place, method="HEAD")

    assert (answer.status, answer.headers["Content-Length"], answer.body) == (200, str(SIZE), b"")


def test_the_store_is_out_of_reach_without_the_portals_word(server, place):
    key = next(path for path in portal.MEDIA_ROOT.rglob("*") if path.is_file())
    inside = f"/_files/{key.relative_to(portal.MEDIA_ROOT)}"

    told = [ask(server, path, place[1]).status for path in (inside, "/_files/", "/_files/../x")]
    visitor = ask(server, place[0])

    assert (told, visitor.status) == ([404, 404, 404], 302)
