"""What happens around every view: signing in, refusals, privacy, friendly errors."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.defaults import page_not_found

from portal import views
from portal.refusal import Refused

GetResponse = Callable[[HttpRequest], HttpResponseBase]
DEBUG_PAGE = b"DEBUG = True"


def page_of(request: HttpRequest) -> str:
    """The page the form was on, if it is one of ours; else the front page.

    A GET that is refused never goes back to itself.
    """
    referer = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        return "/"
    parts = urlsplit(referer)
    if request.method in {"GET", "HEAD"} and parts.path == request.path:
        return "/"
    return f"{parts.path}?{parts.query}" if parts.query else parts.path or "/"


class SignInRequired(LoginRequiredMiddleware):
    """Every page needs a sign-in unless it is marked public.

    What is sent after the session has ended is shown back, so that no typed word is lost.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., Any],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        """Send a reader to sign in; give a writer the text back first, and tell a script.

        A public view is not asked who reads it, so it costs no session (PERFORMANCE goal 6).
        """
        if not getattr(view_func, "login_required", True):
            return None
        answer = super().process_view(request, view_func, view_args, view_kwargs)
        is_reader = request.method in {"GET", "HEAD"} and not views.wants_json(request)
        return answer if answer is None or is_reader else views.session_lost(request)


class PrivatePages:
    """Pages of signed-in people stay out of every cache (SAFETY T37).

    The session's cookie decides, so that a public page asks the database nothing.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the answer, unless the view has said how it may be kept."""
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class ShowRefusal:
    """Show a rule's no: as a message on the page the form was on, or as JSON to a script."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass everything on."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer a ``Refused``; leave every other exception alone."""
        if not isinstance(error, Refused):
            return None
        if views.wants_json(request):
            return JsonResponse({"error": error.words}, status=HTTPStatus.CONFLICT)
        messages.warning(request, error.words)
        return redirect(page_of(request))


class FriendlyErrors:
    """While developing, too, a page that is not there looks as it will look later."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Put our own page in the place of Django's page of address patterns."""
        response = self.get_response(request)
        if not settings.DEBUG or response.status_code != HTTPStatus.NOT_FOUND:
            return response
        if DEBUG_PAGE in getattr(response, "content", b""):
            return page_not_found(request, Exception())
        return response
