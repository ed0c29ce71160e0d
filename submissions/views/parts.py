"""One part: agreement, writing, artifacts."""

from http import HTTPStatus

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from catalog.models import Part
from portal.accounts.access import SignedInRequest
from submissions import actions
from submissions.completeness import missing_from, word_count
from submissions.forms import AgreementForm, AnswersForm, EvidenceForm
from submissions.models import Attempt, Progress
from submissions.revising import needs_work
from submissions.slots import slots_of


def own_part(request: SignedInRequest, public_id: str, number: int) -> Progress:
    """One part of an attempt this person owns, or 404."""
    rows = Progress.objects.filter(attempt__in=Attempt.objects.owned_by(request.user))
    related = "attempt__association", "attempt__micro_certification", "part"
    return get_object_or_404(
        rows.select_related(*related), attempt__public_id=public_id, part__number=number
    )


def part(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    """Show or save one part, by its kind."""
    progress = own_part(request, public_id, number)
    kinds = {
        Part.Kind.AGREEMENT: agreement,
        Part.Kind.OVERVIEW: writing,
        Part.Kind.ARTIFACTS: artifacts,
        Part.Kind.REFLECTION: writing,
    }
    if progress.part.kind not in kinds:
        raise Http404
    return kinds[Part.Kind(progress.part.kind)](request, progress)


def agreement(request: SignedInRequest, progress: Progress) -> HttpResponse:
    """Read the agreement and accept it."""
    form = AgreementForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.accept_agreement(progress)
        messages.success(request, _("Agreement accepted. Part 1 is next."))
        return redirect(progress.attempt)
    context = {"progress": progress, "attempt": progress.attempt, "form": form}
    return render(request, "submissions/part_agreement.html", context)


def writing(request: SignedInRequest, progress: Progress) -> HttpResponse:
    """Answer the questions of Part 1 or 3; drafts of any length are saved."""
    form = AnswersForm(progress, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return save_writing(request, progress, form)
    if form.errors and request.headers.get("X-Requested-With") == "fetch":
        words = _("Not saved: an answer is too long or the date is not a date. Please look.")
        return JsonResponse({"error": words}, status=HTTPStatus.BAD_REQUEST)
    context = {"progress": progress, "attempt": progress.attempt, "form": form}
    context |= {"words": words_of(progress), "saved": saved_at(progress)}
    context |= needs_work(progress)
    return render(request, "submissions/part_writing.html", context)


def words_of(progress: Progress) -> int:
    """How many words a written part has so far."""
    return sum(word_count(answer.text) for answer in progress.responses.all())


def save_writing(request: SignedInRequest, progress: Progress, form: AnswersForm) -> HttpResponse:
    """Save what was typed; what can't be saved is handed back, never dropped."""
    wants_json = request.headers.get("X-Requested-With") == "fetch"
    seen = form.cleaned_data["seen"]
    is_stale = seen != progress.saves
    if not wants_json and (is_stale or not progress.attempt.is_editable):
        context = {"attempt": progress.attempt, "typed": form.typed(), "is_stale": is_stale}
        return render(request, "submissions/part_unsaved.html", context, status=409)
    progress = actions.save_answers(progress, form.answers(), seen=seen, entry=form.entry())
    if wants_json:
        return JsonResponse({"seen": progress.saves, "saved": saved_at(progress)})
    return after_saving(request, progress)


def after_saving(request: SignedInRequest, progress: Progress) -> HttpResponse:
    """Stay on the part, or complete it and go back to the requirements."""
    if "complete" in request.POST:
        actions.complete(progress)
        messages.success(request, _("%(part)s is completed.") % {"part": progress.part.title})
        return redirect(progress.attempt)
    messages.success(request, _("Draft saved."))
    return redirect(request.path)


def saved_at(progress: Progress) -> str:
    """When the part was last saved, in the association's zone: “10:42 a.m. PDT”."""
    if progress.saved_at is None:
        return ""
    local = timezone.localtime(progress.saved_at, progress.attempt.association.zone)
    return date_format(local, "P T")


def artifacts(request: SignedInRequest, progress: Progress) -> HttpResponse:
    """Part 2: one slot for each artifact requirement."""
    if request.method == "POST" and "option" in request.POST:
        actions.choose_option(progress, request.POST["option"])
        return redirect(request.path)
    return show_slots(request, progress)


def show_slots(
    request: SignedInRequest, progress: Progress, sent: EvidenceForm | None = None
) -> HttpResponse:
    """The page of Part 2, with the form that was sent and not taken in its slot."""
    slots = slots_of(progress, sent)
    context = {"progress": progress, "attempt": progress.attempt, "slots": slots}
    context |= {"missing": missing_from(progress), "to_bucket": bool(settings.S3_BUCKET)}
    return render(request, "submissions/part_artifacts.html", context | needs_work(progress))


@require_POST
def part_complete(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    """Mark a part as completed."""
    progress = own_part(request, public_id, number)
    actions.complete(progress)
    messages.success(request, _("%(part)s is completed.") % {"part": progress.part.title})
    return redirect(progress.attempt)
