"""What staff see and do about rounds in review; nothing is decided by hand."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.access import SignedInRequest, staff_only
from reviews import actions, oversight
from reviews.models import Review, rounds_in_care_of

PAGE = 25


@require_safe
@staff_only
def staff_reviews(request: SignedInRequest) -> HttpResponse:
    """Rounds in review, who holds their seats, and the figures."""
    shown = request.GET.get("show", "")
    rounds = Paginator(oversight.rounds(request.user, shown), PAGE)
    context = {
        "page": rounds.get_page(request.GET.get("page")),
        "shown": shown if shown in oversight.FILTERS else "",
        "counts": oversight.counts(request.user),
        "today": oversight.today_for(request.user),
        "figures": oversight.figures(request.user),
    }
    return render(request, "reviews/staff_reviews.html", context)


@require_safe
@staff_only
def staff_reviewers(request: SignedInRequest) -> HttpResponse:
    """Reviewers by name with their load; searched by name or e-mail address."""
    sought = request.GET.get("q", "").replace("\0", "").strip()
    found = Paginator(oversight.reviewers(request.user, sought), PAGE)
    context = {
        "page": found.get_page(request.GET.get("page")),
        "sought": sought,
        "query": urlencode({"q": sought}) if sought else "",
    }
    return render(request, "reviews/staff_reviewers.html", context)


@require_POST
@staff_only
def staff_review_reassign(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Give one seat to someone else."""
    seats = Review.objects.open().in_care_of(request.user).select_related("reviewer__user")
    review = get_object_or_404(seats, public_id=public_id)
    actions.reassign(review, request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("The seat was taken back and goes to whoever is free."))
    return redirect("staff-reviews")


@require_POST
@staff_only
def staff_round_return(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Give one round back to its educator as incomplete."""
    submission = get_object_or_404(rounds_in_care_of(request.user), public_id=public_id)
    actions.return_round(submission, request.POST.get("reason", ""), by=request.user)
    messages.success(request, _("Returned. The educator was told what is missing."))
    return redirect("staff-reviews")
