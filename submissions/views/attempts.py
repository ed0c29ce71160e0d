"""My work, one attempt, submit, withdraw."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.models import MicroCertification
from portal.accounts.access import SignedInRequest
from submissions import actions
from submissions.models import Attempt, AttemptQuerySet, RetentionClass
from submissions.requirements import requirement_rows
from submissions.retention import kept_until
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
    rows = requirement_rows(attempt)
    done = sum(row.units_earned for row in rows)
    missing = [sentence for row in rows for sentence in row.missing]
    context = {"attempt": attempt, "rows": rows, "done": done, "missing": missing}
    context |= {"kept_until": kept_until(attempt), "earlier": actions.to_bring_back(attempt)}
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
    messages.info(request, _("Withdrawn. Your work stays here to read and to take home."))
    return redirect("my")
