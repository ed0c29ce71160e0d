"""The format of a library file's entries: their fields, and how their parts fit. Pure.

Described for authors in ``docs/library.md``.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from catalog import checks
from catalog.checks import Fault, listing, number, one_of, record, slug, text, truth
from catalog.models import ArtifactRequirement

Entry = dict[str, Any]

NAMES = listing(text(80))
TITLES = listing(text(200))
LETTER = one_of("ABCDEFGH")

STACK = record(
    {
        "slug": slug(80),
        "title": text(120),
        "position": number,
        "topic": text(60),
        "issuer": slug(20),
        "associations": listing(slug()),
        "audiences": NAMES,
        "description": text(),
        "what_you_learn": text(may_be_empty=True),
    },
    {"also_known_as": TITLES, "developed_with": text(120, may_be_empty=True)},
)
QUESTIONS = record({"questions": listing(text(), least=1), "passing": text()})
REQUIREMENT = record(
    {
        "key": slug(),
        "label": text(160),
        "instructions": text(),
        "kinds": listing(one_of(ArtifactRequirement.Medium.values), least=1),
    },
    {"count": number, "any_of": TITLES, "span": text(60), "option": LETTER},
)
CRITERION = record(
    {
        "requirement": slug(),
        "title": text(160),
        "proficient": text(),
        "basic": text(),
        "developing": text(),
    }
)
MICRO_CERTIFICATION = record(
    {
        "slug": slug(100),
        "title": text(160),
        "requires_classroom_data": truth,
        "competency": text(),
        "summary": text(),
        "evidence_summary": text(300),
        "key_method": text(),
        "method_components": listing(record({"heading": text(160), "text": text()}), least=1),
        "overview": QUESTIONS,
        "artifacts": record(
            {
                "requirements": listing(REQUIREMENT, least=1),
                "criteria": listing(CRITERION, least=1),
            },
            {"options": checks.named(LETTER, text())},
        ),
        "reflection": QUESTIONS,
    },
    {
        "also_known_as": TITLES,
        "audiences": NAMES,
        "psea_item": number,
        "tags": NAMES,
        "research": listing(record({"citation": text()}, {"url": checks.address()})),
        "resources": listing(
            record({"title": text(), "url": checks.address()}, {"heading": text(120)})
        ),
        "alignments": listing(
            record({"framework": text(120), "name": text(200)}, {"url": checks.address()})
        ),
    },
)
COLLECTION = record(
    {
        "slug": slug(),
        "title": text(160),
        "description": text(),
        "counts_for_units": truth,
    },
    {"association": slug(), "stacks": listing(slug(80)), "numbered_by": one_of(["psea_item"])},
)


def faults_of(entry: Any) -> Iterator[Fault]:
    """What is wrong with one micro-certification: its shape, else how its parts fit."""
    shape = list(MICRO_CERTIFICATION(entry))
    yield from shape
    if not shape:
        yield from checks.under("artifacts", artifact_faults(entry["artifacts"]))


def artifact_faults(artifacts: Entry) -> Iterator[Fault]:
    """Whether requirements, criteria and options of Part 2 name one another."""
    requirements, options = artifacts["requirements"], artifacts.get("options", {})
    keys = Counter(each["key"] for each in requirements)
    judged = {each["requirement"] for each in artifacts["criteria"]}
    used = {each["option"] for each in requirements if "option" in each}
    for key, times in keys.items():
        if times > 1:
            yield "requirements", f"has the key “{key}” {times} times"
        if key not in judged:
            yield "criteria", f"has none for the requirement “{key}”"
    for key in sorted(judged - set(keys)):
        yield "criteria", f"judges “{key}”, which is no requirement here"
    for letter in sorted(used ^ set(options)):
        yield "options", f"and the requirements do not agree on option {letter}"
