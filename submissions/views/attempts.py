"""My work, one attempt, submit, withdraw."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.models import MicroCertification
from portal.accounts.access import SignedInRequest
from submissions import actions
from submissions.models import Attempt, AttemptQuerySet, RetentionClass
from submissions.requirements import requirement_rows
from submissions.retention import days_kept, mark_kept
from submissions.revocations import mark_revoked


def own(request: SignedInRequest) -> AttemptQuerySet:
    """The attempts this person may touch, with what every page shows of them."""
    attempts = Attempt.objects.owned_by(request.user)
    related = "micro_certification", "association", "charge", "educator"
    return attempts.select_related(*related).with_claim().with_preparing().with_rounds()


@require_GET
def my(request: SignedInRequest) -> HttpResponse:
    """My work: what is open first, then what is over."""
    attempts = list(own(request).with_progress())
    mark_revoked(attempts)
    mark_kept(attempts)
    live = [attempt for attempt in attempts if attempt.status in Attempt.LIVE]
    past = [attempt for attempt in attempts if attempt.status not in Attempt.LIVE]
    return render(request, "submissions/attempt_list.html", {"live": live, "past": past})


@require_GET
def kept(request: SignedInRequest) -> HttpResponse:
    """How long what is kept, and that it is really deleted then."""
    classes = RetentionClass.objects.order_by("since", "days", "holds")
    return render(request, "submissions/kept.html", {"classes": classes})


@require_POST
def attempt_start(request: SignedInRequest, slug: str) -> HttpResponse:
    """Start a micro-certification, or find the attempt already under way."""
    micro_certification = get_object_or_404(MicroCertification, slug=slug)
    return redirect(actions.start(micro_certification, by=request.user))


@require_GET
def attempt(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The requirements page (FACTS 4.63-4.70)."""
    attempt = get_object_or_404(own(request), public_id=public_id)
    mark_revoked([attempt])
    mark_kept([attempt])
    rows = requirement_rows(attempt)
    done = sum(row.units_earned for row in rows)
    missing = [sentence for row in rows for sentence in row.missing]
    context = {"attempt": attempt, "rows": rows, "done": done, "missing": missing}
    context |= {"days_kept": days_kept, "earlier": actions.to_bring_back(attempt)}
    return render(request, "submissions/attempt_detail.html", context)


@require_POST
def attempt_bring_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Bring unchanged work of a reset attempt into this one."""
    attempt = get_object_or_404(own(request), public_id=public_id)
    actions.bring_back(attempt)
    messages.success(
        request, _("Your earlier work is here. Look each part over and mark it as completed.")
    )
    return redirect(attempt)


@require_POST
def attempt_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Give an attempt up."""
    attempt = get_object_or_404(own(request), public_id=public_id)
    actions.withdraw(attempt, by=request.user)
    mark_kept([attempt])
    messages.info(request, told_of_withdrawal(attempt))
    return redirect("my")


def told_of_withdrawal(attempt: Attempt) -> str:
    """That it is given up, and until when it is still there."""
    if attempt.kept_until is None:
        return _("Withdrawn. Your work stays here to read and to take home.")
    day = date_format(attempt.kept_until, "F j, Y")
    return _("Withdrawn. Your work stays here to read and to take home until %(day)s.") % {
        "day": day
    }
