"""Reviewers, and rounds on their way through two sheets."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from reviews import actions, sheets
from reviews.models import Reviewer
from tests.factories import UserFactory, submitted_round

NEXT_STEP = "Add one sample of student work and say what it shows."


class ReviewerFactory(DjangoModelFactory):
    class Meta:
        model = Reviewer

    user = factory.SubFactory(
        UserFactory, name=factory.Sequence(lambda n: f"Riley Reviewer{n} Quux")
    )
    trained_on = date(2026, 1, 5)


def seated_round(educator=None, edition=None, reviewers=2):
    """A round with both seats given, and its reviews in the order of their seats."""
    ReviewerFactory.create_batch(max(0, reviewers - Reviewer.objects.active().count()))
    submission = submitted_round(educator, edition)
    return submission, list(submission.reviews.open().order_by("seat"))


def answers(review, under=()):
    """A whole sheet: every criterion at the bar but for those titled in ``under``."""
    criteria = sheets.asked(sheets.parts_of(review.submission))
    return {
        key: sheets.Answer("1", NEXT_STEP) if one.title in under else sheets.Answer("0", "Clear.")
        for key, one in criteria.items()
    }


def hand_in(review, under=()):
    """Score one seat and hand it in."""
    actions.save_scores(review, answers(review, under), "Thank you for this work.")
    actions.score(review, by=review.reviewer.user)
    review.refresh_from_db()
    return review


def scored_round(first=(), second=(), **fields):
    """A round whose two reviewers have handed in, with these criteria under the bar."""
    submission, reviews = seated_round(**fields)
    for review, under in zip(reviews, (first, second), strict=True):
        hand_in(review, under)
    submission.refresh_from_db()
    return submission


def posted(review, under=(), comment="Thank you for this work."):
    """What the rubric's form sends for a whole sheet."""
    data = {"comment": comment}
    for key, answer in answers(review, under).items():
        data[f"level-{key}"], data[f"comment-{key}"] = answer.level, answer.comment
    return data
