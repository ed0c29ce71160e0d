"""What the frame of every page needs, fetched only when the page is drawn."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from portal.duties import registry

ACCOUNT_MENU = ("profile", "charges")


class Link(NamedTuple):
    """A link of the header, ready to draw."""

    label: str
    url: str
    is_here: bool


def address(url_name: str) -> str:
    """The address of a page, or nothing where its app is not part of this portal."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def links_for(request: HttpRequest) -> list[Link]:
    """The links of the header for whoever asks; the longest address that fits is "here"."""
    user = getattr(request, "user", None)
    shown = sorted(
        (link for link in registry.nav_links if user and link.show(user)),
        key=lambda link: link.order,
    )
    pairs = [(str(link.label), url) for link in shown if (url := address(link.url_name))]
    candidates = [url for _, url in pairs] + [address(name) or "/" for name in ACCOUNT_MENU]
    here = max((url for url in candidates if request.path.startswith(url)), key=len, default="")
    return [Link(label, url, url == here) for label, url in pairs]


def frame(request: HttpRequest) -> dict[str, Any]:
    """The header's links, as a value that costs nothing until a template loops over it."""
    return {"nav": SimpleLazyObject(lambda: links_for(request))}
