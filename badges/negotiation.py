"""One address, three readers: a page for people, JSON-LD for machines, JSON for programs.

OPENBADGES section 4, Content types. Link previewers ask for anything, yet want the page with its
picture, so they are known by name.
"""

import re
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control, patch_vary_headers

from badges.openbadges import Document, as_text

JSON_LD, JSON, HTML = "application/ld+json", "application/json", "text/html"
KINDS = (JSON_LD, JSON, HTML)
PREVIEWERS = re.compile(
    r"facebookexternalhit|linkedinbot|twitterbot|slackbot|pinterest|whatsapp|telegrambot|discordbot"
    r"|skypeuripreview|bluesky|mastodon",
    re.IGNORECASE,
)
MINUTE, HOUR = 60, 3600
FRESH_SECONDS = 5 * MINUTE  # a revoked badge is known as such this soon
LASTING_SECONDS = HOUR


def wanted(request: HttpRequest) -> str:
    """What the reader prefers: the page where HTML comes first, else JSON-LD or JSON."""
    if PREVIEWERS.search(request.headers.get("User-Agent", "")):
        return HTML
    return request.get_preferred_type(KINDS) or JSON_LD


def varied(response: HttpResponse) -> HttpResponse:
    """The answer, marked as one of several at its address."""
    patch_vary_headers(response, ["Accept", "User-Agent"])
    return response


def kept(response: HttpResponse, seconds: int) -> HttpResponse:
    """The answer, marked as public and good for so long; any site may read it."""
    patch_cache_control(response, public=True, max_age=seconds)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def document(
    content: Document, kind: str = JSON_LD, *, is_gone: bool = False, seconds: int = FRESH_SECONDS
) -> HttpResponse:
    """A hosted document; one of a revoked badge is answered with 410 Gone."""
    status = HTTPStatus.GONE if is_gone else HTTPStatus.OK
    response = HttpResponse(as_text(content), content_type=kind, status=status)
    return kept(response, seconds)


def picture(png: bytes, seconds: int = FRESH_SECONDS) -> HttpResponse:
    """A picture that any site may show."""
    return kept(HttpResponse(png, content_type="image/png"), seconds)
