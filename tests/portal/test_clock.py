"""The clock's minute: every registered sweep, once."""

import pytest
from django.core.management import call_command

from portal import clock, duties, mail
from portal.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def only_mine(monkeypatch):
    monkeypatch.setattr(duties.registry, "sweeps", [])
    done = []
    duties.sweep("first", lambda: done.append("first") or 2)
    duties.sweep("second", lambda: done.append("second") or 0)
    return done


def test_every_sweep_runs_once_and_says_how_much_it_did(only_mine):
    assert clock.run_sweeps() == {"first": 2, "second": 0}
    assert only_mine == ["first", "second"]


def test_the_clocks_task_runs_the_sweeps(only_mine):
    clock.sweep.delay()

    assert only_mine == ["first", "second"]


def test_the_command_does_the_same_and_prints_it(only_mine, capsys):
    call_command("sweep")

    assert capsys.readouterr().out == "first: 2\nsecond: 0\n"


def test_a_mail_left_behind_goes_out_with_the_next_sweep(settings, mailoutbox):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.write("kim@school.example", None, "x", {"subject": "a", "text": "b", "html": "c"})

    done = clock.run_sweeps()

    assert (done["mail"], len(mailoutbox)) == (1, 1)
    assert Message.objects.unsent().count() == 0
