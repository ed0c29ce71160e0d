"""One artifact of a review: the clean copy, never the original."""

from secrets import token_hex

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.accounts.access import SignedInRequest
from reviews import blind
from reviews.models import Exhibit, Review

INLINE = {"application/pdf", "image/jpeg", "image/png", "image/gif", "image/webp"}
PLAYED = {"video/mp4", "audio/mpeg", "audio/mp4"}
UNKNOWN = "application/octet-stream"


@require_safe
def review_evidence(request: SignedInRequest, public_id: str, token: str) -> FileResponse:
    """Serve one artifact to the reviewer of this seat; without a clean copy there is none."""
    seats = Review.objects.visible_to(request.user).filter(public_id=public_id)
    exhibits = Exhibit.objects.filter(review__in=seats).select_related("evidence", "review")
    exhibit = get_object_or_404(exhibits, token=token)
    evidence = exhibit.evidence
    if not blind.is_shown(evidence) or not default_storage.exists(evidence.clean_key):
        raise Http404
    media_type = evidence.media_type if evidence.media_type in INLINE | PLAYED else UNKNOWN
    response = FileResponse(
        default_storage.open(evidence.clean_key),
        as_attachment=media_type not in INLINE,
        filename=blind.neutral_name(exhibit),
        content_type=media_type,
    )
    return quiet(response)


def quiet(response: FileResponse) -> FileResponse:
    """Headers that run nothing, keep nothing, and say nothing of the file (SAFETY 2.2, T7, T37)."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["ETag"] = f'"{token_hex(16)}"'
    return response
