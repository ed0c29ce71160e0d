"""Staff pages: find a badge, correct the name on its papers, revoke it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from badges import actions
from badges.forms import NameForm, RevokeForm, SearchForm
from badges.models import Assertion
from portal.accounts.access import SignedInRequest, staff_only
from portal.duties import Link, registry

PAGE_LENGTH = 50


@staff_only
@require_safe
def badges(request: SignedInRequest) -> HttpResponse:
    """Badges of the people in one's care, newest first; searched by e-mail or badge."""
    form = SearchForm(request.GET) if request.GET.get("q", "").strip() else SearchForm()
    rows = Assertion.objects.in_care_of(request.user).with_class().select_related("recipient")
    sought = form.cleaned_data["q"] if form.is_valid() else ""
    found = rows.matching(sought).order_by("-created_at")
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "query": urlencode({"q": sought})}
    return render(request, "badges/staff_badge_list.html", context)


def in_care(request: SignedInRequest, public_id: UUID) -> Assertion:
    """One badge this person looks after, with its class and holder, or 404."""
    rows = Assertion.objects.in_care_of(request.user).with_class().select_related("recipient")
    return get_object_or_404(rows, public_id=public_id)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def name(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Correct the name on a badge's papers."""
    assertion = in_care(request, public_id)
    form = NameForm(request.POST or None, initial={"name": assertion.recipient_name})
    if form.is_valid():
        actions.correct_name(assertion, **form.cleaned_data, by=request.user)
        messages.success(request, _("The papers print the new name now, and their holder knows."))
        return redirect("staff-badges")
    return render(request, "badges/staff_badge_name.html", {"form": form, "assertion": assertion})


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Revoke a badge, with the reason that everyone will read; hours it leaves are named."""
    assertion = in_care(request, public_id)
    gains = gains_of(request, assertion.attempt_id)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        actions.revoke(assertion, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The badge is revoked, and its holder knows."))
        return redirect(request.path if gains else "staff-badges")
    context = {"form": form, "assertion": assertion, "gains": gains}
    return render(request, "badges/staff_badge_revoke.html", context)


def gains_of(request: SignedInRequest, attempt: int | None) -> list[Link]:
    """What else the badge's work has gained, such as hours: revoking leaves that as it is."""
    if attempt is None:
        return []
    return [link for find in registry.gains for link in find(request.user, attempt)]
