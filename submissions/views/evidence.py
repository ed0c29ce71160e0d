"""Evidence: hand in, take away."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

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
    messages.info(request, _("Taken out. Until it is deleted you can put it back."))
    return redirect("part", attempt_id, ARTIFACTS)


@require_POST
def evidence_put_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put an item back that was taken out."""
    evidence = get_object_or_404(Evidence.objects.owned_by(request.user), public_id=public_id)
    attempt_id = str(evidence.attempt.public_id)
    actions.put_back(own_part(request, attempt_id, ARTIFACTS), evidence)
    messages.success(request, _("Put back."))
    return redirect("part", attempt_id, ARTIFACTS)


@require_POST
def evidence_delete(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Delete an item for good that was taken out."""
    evidence = get_object_or_404(Evidence.objects.owned_by(request.user), public_id=public_id)
    attempt_id = str(evidence.attempt.public_id)
    actions.delete_for_good(own_part(request, attempt_id, ARTIFACTS), evidence)
    messages.info(request, _("Deleted for good: the file, its copy and the text in it."))
    return redirect("part", attempt_id, ARTIFACTS)
