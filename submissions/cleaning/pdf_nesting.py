"""Drawings within drawings of a PDF: counted, since a few that show each other never end."""

import re
from typing import Any, TypeGuard

from pikepdf import Dictionary, Pdf, Stream

from submissions.cleaning.pdf_filters import fully_unpacked

MOST_DRAWN = 100_000
DEEPEST = 30  # viewers give up sooner
MOST_UNPACKED = 64 * 1024 * 1024
SHOWS = re.compile(rb"/([^\s/<>()\[\]]+)\s+Do\b")
Counts = dict[tuple[int, int], int]


class Endless(Exception):
    """Drawings show each other more often than any viewer can follow."""


def count_drawings(pdf: Pdf) -> None:
    """Raise ``Endless`` where a drawing, with all it shows, is drawn too often or too deep."""
    counts: Counts = {}
    for item in pdf.objects:
        if is_form(item):
            times(item, counts, DEEPEST)


def is_form(item: object) -> TypeGuard[Stream]:
    """Whether this is a drawing that others can show."""
    return isinstance(item, Stream) and str(item.get("/Subtype")) == "/Form"


def times(form: Stream, counts: Counts, left: int) -> int:
    """How many drawings one makes, itself and those it shows."""
    if not left:
        raise Endless
    if form.objgen not in counts:
        inner = shown_in(form)
        counts[form.objgen] = 0  # viewers stop where a drawing shows itself
        counts[form.objgen] = 1 + sum(times(one, counts, left - 1) for one in inner)
    if counts[form.objgen] > MOST_DRAWN:
        raise Endless
    return counts[form.objgen]


def shown_in(form: Stream) -> list[Stream]:
    """The drawings one shows, each as often as it does."""
    resources: Any = form.get("/Resources")
    drawings = resources.get("/XObject") if isinstance(resources, Dictionary) else None
    if not isinstance(drawings, Dictionary):
        return []
    forms = {key[1:].encode(): one for key, one in drawings.items() if is_form(one)}
    if not forms:
        return []
    shown = SHOWS.findall(fully_unpacked(form, MOST_UNPACKED))
    return [forms[name] for name in shown if name in forms]
