"""The staff's information sessions: planning, changing, who comes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.access import SignedInRequest, staff_only
from portal.support import actions, attendance
from portal.support.forms import SessionForm, as_typed
from portal.support.models import InformationSession

PER_PAGE = 25


@staff_only
@require_safe
def session_list(request: SignedInRequest) -> HttpResponse:
    """All sessions of one's associations, latest first, with the places taken."""
    sessions = InformationSession.objects.in_care_of(request.user).with_taken()
    paginator = Paginator(
        sessions.select_related("association").order_by("-starts_at", "pk"), PER_PAGE
    )
    page = paginator.get_page(request.GET.get("page"))
    return render(request, "support/staff_session_list.html", {"page": page})


def session_of(request: SignedInRequest, public_id: str) -> InformationSession:
    """A session in this person's care."""
    sessions = InformationSession.objects.in_care_of(request.user).select_related("association")
    return get_object_or_404(sessions, public_id=public_id)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: SignedInRequest) -> HttpResponse:
    """Announce a session."""
    form = SessionForm(request.user, request.POST or None)
    if not form.is_valid():
        return render(request, "support/staff_session_form.html", {"form": form})
    session = actions.plan(by=request.user, **form.facts())
    messages.success(request, _("Announced: %(when)s.") % {"when": session.when})
    return redirect("staff-sessions")


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Change a session; people who have a place hear of a new time or place."""
    session = session_of(request, public_id)
    form = SessionForm(request.user, request.POST or None, initial=as_typed(session))
    if not form.is_valid():
        context = {"form": form, "session": session}
        return render(request, "support/staff_session_form.html", context)
    actions.change(session, by=request.user, **form.facts())
    messages.success(request, _("Changed: %(when)s.") % {"when": session.when})
    return redirect("staff-sessions")


@staff_only
@require_safe
def registrations(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who has a place."""
    session = session_of(request, public_id)
    page = Paginator(session.registrations.all(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "support/staff_registrations.html", {"session": session, "page": page})


@staff_only
@require_safe
def registrations_csv(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Who has a place, for a spreadsheet."""
    session = session_of(request, public_id)
    response = HttpResponse(attendance.as_csv(session), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="registrations.csv"'
    return response
