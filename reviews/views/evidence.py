"""One artifact of a review: the clean copy, never the original."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from portal.accounts.access import SignedInRequest
from reviews import blind
from reviews.models import Exhibit, Review
from submissions import serving


@require_safe
def review_evidence(request: SignedInRequest, public_id: str, token: str) -> HttpResponseBase:
    """One artifact for the reviewer of this seat, to be saved."""
    return serving.download(request, artifact(request, public_id, token))


@require_safe
def review_evidence_view(request: SignedInRequest, public_id: str, token: str) -> HttpResponseBase:
    """The same, to be looked at in the page."""
    return serving.show(request, artifact(request, public_id, token))


def artifact(request: SignedInRequest, public_id: str, token: str) -> serving.StoredFile:
    """The clean copy behind the token of an own seat; without a clean copy there is none."""
    seats = Review.objects.visible_to(request.user).filter(public_id=public_id)
    exhibits = Exhibit.objects.filter(review__in=seats).select_related("evidence", "review")
    exhibit = get_object_or_404(exhibits, token=token)
    evidence = exhibit.evidence
    if not blind.is_shown(evidence):
        raise Http404
    return serving.StoredFile(evidence.clean_key, blind.name_of(exhibit), evidence.media_type)
