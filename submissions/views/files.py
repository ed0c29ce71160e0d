"""An educator's own files: the original as it was given, and what reviewers will get instead."""

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.accounts.access import SignedInRequest
from submissions import serving
from submissions.models import Evidence
from submissions.preview import clean_copy, preview_of


@require_safe
def evidence(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """The owner's original, exactly as it was given and under its name."""
    mine = Evidence.objects.owned_by(request.user).exclude(vault_key="")
    evidence = get_object_or_404(mine, public_id=public_id)
    original = serving.StoredFile(evidence.vault_key, evidence.given_name, tells=True)
    return serving.download(request, original)


def own_clean(request: SignedInRequest, public_id: str) -> Evidence:
    """One of this person's files that is ready for reviewers."""
    mine = Evidence.objects.owned_by(request.user).counting().exclude(clean_key="")
    related = "attempt__micro_certification", "requirement"
    return get_object_or_404(mine.select_related(*related), public_id=public_id)


@require_safe
def evidence_preview(request: SignedInRequest, public_id: str) -> HttpResponse:
    """What reviewers will see of a file, beside what was taken out of it."""
    evidence = own_clean(request, public_id)
    context = {"evidence": evidence, "attempt": evidence.attempt, "shown": preview_of(evidence)}
    return render(request, "submissions/evidence_preview.html", context)


@require_safe
def evidence_copy(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """The copy that reviewers will get, to be saved."""
    return serving.download(request, clean_copy(own_clean(request, public_id)))


@require_safe
def evidence_copy_view(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """The same copy, to be looked at in the page."""
    return serving.show(request, clean_copy(own_clean(request, public_id)))
