"""Staff pages: find a badge, revoke it."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from badges import actions
from badges.forms import RevokeForm, SearchForm
from badges.models import Assertion
from portal.accounts.access import SignedInRequest, staff_only

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


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def revoke(request: SignedInRequest, public_id: UUID) -> HttpResponse:
    """Revoke a badge, with the reason that everyone will read."""
    rows = Assertion.objects.in_care_of(request.user).with_class().select_related("recipient")
    assertion = get_object_or_404(rows, public_id=public_id)
    form = RevokeForm(request.POST or None)
    if form.is_valid():
        actions.revoke(assertion, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The badge is revoked, and its holder knows."))
        return redirect("staff-badges")
    return render(request, "badges/staff_badge_revoke.html", {"form": form, "assertion": assertion})
