"""The feedback an educator takes home."""

import pytest

from reviews import takeout
from tests.reviews.factories import NEXT_STEP, ReviewerFactory, hand_in, scored_round, seated_round

pytestmark = pytest.mark.django_db

PLAN = "Quality of the plan"


def test_a_decided_round_comes_home_with_every_word_of_its_feedback():
    submission = scored_round((PLAN,), (PLAN,))
    attempt = submission.attempt

    files = dict(takeout.files_of(attempt.educator))

    text = files[f"feedback/01 {attempt.micro_certification.slug}, round 1.md"].decode()
    assert text.startswith(f"# {attempt.micro_certification.title}, round 1: Not yet (")
    assert text.count(f"Basic. {NEXT_STEP}") == 2
    assert text.count("Thank you for this work.") == 2
    assert f"### {PLAN}\n- Reviewer 1:" in text


def test_no_name_of_a_reviewer_comes_home():
    submission = scored_round((PLAN,), (PLAN,))
    people = [review.reviewer.user for review in submission.reviews.all()]

    text = b"".join(dict(takeout.files_of(submission.attempt.educator)).values()).decode()

    assert [one.name for one in people if one.name in text or one.email in text] == []


def test_nothing_comes_home_before_the_decision():
    ReviewerFactory.create_batch(2)
    submission, reviews = seated_round()
    hand_in(reviews[0])

    assert list(takeout.files_of(submission.attempt.educator)) == []


def test_nothing_of_anybody_else_comes_home(stranger):
    scored_round((PLAN,), (PLAN,))

    assert list(takeout.files_of(stranger)) == []
