"""Loads ``library.yaml``: frequent questions and resources, known by their slugs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from django.core.exceptions import ValidationError
from django.db import transaction

from portal.accounts.models import Association
from portal.refusal import Refused
from portal.support.models import FrequentQuestion, Resource

FILE = Path(__file__).with_name("library.yaml")
LISTS: dict[str, type[FrequentQuestion | Resource]] = {
    "frequent_questions": FrequentQuestion,
    "resources": Resource,
}
FIELDS = {
    FrequentQuestion: {"slug", "association", "topic", "question", "answer"},
    Resource: {"slug", "association", "kind", "title", "description", "url", "sections"},
}

Row = FrequentQuestion | Resource


@transaction.atomic
def load(file: Path = FILE) -> str:
    """Bring the rows up to date with the file; may be run again at any time.

    Refuses a broken file with a sentence for each fault, naming file, entry and field; then
    nothing is changed.
    """
    associations = {one.slug: one for one in Association.objects.all()}
    faults: list[str] = []
    rows: list[Row] = []
    for model, place, entry in entries(file):
        row, wrong = read(model, place, entry, associations)
        faults += [f"{file.name}, {name_of(model, place, entry)}, {fault}" for fault in wrong]
        rows += [row] if row else []
    if faults := faults + [f"{file.name}, {slug}: two entries" for slug in doubled(rows)]:
        raise Refused("\n".join(faults))
    for row in rows:
        store(row)
    return f"{len(rows)} questions with answers and resources."


def entries(file: Path) -> Iterator[tuple[type[Row], int, Any]]:
    """Every entry of the file with its model and its place, counted from 1."""
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise Refused(f"{file.name} is not readable as YAML: {error}") from error
    if not isinstance(content, dict) or content.keys() != LISTS.keys():
        raise Refused(f"{file.name} needs exactly the lists {' and '.join(LISTS)}.")
    for name, model in LISTS.items():
        for place, entry in enumerate(content[name] or (), start=1):
            yield model, place, entry


def name_of(model: type[Row], place: int, entry: Any) -> str:
    """How an author finds an entry again."""
    slug = entry.get("slug") if isinstance(entry, dict) else None
    return f"{model._meta.verbose_name} {slug or f'number {place}'}"


def read(
    model: type[Row], place: int, entry: Any, associations: dict[str, Association]
) -> tuple[Row | None, list[str]]:
    """The row of an entry, or what is wrong with it, field by field."""
    if not isinstance(entry, dict):
        return None, ["entry: is not a set of named fields"]
    unknown = [f"{name}: is not a field" for name in entry if name not in FIELDS[model]]
    slug = entry.get("association")
    if slug is not None and slug not in associations:
        unknown.append(f"association: there is no “{slug}”")
    if unknown:
        return None, unknown
    known = {**entry, "association": associations.get(slug or ""), "position": place}
    return checked(model(**known))


def checked(row: Row) -> tuple[Row | None, list[str]]:
    """The row where its model finds no fault with it."""
    try:
        row.full_clean(validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        faults = error.message_dict.items()
        return None, [f"{field}: {' '.join(words)}" for field, words in faults]
    return row, []


def doubled(rows: list[Row]) -> list[str]:
    """Slugs that two entries of one list share."""
    names = [(type(row), row.slug) for row in rows]
    return sorted({slug for model, slug in names if names.count((model, slug)) > 1})


def store(row: Row) -> None:
    """Write a row over the one with its slug, or add it."""
    fields = {name: getattr(row, name) for name in FIELDS[type(row)] - {"slug"} | {"position"}}
    type(row)._default_manager.update_or_create(slug=row.slug, defaults=fields)
