"""Who the author is: what an educator's own pages and addresses give away."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MOST = 300  # characters of any one value
MOST_VALUES = 20


@dataclass(frozen=True)
class Profile:
    """An educator as far as a text could name them; whatever is not known stays empty."""

    name: str = ""
    nicknames: tuple[str, ...] = ()
    emails: tuple[str, ...] = ()
    phone: str = ""
    school: str = ""
    district: str = ""
    local: str = ""
    member_numbers: tuple[str, ...] = ()
    handle: str = ""


def profile_from(values: Mapping[str, Any]) -> Profile:
    """A profile from plain values: lists may be text with commas, unknown keys are ignored."""
    return Profile(
        name=one(values.get("name")),
        nicknames=several(values.get("nicknames"), values.get("nickname")),
        emails=several(values.get("emails"), values.get("email")),
        phone=one(values.get("phone")),
        school=one(values.get("school")),
        district=one(values.get("district")),
        local=one(values.get("local")),
        member_numbers=several(values.get("member_numbers"), values.get("member_number")),
        handle=one(values.get("handle")),
    )


def one(value: Any) -> str:
    """One value as text; what is neither text nor a number is nothing."""
    is_plain = isinstance(value, str | int) and not isinstance(value, bool)
    return str(value).strip()[:MOST] if is_plain else ""


def several(*values: Any) -> tuple[str, ...]:
    """Several values as texts, each once, however they were given."""
    found: dict[str, None] = {}
    for value in values:
        parts = value if isinstance(value, list | tuple) else re.split(r"[,;/\n]", one(value))
        found |= dict.fromkeys(filter(None, given(parts)))
    return tuple(found)[:MOST_VALUES]


def given(parts: Iterable[Any]) -> list[str]:
    """The parts of a list as texts."""
    return [one(part) for part in parts]
