"""Who may open a reviewer's page."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from portal.accounts.access import SignedInRequest
from portal.views import wants_json
from reviews.models import Review, Reviewer

View = Callable[..., HttpResponse]


def reviewer_only(view: View) -> View:
    """Open a page to active reviewers only, as ``reviewer``; 404 to others."""

    @wraps(view)
    def guarded(request: SignedInRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        reviewer = Reviewer.objects.active().filter(user=request.user).first()
        if reviewer is None:
            raise Http404
        return view(request, *args, reviewer=reviewer, **kwargs)

    return guarded


def own_seat(view: View) -> View:
    """Open a seat's page to whoever holds it, as ``review``; 404 to others.

    Whoever held it until a moment ago and sends something is told so kindly; the address itself
    is dead for them too (SAFETY T24).
    """

    @wraps(view)
    def guarded(request: SignedInRequest, public_id: str, **kwargs: Any) -> HttpResponse:
        seats = Review.objects.visible_to(request.user).filter(public_id=public_id)
        review = seats.select_related("submission", "reviewer__user").first()
        if review is not None:
            return view(request, review, **kwargs)
        held = Review.objects.given_up_by(request.user).filter(public_id=public_id)
        if request.method == "POST" and held.exists():
            return passed_on(request)
        raise Http404

    return guarded


def passed_on(request: SignedInRequest) -> HttpResponse:
    """Tell a former holder that the seat is someone else's now."""
    words = _("This review has gone to someone else. Your draft is kept; nothing more to do.")
    if wants_json(request):
        return JsonResponse({"error": words}, status=HTTPStatus.CONFLICT)
    messages.info(request, words)
    return redirect("reviews")
