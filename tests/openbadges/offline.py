"""A network for the validator that ends at this machine.

The validator opens sessions of its own, so the one place to stand is the adapter of ``requests``
that every session uses.
"""

import io
import json
from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import requests
from openbadges.verifier.openbadges_context import OPENBADGES_CONTEXT_V2_DICT
from requests.adapters import HTTPAdapter
from requests.models import Response
from requests.structures import CaseInsensitiveDict

LOOPBACK = {"127.0.0.1", "127.0.0.2", "localhost", "::1"}
CONTEXT_ADDRESSES = (
    "https://w3id.org/openbadges/v2",
    "http://w3id.org/openbadges/v2",
    "https://openbadgespec.org/v2/context.json",
)
JSON_LD = "application/ld+json"
OK = 200


class Fetch(NamedTuple):
    """One request: the status it got, how it was answered, its address."""

    status: int
    how: str
    url: str


class Offline:
    """Answers every request of this process without leaving the machine.

    Known contexts come from the validator's own bundle (``documents`` adds to them); addresses
    under a mapped public prefix are asked of a loopback server; loopback is asked as it is;
    everything else is refused as on a dead network, and noted.
    """

    def __init__(self, maps: dict[str, str], documents: dict[str, str]) -> None:
        context = json.dumps(OPENBADGES_CONTEXT_V2_DICT)
        self.documents = dict.fromkeys(CONTEXT_ADDRESSES, context) | documents
        self.maps = maps
        self.log: list[Fetch] = []
        self.really_send: Callable[..., Response] = HTTPAdapter.send
        HTTPAdapter.send = lambda adapter, request, **options: self.send(adapter, request, options)

    def send(self, adapter: HTTPAdapter, request: Any, options: dict[str, Any]) -> Response:
        """Answer one request."""
        url = request.url.partition("#")[0]
        if url in self.documents:
            return self.noted(bundled(request, self.documents[url]), "bundled", url)
        for public, local in self.maps.items():
            if url == public or url.startswith(f"{public}/"):
                return self.noted(
                    self.mapped(adapter, request, options, public, local), "mapped", url
                )
        if urlsplit(url).hostname in LOOPBACK:
            return self.noted(self.really_send(adapter, request, **options), "loopback", url)
        self.log.append(Fetch(0, "refused", url))
        message = f"offline: {url} is neither loopback, nor mapped, nor a bundled context"
        raise requests.ConnectionError(message)

    def noted(self, response: Response, how: str, url: str) -> Response:
        """The same answer, written down."""
        self.log.append(Fetch(response.status_code, how, url))
        return response

    def mapped(
        self, adapter: HTTPAdapter, request: Any, options: dict[str, Any], public: str, local: str
    ) -> Response:
        """Ask a loopback server in the name of a public one."""
        asked = request.url
        parts = urlsplit(public)
        request.url = local + asked[len(public) :]
        request.headers |= {"Host": parts.netloc, "X-Forwarded-Proto": parts.scheme}
        response = self.really_send(adapter, request, **options)
        response.url = request.url = asked
        return response


def bundled(request: Any, text: str) -> Response:
    """An answer made of a text at hand."""
    response = Response()
    response.status_code, response.url, response.request = OK, request.url, request
    response.encoding = "utf-8"
    response.headers = CaseInsensitiveDict({"Content-Type": JSON_LD})
    response.raw = io.BytesIO(text.encode())
    response._content = text.encode()
    return response
