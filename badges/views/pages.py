"""Public pages: one badge, someone's showcase, verification."""

from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from badges import openbadges, sharing, verification
from badges.forms import VerifyForm
from badges.models import Assertion
from catalog.models import ArtifactRequirement, StackItem
from portal.accounts.models import User


def badge(request: HttpRequest, assertion: Assertion) -> HttpResponse:
    """The public page of a badge; of a revoked one only that it was revoked, and why."""
    context: dict[str, Any] = {"assertion": assertion, "badge_class": assertion.badge_class}
    if assertion.is_revoked:
        return render(request, "badges/badge_revoked.html", context, status=HTTPStatus.GONE)
    context |= {
        "required": required(assertion),
        "finding": verification.verify(verification.Claim(assertion.url)),
        "now": timezone.now(),
        "is_mine": assertion.recipient == request.user,
        "profile_url": sharing.to_profile(assertion),
        "shares": sharing.ways(assertion),
        "preview": openbadges.address("badge-class-preview", assertion.badge_class.public_id),
        "picture": openbadges.address("badge-png", assertion.public_id),
    }
    return render(request, "badges/badge_detail.html", context)


def required(assertion: Assertion) -> list[str]:
    """What had to be handed in, or earned, for a badge."""
    if assertion.attempt_id is None:
        items = StackItem.objects.filter(stack=assertion.badge_class.stack_id)
        return list(items.values_list("micro_certification__title", flat=True))
    asked = ArtifactRequirement.objects.filter(part__edition__attempts=assertion.attempt_id)
    return list(asked.values_list("label", flat=True))


@login_not_required
@require_safe
def showcase(request: HttpRequest, handle: str) -> HttpResponse:
    """The badges someone shows, under an address that says nothing of its owner."""
    owner = get_object_or_404(User, handle=handle, is_active=True)
    badges = Assertion.objects.owned_by(owner).shown().with_class()
    context = {"name": owner.name if owner.name_is_public else "", "badges": badges}
    return render(request, "badges/showcase.html", context)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Whether a badge is genuine: by its address, its picture or its JSON."""
    form = VerifyForm(**sent(request))
    context: dict[str, Any] = {"form": form, "now": timezone.now()}
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        context["finding"] = verification.verify(data["claim"], data["email"])
        context["email"] = data["email"]
    return render(request, "badges/verify.html", context)


def sent(request: HttpRequest) -> dict[str, Any]:
    """What fills the form: a post, or a link that names an address."""
    if request.method == "POST":
        return {"data": request.POST, "files": request.FILES}
    return {"data": request.GET} if "address" in request.GET else {}
