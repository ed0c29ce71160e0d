"""Uploads in chunks that may be broken off and taken up again: tus 1.0 for an attempt's owner."""

import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.http.request import UnreadablePostError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from catalog.models import Part
from portal.accounts.access import SignedInRequest
from portal.refusal import Refused
from submissions import tus
from submissions.actions import uploads
from submissions.forms import UploadForm
from submissions.models import Upload
from submissions.parts import Bucket, store
from submissions.promises import MOST_BYTES
from submissions.views.parts import own_part

ARTIFACTS = Part.NUMBERS[Part.Kind.ARTIFACTS]
PIECE = 64 * 1024  # small enough that memory stays flat, whatever a chunk weighs
LATE_WORDS = 8 * 1024 * 1024  # of a refused chunk, read so that the browser gets to see the answer
View = Callable[..., HttpResponse]


def method_of(request: SignedInRequest) -> str:
    """What is asked for, also by those who can only POST."""
    told = request.headers.get("X-HTTP-Method-Override", "")
    return told.upper() if told and request.method == "POST" else str(request.method)


def speaks_tus(view: View) -> View:
    """Keep a view to the protocol: its version, its headers, a status for each refusal."""

    @wraps(view)
    def spoken(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if method_of(request) == "OPTIONS":
            able = tus.capabilities(MOST_BYTES)
            answer = HttpResponse(status=HTTPStatus.NO_CONTENT, headers=able)
        elif request.headers.get("Tus-Resumable") != tus.VERSION:
            spoken_here = {"Tus-Version": tus.VERSION}
            answer = HttpResponse(status=HTTPStatus.PRECONDITION_FAILED, headers=spoken_here)
        else:
            answer = answered(view, request, *args, **kwargs)
        answer["Tus-Resumable"] = tus.VERSION
        answer["Cache-Control"] = "no-store"
        return answer

    return spoken


def answered(view: View, request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    """What the view says, or its refusal as a sentence of plain text."""
    try:
        return view(request, *args, **kwargs)
    except Refused as refusal:
        hear_out(request)
        status = getattr(refusal, "status", HTTPStatus.UNPROCESSABLE_ENTITY)
        return HttpResponse(refusal.words, status=status, content_type="text/plain; charset=utf-8")


def hear_out(request: SignedInRequest) -> None:
    """Read what is left of a chunk: a browser that is still talking does not listen."""
    if int(request.META.get("CONTENT_LENGTH") or 0) <= LATE_WORDS:
        for _piece in pieces_of(request):
            pass


def pieces_of(request: SignedInRequest) -> Iterator[bytes]:
    """The body piece by piece; where the line breaks it ends.

    Django keeps a request until the garbage is taken out, and with it the server's buffers, which
    would make the process grow with every chunk: so the request lets go of them here.
    """
    with suppress(UnreadablePostError):
        while piece := request.read(PIECE):
            yield piece
    request.META["wsgi.input"] = request._stream = io.BytesIO()


def own_upload(request: SignedInRequest, public_id: str) -> Upload:
    """An upload this person owns, or 404; declined when its day is over."""
    mine = Upload.objects.owned_by(request.user).select_related("attempt")
    upload = get_object_or_404(mine, public_id=public_id)
    if upload.evidence_id is None and upload.expires_at < timezone.now():
        raise tus.Declined(
            _("This upload was left for more than a day; choose the file again."), HTTPStatus.GONE
        )
    return upload


@require_http_methods(["OPTIONS", "POST"])
@speaks_tus
def upload_add(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Promise a file: its size and what it is; its first chunk may come along."""
    progress = own_part(request, public_id, ARTIFACTS)
    told = tus.metadata(request.headers.get("Upload-Metadata", ""))
    size = tus.whole_number(request.headers.get("Upload-Length"))
    form = UploadForm(progress, told)
    if not form.is_valid():
        raise Refused(" ".join(str(words) for errors in form.errors.values() for words in errors))
    named = tus.plain_name(told.get("filename", "")), tus.plain_words(told.get("filetype", ""))
    promise = uploads.Promise(form.cleaned_data["requirement"], *named, size)
    upload = uploads.begin(progress, promise, form.entry())
    there = take(request, upload, 0) if request.content_type == tus.CONTENT_TYPE else 0
    place = {"Location": reverse("upload", args=[upload.public_id])}
    standing = tus.standing(there, upload.expires_at)
    return HttpResponse(status=HTTPStatus.CREATED, headers=place | standing)


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE", "POST"])
@speaks_tus
def upload(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Ask how far an upload is, add to it, or give it up."""
    answers = {"HEAD": upload_standing, "PATCH": upload_chunk, "DELETE": upload_end}
    method = method_of(request)
    if method not in answers:
        return HttpResponseNotAllowed(answers)
    return answers[method](request, own_upload(request, public_id))


def upload_standing(request: SignedInRequest, upload: Upload) -> HttpResponse:
    """How far it is. A file found whole is handed in: nobody will send anything more for it."""
    there = uploads.offset_of(upload)
    if there == upload.size:
        uploads.finish(upload)
    told = {"filename": upload.given_name, "filetype": upload.declared_type}
    file = {"Upload-Length": str(upload.size), "Upload-Metadata": tus.as_metadata(told)}
    return HttpResponse(headers=file | tus.standing(there, upload.expires_at))


def upload_chunk(request: SignedInRequest, upload: Upload) -> HttpResponse:
    """Add a chunk; the last one hands the file in."""
    if request.content_type != tus.CONTENT_TYPE:
        raise tus.Declined(str(tus.odd_request()), HTTPStatus.UNSUPPORTED_MEDIA_TYPE)
    offset = tus.whole_number(request.headers.get("Upload-Offset"))
    there = take(request, upload, offset)
    standing = tus.standing(there, upload.expires_at)
    return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=standing)


def take(request: SignedInRequest, upload: Upload, offset: int) -> int:
    """Add what comes in this request; return how many bytes are there then."""
    if offset + length_of(request) > upload.size:
        raise tus.too_much(_("More came than the file has; choose it again and send it anew."))
    checksum = tus.checksum(request.headers.get("Upload-Checksum"))
    there = uploads.append(upload, offset, pieces_of(request), checksum)
    if there == upload.size:
        uploads.finish(upload)
    return there


def length_of(request: SignedInRequest) -> int:
    """How many bytes come in this request; who does not say can't be listened to."""
    if "Transfer-Encoding" in request.headers:
        raise tus.Declined(str(tus.odd_request()), HTTPStatus.LENGTH_REQUIRED)
    return tus.whole_number(request.headers.get("Content-Length") or "0")


def upload_end(request: SignedInRequest, upload: Upload) -> HttpResponse:
    """Give it up."""
    if upload.evidence_id:
        raise tus.Declined(
            _("This file is handed in already; remove it on the page instead."),
            HTTPStatus.FORBIDDEN,
        )
    uploads.end(upload)
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


@require_POST
@speaks_tus
def upload_part(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    """Where the browser may put one part of its file, when files lie in a bucket."""
    if not isinstance(store(), Bucket):
        raise Http404
    return JsonResponse({"url": uploads.address(own_upload(request, public_id), number)})


@require_POST
def upload_cancel(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Give an unfinished upload up by its button."""
    mine = Upload.objects.owned_by(request.user).select_related("attempt")
    upload = get_object_or_404(mine, public_id=public_id)
    uploads.end(upload)
    messages.info(request, _("Canceled. Nothing of this file was kept."))
    return redirect("part", upload.attempt.public_id, ARTIFACTS)
