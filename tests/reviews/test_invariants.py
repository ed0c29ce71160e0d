"""Rules that are always true, and that their breach is told."""

import pytest

from portal.accounts.models import User
from portal.duties import registry
from reviews import invariants
from reviews.models import Review, Reviewer
from submissions.models import Submission
from tests.reviews.factories import ReviewerFactory, hand_in, scored_round, seated_round

pytestmark = pytest.mark.django_db

PLAN = "Quality of the plan"
OURS = [
    invariants.crowded_rounds,
    invariants.partial_reviewers,
    invariants.doubled_sheets,
    invariants.disagreeing_decisions,
    invariants.stuck_rounds,
]


def breaches():
    return [sentence for rule in OURS for sentence in rule()]


def test_all_rules_are_registered():
    registered = {rule.breaches for rule in registry.invariants}

    assert set(OURS) <= registered


def test_the_rules_hold_on_rounds_of_every_kind():
    ReviewerFactory.create_batch(3, capacity=9)
    seated_round()
    scored_round()
    scored_round((PLAN,), (PLAN,))
    split = scored_round((PLAN,), ())
    assert breaches() == []

    hand_in(split.reviews.get(seat=3))

    assert breaches() == []


def test_a_third_reviewer_without_disagreement_is_told():
    submission, _reviews = seated_round()
    Review.objects.create(
        submission=submission, reviewer=ReviewerFactory(), seat=3, due_on="2026-12-01"
    )

    assert breaches() == [
        f"Round {submission.public_id} has a third reviewer, though the two did not disagree."
    ]


def test_a_seat_held_by_the_educator_is_told():
    submission, (seat, _other) = seated_round()
    Reviewer.objects.filter(pk=seat.reviewer_id).update(user=submission.attempt.educator)

    assert breaches() == [f"Review {seat.public_id} is held by the educator."]


def test_an_open_seat_held_by_a_neighbor_is_told():
    submission, (seat, _other) = seated_round()
    people = [seat.reviewer.user_id, submission.attempt.educator_id]
    User.objects.filter(pk__in=people).update(school="Alder Elementary")

    assert breaches() == [f"Review {seat.public_id} is held by a neighbor of the educator."]


def test_a_verdict_that_does_not_follow_from_its_scores_is_told():
    submission = scored_round()
    Review.objects.filter(submission=submission, seat=1).update(verdict="not_yet")

    seat = submission.reviews.get(seat=1)
    assert breaches() == [f"Review {seat.public_id} says not_yet, its scores do not."]


@pytest.mark.parametrize("change", [{"outcome": "not_yet"}, None])
def test_a_decision_that_does_not_follow_from_its_sheets_is_told(change):
    submission = scored_round()
    if change:
        Submission.objects.filter(pk=submission.pk).update(**change)
    else:
        submission.parts.update(passed=False)

    assert breaches() == [f"Round {submission.public_id} was decided otherwise than by its sheets."]


def test_a_decision_without_sheets_is_told():
    submission = scored_round()
    Review.objects.filter(submission=submission, seat=1).delete()

    assert breaches() == [f"Round {submission.public_id} is decided without two sheets that agree."]


def test_a_round_with_all_its_sheets_and_no_decision_is_told():
    submission = scored_round()
    Submission.objects.filter(pk=submission.pk).update(
        status=Submission.Status.SCORING, outcome="", decided_at=None
    )

    assert breaches() == [f"Round {submission.public_id} has all its sheets and no decision."]


def test_the_database_itself_allows_no_second_sheet_in_a_seat():
    assert list(invariants.doubled_sheets()) == []
