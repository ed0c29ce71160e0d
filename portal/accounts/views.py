"""Pages about oneself, and the staff's day."""

from datetime import datetime
from typing import Any, NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal import duties
from portal.accounts import actions
from portal.accounts.access import SignedInRequest, staff_only
from portal.accounts.forms import (
    ClaimForm,
    CreditDetailsForm,
    ProfileForm,
    RosterForm,
    SettleForm,
)
from portal.accounts.models import Membership, User
from portal.context import address

PAGE_LENGTH = 50


class Line(NamedTuple):
    """A line of the staff's day, ready to draw."""

    label: str
    url: str
    waiting: int
    oldest: datetime | None = None


def forms_of(request: SignedInRequest, sent: ModelForm[User] | None = None) -> dict[str, Any]:
    """The profile page's forms; ``sent`` takes the place of its kind."""
    user = request.user
    forms: dict[str, Any] = {
        "profile": ProfileForm(instance=user),
        "details": CreditDetailsForm(instance=user),
        "claim": ClaimForm(initial={"association": user.association_id}),
        "memberships": user.memberships.select_related("association").order_by("claimed_at"),
    }
    if sent is not None:
        forms["profile" if isinstance(sent, ProfileForm) else "details"] = sent
    return forms


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: SignedInRequest) -> HttpResponse:
    """What the portal knows of oneself."""
    form = None
    if request.method == "POST":
        kind = CreditDetailsForm if "date_of_birth" in request.POST else ProfileForm
        form = kind(request.POST, instance=request.user)
        if form.is_valid():
            actions.change_profile(request.user, form.cleaned_data)
            messages.success(request, _("Saved."))
            return redirect("profile")
        request.user.refresh_from_db()
    return render(request, "accounts/profile.html", forms_of(request, form))


@require_POST
def membership_claim(request: SignedInRequest) -> HttpResponse:
    """Say that one is a member."""
    form = ClaimForm(request.POST)
    if not form.is_valid():
        return render(request, "accounts/profile.html", forms_of(request) | {"claim": form})
    actions.claim_membership(
        request.user, form.cleaned_data["association"], form.cleaned_data["number"]
    )
    messages.success(request, _("Thank you. Staff will confirm your membership."))
    return redirect("profile")


def line_for(line: duties.StaffLine, url: str, user: User) -> Line:
    """One line of the day; where nothing waits, nobody is asked since when."""
    waiting = line.count(user)
    oldest = line.oldest(user) if line.oldest and waiting else None
    return Line(str(line.label), url, waiting, oldest)


@staff_only
@require_safe
def staff_day(request: SignedInRequest) -> HttpResponse:
    """What there is to do for staff today, the lines with work first."""
    lines = [
        line_for(line, url, request.user)
        for line in duties.registry.staff_lines
        if (url := address(line.url_name))
    ]
    lines.sort(key=lambda line: line.waiting == 0)
    return render(request, "accounts/staff_day.html", {"lines": lines})


@staff_only
@require_safe
def memberships(request: SignedInRequest) -> HttpResponse:
    """Memberships to confirm; with ``?show=`` those of another standing."""
    shown = request.GET.get("show", Membership.Status.CLAIMED)
    status = shown if shown in Membership.Status.values else Membership.Status.CLAIMED
    rows = Membership.objects.in_care_of(request.user).of_verified_people().filter(status=status)
    page = Paginator(rows.for_list(), PAGE_LENGTH).get_page(request.GET.get("page"))
    choices = Membership.Status.choices
    context = {"page": page, "status": status, "choices": choices, "query": f"show={status}"}
    return render(request, "accounts/membership_list.html", context)


@staff_only
@require_POST
def membership_settle(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Confirm a membership, mark it as not found, or end it."""
    rows = Membership.objects.in_care_of(request.user).select_related("user", "association")
    membership = get_object_or_404(rows, public_id=public_id)
    form = SettleForm(request.POST)
    if form.is_valid():
        actions.settle_membership(membership, form.cleaned_data["status"], by=request.user)
        words = _("%(name)s: %(status)s.")
        status = membership.get_status_display()
        messages.success(request, words % {"name": membership.user, "status": status})
    return redirect("memberships")


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: SignedInRequest) -> HttpResponse:
    """Confirm everybody on an association's list at once."""
    form = RosterForm(request.user, request.POST or None, request.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        changed = actions.import_roster(given["association"], given["file"], by=request.user)
        words = ngettext("%d membership is now active.", "%d memberships are now active.", changed)
        messages.success(request, words % changed)
        if missing := actions.count_strangers(given["file"]):
            words = ngettext(
                "%d address on the list has no account yet; its owner can claim membership later.",
                "%d addresses on the list have no account yet; their owners can claim it later.",
                missing,
            )
            messages.info(request, words % missing)
        return redirect("memberships")
    return render(request, "accounts/roster.html", {"form": form})
