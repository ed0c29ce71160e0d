"""The demo's reviewers and their sheets."""

import pytest

from portal.demo import Demo
from reviews import demo
from reviews.models import Review, Reviewer
from submissions.models import Submission
from tests.factories import UserFactory, submitted_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    shown = Demo()
    for role in ("reviewer 1", "reviewer 2", "educator"):
        shown.add_account(role, UserFactory())
    demo.make_reviewers(shown)
    for stage in ("in review", "not yet", "earned"):
        shown.rows[f"attempt: {stage}"] = submitted_round().attempt
    return shown


def test_the_demo_shows_a_pass_a_not_yet_and_a_draft(shown):
    demo.score_rounds(shown)

    outcomes = Submission.objects.order_by("pk").values_list("status", "outcome")
    assert list(outcomes) == [("scoring", ""), ("decided", "not_yet"), ("decided", "pass")]
    draft = Review.objects.get(status=Review.Status.SCORING)
    assert shown.urls["review"].endswith(draft.get_absolute_url())


def test_loading_the_demo_again_changes_nothing(shown):
    demo.score_rounds(shown)
    before = set(Review.objects.values_list("pk", "status", "verdict"))

    demo.make_reviewers(shown)
    demo.score_rounds(shown)

    assert set(Review.objects.values_list("pk", "status", "verdict")) == before
    assert Reviewer.objects.count() == 2
