"""What an educator reads of the reviews of their own work."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.accounts.access import SignedInRequest
from reviews.feedback import rounds_of
from submissions.models import Attempt


@require_safe
def attempt_feedback(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The feedback of every decided round of one's own attempt, newest first."""
    mine = Attempt.objects.owned_by(request.user).select_related("micro_certification")
    attempt = get_object_or_404(mine, public_id=public_id)
    context = {"attempt": attempt, "rounds": rounds_of(attempt)}
    return render(request, "reviews/feedback_detail.html", context)
