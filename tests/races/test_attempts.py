"""Start, Submit and reset at the same instant, on PostgreSQL (SAFETY T19, T20)."""

import pytest

from portal.models import Message
from portal.refusal import Refused
from submissions import actions
from submissions.models import Attempt, Submission
from tests.factories import EditionFactory, MemberFactory, UserFactory, finished_attempt
from tests.races.harness import ROUNDS, together

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_a_double_start_makes_one_attempt():
    edition = EditionFactory()
    outcomes = []
    for _round in range(ROUNDS):
        educator = MemberFactory()
        start = lambda who=educator: actions.start(edition.micro_certification, by=who)
        first, second = together(start, start)
        outcomes.append(first == second and first.progress.count() == 5)

    assert outcomes == [True] * ROUNDS
    assert Attempt.objects.count() == ROUNDS


def test_a_double_start_of_a_non_member_charges_once():
    edition = EditionFactory()
    for _round in range(20):
        visitor = UserFactory()
        start = lambda who=visitor: actions.start(edition.micro_certification, by=who)
        together(start, start, start)

        assert visitor.charges.count() == visitor.attempts.count() == 1


def test_a_double_submit_makes_one_round():
    edition = EditionFactory()
    outcomes = []
    for _round in range(ROUNDS):
        attempt = finished_attempt(MemberFactory(), edition)
        submit = lambda what=attempt: actions.submit(what)
        first, second = together(submit, submit)
        outcomes.append(first == second)

    assert outcomes == [True] * ROUNDS
    assert Submission.objects.count() == ROUNDS
    assert Message.objects.filter(template="round_submitted").count() == ROUNDS


def test_submit_against_reset_has_one_winner():
    edition = EditionFactory()
    stuck = []
    for _round in range(ROUNDS):
        attempt = finished_attempt(MemberFactory(), edition)
        # the row says overdue while the educator's own clock still says on time
        Attempt.objects.filter(pk=attempt.pk).update(due_at=attempt.started_at)
        submitted, count = together(
            lambda what=attempt: hand_in_on_time(what), actions.reset_overdue
        )
        attempt.refresh_from_db()
        in_review = attempt.status == Attempt.Status.IN_REVIEW
        was_reset = attempt.status == Attempt.Status.RESET
        if in_review != isinstance(submitted, Submission) or was_reset != (count == 1):
            stuck.append((attempt.status, submitted, count))

    assert stuck == []
    assert Submission.objects.count() == Attempt.objects.filter(status="in_review").count()


def hand_in_on_time(attempt):
    """Submit as if received just before the deadline: the due date moves on, then Submit."""
    try:
        Attempt.objects.filter(pk=attempt.pk, status="in_progress").update(due_at=attempt.due_at)
        return actions.submit(attempt)
    except Refused as refusal:
        return refusal
