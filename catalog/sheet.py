"""An edition laid out for reading: what is asked and how it is scored, in three queries.

The page and the printed version show the same sheet.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from catalog.models import (
    ArtifactRequirement,
    Criterion,
    Edition,
    Level,
    Part,
    Question,
    Reference,
)


class RubricRow(NamedTuple):
    """A criterion with its levels, best first."""

    criterion: Criterion
    levels: list[Level]


@dataclass
class PartSheet:
    """One scored part: what it asks, and the rows of its rubric."""

    part: Part
    questions: list[str] = field(default_factory=list)
    requirements: list[ArtifactRequirement] = field(default_factory=list)
    rubric: list[RubricRow] = field(default_factory=list)

    @property
    def options(self) -> list[tuple[str, str]]:
        """The named options of Part 2, by letter."""
        return sorted(self.part.options.items())


class Source(NamedTuple):
    """References under one heading."""

    heading: str
    references: list[Reference]


@dataclass(frozen=True)
class Sheet:
    """Parts 1, 2 and 3 in order, then what to read."""

    parts: list[PartSheet]
    research: list[Reference]
    resources: list[Source]


def lay_out(edition: Edition) -> Sheet:
    """The sheet of an edition."""
    parts: dict[int, PartSheet] = {}
    add_rubric(parts, edition)
    for question in Question.objects.filter(part__edition=edition):
        parts[question.part_id].questions.append(question.text)
    references = list(edition.references.all())
    return Sheet(
        parts=list(parts.values()),
        research=[each for each in references if each.kind == Reference.Kind.RESEARCH],
        resources=by_heading(each for each in references if each.kind == Reference.Kind.RESOURCE),
    )


def add_rubric(parts: dict[int, PartSheet], edition: Edition) -> None:
    """Every scored part has criteria, and every requirement one: so levels lead to them all."""
    levels = (
        Level.objects.filter(criterion__part__edition=edition)
        .select_related("criterion__part", "criterion__requirement")
        .order_by("criterion__part__number", "criterion__position", "position")
    )
    for criterion, rungs in groupby(levels, key=lambda level: level.criterion):
        sheet = parts.setdefault(criterion.part_id, PartSheet(criterion.part))
        sheet.rubric.append(RubricRow(criterion, list(rungs)))
        if criterion.requirement and criterion.requirement not in sheet.requirements:
            sheet.requirements.append(criterion.requirement)
            sheet.requirements.sort(key=lambda requirement: requirement.position)


def by_heading(resources: Iterable[Reference]) -> list[Source]:
    """Resources under the headings they were given, in the order they came."""
    grouped = groupby(resources, key=lambda each: each.heading)
    return [Source(heading, list(references)) for heading, references in grouped]
