"""A sheet: the criteria a round asks to be scored, and what one reviewer has said of them.

Rows of the rubric are known outside by a key ("1", "2", ...), their levels by a place ("0" is the
best), so that no database key stands in a form.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalog.models import Criterion, Level
from reviews.agreement import Mark
from reviews.models import Review, Score
from submissions.models import Submission, SubmittedPart


class Answer(NamedTuple):
    """What a form says of one criterion: the place of a level, or nothing yet, and a comment."""

    level: str = ""
    comment: str = ""


def with_rubric(parts: QuerySet[SubmittedPart]) -> QuerySet[SubmittedPart]:
    """Parts of a round with their whole rubric, in few queries."""
    return parts.select_related("part").prefetch_related(
        "part__requirements", "part__criteria__levels", "part__criteria__requirement"
    )


def parts_of(submission: Submission) -> list[SubmittedPart]:
    """The scored parts of a round with their whole rubric."""
    return list(with_rubric(submission.parts.all()))


def criteria_of(row: SubmittedPart) -> list[Criterion]:
    """The criteria of a part that count for the option the educator chose (FACTS 4.38)."""
    return [
        criterion
        for criterion in row.part.criteria.all()
        if criterion.requirement is None or criterion.requirement.option in {"", row.option}
    ]


def asked(rows: Iterable[SubmittedPart]) -> dict[str, Criterion]:
    """The criteria to be scored, by key: those of the parts that are not carried."""
    criteria = [one for row in rows if not row.is_carried for one in criteria_of(row)]
    return {str(number): criterion for number, criterion in enumerate(criteria, start=1)}


def level_at(criterion: Criterion, place: str) -> Level | None:
    """The level at a place of the rubric, or nothing where the place says nothing."""
    levels = list(criterion.levels.all())
    return levels[int(place)] if place.isdigit() and int(place) < len(levels) else None


def scores_of(review: Review) -> dict[int, Score]:
    """What one reviewer has noted so far, by criterion."""
    return {score.criterion_id: score for score in review.scores.select_related("level")}


def answered(criterion: Criterion, score: Score | None) -> Answer:
    """What is noted of one criterion, as its form shows it."""
    if score is None:
        return Answer()
    places = {level.pk: str(place) for place, level in enumerate(criterion.levels.all())}
    return Answer(places.get(score.level_id or 0, ""), score.comment)


def draft_of(review: Review) -> dict[str, Answer]:
    """What one reviewer has saved so far, by key."""
    scores, criteria = scores_of(review), asked(parts_of(review.submission))
    return {key: answered(one, scores.get(one.pk)) for key, one in criteria.items()}


def stamp(answers: Mapping[str, Answer], comment: str) -> str:
    """A short digest of a sheet: windows that show the same words know the same stamp."""
    content = [sorted(answers.items()), comment]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def stored_stamp(review: Review) -> str:
    """The stamp of the sheet as it is saved now."""
    comment = Review.objects.values_list("comment", flat=True).get(pk=review.pk)
    return stamp(draft_of(review), comment)


def would_overwrite(review: Review, answers: Mapping[str, Answer], comment: str, seen: str) -> bool:
    """Whether a save would put other words in the place of some that its window never showed.

    ``seen`` is the stamp of the sheet that the window knew; without one nothing is asked.
    """
    return bool(seen) and stored_stamp(review) not in {seen, stamp(answers, comment)}


def marks(scores: Iterable[Score]) -> list[Mark]:
    """What scores say, criterion by criterion, for ``reviews.agreement``."""
    return [
        Mark(score.criterion.part_id, score.criterion_id, score.level.meets_bar)
        for score in scores
        if score.level is not None
    ]


def marks_of(review: Review) -> list[Mark]:
    """What the sheet of one review says."""
    return marks(review.scores.select_related("level", "criterion"))


def scored_parts(submission: Submission) -> frozenset[int]:
    """The ids of the parts that this round scores."""
    return frozenset(submission.parts.filter(is_carried=False).values_list("part_id", flat=True))


def carried_parts(submission: Submission) -> frozenset[int]:
    """The ids of the parts that passed in an earlier round and are unchanged."""
    return frozenset(submission.parts.filter(is_carried=True).values_list("part_id", flat=True))


def unfinished(review: Review) -> list[str]:
    """What stands between a draft and handing it in: one sentence for each criterion."""
    scores = scores_of(review)
    sentences = (
        lacking(criterion, scores.get(criterion.pk))
        for criterion in asked(parts_of(review.submission)).values()
    )
    return [sentence for sentence in sentences if sentence]


def lacking(criterion: Criterion, score: Score | None) -> str:
    """What one criterion still lacks: a level, or the next step where it is under the bar."""
    if score is None or score.level is None:
        return _("“%(title)s” has no level yet.") % {"title": criterion.title}
    if not score.level.meets_bar and not score.comment.strip():
        return _("“%(title)s” needs a comment that says the next step.") % {
            "title": criterion.title
        }
    return ""
