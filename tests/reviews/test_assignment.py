"""Seats: who gets one, and what happens when one is given back."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import User
from portal.models import Entry, Message
from portal.refusal import Refused
from reviews import actions
from reviews.models import Conflict, Review, Reviewer
from submissions import actions as rounds
from submissions.models import Submission
from tests.factories import MemberFactory, finish_parts, submitted_round
from tests.reviews.factories import ReviewerFactory, hand_in, scored_round, seated_round

pytestmark = pytest.mark.django_db


def holders(submission):
    return set(submission.reviews.seated().values_list("reviewer__user__name", flat=True))


def test_a_round_that_is_handed_in_gets_two_reviewers_and_is_being_scored():
    ReviewerFactory.create_batch(3)

    submission = submitted_round()

    submission.refresh_from_db()
    assert sorted(submission.reviews.values_list("seat", "status")) == [
        (1, "assigned"),
        (2, "assigned"),
    ]
    assert submission.status == Submission.Status.SCORING


def test_a_reviewers_own_day_is_the_tenth():
    submission, reviews = seated_round()

    today = submission.attempt.today
    assert [review.due_on for review in reviews] == [today + timedelta(days=10)] * 2


def test_each_reviewer_gets_one_mail_that_names_the_work_but_not_its_author():
    submission, reviews = seated_round()

    mails = Message.objects.filter(template="review_assigned")
    assert sorted(mails.values_list("to", flat=True)) == sorted(
        review.reviewer.user.email for review in reviews
    )
    for mail in mails:
        assert submission.attempt.micro_certification.title in mail.subject
        assert submission.attempt.educator.name not in mail.subject + mail.text + mail.html


def change_user(reviewer, educator, **fields):
    User.objects.filter(pk=reviewer.user_id).update(**fields)


def change(reviewer, educator, **fields):
    Reviewer.objects.filter(pk=reviewer.pk).update(**fields)


UNFIT = {
    "the educator": lambda one, educator: change(one, educator, user=educator),
    "the same school": lambda one, educator: change_user(
        one, educator, school=" alder ELEMENTARY "
    ),
    "the same district": lambda one, educator: change_user(
        one, educator, district="RIVERBEND unified"
    ),
    "a conflict": lambda one, educator: Conflict.objects.create(reviewer=one, educator=educator),
    "not active": lambda one, educator: change(one, educator, is_active=False),
    "away": lambda one, educator: change(one, educator, away_until=timezone.localdate()),
    "full": lambda one, educator: change(one, educator, capacity=0),
    "a closed account": lambda one, educator: change_user(one, educator, is_active=False),
}


@pytest.mark.parametrize("reason", UNFIT)
def test_nobody_who_must_not_or_can_not_score_gets_a_seat(reason):
    educator = MemberFactory(school="Alder Elementary", district="Riverbend Unified")
    fit, unfit = ReviewerFactory.create_batch(2)
    UNFIT[reason](unfit, educator)

    submission = submitted_round(educator)

    assert holders(submission) == {fit.user.name}
    submission.refresh_from_db()
    assert submission.status == Submission.Status.WAITING


def test_the_lowest_load_comes_first():
    busy = [review.reviewer for review in seated_round()[1]]
    idle = ReviewerFactory.create_batch(2)

    submission = submitted_round()

    assert holders(submission) == {reviewer.user.name for reviewer in idle}
    assert all(reviewer.user.name not in holders(submission) for reviewer in busy)


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    people=st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from(["", "Same", "Other"]), st.booleans()),
        max_size=6,
    ),
    rounds_handed_in=st.integers(1, 3),
)
def test_seats_are_held_by_different_strangers_within_their_capacity(people, rounds_handed_in):
    Review.objects.all().delete()
    Reviewer.objects.all().delete()
    educator = MemberFactory(school="Same")
    for capacity, school, is_active in people:
        ReviewerFactory(capacity=capacity, is_active=is_active, user__school=school)

    made = [submitted_round(educator) for _ in range(rounds_handed_in)]

    for submission in made:
        seated = list(submission.reviews.select_related("reviewer__user"))
        assert len({review.reviewer_id for review in seated}) == len(seated) <= 2
        assert not any(review.reviewer.user.is_neighbor_of(educator) for review in seated)
    for reviewer in Reviewer.objects.with_load():
        assert reviewer.load <= reviewer.capacity
        assert reviewer.is_active or reviewer.load == 0


def test_where_nobody_is_free_the_round_waits_and_the_sweep_fills_it_later():
    submission = submitted_round()
    assert (submission.reviews.count(), actions.fill_seats()) == (0, 0)
    ReviewerFactory.create_batch(2)

    filled = actions.fill_seats()

    submission.refresh_from_db()
    assert (filled, submission.status) == (2, Submission.Status.SCORING)
    assert actions.fill_seats() == 0


def test_a_resubmission_goes_to_the_same_two_where_they_are_free():
    under = ("Quality of the plan",)
    submission = scored_round(under, under)
    before = holders(submission)
    ReviewerFactory.create_batch(4)
    submission.attempt.refresh_from_db()
    finish_parts(submission.attempt, word="better")

    again = rounds.submit(submission.attempt)

    assert holders(again) == before


def test_where_one_of_the_two_is_away_a_resubmission_keeps_the_other():
    under = ("Quality of the plan",)
    submission = scored_round(under, under)
    away, present = submission.reviews.order_by("seat")
    Reviewer.objects.filter(pk=away.reviewer_id).update(
        away_until=timezone.localdate() + timedelta(days=9)
    )
    fresh = ReviewerFactory()
    submission.attempt.refresh_from_db()
    finish_parts(submission.attempt, word="better")

    again = rounds.submit(submission.attempt)

    assert holders(again) == {present.reviewer.user.name, fresh.user.name}


def test_a_reviewer_accepts_once_and_a_second_click_changes_nothing():
    review = seated_round()[1][0]

    actions.accept(review, by=review.reviewer.user)
    actions.accept(review, by=review.reviewer.user)

    review.refresh_from_db()
    assert review.status == Review.Status.ACCEPTED
    assert Entry.objects.filter(event="seat accepted").count() == 1


def test_a_declined_seat_goes_to_someone_else_and_never_back():
    submission, (review, other) = seated_round(reviewers=3)

    actions.decline(review, "Report cards this week.", by=review.reviewer.user)

    review.refresh_from_db()
    assert (review.status, review.reason) == ("declined", "Report cards this week.")
    seats = submission.reviews.seated().order_by("seat")
    assert [seat.seat for seat in seats] == [1, 2]
    assert review.reviewer_id not in {seat.reviewer_id for seat in seats}
    assert other.reviewer_id in {seat.reviewer_id for seat in seats}


def test_declining_needs_a_reason_and_keeps_the_seat_without_one():
    review = seated_round()[1][0]

    with pytest.raises(Refused, match="still yours"):
        actions.decline(review, "   ", by=review.reviewer.user)

    review.refresh_from_db()
    assert review.status == Review.Status.ASSIGNED


def test_recognizing_someone_frees_the_seat_for_good_and_for_every_later_round():
    submission, (review, _other) = seated_round(reviewers=3)

    actions.recuse(review, by=review.reviewer.user)

    educator = submission.attempt.educator
    review.refresh_from_db()
    assert (review.status, review.reason) == (Review.Status.RECUSED, "")
    assert Conflict.objects.filter(reviewer=review.reviewer, educator=educator).count() == 1
    assert submission.reviews.seated().count() == 2
    assert review.reviewer.user.name not in holders(submitted_round(educator))


def test_a_seat_nobody_can_take_over_sends_the_round_back_to_waiting():
    submission, (review, _other) = seated_round()

    actions.recuse(review, by=review.reviewer.user)

    submission.refresh_from_db()
    assert submission.status == Submission.Status.WAITING
    assert submission.reviews.seated().count() == 1


def test_a_conflict_noted_later_hides_a_seat_that_was_handed_in():
    submission = scored_round()
    review = submission.reviews.first()

    Conflict.objects.create(reviewer=review.reviewer, educator=submission.attempt.educator)

    assert not Review.objects.visible_to(review.reviewer.user).exists()


def test_the_one_who_stays_may_hand_in_while_the_other_seat_is_empty():
    submission, (review, other) = seated_round()
    actions.recuse(review, by=review.reviewer.user)
    hand_in(other)
    fresh = ReviewerFactory()

    actions.fill_seats()
    hand_in(submission.reviews.get(reviewer=fresh))

    submission.refresh_from_db()
    assert submission.outcome == Submission.Outcome.PASS


def test_a_round_that_is_returned_ends_its_open_seats(staff):
    submission, reviews = seated_round()

    actions.return_round(submission, "The second file is blank.", by=staff)

    assert set(submission.reviews.values_list("status", flat=True)) == {Review.Status.LAPSED}
    assert Message.objects.filter(template="review_lapsed").count() == len(reviews)
