"""What the educator reads of a decided round: levels and comments, never whose (DESIGN 8.4).

The reviewers are "Reviewer 1" and "Reviewer 2" by the random order of their assignments, which
says nothing of seats or of who finished first; days are told, never times (SAFETY 2.44, 2.45).
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews import sheets
from reviews.models import THIRD_SEAT, Review, Score
from submissions.models import Attempt, Submission, SubmittedPart


@dataclass(frozen=True)
class Given:
    """What one reviewer said of one criterion."""

    reviewer: str
    level: str
    meets_bar: bool
    comment: str


Said = dict[int, tuple[Given, ...]]  # by criterion


@dataclass(frozen=True)
class CriterionFeedback:
    """A row of the rubric with what each reviewer said of it."""

    title: str
    given: tuple[Given, ...]


@dataclass(frozen=True)
class PartFeedback:
    """A part of a decided round: whether it passed, and why."""

    title: str
    number: int
    passed: bool
    is_carried: bool
    criteria: tuple[CriterionFeedback, ...]


@dataclass(frozen=True)
class RoundFeedback:
    """One decided round as its educator reads it."""

    round: int
    outcome: str
    outcome_label: str
    decided_on: date
    had_third: bool
    comments: tuple[tuple[str, str], ...]
    parts: tuple[PartFeedback, ...]


def decided(rounds: QuerySet[Submission]) -> QuerySet[Submission]:
    """The decided ones among rounds, newest first, with all that is told of them."""
    handed_in = Review.objects.filter(status=Review.Status.SUBMITTED).order_by("public_id")
    return (
        rounds.filter(status=Submission.Status.DECIDED)
        .order_by("-round")
        .select_related("attempt__association")
        .prefetch_related(
            Prefetch("reviews", handed_in.prefetch_related("scores__level")),
            Prefetch("parts", sheets.with_rubric(SubmittedPart.objects.all())),
        )
    )


def signed(submission: Submission) -> list[tuple[str, Review]]:
    """The sheets of a round from ``decided``, under the names the educator knows them by."""
    return [
        (_("Reviewer %(number)d") % {"number": number}, review)
        for number, review in enumerate(submission.reviews.all(), start=1)
    ]


def said_in(submission: Submission) -> Said:
    """What was said in a round from ``decided``, by criterion."""
    said: defaultdict[int, list[Given]] = defaultdict(list)
    for name, review in signed(submission):
        for score in review.scores.all():
            said[score.criterion_id].append(given(name, score))
    return {criterion: tuple(words) for criterion, words in said.items()}


def given_in(submission: Submission) -> Said:
    """What was said in a round, by criterion; nothing before it is decided."""
    found = decided(Submission.objects.filter(pk=submission.pk)).first()
    return said_in(found) if found else {}


def given(name: str, score: Score) -> Given:
    """One score in plain values."""
    level = score.level
    return Given(
        name, level.label if level else "", level is not None and level.meets_bar, score.comment
    )


def feedback_for_educator(submission: Submission) -> RoundFeedback | None:
    """The feedback of a round, or ``None`` before it is decided."""
    found = decided(Submission.objects.filter(pk=submission.pk)).first()
    return told(found) if found else None


def told(submission: Submission) -> RoundFeedback:
    """A round from ``decided`` as its educator reads it."""
    said, reviews = said_in(submission), signed(submission)
    zone = submission.attempt.association.zone
    return RoundFeedback(
        round=submission.round,
        outcome=submission.outcome,
        outcome_label=submission.get_outcome_display(),
        decided_on=timezone.localdate(submission.decided_at, zone),
        had_third=len(reviews) == THIRD_SEAT,
        comments=tuple((name, review.comment) for name, review in reviews if review.comment),
        parts=tuple(part_feedback(row, said) for row in submission.parts.all()),
    )


def part_feedback(row: SubmittedPart, said: Said) -> PartFeedback:
    """What was said of one part, criterion by criterion."""
    return PartFeedback(
        title=row.part.title,
        number=row.part.number,
        passed=bool(row.passed),
        is_carried=row.is_carried,
        criteria=tuple(
            CriterionFeedback(criterion.title, said[criterion.pk])
            for criterion in sheets.criteria_of(row)
            if criterion.pk in said
        ),
    )


def rounds_of(attempt: Attempt) -> list[RoundFeedback]:
    """All decided rounds of an attempt, newest first."""
    return [told(one) for one in decided(attempt.submissions.all())]
