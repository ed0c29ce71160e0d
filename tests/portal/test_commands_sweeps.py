"""``sweep`` and the clock's minute: every duty by itself, none can hold up another."""

import json

import pytest
from django.core.management import call_command

from portal import clock, duties, mail
from portal.celery import app
from portal.models import Entry, Message

pytestmark = pytest.mark.django_db
LATER = {"subject": "a", "text": "b", "html": "c"}


@pytest.fixture
def timetable(monkeypatch):
    """A registry of sweeps of its own, and what they did."""
    monkeypatch.setattr(duties.registry, "sweeps", [])
    return []


@pytest.fixture
def orders(monkeypatch):
    """What the clock orders, as (name, seconds until the order is void)."""
    given = []

    def note(args, expires):
        given.append((*args, expires))

    monkeypatch.setattr(clock.sweep_one, "apply_async", note)
    return given


def test_the_clocks_minute_orders_every_registered_sweep_by_itself(orders):
    clock.sweep()

    names = [duty.name for duty in duties.registry.sweeps]
    assert orders == [(name, 60) for name in names]
    assert len(names) == len(set(names))


def test_an_order_is_void_when_the_next_minute_gives_it_again():
    every = app.conf.beat_schedule["sweep"]

    assert every == {"task": "portal.clock.sweep", "schedule": 60.0}
    assert every["schedule"] >= clock.EXPIRES_SECONDS


def test_the_tasks_go_by_the_names_that_the_timetable_uses():
    assert (clock.sweep.name, clock.sweep_one.name) == (
        "portal.clock.sweep",
        "portal.clock.sweep_one",
    )


def test_a_sweep_by_its_name_runs_that_one_alone(timetable):
    duties.sweep("first", lambda: timetable.append("first") or 1)
    duties.sweep("second", lambda: timetable.append("second") or 1)

    clock.sweep_one("second")

    assert timetable == ["second"]


def test_a_sweep_that_breaks_leaves_the_others_their_turn(timetable, orders):
    def broken():
        raise ZeroDivisionError

    duties.sweep("broken", broken)
    duties.sweep("whole", lambda: timetable.append("whole") or 1)

    clock.sweep()
    for name, _expires in orders:
        try:
            clock.sweep_one(name)
        except ZeroDivisionError:
            timetable.append("broke")

    assert timetable == ["broke", "whole"]


def test_a_name_that_nobody_registered_is_an_error_and_not_silence(timetable):
    with pytest.raises(StopIteration):
        clock.sweep_one("no such sweep")


def test_the_command_prints_a_line_for_each_sweep_in_the_order_of_registration(capsys):
    call_command("sweep")

    printed = [line.rpartition(": ")[0] for line in capsys.readouterr().out.splitlines()]
    assert printed == [duty.name for duty in duties.registry.sweeps]


def test_a_second_sweep_right_after_the_first_finds_nothing_to_do(educator, settings, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.write(educator.email, None, "x", dict(LATER))
    call_command("sweep")
    capsys.readouterr()

    call_command("sweep")

    counts = {line.rpartition(": ")[2] for line in capsys.readouterr().out.splitlines()}
    assert counts == {"0"}


def test_the_command_sends_and_seals_what_waits(educator, settings, mailoutbox, capsys):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.write(educator.email, None, "x", dict(LATER))
    unsealed = Entry.objects.filter(sealed=None).count()

    call_command("sweep")

    lines = capsys.readouterr().out.splitlines()
    assert {"mail: 1", f"journal: {unsealed}"} <= set(lines)
    assert [sent.to for sent in mailoutbox] == [[educator.email]]
    assert Message.objects.unsent().count() == 0


def test_every_duty_has_a_name_of_its_own():
    registry = duties.registry
    doubled = {
        kind: sorted({name for name in names if names.count(name) > 1})
        for kind, names in {
            "sweeps": [duty.name for duty in registry.sweeps],
            "invariants": [duty.name for duty in registry.invariants],
            "waiting": [duty.name for duty in registry.waiting],
            "takeout": [duty.name for duty in registry.takeout],
            "demo": [step.name for step in registry.demo],
            "library": [step.name for step in registry.library],
        }.items()
    }

    assert doubled == {kind: [] for kind in doubled}


def test_the_invariants_command_prints_every_registered_rule_as_json(capsys):
    call_command("invariants")

    report = json.loads(capsys.readouterr().out)
    assert list(report) == [rule.name for rule in duties.registry.invariants]
    assert {row["rule"] for row in report.values()} == {r.rule for r in duties.registry.invariants}
    assert [name for name, row in report.items() if not row["holds"] or row["breaches"]] == []
