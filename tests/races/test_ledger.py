"""Hours released, voided, corrected and reported at the same instant, on PostgreSQL (I7)."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from credits import actions
from credits.models import HoursEntry, Letter
from portal.models import Entry, Message
from submissions.models import Attempt, Submission
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    earn,
    pending,
    psea_member,
    psea_staff,
)
from tests.factories import EditionFactory, MemberFactory, started_attempt
from tests.races.harness import together
from tests.races.ledger import TIMES, broken, holds, kinds

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def state_attempt():
    """The same in Pennsylvania."""
    return started_attempt(psea_member(), EditionFactory())


@transaction.atomic
def waiting(program, attempt):
    """A pending line of somebody new."""
    return pending(MemberFactory(), program, attempt=attempt)


def test_release_against_void_has_one_winner(state_attempt):
    program, staff, odd = Act48Factory(), psea_staff(), []
    for _round in range(TIMES):
        line = waiting(program, state_attempt)
        results = together(
            lambda what=line: actions.issue(what, by=staff),
            lambda what=line: actions.void(what, "Twice.", by=staff),
        )
        line.refresh_from_db()
        told = Message.objects.filter(event=f"hours-issued:{line.public_id}").count()
        released = not isinstance(results[0], Exception)
        # issued hours may be voided after all; void hours are never issued
        if broken(results) or line.status != "void" or told != int(released):
            odd.append((results, line.status, told))

    assert odd == []


def test_hours_are_issued_once_however_many_release_them(state_attempt):
    program, staff = Chapter14Factory(), psea_staff()
    for _round in range(TIMES):
        line = waiting(program, state_attempt)
        issue = lambda what=line: actions.issue(what, by=staff)
        together(issue, issue)

    letters = Letter.objects.valid().order_by("number")
    assert [letter.number for letter in letters] == list(range(1, TIMES + 1))
    assert Entry.objects.filter(event="hours issued").count() == TIMES
    assert Message.objects.filter(template="hours_issued").count() == TIMES
    assert holds()


def test_staff_who_release_overlapping_lists_do_not_block_each_other(state_attempt):
    program, staff, odd = Chapter14Factory(), psea_staff(), []
    for _round in range(TIMES // 2):
        lines = [waiting(program, state_attempt) for _ in range(2)]
        results = together(
            lambda these=lines: actions.release(these, by=staff),
            lambda these=lines[1:]: actions.release(these, by=staff),
        )
        issued = HoursEntry.objects.filter(pk__in=[line.pk for line in lines], status="issued")
        if broken(results) or issued.count() != len(lines):
            odd.append(results)

    assert odd == []
    assert holds()


def test_release_against_a_returned_round_has_no_deadlock(state_attempt):
    programs, staff, odd = (Act48Factory(), Chapter14Factory()), psea_staff(), []
    for _round in range(TIMES // 2):
        educator = MemberFactory()
        lines = [pending(educator, program, attempt=state_attempt) for program in programs]
        work = Attempt(educator=educator, micro_certification=state_attempt.micro_certification)
        results = together(
            lambda these=lines: actions.release(these, by=staff),
            lambda of=work: actions.hold_returned(Submission(attempt=of)),
        )
        standing = set(educator.hours.values_list("status", "hold"))
        if broken(results) or standing not in ({("issued", "")}, {("pending", "returned")}):
            odd.append((results, standing))

    assert odd == []


def test_two_corrections_at_once_keep_the_sum(state_attempt):
    program, staff, odd = Act48Factory(), psea_staff(), []
    for _round in range(TIMES):
        line = waiting(program, state_attempt)
        fix = lambda what=line: actions.correct(what, Decimal(20), "Recounted.", by=staff)
        results = together(fix, fix)
        total = HoursEntry.objects.for_same_work(line).total()
        if kinds(results) != ["done", "refused"] or total != Decimal(20):
            odd.append((results, total))

    assert odd == []


def test_two_reports_at_once_never_hold_the_same_line(state_attempt):
    program, staff, odd = Act48Factory(consent_required=False), psea_staff(), []
    for _round in range(TIMES // 2):
        educator = MemberFactory(ppid="0123456")
        earn(educator, 15, program, attempt=state_attempt, confirmed_on=date(2026, 9, 1))
        make = lambda: actions.report(program, by=staff)
        results = together(make, make)
        if kinds(results) != ["done", "refused"]:
            odd.append(results)

    assert odd == []
    assert HoursEntry.objects.filter(status="reported").count() == program.reports.count()
