"""A web server that is really killed while files come in: nothing is lost, doubled or left over.

``LONG=1`` kills it fifty times.
"""

import hashlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client

from tests.factories import started_attempt
from tests.files import photo
from tests.submissions import wire

pytestmark = [pytest.mark.embedded, pytest.mark.django_db(transaction=True)]

MEGABYTE = 1024 * 1024
CHUNK = 5 * MEGABYTE
SIZE = 2 * CHUNK + 777
PARTS_OF_A_CHUNK = (0.25, 0.5, 0.75)
KILLS = 50 if os.environ.get("LONG") else 3  # each of them hits three files


class Place:
    """A database and a folder that outlive their servers."""

    def __init__(self, tmp_path):
        self.folder = tmp_path / "files"
        attempt = started_attempt()
        client = Client()
        client.force_login(attempt.educator)
        self.path = tmp_path / "portal.sqlite3"
        self.database = wire.copied_database(self.path)
        session = Session.objects.get().session_key
        self.new_sender = lambda: wire.WireSender(session, attempt.public_id)

    def rows(self, query):
        with closing(sqlite3.connect(self.path)) as rows:
            return rows.execute(query).fetchall()

    def files(self, room):
        return [path for path in (self.folder / room).rglob("*") if path.is_file()]

    def command(self, name):
        """Run one of the portal's commands beside its server."""
        return subprocess.run(
            [sys.executable, "manage.py", name],
            env=wire.surroundings(self.database, self.folder),
            cwd=configured.BASE_DIR,
            check=True,
            capture_output=True,
            timeout=120,
        ).stdout.decode()


@pytest.fixture
def place(tmp_path):
    return Place(tmp_path)


def content_of(number):
    """A photo of its own, a little larger than two chunks."""
    picture = photo(color=(number % 256, 80, 80)).read()
    return picture + random.Random(number).randbytes(SIZE - len(picture))


def kill_in_the_middle(server, jobs):
    """Send a part of a chunk for each file, then pull the plug; how much was sent of each."""
    lines, sent = [], []
    for (sender, content), share in zip(jobs, PARTS_OF_A_CHUNK, strict=True):
        begin = sender.offset(server)
        some = content[begin : begin + int(CHUNK * share)]
        line = sender.begin_chunk(server, begin, min(CHUNK, len(content) - begin))
        line.sendall(some)
        lines.append(line)
        sent.append(begin + len(some))
    time.sleep(random.Random(len(sent)).random() * 0.05)
    server.kill()
    for line in lines:
        line.close()
    return sent


def test_files_survive_the_death_of_the_server_at_any_moment(place):
    jobs = [(place.new_sender(), content_of(number)) for number in range(3)]
    sums = sorted(hashlib.sha256(content).hexdigest() for _sender, content in jobs)
    excess = []
    server = wire.Server(place.database, place.folder)
    created = [sender.create(server, SIZE, filename="a.jpg")[0] for sender, _content in jobs]
    for _kill in range(KILLS):
        sent = kill_in_the_middle(server, jobs)
        server = wire.Server(place.database, place.folder)
        there = [sender.offset(server) for sender, _content in jobs]
        excess += [one for one, most in zip(there, sent, strict=True) if one > most]
        advance(server, jobs)

    for sender, content in jobs:
        sender.send_rest(server, content, CHUNK)
    server.kill()
    swept = place.command("sweep")
    stored = sorted(hashlib.sha256(path.read_bytes()).hexdigest() for path in place.files("vault"))

    assert (created, excess) == ([201] * 3, [])
    assert (stored, "unfinished uploads" in swept) == (sums, True)
    assert (place.files("parts"), len(place.rows("select * from submissions_evidence"))) == ([], 3)


def advance(server, jobs):
    """Start again where there is nothing left to kill: a file that is nearly whole."""
    for number, (sender, _content) in enumerate(jobs):
        if sender.offset(server) > SIZE - CHUNK:
            sender.ask(server, "DELETE", sender.place)
            sender.create(server, SIZE, filename=f"{number}.jpg")


def test_the_death_of_the_server_at_the_last_byte_makes_one_file_of_it(place):
    content = content_of(9)
    sender = place.new_sender()
    server = wire.Server(place.database, place.folder)
    sender.create(server, SIZE, filename="a.jpg")
    sender.patch(server, 0, content[:CHUNK])
    line = sender.begin_chunk(server, CHUNK, SIZE - CHUNK)
    line.sendall(content[CHUNK:])
    time.sleep(0.02)
    server.kill()
    line.close()

    with wire.running(place.database, place.folder) as server:
        sender.send_rest(server, content, CHUNK)
        told = sender.offset(server)

    evidence = place.rows("select size from submissions_evidence")
    assert (told, evidence) == (SIZE, [(SIZE,)])
    assert [path.read_bytes() == content for path in place.files("vault")] == [True]
    assert place.files("parts") == []


def test_a_cut_line_keeps_what_came_and_memory_stays_flat(place):
    content, other = content_of(1), content_of(2)
    sender, whole = place.new_sender(), place.new_sender()
    with wire.running(place.database, place.folder) as server:
        sender.create(server, SIZE, filename="a.jpg")
        before = server.resident()
        line = sender.begin_chunk(server, 0, SIZE)
        line.sendall(content[: 3 * MEGABYTE])
        line.close()
        there = until_settled(sender, server)
        status = sender.send_rest(server, content, CHUNK)
        whole.create(server, SIZE, filename="b.jpg")
        at_once = whole.patch(server, 0, other)[0]
        grown = server.resident() - before

    assert 2 * MEGABYTE <= there <= 3 * MEGABYTE
    assert (status, at_once) == (204, 204)
    assert sorted(path.stat().st_size for path in place.files("vault")) == [SIZE, SIZE]
    assert grown <= 20 * MEGABYTE


def until_settled(sender, server):
    """The offset once the server has noticed that the line is cut."""
    seen = [-1]
    while len(seen) < 3 or seen[-1] != seen[-3] or seen[-1] == 0:
        seen.append(sender.offset(server))
        time.sleep(0.1)
        assert len(seen) < 100
    return seen[-1]
