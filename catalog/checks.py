"""Small checks of what a YAML file holds; each yields faults as (path to the field, complaint).

A check is a function of one value; ``record`` and ``listing`` build checks of whole files from
checks of their parts. Pure: nothing here knows the portal.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

Fault = tuple[str, str]
Check = Callable[[Any], Iterator[Fault]]

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LARGEST = 32_767  # what a column for small numbers holds
ADDRESS = re.compile(r"https?://[^\s/]+\.[^\s]+")


def under(name: str, faults: Iterable[Fault]) -> Iterator[Fault]:
    """The same faults, seen from one level further out."""
    for path, complaint in faults:
        yield (f"{name} › {path}" if path else name), complaint


def text(limit: int = 20_000, *, may_be_empty: bool = False) -> Check:
    """Words for people, of at most ``limit`` characters."""

    def check(value: Any) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield "", "is not text"
        elif "\0" in value:
            yield "", "holds the character NUL, which no database takes"
        elif not value.strip() and not may_be_empty:
            yield "", "is empty"
        elif len(value) > limit:
            yield "", f"is longer than {limit} characters"

    return check


def matching(pattern: re.Pattern[str], description: str, limit: int) -> Check:
    """A short text of one form."""

    def check(value: Any) -> Iterator[Fault]:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            yield "", f"is “{value}”, not {description}"
        elif len(value) > limit:
            yield "", f"is longer than {limit} characters"

    return check


def slug(limit: int = 50) -> Check:
    """A name for addresses: small letters, digits, single hyphens."""
    return matching(SLUG, "a name of small letters, digits and hyphens", limit)


def address() -> Check:
    """A web address."""
    return matching(ADDRESS, "a web address", 500)


def one_of(allowed: Iterable[str]) -> Check:
    """One of a few words."""
    words = tuple(allowed)

    def check(value: Any) -> Iterator[Fault]:
        if value not in words:
            yield "", f"is “{value}”, not one of {', '.join(words)}"

    return check


def truth(value: Any) -> Iterator[Fault]:
    """``true`` or ``false``."""
    if not isinstance(value, bool):
        yield "", f"is “{value}”, not true or false"


def number(value: Any) -> Iterator[Fault]:
    """A whole number from 1."""
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        yield "", f"is “{value}”, not a whole number from 1"
    elif value > LARGEST:
        yield "", f"is larger than {LARGEST}"


def listing(item: Check, least: int = 0) -> Check:
    """A list of at least ``least`` values of one kind; its items are counted from 1."""

    def check(value: Any) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield "", "is not a list"
            return
        if len(value) < least:
            yield "", f"has {len(value)} of the {least} it needs at least"
        for place, one in enumerate(value, start=1):
            yield from under(f"item {place}", item(one))

    return check


def named(names: Check, values: Check) -> Check:
    """Free names, each with a value of one kind."""

    def check(value: Any) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield "", "is not a set of named values"
            return
        for name, one in value.items():
            yield from under(str(name), names(name))
            yield from under(str(name), values(one))

    return check


def record(needed: Mapping[str, Check], optional: Mapping[str, Check] | None = None) -> Check:
    """Named fields: all that are needed, none that nobody knows."""
    known = {**needed, **(optional or {})}

    def check(value: Any) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield "", "is not a set of named fields"
            return
        for name in needed:
            if name not in value:
                yield name, "is missing"
        for name, one in value.items():
            yield from under(str(name), known.get(name, unknown)(one))

    return check


def unknown(_value: Any) -> Iterator[Fault]:
    """A field that the format does not have, such as a misspelled one."""
    yield "", "is not a field of this format"
