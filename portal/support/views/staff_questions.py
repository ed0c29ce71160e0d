"""The staff's queue of questions: due soonest first, answered by mail."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.access import SignedInRequest, staff_only
from portal.support import actions
from portal.support.forms import AnswerForm
from portal.support.models import Question

PER_PAGE = 25


@staff_only
@require_safe
def queue(request: SignedInRequest) -> HttpResponse:
    """Questions of one standing: open ones by their due time, others newest first."""
    wanted = request.GET.get("status", "")
    status = wanted if wanted in Question.Status.values else Question.Status.OPEN
    order = ("due_at", "pk") if status == Question.Status.OPEN else ("-answered_at", "pk")
    questions = Question.objects.in_care_of(request.user).filter(status=status).order_by(*order)
    paginator = Paginator(questions.select_related("association", "asker"), PER_PAGE)
    context = {
        "page": paginator.get_page(request.GET.get("page")),
        "status": status,
        "statuses": Question.Status.choices,
        "query": f"status={status}",
    }
    return render(request, "support/staff_question_list.html", context)


def question_of(request: SignedInRequest, public_id: str) -> Question:
    """A question in this person's care."""
    questions = Question.objects.in_care_of(request.user)
    return get_object_or_404(
        questions.select_related("association", "asker", "answered_by"), public_id=public_id
    )


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One question; what is sent is its answer."""
    asked = question_of(request, public_id)
    form = AnswerForm(request.POST or None)
    if not form.is_valid():
        return render(request, "support/staff_question.html", {"question": asked, "form": form})
    actions.answer(asked, form.cleaned_data["answer"], by=request.user)
    messages.success(request, _("Answered. The mail is on its way."))
    return redirect("staff-help")


@staff_only
@require_POST
def close(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put an answered question away."""
    actions.close(question_of(request, public_id), by=request.user)
    messages.success(request, _("Closed."))
    return redirect("staff-help")
