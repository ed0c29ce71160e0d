"""Mail: a row first, sent afterwards, in text and HTML."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.template.loader import render_to_string

from portal.celery import wake
from portal.models import Message
from portal.tasks import send_message


def post(template: str, to: str, event: str | None = None, **context: Any) -> Message | None:
    """Write a mail to one address and order its sending.

    ``template`` names ``emails/<template>.txt`` (its first line is ``Subject: ...``) and
    ``emails/<template>.html``. With ``event`` the same event writes to the same address once
    only; then ``None`` comes back for the second call.
    """
    context |= {"base_url": settings.PUBLIC_BASE_URL, "to": to}
    head, _, text = render_to_string(f"emails/{template}.txt", context).partition("\n")
    subject = " ".join(head.removeprefix("Subject:").split())
    html = render_to_string(f"emails/{template}.html", context | {"subject": subject})
    return write(to, event, template, {"subject": subject, "text": text, "html": html})


def write(to: str, event: str | None, template: str, content: dict[str, str]) -> Message | None:
    """Store a rendered mail unless its event has written to this address already."""
    content["text"] = content["text"].strip() + "\n"
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
