"""A reviewer's pages: the queue, one review, handing it in, the profile.

Every value on them comes from ``reviews.blind``.
"""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.accounts.access import SignedInRequest
from portal.views import wants_json
from reviews import actions, agreement, blind, sheets
from reviews.forms import ProfileForm, RubricForm
from reviews.models import Review, Reviewer
from reviews.shown import Packet
from reviews.views.access import own_seat, reviewer_only


@require_safe
@reviewer_only
def reviews(request: SignedInRequest, reviewer: Reviewer) -> HttpResponse:
    """The queue: what is to be scored, by due day, then what was handed in."""
    context = {
        "seats": blind.queue(request.user),
        "page": blind.handed_in(request.user, request.GET.get("page", "1")),
        "capacity": reviewer.capacity,
        "away_until": reviewer.away_until,
    }
    return render(request, "reviews/review_list.html", context)


@own_seat
def review(request: SignedInRequest, review: Review) -> HttpResponse:
    """One review: evidence beside the rubric; POST keeps the draft."""
    packet = blind.packet(review)
    form = RubricForm(request.POST or None, packet)
    if request.method == "POST" and form.is_valid():
        return save(request, review, packet, form)
    if request.method == "POST" and wants_json(request):
        words = _("Not saved: one of the texts is too long. Nothing you wrote is lost here.")
        return JsonResponse({"error": words}, status=HTTPStatus.BAD_REQUEST)
    return sheet(request, packet, form)


def sheet(
    request: SignedInRequest, packet: Packet, form: RubricForm, *, is_stale: bool = False
) -> HttpResponse:
    """The page of one review; ``is_stale`` when another window has saved other words since."""
    context = {"packet": packet, "form": form, "sections": form.sections(packet.parts)}
    status = HTTPStatus.CONFLICT if is_stale else HTTPStatus.OK
    context["is_stale"] = is_stale
    return render(request, "reviews/review_detail.html", context, status=status)


def save(
    request: SignedInRequest, review: Review, packet: Packet, form: RubricForm
) -> HttpResponse:
    """Keep a draft, or give it back where another window has saved other words since."""
    sent = form.answers(), form.cleaned_data["comment"]
    seen = form.cleaned_data["seen"]
    is_open = review.status in Review.OPEN
    if is_open and not wants_json(request) and sheets.would_overwrite(review, *sent, seen):
        form.knows(sheets.stored_stamp(review))
        return sheet(request, packet, form, is_stale=True)
    actions.save_scores(review, *sent, seen=seen)
    return saved(request, review)


def saved(request: SignedInRequest, review: Review) -> HttpResponse:
    """Answer a kept draft: to the script, back to the page, or on to handing in."""
    if wants_json(request):
        return JsonResponse({"seen": sheets.stored_stamp(review)})
    if "hand-in" in request.POST:
        return redirect("review-hand-in", review.public_id)
    messages.success(request, _("Draft saved."))
    return redirect(review)


@own_seat
def review_hand_in(request: SignedInRequest, review: Review) -> HttpResponse:
    """The last look before handing in: every level, the verdict that follows, what is missing."""
    if request.method == "POST":
        actions.score(review, by=request.user)
        messages.success(request, _("Handed in. Thank you: your words will help someone grow."))
        return redirect("reviews")
    if review.status == Review.Status.SUBMITTED:
        return redirect(review)
    context = {
        "packet": blind.packet(review),
        "missing": actions.missing_from(review),
        "verdict": agreement.verdict(sheets.marks_of(review)),
    }
    return render(request, "reviews/review_hand_in.html", context)


@require_POST
@own_seat
def review_accept(request: SignedInRequest, review: Review) -> HttpResponse:
    """Say yes."""
    actions.accept(review, by=request.user)
    messages.success(request, _("Accepted. Score it whenever it suits you before its day."))
    return redirect(review)


@require_POST
@own_seat
def review_decline(request: SignedInRequest, review: Review) -> HttpResponse:
    """Give the seat back, with a reason."""
    actions.decline(review, request.POST.get("reason", ""), by=request.user)
    messages.info(request, _("Given back. Thank you for saying so early."))
    return redirect("reviews")


@require_POST
@own_seat
def review_recuse(request: SignedInRequest, review: Review) -> HttpResponse:
    """I recognize this person."""
    actions.recuse(review, by=request.user)
    messages.info(
        request,
        _("Thank you for saying so. Someone else scores it, and it does not count against you."),
    )
    return redirect("reviews")


@reviewer_only
def reviewer_profile(request: SignedInRequest, reviewer: Reviewer) -> HttpResponse:
    """How much one takes on, and when one is away."""
    form = ProfileForm(request.POST or None, instance=reviewer)
    if request.method == "POST" and form.is_valid():
        actions.change_profile(reviewer, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("reviews")
    return render(request, "reviews/reviewer_profile.html", {"form": form})
