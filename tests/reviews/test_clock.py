"""What the passing of time does to reviews."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.accounts.models import User
from portal.models import Message
from reviews import actions
from reviews.actions.time import replace
from reviews.models import Conflict, Review, Reviewer
from reviews.pool import oldest_fillable
from submissions.models import Submission
from tests.factories import submitted_round
from tests.reviews.factories import ReviewerFactory, answers, hand_in, seated_round

pytestmark = pytest.mark.django_db


def days_on(count):
    return time_machine.travel(timezone.now() + timedelta(days=count), tick=False)


def mails(template):
    return Message.objects.filter(template=template).count()


@pytest.mark.parametrize(("days", "expected"), [(9, 0), (10, 2), (12, 2)])
def test_reviewers_are_reminded_on_day_ten_and_once_only(days, expected):
    seated_round()

    with days_on(days):
        done = [actions.remind_due(), actions.remind_due()]

    assert (done, mails("review_due")) == ([expected, 0], expected)


def test_who_has_handed_in_is_not_reminded():
    _submission, reviews = seated_round()
    hand_in(reviews[0])

    with days_on(10):
        assert actions.remind_due() == 1


@pytest.mark.parametrize(("days", "expected"), [(13, 0), (14, 1)])
def test_a_seat_is_given_to_someone_else_on_day_fourteen(days, expected):
    submission, (late, quick) = seated_round(reviewers=3)
    hand_in(quick)

    with days_on(days):
        done = [actions.replace_overdue(), actions.replace_overdue()]

    late.refresh_from_db()
    assert done == [expected, 0]
    assert mails("review_lapsed") == expected
    assert (late.status == Review.Status.LAPSED) == bool(expected)
    assert submission.reviews.seated().count() == 2


def test_whoever_takes_a_seat_over_has_five_days():
    submission, _reviews = seated_round(reviewers=4)

    with days_on(14):
        actions.replace_overdue()
        expected = submission.attempt.today + timedelta(days=5)

    assert set(submission.reviews.open().values_list("due_on", flat=True)) == {expected}


def test_the_draft_of_a_seat_that_lapsed_is_kept():
    _submission, (late, _other) = seated_round()
    actions.save_scores(late, answers(late), "Nearly there.")

    with days_on(15):
        actions.replace_overdue()

    late.refresh_from_db()
    assert (late.status, late.comment, late.scores.count()) == ("lapsed", "Nearly there.", 4)


def test_where_nobody_can_take_over_the_round_waits_for_staff():
    submission, _reviews = seated_round()

    with days_on(15):
        actions.replace_overdue()

    submission.refresh_from_db()
    assert submission.status == Submission.Status.WAITING


@pytest.mark.parametrize("change", ["inactive", "closed", "school", "district", "conflict"])
def test_who_left_or_came_to_know_the_educator_loses_open_seats(change):
    submission, (review, _other) = seated_round(reviewers=3)
    educator, user = submission.attempt.educator, review.reviewer.user
    if change == "inactive":
        Reviewer.objects.filter(pk=review.reviewer_id).update(is_active=False)
    elif change == "closed":
        User.objects.filter(pk=user.pk).update(is_active=False)
    elif change == "conflict":
        Conflict.objects.create(reviewer=review.reviewer, educator=educator)
    else:
        User.objects.filter(pk=user.pk).update(**{change: "  Alder Place "})
        User.objects.filter(pk=educator.pk).update(**{change: "alder place"})

    done = [actions.free_stranded(), actions.free_stranded()]

    review.refresh_from_db()
    assert (done, review.status, review.reason) == ([1, 0], "lapsed", "stranded")
    assert submission.reviews.seated().count() == 2


def test_people_without_a_school_are_no_neighbors():
    seated_round()

    assert actions.free_stranded() == 0


def test_a_sheet_that_came_in_a_moment_ago_is_not_replaced():
    review = seated_round()[1][0]
    hand_in(review)

    assert replace(review.pk, "late") == 0


def test_a_round_is_called_waiting_only_while_somebody_is_free_for_it():
    submission = submitted_round()
    assert oldest_fillable() is None
    ReviewerFactory.create_batch(2)

    assert oldest_fillable() == submission.submitted_at
    actions.fill_seats()
    assert oldest_fillable() is None
