"""Pages of one's own badges: My Showcase and the two papers."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from badges import actions, openbadges, papers
from badges.models import Assertion
from portal.accounts.access import SignedInRequest
from portal.refusal import Refused


@require_safe
def my_showcase(request: SignedInRequest) -> HttpResponse:
    """All badges of one's own, with what can be done with each (FACTS 4.109)."""
    badges = list(Assertion.objects.owned_by(request.user).with_class())
    standing = [badge for badge in badges if not badge.is_revoked]
    context = {
        "badges": standing + [badge for badge in badges if badge.is_revoked],
        "standing": len(standing),
        "shown": sum(badge.is_shown for badge in standing),
        "public_url": openbadges.address("showcase", request.user.handle),
    }
    return render(request, "badges/showcase_mine.html", context)


@require_POST
def arrange(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Show, hide or move one badge of one's own."""
    assertion = mine(request, public_id)
    match request.POST.get("do"):
        case "show":
            actions.show(assertion)
        case "hide":
            actions.hide(assertion)
        case "earlier" | "later" as direction:
            actions.move(assertion, direction)
    return redirect("my-showcase")


def mine(request: SignedInRequest, public_id: UUID) -> Assertion:
    """A badge of one's own; anyone else's is not there."""
    badges = Assertion.objects.owned_by(request.user).with_class()
    return get_object_or_404(badges, public_id=public_id)


@require_safe
def certificate(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The certificate of a badge of one's own, with the name on it."""
    assertion = standing(mine(request, public_id))
    return paper(papers.certificate(assertion), f"certificate-{public_id}.pdf")


@require_safe
def record(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """The record of the requirements met for a badge of one's own."""
    assertion = standing(mine(request, public_id))
    return paper(papers.record(assertion), f"record-{public_id}.pdf")


def standing(assertion: Assertion) -> Assertion:
    """The badge, if it holds good; there is no paper for one that was revoked."""
    if assertion.is_revoked:
        raise Refused(_("This badge was revoked, so it has no certificate and no record."))
    return assertion


def paper(content: bytes, name: str) -> HttpResponse:
    """A PDF, shown in the browser."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
