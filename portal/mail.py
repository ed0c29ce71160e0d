"""Mail: a row first, sent afterwards, in text and HTML."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string

from portal.celery import wake
from portal.models import Message
from portal.tasks import send_message, send_messages


def post(template: str, to: str, event: str | None = None, **context: Any) -> Message | None:
    """Write a mail to one address and order its sending.

    ``template`` names ``emails/<template>.txt`` (its first line is ``Subject: ...``) and
    ``emails/<template>.html``. With ``event`` the same event writes to the same address once
    only; then ``None`` comes back for the second call.
    """
    return write(to, event, template, rendered(template, to, context))


class Letter(NamedTuple):
    """One of many mails of a kind: to whom, for which event, and what its template reads."""

    to: str
    event: str
    context: dict[str, Any]


def post_all(template: str, letters: Sequence[Letter]) -> int:
    """Write many mails of a kind in few queries and order their sending together.

    Each event writes to its address once, as with ``post``; returns how many are new.
    """
    told = Message.objects.filter(event__in=[letter.event for letter in letters])
    known = set(told.values_list("event", "to"))
    new = [letter for letter in letters if (letter.event, letter.to) not in known]
    rows = [
        Message(to=to, event=event, template=template, **rendered(template, to, context))
        for to, event, context in new
    ]
    Message.objects.bulk_create(rows, ignore_conflicts=True)
    waiting = Message.objects.unsent().filter(event__in=[letter.event for letter in new])
    if ids := list(waiting.values_list("pk", flat=True)):
        wake(send_messages, ids)
    return len(new)


def rendered(template: str, to: str, context: dict[str, Any]) -> dict[str, str]:
    """Subject, text and HTML of a mail."""
    context |= {"base_url": settings.PUBLIC_BASE_URL, "to": to}
    head, _, text = render_to_string(f"emails/{template}.txt", context).partition("\n")
    subject = " ".join(head.removeprefix("Subject:").split())
    html = render_to_string(f"emails/{template}.html", context | {"subject": subject})
    return {"subject": subject, "text": tidy(text), "html": html}


def tidy(text: str) -> str:
    """A text without empty lines around it, ended by one line break."""
    return text.strip() + "\n"


def write(to: str, event: str | None, template: str, content: dict[str, str]) -> Message | None:
    """Store a rendered mail unless its event has written to this address already."""
    content["text"] = tidy(content["text"])
    if event is None:
        message, is_new = Message.objects.create(to=to, template=template, **content), True
    else:
        message, is_new = Message.objects.get_or_create(
            to=to, event=event, defaults={"template": template, **content}
        )
    if not is_new:
        return None
    wake(send_message, message.pk)
    return message


def send_waiting() -> int:
    """Send what a lost task left behind; return how many went out."""
    waiting = Message.objects.unsent().order_by("created_at").values_list("pk", flat=True)
    return sum(send_message(pk) for pk in list(waiting[:500]))


def oldest_waiting() -> datetime | None:
    """When the oldest unsent mail was written."""
    waiting = Message.objects.unsent().order_by("created_at")
    return waiting.values_list("created_at", flat=True).first()


def duplicates() -> Iterator[str]:
    """Yield a sentence for each event that wrote twice to one address."""
    doubled = (
        Message.objects.exclude(event=None)
        .values("event", "to")
        .annotate(count=models.Count("pk"))
        .filter(count__gt=1)
    )
    for row in doubled:
        yield f"{row['count']} messages for {row['event']}."
