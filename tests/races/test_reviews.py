"""Both reviewers hand in at the same instant: on PostgreSQL, with threads (SAFETY T18)."""

from uuid import uuid4

import pytest

from portal.models import Entry, Message
from reviews import actions, invariants
from reviews.models import Review, Reviewer, Score
from submissions.models import Attempt, Progress, Submission, SubmittedPart
from tests.factories import EditionFactory, MemberFactory, submitted_round
from tests.races.harness import ROUNDS, together
from tests.reviews.factories import ReviewerFactory, answers, seated_round

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

FEW = 20
PLAN = "Quality of the plan"


def handing_in(review):
    return lambda: actions.score(review, by=review.reviewer.user)


def drafts(count, under=((), ())):
    """As many rounds with two whole drafts each: one made by the real actions, the rest copies."""
    submission, reviews = seated_round()
    for review, short in zip(reviews, under, strict=True):
        actions.save_scores(review, answers(review, short))
    return [(submission, reviews), *(copy_of(submission) for _ in range(count - 1))]


def copy_of(submission):
    """The same round and drafts of another educator."""
    attempt = Attempt.objects.get(pk=submission.attempt_id)
    progress, parts = list(attempt.progress.all()), list(submission.parts.all())
    seats = list(submission.reviews.order_by("seat"))
    sheets = [list(review.scores.all()) for review in seats]
    attempt = again(attempt, educator=MemberFactory())
    Progress.objects.bulk_create([blank(row, attempt=attempt) for row in progress])
    submission = again(Submission.objects.get(pk=submission.pk), attempt=attempt)
    SubmittedPart.objects.bulk_create([blank(row, submission=submission) for row in parts])
    seats = [again(review, submission=submission) for review in seats]
    scores = zip(seats, sheets, strict=True)
    Score.objects.bulk_create([blank(row, review=seat) for seat, rows in scores for row in rows])
    return submission, seats


def blank(row, **changes):
    """A row as a new one, not saved yet."""
    row.pk = None
    row._state.adding = True
    for name, value in changes.items():
        setattr(row, name, value)
    return row


def again(row, **changes):
    """A row once more, with a public id of its own."""
    blank(row, public_id=uuid4(), **changes).save()
    return row


def breaches():
    rules = (invariants.disagreeing_decisions, invariants.stuck_rounds, invariants.crowded_rounds)
    return [sentence for rule in rules for sentence in rule()]


def test_both_reviewers_hand_in_at_once_and_every_round_is_decided_once():
    ReviewerFactory.create_batch(2, capacity=ROUNDS)

    answers_given = [together(*map(handing_in, seats)) for _round, seats in drafts(ROUNDS)]

    assert answers_given == [[None, None]] * ROUNDS
    assert Submission.objects.filter(status="decided", outcome="pass").count() == ROUNDS
    assert Attempt.objects.filter(status=Attempt.Status.PASSED).count() == ROUNDS
    assert Message.objects.filter(template="decision").count() == ROUNDS
    assert Entry.objects.filter(event="sheet handed in").count() == 2 * ROUNDS
    assert breaches() == []


def test_two_who_disagree_at_once_get_one_third_reviewer():
    ReviewerFactory.create_batch(2, capacity=FEW)
    split = drafts(FEW, under=((PLAN,), ()))
    ReviewerFactory(capacity=FEW)

    for _round, seats in split:
        together(*map(handing_in, seats))

    assert Submission.objects.filter(status="adjudication").count() == FEW
    assert [one.reviews.filter(seat=3).count() for one, _seats in split] == [1] * FEW
    assert breaches() == []


def test_one_reviewer_who_hands_in_twice_at_once_hands_in_one_sheet():
    ReviewerFactory.create_batch(2, capacity=FEW)

    for _round, (review, _other) in drafts(FEW):
        assert together(handing_in(review), handing_in(review)) == [None, None]

    assert Entry.objects.filter(event="sheet handed in").count() == FEW


def test_a_late_draft_never_changes_a_sheet_that_is_being_handed_in():
    ReviewerFactory.create_batch(2, capacity=FEW)

    for _round, (review, other) in drafts(FEW):
        worse = answers(review, under=(PLAN,))
        together(handing_in(review), lambda r=review, w=worse: actions.save_scores(r, w))
        together(handing_in(other))

    assert not Submission.objects.filter(status="scoring").exists()
    assert breaches() == []


def test_handing_in_and_being_replaced_at_once_leaves_two_holders():
    ReviewerFactory.create_batch(2, capacity=FEW)
    contested = drafts(FEW)
    ReviewerFactory(capacity=FEW)

    for _round, (review, _other) in contested:
        lost = Review.objects.get(pk=review.pk)
        together(handing_in(review), lambda r=lost: actions.standing_in(r, "late"))

    held = [one.reviews.seated().count() for one, _seats in contested]
    assert held == [2] * FEW
    assert breaches() == []


def test_rounds_handed_in_at_once_never_fill_a_reviewer_beyond_capacity():
    edition = EditionFactory()
    waiting = [submitted_round(edition=edition) for _ in range(8)]
    ReviewerFactory.create_batch(2, capacity=3)

    together(*(lambda one=one: actions.assign(one) for one in waiting))

    assert [one.load for one in Reviewer.objects.with_load()] == [3, 3]
    assert set(Submission.objects.values_list("status", flat=True)) == {"scoring", "waiting"}
    assert Submission.objects.filter(status="scoring").count() == 3
