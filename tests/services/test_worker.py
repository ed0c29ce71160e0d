"""A real Celery worker on Redis: orders given twice, a worker killed, orders lost; nothing is.

Takes the Redis database of ``REDIS_URL`` for its own: it empties the queue.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.conf import settings as configured
from django.core.files.storage import default_storage
from django.db import connection

from portal import clock, journal, mail
from portal.celery import app
from portal.models import Entry, Message
from portal.tasks import send_message
from submissions.models import Evidence
from submissions.tasks import clean_evidence
from tests.factories import AssociationFactory, started_attempt
from tests.files import photo
from tests.services.smtp import MailServer

pytestmark = [
    pytest.mark.services,
    pytest.mark.postgresql,
    pytest.mark.django_db(transaction=True),
]
PATIENCE_SECONDS = 20
HANDS = 2
CONTENT = {"subject": "Hello", "text": "Words.", "html": "<p>Words.</p>"}


@pytest.fixture
def broker():
    """Orders really go to Redis, whose queue is empty before and after."""
    app.conf.task_always_eager = False
    empty_the_broker()
    yield app
    empty_the_broker()
    app.conf.task_always_eager = True


@pytest.fixture
def server():
    with MailServer() as server:
        yield server


def empty_the_broker():
    """What a Redis that was emptied has lost: waiting orders and those in somebody's hands."""
    with app.connection_for_write() as link:
        link.default_channel.client.delete("celery", "unacked", "unacked_index")


def surroundings(server):
    """The environment of a worker: this run's database, folder, broker and mail server."""
    place = connection.settings_dict
    name = f"{place['HOST']}:{place['PORT'] or 5432}/{place['NAME']}"
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "portal.settings",
        "DEBUG": "1",
        "DATABASE_URL": f"postgres://{place['USER']}:{place['PASSWORD']}@{name}",
        "REDIS_URL": configured.REDIS_URL,
        "MEDIA_ROOT": str(configured.MEDIA_ROOT),
        "MAIL_DIR": "",
        "EMAIL_URL": f"smtp://127.0.0.1:{server.server_address[1]}",
        "PUBLIC_BASE_URL": "http://testserver",
    }


@contextmanager
def worker(server):
    """``celery -A portal worker`` with two hands, in a process group of its own."""
    options = ["--concurrency", str(HANDS), "--loglevel", "ERROR", "--without-gossip"]
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "portal", "worker", "--without-mingle", *options],
        env=surroundings(server),
        cwd=configured.BASE_DIR,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        kill(process)


def kill(process):
    """Pull the plug: the worker and its hands are gone without a last word."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait(timeout=5)


def until(is_so):
    """Wait until it is so; say whether it came to that within the time there is."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def written(count):
    """Mails as rows, without an order to send them."""
    return Message.objects.bulk_create(
        Message(to=f"person{n}@school.example", template="x", **CONTENT) for n in range(count)
    )


def ids_of(messages):
    return {f"<{message.public_id}@testserver>" for message in messages}


def all_sent():
    return not Message.objects.filter(sent_at=None).exists()


def test_a_worker_killed_midway_and_orders_lost_leave_no_mail_unsent(broker, server):
    messages = written(40)
    for message in messages:
        send_message.delay(message.pk)
    with worker(server) as first:
        assert until(lambda: len(server.taken) >= 5)
        kill(first)
    left = Message.objects.unsent().count()
    empty_the_broker()

    with worker(server):
        clock.sweep.delay()
        is_done = until(all_sent)

    twice = [number for number in server.taken.values() if number > 1]
    assert (is_done, 0 < left <= 35 + HANDS) == (True, True)
    assert set(server.taken) == ids_of(messages)
    assert len(twice) <= HANDS
    assert max(server.taken.values()) <= 2
    assert list(mail.duplicates()) == []


def test_orders_delivered_three_times_to_two_hands_are_carried_out_once(broker, server):
    messages = written(12)
    photograph = received_photo()
    for _time in range(3):
        for message in messages:
            send_message.delay(message.pk)
        clean_evidence.delay(photograph.pk)

    with worker(server):
        is_done = until(lambda: all_sent() and is_settled(photograph))
        clock.sweep_one.delay("journal")
        is_sealed = until(lambda: not Entry.objects.filter(sealed=None).exists())

    photograph.refresh_from_db()
    assert (is_done, is_sealed) == (True, True)
    assert server.taken == dict.fromkeys(ids_of(Message.objects.all()), 1)
    assert (photograph.status, photograph.tries) == (Evidence.Status.CLEAN, 1)
    assert list(journal.breaches()) == []


def received_photo():
    """A photo as it was handed in, with nobody at it yet."""
    attempt = started_attempt()
    requirement = attempt.edition.parts.get(kind="artifacts").requirements.get(key="plan")
    file = photo()
    return Evidence.objects.create(
        attempt=attempt,
        requirement=requirement,
        kind=Evidence.Kind.FILE,
        given_name=file.name,
        vault_key=default_storage.save("vault/00/photo", file),
        sha256="0" * 64,
        size=file.size,
    )


def is_settled(evidence):
    return Evidence.objects.filter(pk=evidence.pk, status__in=["clean", "held", "refused"]).exists()


def test_the_clocks_minute_runs_every_sweep_on_a_real_worker(broker, server):
    AssociationFactory()
    messages = written(3)

    with worker(server):
        clock.sweep.delay()
        is_done = until(all_sent)

    assert is_done
    assert server.taken == dict.fromkeys(ids_of(messages), 1)
