"""What a synthetic reviewer wrote: a level for every criterion, a comment where one is needed."""

from collections.abc import Iterator
from typing import NamedTuple

from catalog.models import Criterion, Level
from portal.vocabulary import Writer
from reviews import sheets
from reviews.growth.seats import Parts
from reviews.models import Review, Score
from submissions.models import SubmittedPart

NEXT_STEP, PRAISE, OVERALL = 30, 10, 40  # words
Known = dict[tuple[int, str], "list[Row]"]


class Row(NamedTuple):
    """A criterion of the rubric, its levels at the bar and those under it."""

    criterion: Criterion
    fine: list[Level]
    short: list[Level]


def nothing_known() -> Known:
    """The rubrics before any was looked up."""
    return {}


def rubric(known: Known, part: SubmittedPart) -> list[Row]:
    """The criteria of a part that count for its option; looked up once for each edition."""
    key = part.part_id, part.option
    if key not in known:
        known[key] = [row_of(criterion) for criterion in sheets.criteria_of(part)]
    return known[key]


def row_of(criterion: Criterion) -> Row:
    """One criterion, without a query where its levels were fetched before."""
    levels = list(criterion.levels.all())
    fine = [level for level in levels if level.meets_bar]
    return Row(criterion, fine, [level for level in levels if not level.meets_bar])


def score(review: Review, rows: list[Row], writer: Writer, *, short: bool) -> Iterator[Score]:
    """The scores of one part: all at the bar, or one at least under it."""
    chance = writer.chance
    under = set(chance.sample(range(len(rows)), chance.randint(1, len(rows)))) if short else set()
    for number, row in enumerate(rows):
        levels, words = (row.short, NEXT_STEP) if number in under else (row.fine, PRAISE)
        yield Score(
            review=review,
            criterion=row.criterion,
            level=chance.choice(levels),
            comment=writer.text(words),
        )


def whole(
    review: Review, parts: list[SubmittedPart], short: Parts, writer: Writer, known: Known
) -> list[Score]:
    """The scores of every part that a round asks to be scored."""
    return [
        one
        for part in parts
        if not part.is_carried
        for one in score(review, rubric(known, part), writer, short=part.part_id in short)
    ]


def draft(review: Review, part: SubmittedPart, writer: Writer, known: Known) -> list[Score]:
    """The scores of someone who has begun: the first criterion only."""
    return list(score(review, rubric(known, part)[:1], writer, short=False))
