"""Information sessions: what is coming, taking a place, calendars (FACTS 4.146)."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.accounts.models import Association
from portal.support import actions
from portal.support.forms import RegistrationForm
from portal.support.ics import as_calendar
from portal.support.models import InformationSession, Registration

PER_PAGE = 20


@login_not_required
@require_safe
def session_list(request: HttpRequest) -> HttpResponse:
    """Sessions to come, soonest first: of one association, or of all."""
    mine = request.user.association if request.user.is_authenticated else None
    slug = request.GET.get("association", mine.slug if mine else "")
    associations = list(Association.objects.all())
    chosen = next((one for one in associations if one.slug == slug), None)
    sessions = InformationSession.objects.upcoming().offered_by(chosen).with_taken()
    paginator = Paginator(sessions.select_related("association"), PER_PAGE)
    context = {
        "page": paginator.get_page(request.GET.get("page")),
        "associations": associations,
        "chosen": chosen,
        "query": f"association={chosen.slug}" if chosen else "association=",
    }
    return render(request, "support/session_list.html", context)


def session_at(public_id: str) -> InformationSession:
    """The session at an address."""
    sessions = InformationSession.objects.select_related("association").with_taken()
    return get_object_or_404(sessions, public_id=public_id)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_detail(request: HttpRequest, public_id: str) -> HttpResponse:
    """One session, and the form that takes a place in it."""
    session = session_at(public_id)
    form = RegistrationForm(request, request.POST or None)
    if request.method == "POST" and (form.is_trapped or form.is_valid()):
        return join(request, session, form)
    owned = Registration.objects.owned_by(request.user) if request.user.is_authenticated else None
    mine = owned.filter(session=session).first() if owned is not None else None
    context = {"session": session, "form": form, "registration": mine}
    return render(request, "support/session_detail.html", context)


def join(request: HttpRequest, session: InformationSession, form: RegistrationForm) -> HttpResponse:
    """Take the place; the answer tells nobody whether an address had one before."""
    if not form.is_trapped:
        who = form.asker()
        name = who.user.name if who.user else who.name
        email = who.user.email if who.user else who.email
        actions.register(session, name, email, who.user)
    messages.success(request, _("You have a place. The details are on their way by e-mail."))
    return redirect(session)


@login_not_required
@require_safe
def session_ics(request: HttpRequest, public_id: str) -> HttpResponse:
    """The session for anyone's calendar, without the address to join."""
    return calendar_file(session_at(public_id))


def calendar_file(session: InformationSession, link: str = "") -> HttpResponse:
    """An iCalendar file to open or to keep."""
    response = HttpResponse(as_calendar(session, link), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="information-session.ics"'
    return response


def registration_at(public_id: str) -> Registration:
    """The place at an address that only its holder was mailed."""
    places = Registration.objects.select_related("session__association")
    return get_object_or_404(places, public_id=public_id)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: HttpRequest, public_id: str) -> HttpResponse:
    """One's place, with the address to join; sent, the form gives the place back."""
    place = registration_at(public_id)
    if request.method == "POST":
        return leave(request, place)
    return render(request, "support/registration.html", {"registration": place})


def leave(request: HttpRequest, place: Registration) -> HttpResponse:
    """Give a place back."""
    actions.unregister(place, request.user if request.user.is_authenticated else None)
    messages.success(request, _("Your place is free again. Thank you for letting us know."))
    return redirect(place.session)


@login_not_required
@require_safe
def registration_ics(request: HttpRequest, public_id: str) -> HttpResponse:
    """The session for the calendar of someone who has a place, with the address to join."""
    session = registration_at(public_id).session
    return calendar_file(session, session.link)
