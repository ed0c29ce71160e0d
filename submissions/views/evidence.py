"""Evidence: hand in, take away, look at one's own."""

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.models import Part
from portal.accounts.access import SignedInRequest
from portal.refusal import Refused
from submissions import actions
from submissions.forms import EvidenceForm
from submissions.models import Evidence, Progress
from submissions.views.parts import own_part

ARTIFACTS = Part.NUMBERS[Part.Kind.ARTIFACTS]


@require_POST
def evidence_add(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Hand in one file or link for one artifact requirement."""
    progress = own_part(request, public_id, ARTIFACTS)
    form = EvidenceForm(progress, data=request.POST, files=request.FILES)
    if not form.is_valid():
        raise Refused(" ".join(str(words) for errors in form.errors.values() for words in errors))
    take_in(progress, form)
    page = reverse("part", args=[public_id, ARTIFACTS])
    if request.headers.get("X-Requested-With") == "fetch":
        return JsonResponse({"page": page})
    messages.success(request, _("Handed in."))
    return redirect(f"{page}#{form.cleaned_data['requirement'].key}")


def take_in(progress: Progress, form: EvidenceForm) -> Evidence:
    """Hand the file or the link to its action."""
    data = form.cleaned_data
    if file := data.get("file"):
        return actions.add_file(progress, data["requirement"], file, form.entry())
    return actions.add_link(progress, data["requirement"], data["url"], form.entry())


@require_POST
def evidence_remove(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take an item away again."""
    evidence = get_object_or_404(Evidence.objects.owned_by(request.user), public_id=public_id)
    attempt_id = str(evidence.attempt.public_id)
    actions.remove(own_part(request, attempt_id, ARTIFACTS), evidence)
    messages.info(request, _("Removed."))
    return redirect("part", attempt_id, ARTIFACTS)


@require_GET
def evidence(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """The owner's original, exactly as it was given."""
    mine = Evidence.objects.owned_by(request.user).exclude(vault_key="")
    evidence = get_object_or_404(mine, public_id=public_id)
    return private_file(evidence.vault_key, evidence.given_name)


@require_GET
def evidence_preview(request: SignedInRequest, public_id: str) -> HttpResponseBase:
    """What reviewers will get: the cleaned copy under its neutral name."""
    mine = Evidence.objects.owned_by(request.user).counting().exclude(clean_key="")
    evidence = get_object_or_404(mine, public_id=public_id)
    return private_file(evidence.clean_key, f"artifact.{evidence.extension}")


def private_file(key: str, name: str) -> FileResponse:
    """A stored file as a download that no browser runs or keeps (SAFETY T7)."""
    if not default_storage.exists(key):
        raise Http404
    response = FileResponse(default_storage.open(key), as_attachment=True, filename=name)
    response["Content-Type"] = "application/octet-stream"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "no-store, private"
    return response
