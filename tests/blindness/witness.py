"""Browsers that keep every byte they are sent, and people who look at all there is to see."""

import re
from typing import NamedTuple

from django.core import mail
from django.test import Client

from tests.blindness.markers import marks
from tests.journeys.people import Educator, Reviewer

LINK = re.compile(r'(?:href|src|action)="(/[^"#]*)')
ELSEWHERE = (  # pages that know no work, and the way out
    "/static/",
    "/stacks/",
    "/micro-certifications/",
    "/sessions/",
    "/accounts/",
    "/cta/",
    "/help/",
)
START = ("/", "/my/", "/reviews/", "/my/showcase/", "/my/profile/", "/my/questions/")


class Record(NamedTuple):
    """What one request or one mail brought: headers and body in one."""

    where: str
    head: str
    body: bytes

    @property
    def data(self):
        return self.head.encode() + b"\n\n" + self.body if self.is_page else self.body

    @property
    def is_page(self):
        return "text/" in self.head or "json" in self.head

    @property
    def is_mail(self):
        return self.where.startswith("mail ")


class Recorder(Client):
    """A browser with marks of its own that keeps what comes back, redirects too."""

    def __init__(self, key):
        told = marks(key)
        super().__init__(headers={"User-Agent": told["agent"]}, REMOTE_ADDR=told["address"])
        self.records = []

    def request(self, **request):
        answer = super().request(**request)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if answer.streaming:
            answer.streaming_content = [body]
        head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        cookies = "\n".join(cookie.OutputString() for cookie in answer.cookies.values())
        where = f"{request['REQUEST_METHOD']} {request['PATH_INFO']} {answer.status_code}"
        self.records.append(Record(where, f"{where}\n{head}\n{cookies}", body))
        if not answer.get("Content-Type", "").startswith("text/"):
            self.records.append(Record(f"{where} headers", f"text/plain\n{where}\n{head}", b""))
        return answer


class Witness:
    """Someone whose browser keeps everything; mixed into the people of the journeys."""

    def __init__(self, user, key):
        self.user, self.key, self.browser = user, key, Recorder(key)
        self.browser.force_login(user)

    def look_around(self, *more):
        """Open every page and file that links lead to, from everywhere one may begin."""
        waiting, seen = [*START, *more], set()
        while waiting:
            url = waiting.pop()
            if url in seen or url.startswith(ELSEWHERE):
                continue
            seen.add(url)
            answer = self.browser.get(url)
            if answer.get("Content-Type", "").startswith("text/html"):
                waiting += LINK.findall(self.browser.records[-1].body.decode())
        return seen

    @property
    def records(self):
        """Everything this person was ever sent: pages, files, mails."""
        address = self.user.email
        mails = [item for item in mail.outbox if address in item.recipients()]
        return self.browser.records + [
            Record(f"mail {item.subject}", "", item.message().as_bytes()) for item in mails
        ]


class WatchedEducator(Witness, Educator):
    """An educator who keeps everything."""


class WatchedReviewer(Witness, Reviewer):
    """A reviewer who keeps everything."""
