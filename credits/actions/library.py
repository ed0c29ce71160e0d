"""Credit programs and terms are rows, made from a file (DESIGN 8.8)."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from catalog.loading import BrokenLibrary
from catalog.models import Collection
from credits.library import LIBRARY, Fields, read
from credits.models import CreditProgram, Term
from portal.accounts.models import Association

PLAIN = (
    "name",
    "summary",
    "kind",
    "membership_required",
    "hours_on_completion",
    "hours_on_attainment",
    "unit_label",
    "consent_required",
    "retention_days",
)
OPTIONAL: Fields = {
    "hours_per_unit": None,
    "issue_within_days": None,
    "identifier": "",
    "identifier_label": "",
    "identifier_pattern": "",
    "provider_number": "",
    "columns": [],
    "steps": [],
    "notes": [],
    "links": [],
}


@transaction.atomic
def load_library(path: Path = LIBRARY) -> str:
    """Bring the programs up to date with the file, wholly or not at all; return a sentence.

    Terms are made where they are missing; those that stand belong to the staff.
    """
    entries = read(path)
    new = sum(load_program(path, entry) for entry in entries)
    for entry in entries:
        program = CreditProgram.objects.get(code=entry["code"])
        others = [found(path, entry, "excludes", code) for code in entry.get("excludes", [])]
        program.excludes.set(others)
    return _("%(programs)d credit programs, %(new)d new terms.") % {
        "programs": len(entries),
        "new": new,
    }


def load_program(path: Path, entry: Fields) -> int:
    """Make or change one program; return how many of its terms are new."""
    fields: dict[str, Any] = {name: entry[name] for name in PLAIN}
    fields |= {name: entry.get(name, default) for name, default in OPTIONAL.items()}
    fields["association"] = found(path, entry, "association", entry["association"])
    slug = entry.get("collection")
    fields["collection"] = found(path, entry, "collection", slug) if slug else None
    program, _is_new = CreditProgram.objects.update_or_create(code=entry["code"], defaults=fields)
    terms = [
        Term.objects.get_or_create(program=program, name=term["name"], defaults=term)
        for term in entry.get("terms", [])
    ]
    return sum(is_new for _term, is_new in terms)


def found(path: Path, entry: Fields, field: str, name: str) -> Any:
    """The row a field names; raises ``BrokenLibrary`` where there is none."""
    rows: dict[str, QuerySet[Any]] = {
        "association": Association.objects.filter(slug=name),
        "collection": Collection.objects.filter(slug=name),
        "excludes": CreditProgram.objects.filter(code=name),
    }
    row: Model | None = rows[field].first()
    if row is None:
        words = _("%(file)s, %(code)s: the field “%(field)s” has “%(name)s”, which is not known.")
        values = {"file": path.name, "code": entry["code"], "field": field, "name": name}
        raise BrokenLibrary([words % values])
    return row
