"""Pages of the floor: a lost session, and the probes that machines look at."""

import re
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal import health

SECRET = re.compile(
    r"pass|token|secret|code|credential|birth|ppid|university_id|signature|^_|^next$|^login$",
    re.IGNORECASE,
)


LABEL = "label:"  # components/said.html: what a field one writes in is called on its page


def wants_json(request: HttpRequest) -> bool:
    """Whether a script asks, which can't show a page."""
    return (
        request.headers.get("X-Requested-With") == "fetch"
        or request.headers.get("Accept") == "application/json"
    )


def typed_text(request: HttpRequest) -> list[dict[str, str]]:
    """What was typed into a form that can't be taken, under the words it was asked for with.

    A form sends them along, for only its page knows them; what has none was not typed: a choice,
    a date, a count of saves. Never a secret or a date of birth.
    """
    return [
        {"label": str(request.POST[LABEL + name]), "text": text}
        for name, texts in request.POST.lists()
        if LABEL + name in request.POST and not SECRET.search(name)
        for text in map(str, texts)
        if text.strip()
    ]


def session_lost(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that the session has ended, and give back every word that was typed.

    Also Django's answer to a form whose CSRF token is stale; ``reason`` is for its log only.
    A form on another site gets no link back to it.
    """
    status = HTTPStatus.FORBIDDEN
    if wants_json(request):
        words = _("You were signed out. Please sign in again in another tab, then try again.")
        return JsonResponse({"error": words}, status=status)
    referer = request.META.get("HTTP_REFERER", "")
    back = referer if url_has_allowed_host_and_scheme(referer, {request.get_host()}) else ""
    context = {"typed": typed_text(request), "back": back}
    return render(request, "session_lost.html", context, status=status)


@login_not_required
@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Whether this process answers."""
    return HttpResponse("ok\n", content_type="text/plain")


@login_not_required
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """Whether work can be taken: database, broker, storage, and nothing waits too long."""
    report: dict[str, Any] = health.report()
    status = HTTPStatus.OK if report["ready"] else HTTPStatus.SERVICE_UNAVAILABLE
    return JsonResponse(report, status=status)


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """The queues in Prometheus' text format; nothing of any person."""
    return HttpResponse(
        health.as_prometheus(), content_type="text/plain; version=0.0.4; charset=utf-8"
    )
