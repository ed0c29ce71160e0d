"""What machines look at: is it alive, is it ready, how long do rows wait."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.utils import timezone

from portal import health, mail
from portal.celery import app
from portal.models import Message

pytestmark = pytest.mark.django_db


def waiting_mail(age):
    message = mail.write("kim@school.example", None, "x", {"subject": "a", "text": "b", "html": ""})
    Message.objects.filter(pk=message.pk).update(created_at=timezone.now() - age)


def test_the_process_answers_without_asking_anything(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/health")

    assert (response.status_code, response.content) == (200, b"ok\n")


def test_ready_says_that_everything_stands(client):
    response = client.get("/ready")

    assert response.status_code == 200
    assert response.json()["ready"] is True
    assert response.json()["checks"] == {"database": "ok", "broker": "ok", "storage": "ok"}


def test_a_young_row_is_no_trouble(client):
    waiting_mail(timedelta(seconds=30))

    response = client.get("/ready")

    assert response.status_code == 200
    assert 30 <= response.json()["waiting_seconds"]["mail"] < 60


def test_a_row_that_waits_too_long_says_that_no_worker_works(client):
    waiting_mail(timedelta(hours=1))

    assert client.get("/ready").status_code == 503


def test_storage_that_takes_no_file_is_said(client, settings, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("")
    settings.MEDIA_ROOT = blocked / "media"

    response = client.get("/ready")

    assert response.status_code == 503
    assert response.json()["checks"]["storage"] == "NotADirectoryError"


def test_the_probe_of_the_storage_leaves_nothing_behind():
    health.check_storage()

    assert default_storage.listdir("ready")[1] == []


def test_a_broker_that_is_down_is_said(client, monkeypatch):
    nobody = app.connection("redis://127.0.0.1:1/0")
    monkeypatch.setattr(app.__class__, "connection_for_write", lambda *args, **options: nobody)

    response = client.get("/ready")

    assert response.status_code == 503
    assert response.json()["checks"]["broker"] == "OperationalError"


def test_a_database_that_is_down_is_said(monkeypatch):
    def down():
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", down)

    report = health.report()

    assert (report["ready"], report["checks"]["database"]) == (False, "DatabaseError")


def test_metrics_tell_ages_and_nothing_of_people(client):
    waiting_mail(timedelta(seconds=90))

    lines = client.get("/metrics").content.decode().splitlines()

    ages = [
        line for line in lines if line.startswith('portal_oldest_waiting_seconds{queue="mail"}')
    ]
    assert 90 <= int(ages[0].split()[-1]) < 120
    assert 'portal_check{service="database"} 1' in lines
    assert "@" not in "".join(lines)


@pytest.mark.parametrize("address", ["/health", "/ready", "/metrics"])
def test_probes_take_no_posts(client, address):
    assert client.post(address).status_code == 405
