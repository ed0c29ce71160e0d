"""Reads ``library.yaml``: how long things are kept."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from catalog import checks
from catalog.loading import BrokenLibrary, parsed, sentences
from submissions.models import RetentionClass

LIBRARY = Path(__file__).resolve().parent / "library.yaml"
CLASS = checks.record(
    {
        "holds": checks.one_of(RetentionClass.Holds.values),
        "since": checks.one_of(RetentionClass.Since.values),
        "days": checks.number,
        "words": checks.text(200),
    }
)
FILE = checks.record({"retention": checks.listing(CLASS, least=1)})


def read(path: Path) -> list[dict[str, Any]]:
    """Every retention class of the file; raises ``BrokenLibrary`` with all faults."""
    faults: list[str] = []
    content = parsed(path, faults)
    if not faults:
        faults += sentences(path.name, "the file", FILE(content))
    if faults:
        raise BrokenLibrary(faults)
    classes: list[dict[str, Any]] = content["retention"]
    return classes


@transaction.atomic
def load_library(path: Path = LIBRARY) -> str:
    """Make the retention classes that are missing; those there stay as staff have set them."""
    classes = read(path)
    for fields in classes:
        key = {"holds": fields["holds"], "since": fields["since"]}
        RetentionClass.objects.get_or_create(**key, defaults=fields)
    return _("%(count)d retention classes.") % {"count": len(classes)}
