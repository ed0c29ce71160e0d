"""Library files as their authors write them, and searchable rows."""

from copy import deepcopy

import yaml

from catalog.models import Audience, Collection, CollectionItem
from tests.factories import EditionFactory, StackFactory

STACK = {
    "slug": "reading-together",
    "title": "Reading Together",
    "position": 1,
    "topic": "Literacy",
    "issuer": "nea",
    "associations": ["cta"],
    "audiences": ["K12 Educators", "Teacher Leaders"],
    "description": "Books in many hands.",
    "what_you_learn": "How to read aloud.",
}
ENTRY = {
    "slug": "reading-aloud",
    "title": "Reading Aloud",
    "requires_classroom_data": True,
    "competency": "The educator reads aloud so that listeners think along.",
    "summary": "Read aloud with questions.",
    "evidence_summary": "Plan, and recording",
    "key_method": "Plan the stops, then read.",
    "method_components": [{"heading": "Stops", "text": "Stop **twice**."}],
    "overview": {"questions": ["Whom do you read to?"], "passing": "The setting is clear."},
    "artifacts": {
        "requirements": [
            {
                "key": "plan",
                "label": "Plan",
                "instructions": "Hand in a plan.",
                "kinds": ["document"],
            },
            {
                "key": "recording",
                "label": "Recording",
                "instructions": "Hand in a recording.",
                "kinds": ["video", "audio", "document"],
                "count": 2,
                "any_of": ["video", "podcast"],
                "span": "2-3 minutes",
            },
        ],
        "criteria": [
            {
                "requirement": key,
                "title": f"The {key} is sound",
                "proficient": "Three stops.",
                "basic": "One stop.",
                "developing": "No stop.",
            }
            for key in ("plan", "recording")
        ],
    },
    "reflection": {"questions": ["What changed?"], "passing": "A change is named."},
}


def an_entry(**changes):
    """A whole entry of a micro-certification, with changes."""
    return deepcopy(ENTRY) | changes


def a_file(*entries, **changes):
    """What a stack's file holds."""
    return {"stack": deepcopy(STACK) | changes, "micro_certifications": list(entries)}


def write_library(folder, *files, collections=None):
    """Write files of stacks, and the list of collections if there is one."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.yaml"):
        old.unlink()
    for content in files:
        path = folder / f"{content['stack']['slug']}.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    if collections is not None:
        text = yaml.safe_dump({"collections": collections})
        (folder / "_collections.yaml").write_text(text, encoding="utf-8")
    return folder


def a_row(title, words="", stack=None, audience=None, **fields):
    """A micro-certification that can be started, as a search meets it."""
    edition = EditionFactory(
        micro_certification__title=title,
        micro_certification__words=f"{title}\n{words}",
        stack=stack,
        **{f"micro_certification__{name}": value for name, value in fields.items()},
    )
    if audience:
        row, _is_new = Audience.objects.get_or_create(name=audience)
        edition.micro_certification.audiences.add(row)
    return edition.micro_certification


def some_rows(count, stack=None):
    """So many rows in one stack."""
    stack = stack or StackFactory()
    return [a_row(f"Row {number}", stack=stack) for number in range(count)]


def a_collection(*rows, **fields):
    """A numbered collection."""
    collection = Collection.objects.create(
        **{"slug": "chosen", "title": "Chosen", "description": "Some.", **fields}
    )
    for position, row in enumerate(rows, start=1):
        CollectionItem.objects.create(
            collection=collection, micro_certification=row, position=position
        )
    return collection
