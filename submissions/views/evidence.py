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
from submissions.completeness import asked_for
from submissions.forms import EvidenceForm
from submissions.models import Evidence, Progress
from submissions.views.parts import own_part, show_slots

ARTIFACTS = Part.NUMBERS[Part.Kind.ARTIFACTS]


@require_POST
def evidence_add(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Hand in one file or link for one artifact requirement; a refusal is shown in its slot."""
    progress = own_part(request, public_id, ARTIFACTS)
    form = sent_form(request, progress)
    by_script = request.headers.get("X-Requested-With") == "fetch"
    if (words := trouble_with(progress, form)) and (by_script or not has_slot(progress, form)):
        raise Refused(words)
    if words:
        return show_slots(request, progress, form)
    page = reverse("part", args=[public_id, ARTIFACTS])
    if by_script:
        return JsonResponse({"page": page})
    requirement = form.cleaned_data["requirement"]
    messages.success(request, _("Handed in under “%(slot)s”.") % {"slot": requirement.label})
    return redirect(f"{page}#{requirement.key}")


def sent_form(request: SignedInRequest, progress: Progress) -> EvidenceForm:
    """What was sent, in the form of the slot it was sent for."""
    key = request.POST.get("requirement")
    slot = next((one for one in asked_for(progress) if one.key == key), None)
    return EvidenceForm(progress, slot, data=request.POST, files=request.FILES)


def trouble_with(progress: Progress, form: EvidenceForm) -> str:
    """Take in what the form brings; the words of what hindered it, which the form then shows."""
    if form.is_valid():
        try:
            take_in(progress, form)
        except Refused as refusal:
            form.add_error(None, refusal.words)
    return " ".join(str(words) for errors in form.errors.values() for words in errors)


def has_slot(progress: Progress, form: EvidenceForm) -> bool:
    """Whether the page has a place where this form can be shown again."""
    return progress.attempt.is_editable and form.data.get("requirement") in form.asked


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
