"""What pages are sent and send: forms, public ids, a table as a file to download."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from credits import roster

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Drawing(NamedTuple):
    """A form in which a table can be downloaded."""

    draw: Callable[[roster.Table], bytes]
    content_type: str


DRAWINGS = {
    "csv": Drawing(roster.as_csv, "text/csv; charset=utf-8"),
    "xlsx": Drawing(
        roster.as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    ),
}


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What a form was filled in with, and its files; nothing where the page is only opened."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def asked(query: QueryDict, name: str, default: str = "") -> str:
    """What a query asks for by name; a null character, which no database knows, finds nothing."""
    return str(query.get(name, default)).replace("\0", "?")


def uuids(texts: list[str]) -> list[str]:
    """Those of the texts that can be public ids."""
    return [text for text in texts if UUID.fullmatch(text)]


def drawing_of(form: str) -> Drawing:
    """The form an address names: csv or xlsx."""
    if form not in DRAWINGS:
        raise Http404
    return DRAWINGS[form]


def roster_file(drawing: Drawing, content: roster.Table, name: str) -> HttpResponse:
    """A table as a file, never shown inside the browser."""
    return HttpResponse(
        drawing.draw(content),
        content_type=drawing.content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
