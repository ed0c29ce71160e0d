"""Synthetic hours: line by line what the receivers would have booked."""

import pytest

from credits import actions, invariants
from credits.models import HoursEntry
from submissions.models import Attempt, Submission
from tests.grown import shared

pytestmark = pytest.mark.django_db

FIELDS = (
    "educator",
    "program__code",
    "micro_certification",
    "attempt",
    "kind",
    "hours",
    "status",
    "hold",
    "reason",
    "confirmed_on",
    "due_on",
    "issued_on",
)


@pytest.fixture(scope="module", autouse=True)
def grown(django_db_setup, django_db_blocker):
    """Two hundred attempts."""
    with shared(django_db_blocker, 80, 200):
        yield


def ledger():
    """Every line of the ledger."""
    return sorted(HoursEntry.objects.values_list(*FIELDS), key=str)


def book_again():
    """Tell the ledger of every round in the order of time, as the signals would have."""
    for submission in Submission.objects.order_by("submitted_at"):
        actions.book_completion(submission)
    for submission in Submission.objects.filter(outcome="pass"):
        actions.book_attainment(submission)
    for submission in Submission.objects.filter(status="returned"):
        actions.hold_returned(submission)
    for attempt in Attempt.objects.filter(status=Attempt.Status.DENIED):
        actions.hold_denied(attempt)


def test_the_ledger_is_the_one_that_the_receivers_would_have_written():
    grown = ledger()
    HoursEntry.objects.all().delete()

    book_again()

    assert ledger() == grown
    assert {row[1] for row in grown} == {"act-48", "chapter-14", "chico-units"}


def test_booking_again_finds_every_line_and_adds_none():
    before = ledger()

    book_again()

    assert ledger() == before


def test_every_sum_is_one_that_its_program_awards():
    assert list(invariants.hours_sums()) == []
    assert list(invariants.overspent_hours()) == []


def test_an_attempt_without_a_round_has_no_hours():
    idle = [Attempt.Status.IN_PROGRESS, Attempt.Status.FEE_DUE, Attempt.Status.WITHDRAWN]

    assert HoursEntry.objects.filter(attempt__status__in=idle).count() == 0


def test_units_count_at_once_and_state_hours_wait_for_staff():
    units = HoursEntry.objects.filter(program__kind="units")
    others = HoursEntry.objects.exclude(program__kind="units")

    assert set(units.values_list("status", "due_on")) == {("issued", None)}
    assert set(others.values_list("status", flat=True)) == {"pending"}
