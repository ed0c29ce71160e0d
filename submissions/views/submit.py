"""Submit for Review: look over what will be handed in, settle what names its author, hand in."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.access import SignedInRequest
from submissions import actions
from submissions.completeness import still_missing
from submissions.forms import SubmitForm
from submissions.found import found_in
from submissions.identity import Finding
from submissions.models import Attempt
from submissions.revising import nothing_new
from submissions.screening import NOTE, Screening, Spot, replaced, screen
from submissions.views.attempts import own


def attempt_submit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Show what stands in the way, or hand the work in; a typed note is never lost."""
    attempt = get_object_or_404(own(request), public_id=public_id)
    form = SubmitForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return show(request, attempt, form)
    if "note_place" in request.POST:
        note = settle_note(request, attempt, form.cleaned_data["note"])
        return show(request, attempt, SubmitForm(initial={"note": note}), note=note)
    return hand_in(request, attempt, form)


def hand_in(request: SignedInRequest, attempt: Attempt, form: SubmitForm) -> HttpResponse:
    """Submit, unless the work or the note still tells who wrote it."""
    note, looked_at = form.cleaned_data["note"], form.cleaned_data["looked_at"]
    is_open = attempt.is_editable and not still_missing(attempt)
    stops = actions.what_stops(screen(attempt, note), looked_at=looked_at) if is_open else ""
    if stops:
        return show(request, attempt, form, note=note, stops=stops)
    submission = actions.submit(attempt, note, looked_at=looked_at)
    text = _("Round %(round)d is with the reviewers. Expect an answer by %(day)s.")
    day = date_format(submission.result_due_on, "F j, Y")
    messages.success(request, text % {"round": submission.round, "day": day})
    return redirect(attempt)


def show(
    request: SignedInRequest, attempt: Attempt, form: SubmitForm, note: str = "", stops: str = ""
) -> HttpResponse:
    """The page, with every place that is found in the work and in the note as typed."""
    missing = (still_missing(attempt) or nothing_new(attempt)) if attempt.is_editable else []
    is_open = attempt.is_editable and not missing
    screening = screen(attempt, note) if is_open else Screening()
    context: dict[str, Any] = {"attempt": attempt, "form": form, "missing": missing}
    context |= {"stops": stops, "page": "attempt-submit"} | by_place(screening)
    return render(request, "submissions/attempt_submit.html", context)


def by_place(screening: Screening) -> dict[str, Any]:
    """What was found in the work, and apart from it in the note, which only the page knows yet."""
    work = [one for one in screening.passages if one.source != NOTE]
    note = [one for one in screening.passages if one.source == NOTE]
    return {
        "found": found_in(Screening(work, screening.intended)),
        "in_note": found_in(Screening(note)),
        "doubtful": screening.doubtful,
    }


def settle_note(request: SignedInRequest, attempt: Attempt, note: str) -> str:
    """The note with one place replaced, or kept as intended: what its button says."""
    act, _dash, start = request.POST["note_place"].partition("-")
    place = place_in_note(attempt, note, start)
    if place is None:
        return note
    if act == "replace":
        return replaced(note, [place])
    spot = Spot(NOTE, place.rule, place.phrase)
    actions.declare_intended(attempt, spot, by=request.user, note=note)
    return note


def place_in_note(attempt: Attempt, note: str, start: str) -> Finding | None:
    """What was found in the note at this place, if it is still there."""
    passage = screen(attempt, note).passage(NOTE)
    findings = passage.findings if passage else ()
    return next((one for one in findings if str(one.start) == start), None)
