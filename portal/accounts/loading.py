"""Brings the associations up to date with ``library/associations.yaml``."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import yaml
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from portal.accounts.models import Association
from portal.refusal import Refused

FILE = Path(__file__).parent / "library" / "associations.yaml"


def entries_of(path: Path) -> list[dict[str, Any]]:
    """The file's entries; refuses a file that is no list of associations."""
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise Refused(
            _("%(file)s can’t be read: %(why)s") % {"file": path.name, "why": error}
        ) from error
    entries = content.get("associations") if isinstance(content, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise Refused(
            _("%(file)s: the file needs the field “associations”, a list.") % {"file": path.name}
        )
    return entries


def complaints(entry: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """What is wrong with an entry: pairs of a field and a sentence."""
    known = dict(entry)
    for field in entry:
        try:
            Association._meta.get_field(field)
        except FieldDoesNotExist:
            known.pop(field)
            yield field, _("There is no such field.")
    try:
        Association(**known).full_clean(validate_unique=False)
    except ValidationError as error:
        yield from ((field, " ".join(words)) for field, words in error.message_dict.items())
    if entry.get("time_zone") not in available_timezones():
        yield "time_zone", _("This is no time zone.")


def checked(path: Path) -> list[dict[str, Any]]:
    """The file's entries, without fault; refuses with a line for every fault."""
    entries = entries_of(path)
    faults = [
        f"{path.name}, {entry.get('slug', f'entry {place}')}: {field}: {words}"
        for place, entry in enumerate(entries, start=1)
        for field, words in complaints(entry)
    ]
    if faults:
        raise Refused("\n".join(faults))
    return entries


@transaction.atomic
def load_associations(path: Path = FILE) -> str:
    """Make or update every association of the file; says how many there are.

    Loading the same file again changes nothing. Associations that left the file stay: people
    and attempts belong to them.
    """
    entries = checked(path)
    for entry in entries:
        Association.objects.update_or_create(slug=entry["slug"], defaults=entry)
    return _("%(count)d associations") % {"count": len(entries)}
