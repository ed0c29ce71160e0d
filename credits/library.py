"""Reads ``library.yaml`` and says what is wrong with it; touches no row."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import chain
from pathlib import Path
from typing import Any

from catalog import checks
from catalog.loading import BrokenLibrary, parsed, sentences
from credits.models import CreditProgram
from credits.rows import APPLICATION_COLUMNS, ENTRY_COLUMNS

Fields = dict[str, Any]

LIBRARY = Path(__file__).resolve().parent / "library.yaml"


def amount(value: Any) -> Iterator[checks.Fault]:
    """A decimal number of hours, in quotes."""
    try:
        fine = isinstance(value, str) and Decimal(value).is_finite() and Decimal(value) >= 0
    except InvalidOperation:
        fine = False
    if not fine:
        yield "", f"is “{value}”, not a number of hours in quotes"


def day(value: Any) -> Iterator[checks.Fault]:
    """A date, written 2026-12-01."""
    if type(value) is not date:
        yield "", f"is “{value}”, not a date such as 2026-12-01"


def pattern(value: Any) -> Iterator[checks.Fault]:
    """A regular expression."""
    try:
        re.compile(value)
    except (re.error, TypeError):
        yield "", f"is “{value}”, not a pattern"


words = checks.text(120)
texts = checks.listing(checks.text())
TERM = checks.record(
    {
        "name": checks.text(40),
        "academic_year": checks.text(9),
        "opens_on": day,
        "application_deadline": day,
        "fee_per_unit_cents": checks.number,
    },
    {"unit_cap": checks.number, "set_by_staff": checks.truth},
)
PROGRAM = checks.record(
    {
        "code": checks.slug(),
        "name": words,
        "summary": checks.text(),
        "association": checks.slug(),
        "kind": checks.one_of(CreditProgram.Kind.values),
        "membership_required": checks.truth,
        "hours_on_completion": amount,
        "hours_on_attainment": amount,
        "unit_label": checks.text(40),
        "consent_required": checks.truth,
        "retention_days": checks.number,
    },
    {
        "collection": checks.slug(),
        "hours_per_unit": amount,
        "issue_within_days": checks.number,
        "identifier": checks.one_of(CreditProgram.Identifier.values),
        "identifier_label": words,
        "identifier_pattern": pattern,
        "provider_number": checks.text(20, may_be_empty=True),
        "columns": checks.listing(
            checks.one_of(dict.fromkeys(APPLICATION_COLUMNS + ENTRY_COLUMNS))
        ),
        "steps": texts,
        "notes": texts,
        "links": checks.listing(checks.record({"label": words, "url": checks.address()})),
        "excludes": checks.listing(checks.slug()),
        "terms": checks.listing(TERM),
    },
)
FILE = checks.record({"programs": checks.listing(PROGRAM, least=1)})


def read(path: Path) -> list[Fields]:
    """Every program of the file; raises ``BrokenLibrary`` with all faults."""
    faults: list[str] = []
    content = parsed(path, faults)
    if not faults:
        faults += sentences(path.name, "the file", FILE(content))
    if not faults:
        found = (disagreements(entry) for entry in content["programs"])
        faults += sentences(path.name, "the file", chain.from_iterable(found))
    if faults:
        raise BrokenLibrary(faults)
    programs: list[Fields] = content["programs"]
    return programs


def disagreements(entry: Fields) -> Iterator[checks.Fault]:
    """What is wrong between the fields of a program."""
    code = entry["code"]
    is_units = entry["kind"] == CreditProgram.Kind.UNITS
    if is_units != bool(Decimal(entry.get("hours_per_unit", "0"))):
        yield f"{code} › hours_per_unit", "belongs to programs of the kind “units”, and only there"
    known = APPLICATION_COLUMNS if is_units else ENTRY_COLUMNS
    for column in entry.get("columns", []):
        if column not in known:
            yield f"{code} › columns", f"has “{column}”, which this kind does not know"
    for term in entry.get("terms", []):
        if term["opens_on"] > term["application_deadline"]:
            yield f"{code} › terms › {term['name']}", "closes before it opens"
