"""What a check has to say: messages from four voices, and the documents they are about."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

import requests

ERROR, WARNING, INFO = "ERROR", "WARNING", "INFO"
TIMEOUT_SECONDS = 20
ANY_JSON = "application/ld+json, application/json"
ANY_IMAGE = "image/png, image/svg+xml"


class Message(NamedTuple):
    """One line: who says it, how grave it is, the words."""

    voice: str
    level: str
    text: str


class Hosted(NamedTuple):
    """A document and the answer it came in."""

    document: dict[str, Any]
    response: requests.Response


@dataclass
class Report:
    """Everything said so far, and the hosted documents by kind."""

    messages: list[Message] = field(default_factory=list)
    hosted: dict[str, Hosted] = field(default_factory=dict)

    def say(self, voice: str, level: str, text: str) -> None:
        """Add a line."""
        self.messages.append(Message(voice, level, text))

    def count(self, level: str) -> int:
        """How many lines are as grave as this."""
        return sum(message.level == level for message in self.messages)

    @property
    def passes(self) -> bool:
        """Whether no error was found."""
        return self.count(ERROR) == 0

    def document(self, kind: str) -> dict[str, Any] | None:
        """A hosted document of this kind, if it was found."""
        return self.hosted[kind].document if kind in self.hosted else None

    def get(self, url: str, accept: str = ANY_JSON) -> requests.Response | None:
        """Fetch an address; an error is a line of the report."""
        try:
            return requests.get(url, headers={"Accept": accept}, timeout=TIMEOUT_SECONDS)
        except requests.RequestException as error:
            self.say("spec", ERROR, f"cannot fetch {url}: {error}")
            return None


def media_type(response: requests.Response | None) -> str | None:
    """The media type of an answer, without its parameters."""
    if response is None:
        return None
    return response.headers.get("Content-Type", "").partition(";")[0].strip()
