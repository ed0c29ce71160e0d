"""A reviewer's pages: queue, sheet, handing in, giving back, profile."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews import actions, sheets
from reviews.models import Review, Reviewer
from submissions import actions as rounds
from submissions.models import Submission
from tests.factories import finish_parts, revise
from tests.reviews.factories import (
    NEXT_STEP,
    ReviewerFactory,
    hand_in,
    posted,
    scored_round,
    seated_round,
)

pytestmark = pytest.mark.django_db

FETCH = {"X-Requested-With": "fetch"}
PLAN = "Quality of the plan"


@pytest.fixture
def seated():
    return seated_round()[1][0]


@pytest.fixture
def reviewing(client, seated):
    client.force_login(seated.reviewer.user)
    return client


def test_the_queue_is_ordered_by_due_day(client):
    reviewer = ReviewerFactory(capacity=9)
    ReviewerFactory(capacity=9)
    late, soon = (seated_round()[0].reviews.get(reviewer=reviewer) for _ in range(2))
    Review.objects.filter(pk=soon.pk).update(due_on=date(2026, 1, 5))
    client.force_login(reviewer.user)

    page = client.get(reverse("reviews"))

    assert [seat.id for seat in page.context["seats"]] == [str(soon.public_id), str(late.public_id)]
    assert "Past its day" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_queue_asks_the_same_few_queries_however_long(
    client, count, django_assert_max_num_queries
):
    reviewer = ReviewerFactory(capacity=count)
    submission, _reviews = seated_round()
    copy_seats(submission, reviewer, count)
    client.force_login(reviewer.user)

    with django_assert_max_num_queries(8):
        page = client.get(reverse("reviews"))

    assert len(page.context["seats"]) == count


def copy_seats(submission, reviewer, count):
    Review.objects.all().delete()
    attempt = submission.attempt
    for number in range(1, count + 1):
        copy, _is_new = Submission.objects.get_or_create(
            attempt=attempt,
            round=number,
            defaults={
                "status": Submission.Status.RETURNED,
                "result_due_on": submission.result_due_on,
            },
        )
        Review.objects.create(submission=copy, reviewer=reviewer, seat=1, due_on=date(2026, 12, 1))


def test_an_empty_queue_says_what_will_happen(client):
    client.force_login(ReviewerFactory().user)

    page = client.get(reverse("reviews"))

    assert "Nothing to score right now" in page.content.decode()


def test_what_was_handed_in_stays_in_the_list_and_is_read_only(reviewing, seated):
    hand_in(seated)

    queue = reviewing.get(reverse("reviews"))
    page = reviewing.get(seated.get_absolute_url())

    assert [seat.id for seat in queue.context["page"]] == [str(seated.public_id)]
    assert b"data-review" not in page.content
    assert b"Thank you for this work." in page.content


def test_only_active_reviewers_have_a_queue(client, stranger):
    client.force_login(stranger)
    assert client.get(reverse("reviews")).status_code == 404
    reviewer = ReviewerFactory(user=stranger)
    assert client.get(reverse("reviews")).status_code == 200
    Reviewer.objects.filter(pk=reviewer.pk).update(is_active=False)

    assert client.get(reverse("reviews")).status_code == 404


def test_only_reviewers_see_the_link_to_reviews(reviewing, client, stranger):
    assert b'href="/reviews/"' in reviewing.get(reverse("reviews")).content
    client.force_login(stranger)

    assert b'href="/reviews/"' not in client.get(reverse("my")).content


def test_a_draft_is_saved_by_its_button(reviewing, seated):
    page = reviewing.post(seated.get_absolute_url(), {"level-1": "1", "comment-1": "So far."})

    assert page.url == seated.get_absolute_url()
    score = seated.scores.get(comment="So far.")
    assert score.level.label == "Not yet"
    assert b"So far." in reviewing.get(page.url).content


def test_a_draft_is_saved_by_the_script(reviewing, seated):
    answer = reviewing.post(seated.get_absolute_url(), {"comment": "Typing"}, headers=FETCH)

    seated.refresh_from_db()
    assert (answer.json(), seated.comment) == ({"seen": sheets.stored_stamp(seated)}, "Typing")


def test_a_comment_that_is_too_long_is_given_back_and_nothing_is_overwritten(reviewing, seated):
    url = seated.get_absolute_url()
    reviewing.post(url, {"comment-1": "kept"})

    page = reviewing.post(url, {"comment-1": "x" * 4001})
    answer = reviewing.post(url, {"comment-1": "x" * 4001}, headers=FETCH)

    assert b"x" * 4001 in page.content
    assert "too long" in page.content.decode()
    assert (answer.status_code, "too long" in answer.json()["error"]) == (400, True)
    assert set(seated.scores.values_list("comment", flat=True)) == {"kept", ""}


def test_hidden_fields_added_to_the_form_are_ignored(reviewing, seated):
    data = {"level-1": "1", "verdict": "pass", "status": "submitted", "reviewer": "1", "seat": "3"}

    reviewing.post(seated.get_absolute_url(), data)

    seated.refresh_from_db()
    assert (seated.verdict, seated.status, seated.seat) == ("", Review.Status.SCORING, 1)


def test_handing_in_goes_over_a_page_that_tells_the_verdict(reviewing, seated):
    data = posted(seated, under=(PLAN,)) | {"hand-in": "1"}

    page = reviewing.post(seated.get_absolute_url(), data, follow=True)

    assert page.redirect_chain == [(reverse("review-hand-in", args=[seated.public_id]), 302)]
    assert "Your verdict: not yet" in page.content.decode()
    seated.refresh_from_db()
    assert seated.status == Review.Status.SCORING


def test_the_page_before_handing_in_names_what_is_missing(reviewing, seated):
    page = reviewing.get(reverse("review-hand-in", args=[seated.public_id]))

    assert "“Quality of the plan” has no level yet." in page.content.decode()
    assert "Your verdict" not in page.content.decode()


def test_handing_in_with_gaps_is_refused_and_the_draft_stays(reviewing, seated):
    url = reverse("review-hand-in", args=[seated.public_id])
    reviewing.post(seated.get_absolute_url(), {"level-1": "0", "comment-1": "Kept."})

    page = reviewing.post(url, headers={"Referer": f"http://testserver{url}"}, follow=True)

    assert "Not handed in yet" in page.content.decode()
    assert seated.scores.filter(comment="Kept.").exists()


def test_a_whole_sheet_is_handed_in_and_a_second_click_shows_the_queue(reviewing, seated):
    reviewing.post(seated.get_absolute_url(), posted(seated))
    url = reverse("review-hand-in", args=[seated.public_id])

    pages = [reviewing.post(url), reviewing.post(url)]

    assert [page.url for page in pages] == [reverse("reviews")] * 2
    assert reviewing.get(url).url == seated.get_absolute_url()
    seated.refresh_from_db()
    assert seated.verdict == "pass"


def test_a_sheet_that_was_handed_in_is_not_overwritten(reviewing, seated):
    hand_in(seated)

    page = reviewing.post(seated.get_absolute_url(), {"comment": "Changed my mind"}, follow=True)

    assert "can’t be changed any more" in page.content.decode()
    seated.refresh_from_db()
    assert seated.comment == "Thank you for this work."


def test_accept_decline_and_recuse_are_one_click_each(client):
    _submission, (first, second) = seated_round()
    client.force_login(first.reviewer.user)
    client.post(reverse("review-accept", args=[first.public_id]))
    client.post(reverse("review-decline", args=[first.public_id]), {"reason": "No time."})
    client.force_login(second.reviewer.user)
    client.post(reverse("review-recuse", args=[second.public_id]))

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.status, second.status) == (Review.Status.DECLINED, Review.Status.RECUSED)


@pytest.mark.parametrize("name", ["review-accept", "review-decline", "review-recuse"])
def test_looking_at_an_address_never_gives_a_seat_away(reviewing, seated, name):
    answer = reviewing.get(reverse(name, args=[seated.public_id]))

    seated.refresh_from_db()
    assert (answer.status_code, seated.status) == (405, Review.Status.ASSIGNED)


def test_a_seat_that_was_passed_on_is_dead_and_a_late_draft_is_answered_kindly(reviewing, seated):
    actions.standing_in(seated, "late")
    url = seated.get_absolute_url()

    gone = reviewing.get(url)
    script = reviewing.post(url, {"comment": "late"}, headers=FETCH)
    page = reviewing.post(url, {"comment": "late"}, follow=True)

    assert gone.status_code == 404
    assert (script.status_code, "Your draft is kept" in script.json()["error"]) == (409, True)
    assert "Your draft is kept" in page.content.decode()


@pytest.mark.parametrize(
    "name", ["review", "review-hand-in", "review-accept", "review-decline", "review-recuse"]
)
def test_another_reviewers_seat_does_not_exist(reviewing, seated, name):
    other = seated.submission.reviews.exclude(pk=seated.pk).get()
    url = reverse(name, args=[other.public_id])

    answers = (reviewing.get(url), reviewing.post(url, {"comment": "mine", "reason": "x"}))

    assert {answer.status_code for answer in answers} <= {404, 405}
    other.refresh_from_db()
    assert (other.status, other.comment) == (Review.Status.ASSIGNED, "")


def test_a_reviewer_says_how_much_and_until_when_away(reviewing, seated):
    day = timezone.localdate() + timedelta(days=20)
    url = reverse("reviewer-profile")

    answer = reviewing.post(url, {"capacity": "2", "away_until": day.isoformat(), "user": "1"})

    seated.reviewer.refresh_from_db()
    assert answer.url == reverse("reviews")
    assert (seated.reviewer.capacity, seated.reviewer.away_until) == (2, day)
    assert day.strftime("%B") in reviewing.get(answer.url).content.decode()


@pytest.mark.parametrize("capacity", ["-1", "51", "many", ""])
def test_an_impossible_capacity_is_not_saved(reviewing, seated, capacity):
    page = reviewing.post(reverse("reviewer-profile"), {"capacity": capacity})

    seated.reviewer.refresh_from_db()
    assert (page.status_code, seated.reviewer.capacity) == (200, 5)


def test_a_resubmission_shows_what_changed_next_to_the_feedback_given(client):
    submission = scored_round((PLAN,), (PLAN,))
    submission.attempt.refresh_from_db()
    finish_parts(submission.attempt, word="better")
    again = rounds.submit(submission.attempt, note="I gave better reasons.")
    review = again.reviews.open().first()
    client.force_login(review.reviewer.user)

    page = client.get(review.get_absolute_url()).content.decode()

    assert "I gave better reasons." in page
    assert "<del>word" in page
    assert "<ins>better" in page
    assert "Add one sample of student work and say what it shows." in page
    assert "New in this round" in page


def resubmitted():
    """The second round of an attempt of which only Part 2 has changed, by one more link."""
    submission = scored_round((PLAN,), (PLAN,))
    submission.attempt.refresh_from_db()
    revise(submission.attempt)
    again = rounds.submit(submission.attempt)
    return again.reviews.open().first()


def test_a_resubmission_says_of_what_did_not_change_that_nothing_did(client):
    review = resubmitted()
    client.force_login(review.reviewer.user)

    page = client.get(review.get_absolute_url())

    overview, artifacts, reflection = page.context["packet"].parts
    assert (overview.is_same, artifacts.is_same, reflection.is_same) == (True, False, True)
    assert [one.standing for one in artifacts.requirements] == ["same", "changed"]
    assert page.text.count("Nothing changed since round 1.") == 1
    assert page.text.count("nothing in it changed since round 1") == 2


def test_a_first_round_says_nothing_of_rounds_before(reviewing, seated):
    page = reviewing.get(seated.get_absolute_url())

    assert [part.is_same for part in page.context["packet"].parts] == [False, False, False]
    assert "since round" not in page.text


def test_the_feedback_released_of_the_round_before_stands_open_beside_the_rubric(client):
    review = resubmitted()
    client.force_login(review.reviewer.user)

    page = client.get(review.get_absolute_url()).text

    before = page.split("Feedback given in round 1")[1]
    assert before.index(NEXT_STEP) < before.index("</fieldset>")
    assert "<details" not in before.split(NEXT_STEP)[0]
