"""The check for names: what was found, in its place, with a button for each way out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest
from portal.refusal import Refused
from submissions import actions
from submissions.forms import SpotForm
from submissions.found import found_in
from submissions.models import Attempt, Progress
from submissions.screening import screen
from submissions.views.attempts import own


@require_GET
def attempt_check(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Look through the work for names at any time before Submit."""
    attempt = get_object_or_404(own(request), public_id=public_id)
    found = found_in(screen(attempt))
    context = {"attempt": attempt, "found": found, "page": "attempt-check"}
    return render(request, "submissions/attempt_check.html", context)


@require_POST
def attempt_check_decide(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Replace one place, keep it as intended, or have it checked again."""
    attempt = get_object_or_404(own(request), public_id=public_id)
    form = SpotForm(request.POST)
    if not form.is_valid():
        raise Refused(_("That button belongs to an older page. Nothing was changed."))
    decide(request, attempt, form)
    return redirect(next_place(attempt, form.cleaned_data))


def decide(request: SignedInRequest, attempt: Attempt, form: SpotForm) -> None:
    """Do what the button says, and say that it was done."""
    act, spot = form.cleaned_data["act"], form.spot()
    if act == SpotForm.INTENDED:
        actions.declare_intended(attempt, spot, by=request.user)
        messages.success(request, _("Kept as you wrote it."))
    elif act == SpotForm.AGAIN:
        actions.take_back_intended(attempt, spot, by=request.user)
        messages.success(request, _("It is checked again."))
    else:
        progress = actions.replace_in_answer(attempt, spot, by=request.user)
        messages.success(request, _("Replaced and saved."))
        tell_if_opened(request, progress)


def tell_if_opened(request: SignedInRequest, progress: Progress) -> None:
    """Say so where the part needs a look before it is complete."""
    if progress.status != Progress.Status.COMPLETED:
        words = _("%(part)s is open: mark it as completed before you submit.")
        messages.info(request, words % {"part": progress.part.title})


def next_place(attempt: Attempt, data: dict[str, str]) -> str:
    """The page the button was on, at the place that now has the settled one’s number."""
    count = found_in(screen(attempt)).count
    place = min(int(data["number"] or 1), count)
    anchor = f"place-{place}" if count else "nothing-left"
    return f"{reverse(data['page'], args=[attempt.public_id])}#{anchor}"
