"""Files that were handed in, over HTTP: nothing runs, nothing is kept, nothing is told.

Every one of them leaves through ``download`` or ``show``, whoever asks: a reviewer, its owner,
staff (SAFETY T7, T37, 2.1-2.5). Who may have it is decided before, by the views' querysets.
``docs/files.md`` says how a web server or the store itself takes over the sending.
"""

from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from submissions.ranges import OutOfReach, Span, span_asked_for

CHUNK = 256 * 1024
UNKNOWN = "application/octet-stream"
WEB_SERVER = "x-accel"  # of what FILES_OFFLOAD may say; docs/files.md tells the rest
INTERNAL = "/_files/"  # where the web server keeps the store for itself
LINK_SECONDS = 60  # a signed address of the store is good for

# What browsers show by themselves without running anything in it, and how a page shows it.
SHOWN = {
    "application/pdf": "pdf",
    "image/jpeg": "image",
    "image/png": "image",
    "image/gif": "image",
    "image/webp": "image",
    "text/plain": "text",
    "video/mp4": "video",
    "video/webm": "video",
    "audio/mp4": "audio",
    "audio/mpeg": "audio",
    "audio/ogg": "audio",
    "audio/webm": "audio",
}
TEXT = {"text/plain"}
QUIET = {
    "X-Content-Type-Options": "nosniff",
    # Chromium's own viewers of PDF, pictures and text work inside this sandbox; its page for a
    # bare recording does not, so recordings are played on our pages, whose policy then holds.
    "Content-Security-Policy": (
        "sandbox; default-src 'none'; img-src 'self'; frame-ancestors 'self'; base-uri 'none'; "
        "form-action 'none'"
    ),
    "Cache-Control": "private, no-store",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class StoredFile(NamedTuple):
    """A file of the store under the name it goes by here.

    ``tells`` says that the name may tell whose it is: then it stays out of every address.
    """

    key: str
    name: str
    media_type: str = ""
    tells: bool = False


def medium_of(media_type: str) -> str:
    """How a page shows a file: "pdf", "image", "video", "audio", "text", or "file" for not."""
    return SHOWN.get(media_type, "file")


def download(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """A file to be saved, never opened by the browser."""
    if request.method == "GET" and not file.tells and can_sign():
        size_of(file)
        return quiet(HttpResponseRedirect(signed(file)), file, is_saved=True)
    return quiet(sent(request, file), file, is_saved=True)


def show(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """A file to be looked at in the page: only kinds that run nothing; always from our address."""
    if file.media_type not in SHOWN:
        raise Http404
    return quiet(sent(request, file), file, is_saved=False)


def quiet(response: HttpResponseBase, file: StoredFile, *, is_saved: bool) -> HttpResponseBase:
    """Headers that run nothing, keep nothing, and say nothing of the file but its neutral name."""
    response["Content-Type"] = type_told(file)
    name = "".join(letter for letter in file.name if letter.isprintable()) or "file"
    response["Content-Disposition"] = content_disposition_header(is_saved, name) or "attachment"
    for header, value in QUIET.items():
        response[header] = value
    return response


def type_told(file: StoredFile) -> str:
    """What the browser is told it is: nothing that it could run."""
    if file.media_type not in SHOWN:
        return UNKNOWN
    return f"{file.media_type}; charset=utf-8" if file.media_type in TEXT else file.media_type


def sent(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """The file's bytes, or the order to the web server to send them."""
    size = size_of(file)
    if settings.FILES_OFFLOAD == WEB_SERVER:
        return HttpResponse(headers={"X-Accel-Redirect": INTERNAL + quote(file.key)})
    try:
        span = wanted(request, size)
    except OutOfReach:
        status = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
        return HttpResponse(status=status, headers={"Content-Range": f"bytes */{size}"})
    return streamed(request, file, span, size)


def size_of(file: StoredFile) -> int:
    """How many bytes the store has of it; what it has lost is not found."""
    if not file.key:
        raise Http404
    try:
        return default_storage.size(file.key)
    except FileNotFoundError as lost:
        raise Http404 from lost


def wanted(request: HttpRequest, size: int) -> Span | None:
    """The stretch asked for. A condition on it never holds, since no answer names a version."""
    if request.method != "GET" or "If-Range" in request.headers:
        return None
    return span_asked_for(request.headers.get("Range", ""), size)


def streamed(
    request: HttpRequest, file: StoredFile, span: Span | None, size: int
) -> HttpResponseBase:
    """A stretch of the file, or all of it, piece by piece; nothing but the headers to HEAD."""
    part = span or Span(0, size - 1)
    headers = {"Accept-Ranges": "bytes", "Content-Length": str(part.length)}
    if request.method == "HEAD":
        return HttpResponse(headers=headers)
    if span is None:
        return StreamingHttpResponse(pieces(file.key, part), headers=headers)
    headers["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    status = HTTPStatus.PARTIAL_CONTENT
    return StreamingHttpResponse(pieces(file.key, part), status=status, headers=headers)


def pieces(key: str, span: Span) -> Iterator[bytes]:
    """The bytes of a stretch; no more than one piece is ever in memory."""
    if not span.length:
        return
    with default_storage.open(key) as file:
        if remote := getattr(file, "obj", None):
            yield from fetched(remote, span)
            return
        file.seek(span.first)
        left = span.length
        while left and (piece := file.read(min(CHUNK, left))):
            left -= len(piece)
            yield piece


def fetched(remote: Any, span: Span) -> Iterator[bytes]:
    """The same from a store of the S3 kind, which would else be fetched whole."""
    body = remote.get(Range=f"bytes={span.first}-{span.last}")["Body"]
    try:
        yield from body.iter_chunks(CHUNK)
    finally:
        body.close()


def can_sign() -> bool:
    """Whether the store gives out signed addresses, and the settings do not keep it from it."""
    return not settings.FILES_OFFLOAD and bool(getattr(default_storage, "querystring_auth", False))


def signed(file: StoredFile) -> str:
    """An address of the store, good for a minute; its key is random and says nothing."""
    name = content_disposition_header(as_attachment=True, filename=file.name)
    answer = {
        "ResponseContentDisposition": name,
        "ResponseContentType": type_told(file),
        "ResponseCacheControl": QUIET["Cache-Control"],
    }
    store: Any = default_storage
    return str(store.url(file.key, parameters=answer, expire=LINK_SECONDS))
