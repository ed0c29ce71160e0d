"""What an educator reads of the reviews of their own work."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Part
from reviews import blind
from submissions import actions as rounds
from tests.factories import revise
from tests.reviews.factories import NEXT_STEP, ReviewerFactory, hand_in, scored_round, seated_round

pytestmark = pytest.mark.django_db

PLAN = "Quality of the plan"


def page_of(client, submission):
    client.force_login(submission.attempt.educator)
    url = reverse("attempt-feedback", args=[submission.attempt.public_id])
    return client.get(url).content.decode()


def test_nothing_is_told_before_the_round_is_decided(client):
    submission, reviews = seated_round()
    hand_in(reviews[0])

    page = page_of(client, submission)

    assert "No feedback yet" in page
    assert "Thank you for this work." not in page
    assert blind.feedback_for_educator(submission) is None


def test_a_not_yet_is_told_calmly_with_the_next_step_of_each_part(client):
    submission = scored_round((PLAN,), (PLAN,))

    page = page_of(client, submission)

    assert "Not yet, and that is normal." in page
    assert "about 40 percent pass the first time" in page
    assert page.count(NEXT_STEP) == 2
    assert "fail" not in page.lower()


def test_levels_and_comments_are_told_by_criterion():
    submission = scored_round((PLAN,), (PLAN,))

    told = blind.feedback_for_educator(submission)

    part = told.parts[1]
    plan = part.criteria[0]
    assert (part.passed, plan.title) == (False, PLAN)
    assert [(one.reviewer, one.level, one.comment) for one in plan.given] == [
        ("Reviewer 1", "Basic", NEXT_STEP),
        ("Reviewer 2", "Basic", NEXT_STEP),
    ]


def test_a_pass_is_told_too(client):
    page = page_of(client, scored_round())

    assert "Every part met the bar. Congratulations." in page
    assert "Not yet, and that is normal." not in page


def test_days_are_told_but_no_times(client):
    submission = scored_round()

    page = page_of(client, submission)

    zone = submission.attempt.association.zone
    assert f"{submission.decided_at.astimezone(zone):%B}" in page
    assert f"{submission.decided_at.astimezone(zone):%H:%M}" not in page
    assert f"{submission.decided_at:%H:%M}" not in page


def test_after_a_disagreement_all_three_sheets_are_told(client):
    ReviewerFactory.create_batch(3)
    submission = scored_round((PLAN,), ())
    hand_in(submission.reviews.get(seat=3), under=(PLAN,))

    page = page_of(client, submission)

    assert "Reviewer 3" in page
    assert "the majority decided" in page


def test_rounds_are_told_newest_first_and_carried_parts_say_so(client):
    submission = scored_round((PLAN,), (PLAN,))
    submission.attempt.refresh_from_db()
    progress = submission.attempt.progress.get(part__kind=Part.Kind.REFLECTION)
    questions = progress.part.questions.all()
    rounds.save_answers(progress, {question.pk: "new words" for question in questions})
    rounds.complete(progress)
    revise(submission.attempt)
    again = rounds.submit(submission.attempt)
    for review in again.reviews.open():
        hand_in(review)

    page = page_of(client, again)

    assert page.index('id="round-2"') < page.index('id="round-1"')
    assert "nobody scored it again" in page


def test_another_persons_feedback_does_not_exist(client, stranger):
    submission = scored_round()
    url = reverse("attempt-feedback", args=[submission.attempt.public_id])
    answers = []
    for user in (stranger, submission.reviews.first().reviewer.user):
        client.force_login(user)
        answers.append(client.get(url).status_code)

    assert answers == [404, 404]


def test_the_page_asks_the_same_queries_however_many_rounds(client):
    submission = scored_round((PLAN,), (PLAN,))
    page_of(client, submission)
    for_one = queries_of(client, submission)
    for _ in range(2):
        submission.attempt.refresh_from_db()
        revise(submission.attempt)
        submission = rounds.submit(submission.attempt)
        for review in submission.reviews.open():
            hand_in(review, under=(PLAN,))

    assert queries_of(client, submission) == for_one


def queries_of(client, submission):
    url = reverse("attempt-feedback", args=[submission.attempt.public_id])
    with CaptureQueriesContext(connection) as queries:
        page = client.get(url)
    assert len(page.context["rounds"]) == submission.round
    return len(queries)
