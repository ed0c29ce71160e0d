"""Pages that stand open while the world goes on: stale and doubled clicks, labels, deadlines."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import User
from portal.models import Entry
from reviews import actions, blind
from reviews.models import Conflict, Review, Reviewer, Score
from submissions import actions as rounds
from submissions.models import Submission
from tests.factories import MemberFactory, finished_attempt, revise, submitted_round
from tests.reviews.factories import (
    ReviewerFactory,
    answers,
    hand_in,
    posted,
    scored_round,
    seated_round,
)

pytestmark = pytest.mark.django_db

PLAN = "Quality of the plan"
PLACES = ["", "Alder", " alder ", "Birch"]
people = st.tuples(st.sampled_from(PLACES), st.sampled_from(PLACES), st.booleans())


def page(name, review):
    return reverse(name, args=[review.public_id])


def feedback(client, submission):
    client.force_login(submission.attempt.educator)
    return client.get(submission.attempt.get_absolute_url() + "feedback/").content.decode()


def is_near(one, other):
    """Neighbors by another telling: the same named school, or the same named district."""
    pairs = zip(one, other, strict=True)
    return any(a.strip().lower() == b.strip().lower() != "" for a, b in pairs)


@settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(home=st.tuples(*[st.sampled_from(PLACES)] * 2), pool=st.lists(people, max_size=5))
def test_seats_go_to_strangers_only_and_to_as_many_as_there_are(home, pool):
    Review.objects.all().delete()
    Reviewer.objects.all().delete()
    educator = MemberFactory(school=home[0], district=home[1])
    fit = set()
    for school, district, knows in pool:
        reviewer = ReviewerFactory(user__school=school, user__district=district)
        if knows:
            Conflict.objects.create(reviewer=reviewer, educator=educator)
        elif not is_near(home, (school, district)):
            fit.add(reviewer.pk)

    submission = submitted_round(educator)

    seated = set(submission.reviews.values_list("reviewer", flat=True))
    submission.refresh_from_db()
    assert (seated <= fit, len(seated)) == (True, min(2, len(fit)))
    assert (submission.status == Submission.Status.SCORING) == (len(fit) > 1)
    assert actions.free_stranded() == 0


def test_a_third_seat_never_goes_to_a_neighbor():
    submission = scored_round((PLAN,), ())
    school = "Alder Elementary"
    User.objects.filter(pk=submission.attempt.educator_id).update(school=school)
    ReviewerFactory(user__school=f" {school.upper()} ")
    assert actions.fill_seats() == 0

    stranger = ReviewerFactory()
    actions.fill_seats()

    assert submission.reviews.get(seat=3).reviewer == stranger


def test_a_second_tab_does_not_hand_in_twice(client):
    submission, (review, _other) = seated_round()
    actions.save_scores(review, answers(review))
    client.force_login(review.reviewer.user)

    clicks = [client.post(page("review-hand-in", review)) for _ in range(2)]

    submission.refresh_from_db()
    assert [click.status_code for click in clicks] == [302, 302]
    assert Entry.objects.filter(event="sheet handed in").count() == 1
    assert submission.status == Submission.Status.SCORING


def test_a_draft_sent_after_handing_in_changes_no_score(client):
    _submission, (review, _other) = seated_round()
    hand_in(review)
    before = set(Score.objects.values_list("criterion", "level", "comment"))
    client.force_login(review.reviewer.user)

    answer = client.post(page("review", review), posted(review, (PLAN,)), follow=True)

    assert "can’t be changed any more" in answer.content.decode()
    assert set(Score.objects.values_list("criterion", "level", "comment")) == before


@pytest.mark.parametrize("name", ["review-accept", "review-decline", "review-recuse"])
def test_a_stale_button_after_handing_in_gives_nothing_away(client, name):
    submission, (review, _other) = seated_round(reviewers=3)
    hand_in(review)
    client.force_login(review.reviewer.user)

    answer = client.post(page(name, review), {"reason": "No time."}, follow=True)

    review.refresh_from_db()
    assert answer.status_code == 200
    assert (review.status, review.verdict) == (Review.Status.SUBMITTED, "pass")
    assert submission.reviews.count() == 2
    assert Conflict.objects.count() == 0


def test_a_sheet_for_a_round_that_went_back_is_not_taken(client, staff):
    submission, (review, _other) = seated_round()
    actions.save_scores(review, answers(review))
    rounds.return_incomplete(submission, "A file is missing.", by=staff)
    client.force_login(review.reviewer.user)

    answer = client.post(page("review-hand-in", review), follow=True)

    submission.refresh_from_db()
    assert "This review has gone to someone else." in answer.content.decode()
    assert (submission.status, submission.outcome) == (Submission.Status.RETURNED, "")


def test_submitting_twice_on_the_page_makes_one_round(client):
    ReviewerFactory.create_batch(2)
    attempt = finished_attempt()
    client.force_login(attempt.educator)
    url = reverse("attempt-submit", args=[attempt.public_id])

    clicks = [client.post(url, {"note": f"Click {number}"}) for number in range(2)]

    submission = attempt.submissions.get()
    assert [click.status_code for click in clicks] == [302, 302]
    assert (submission.round, submission.note) == (1, "Click 0")
    assert submission.reviews.count() == 2


@pytest.mark.parametrize(
    "step",
    ["nothing", "a draft", "one sheet", "two that differ"],
)
def test_no_word_of_a_sheet_is_told_before_the_decision(client, step):
    submission, (review, other) = seated_round()
    if step != "nothing":
        actions.save_scores(review, answers(review, (PLAN,)), "Quite a secret.")
    if step in {"one sheet", "two that differ"}:
        actions.score(review, by=review.reviewer.user)
    if step == "two that differ":
        hand_in(other)

    told = feedback(client, submission)

    secrets = ["Quite a secret.", "Add one sample", "Thank you for this work.", "Reviewer 1"]
    assert [secret for secret in secrets if secret in told] == []
    assert "No feedback yet" in told


def test_a_decided_round_stays_told_while_the_next_one_is_out(client):
    submission = scored_round((PLAN,), (PLAN,))
    submission.attempt.refresh_from_db()
    revise(submission.attempt)
    again = rounds.submit(submission.attempt)
    hand_in(again.reviews.open().first())

    told = feedback(client, submission)

    assert ('id="round-1"' in told, 'id="round-2"' in told) == (True, False)


def test_who_is_reviewer_one_is_chance_and_says_nothing_of_seats():
    submission = scored_round((PLAN,), (PLAN,))
    seats = {1: "From the first seat.", 2: "From the second seat."}
    for seat, words in seats.items():
        submission.reviews.filter(seat=seat).update(comment=words)
    orders = set()
    for first, second in [("0" * 32, "f" * 32), ("f" * 32, "0" * 32)]:
        submission.reviews.filter(seat=1).update(public_id=first[:31] + "1")
        submission.reviews.filter(seat=2).update(public_id=second[:31] + "2")
        orders.add(blind.feedback_for_educator(submission).comments)

    assert orders == {
        (("Reviewer 1", seats[1]), ("Reviewer 2", seats[2])),
        (("Reviewer 1", seats[2]), ("Reviewer 2", seats[1])),
    }


@pytest.mark.parametrize(
    ("days", "reminders", "replaced"), [(9, 0, 0), (10, 2, 0), (13, 2, 0), (14, 2, 2), (40, 2, 2)]
)
def test_a_seat_is_reminded_and_replaced_by_its_days_however_often_the_clock_ticks(
    days, reminders, replaced
):
    submission, _reviews = seated_round(reviewers=4)

    with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
        told = [(actions.remind_due(), actions.replace_overdue()) for _ in range(3)]

    assert told == [(reminders, replaced), (0, 0), (0, 0)]
    assert submission.reviews.seated().count() == 2
    assert submission.reviews.filter(status=Review.Status.LAPSED).count() == replaced
