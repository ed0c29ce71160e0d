"""Writes an edition's rows from its library entry: five parts, what they ask, the whole rubric."""

from typing import Any

from catalog.entries import Entry
from catalog.models import (
    WORD_RANGE,
    ArtifactRequirement,
    Criterion,
    Edition,
    Level,
    Part,
    Question,
    Reference,
)

NOT_YET = "The answers leave part of this open. The reviewer’s comment says what to add."
PASS_LEVELS = (("Passing", True), ("Not yet", False))
RUNGS = (("Proficient", True), ("Basic", False), ("Developing", False))


def write(edition: Edition, entry: Entry) -> None:
    """Give a new edition its five parts and its references."""
    parts = {part.kind: part for part in Part.objects.bulk_create(parts_of(edition, entry))}
    for kind, field in ((Part.Kind.OVERVIEW, "overview"), (Part.Kind.REFLECTION, "reflection")):
        ask(parts[kind], entry[field])
    requirements = require(parts[Part.Kind.ARTIFACTS], entry["artifacts"]["requirements"])
    judge(parts[Part.Kind.ARTIFACTS], entry["artifacts"]["criteria"], requirements)
    Reference.objects.bulk_create(references_of(edition, entry))


def parts_of(edition: Edition, entry: Entry) -> list[Part]:
    """The five requirements, in their order (FACTS 4.63)."""
    shortest, longest = WORD_RANGE
    own: dict[str, dict[str, Any]] = {
        Part.Kind.OVERVIEW: {
            "passing": entry["overview"]["passing"].strip(),
            "word_min": shortest,
            "word_max": longest,
        },
        Part.Kind.ARTIFACTS: {"options": entry["artifacts"].get("options", {})},
        Part.Kind.REFLECTION: {"passing": entry["reflection"]["passing"].strip()},
    }
    return [
        Part(edition=edition, kind=kind, number=number, **own.get(kind, {}))
        for kind, number in Part.NUMBERS.items()
    ]


def ask(part: Part, written: Entry) -> None:
    """Give a written part its questions, and one criterion: its passing statement."""
    Question.objects.bulk_create(
        Question(part=part, position=position, text=text.strip())
        for position, text in enumerate(written["questions"], start=1)
    )
    criterion = Criterion.objects.create(part=part, position=1, title=part.title)
    add_levels(criterion, PASS_LEVELS, [part.passing, NOT_YET])


def require(part: Part, listed: list[Entry]) -> dict[str, ArtifactRequirement]:
    """Give Part 2 what it asks for; return the requirements by their key."""
    rows = ArtifactRequirement.objects.bulk_create(
        ArtifactRequirement(
            part=part, position=position, **{**each, "instructions": each["instructions"].strip()}
        )
        for position, each in enumerate(listed, start=1)
    )
    return {row.key: row for row in rows}


def judge(part: Part, listed: list[Entry], requirements: dict[str, ArtifactRequirement]) -> None:
    """Give Part 2 its rubric: each criterion judges one requirement, on three rungs."""
    for position, each in enumerate(listed, start=1):
        criterion = Criterion.objects.create(
            part=part,
            requirement=requirements[each["requirement"]],
            position=position,
            title=each["title"],
        )
        add_levels(criterion, RUNGS, [each[label.lower()].strip() for label, _bar in RUNGS])


def add_levels(
    criterion: Criterion, rungs: tuple[tuple[str, bool], ...], descriptions: list[str]
) -> None:
    """Give a criterion its rungs, best first."""
    Level.objects.bulk_create(
        Level(
            criterion=criterion,
            position=position,
            label=label,
            description=description,
            meets_bar=meets_bar,
        )
        for position, ((label, meets_bar), description) in enumerate(
            zip(rungs, descriptions, strict=True), start=1
        )
    )


def references_of(edition: Edition, entry: Entry) -> list[Reference]:
    """Supporting research, then resources (FACTS 4.18)."""
    listed = [(Reference.Kind.RESEARCH, "citation", each) for each in entry.get("research", [])]
    listed += [(Reference.Kind.RESOURCE, "title", each) for each in entry.get("resources", [])]
    return [
        Reference(
            edition=edition,
            kind=kind,
            position=position,
            heading=each.get("heading", ""),
            text=each[field].strip(),
            url=each.get("url", ""),
        )
        for position, (kind, field, each) in enumerate(listed, start=1)
    ]
