"""The help center, frequent questions, asking, one's own questions (FACTS 4.80, 4.81)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.access import SignedInRequest
from portal.accounts.models import Association
from portal.support import actions, pages, search
from portal.support.forms import AskForm
from portal.support.models import FrequentQuestion, InformationSession, Question, Resource

PER_PAGE = 20
SESSIONS_SHOWN = 3


def association_of(request: HttpRequest) -> Association | None:
    """The association of whoever is signed in; of a visitor nobody knows it."""
    return request.user.association if request.user.is_authenticated else None


@login_not_required
@require_safe
def help_center(request: HttpRequest) -> HttpResponse:
    """Answers by topic, things to read, sessions to join, and a box to ask."""
    association = association_of(request)
    page = pages.own_path(request.GET.get("from", request.path))
    sessions = InformationSession.objects.upcoming().offered_by(association)
    context = {
        "entries": FrequentQuestion.objects.meant_for(association).select_related("association"),
        "resources": Resource.objects.meant_for(association).select_related("association"),
        "sessions": sessions.select_related("association")[:SESSIONS_SHOWN],
        "contacts": [association] if association else Association.objects.all(),
        "form": AskForm(request, initial={"page": page}),
    }
    return render(request, "support/help_center.html", context)


@login_not_required
@require_safe
def faq(request: HttpRequest) -> HttpResponse:
    """Frequent questions, all of them by topic, or those that answer a search."""
    query = request.GET.get("q", "").strip()[:100]
    entries = FrequentQuestion.objects.meant_for(association_of(request))
    found = search.find(entries.select_related("association"), query)
    return render(request, "support/faq.html", {"entries": found, "query": query})


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def question_ask(request: HttpRequest) -> HttpResponse:
    """Take a question and go back to the page it was asked from."""
    page = pages.own_path(request.GET.get("from", ""))
    form = AskForm(request, request.POST or None, initial={"page": page})
    if not form.is_trapped:
        if not form.is_valid():
            return render(request, "support/question_ask.html", {"form": form})
        typed = form.cleaned_data
        actions.ask(typed["text"], form.asker(), typed["page"], form.in_care_of())
    messages.success(request, _("Thank you. An educator answers by e-mail within 48 hours."))
    return redirect(pages.back_to(pages.own_path(form.data.get("page", ""))))


@require_safe
def my_questions(request: SignedInRequest) -> HttpResponse:
    """One's own questions, newest first."""
    questions = Question.objects.owned_by(request.user).order_by("-asked_at", "-pk")
    page = Paginator(questions, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "support/question_list.html", {"page": page})


@require_safe
def my_question(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One question of one's own, with its answer."""
    questions = Question.objects.owned_by(request.user)
    question = get_object_or_404(questions, public_id=public_id)
    return render(request, "support/question_detail.html", {"question": question})
