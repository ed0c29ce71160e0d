"""Earlier drafts of one's own answers: read them, put one back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.access import SignedInRequest
from submissions import actions
from submissions.models import Revision
from submissions.views.parts import own_part


@require_GET
def part_drafts(request: SignedInRequest, public_id: str, number: int) -> HttpResponse:
    """What the answers of one part said before, newest first under each question."""
    progress = own_part(request, public_id, number)
    answers = progress.responses.select_related("question").prefetch_related("revisions")
    context = {
        "progress": progress,
        "attempt": progress.attempt,
        "answers": [answer for answer in answers if answer.revisions.all()],
    }
    return render(request, "submissions/part_drafts.html", context)


@require_POST
def part_draft_restore(
    request: SignedInRequest, public_id: str, number: int, draft_id: str
) -> HttpResponse:
    """Put one earlier draft back in its place."""
    progress = own_part(request, public_id, number)
    revisions = Revision.objects.filter(response__progress=progress).select_related("response")
    actions.bring_back_draft(progress, get_object_or_404(revisions, public_id=draft_id))
    messages.success(
        request, _("Brought back. What stood there until now is among the earlier drafts.")
    )
    return redirect("part", public_id, number)
