"""Work of the floor: sending one mail."""

import logging

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import models, transaction
from django.utils import timezone

from portal.models import Message

log = logging.getLogger(__name__)


@shared_task
@transaction.atomic
def send_message(message_id: int) -> bool:
    """Send one written mail if it still waits; a second delivery finds nothing to do."""
    message = Message.objects.select_for_update().unsent().filter(pk=message_id).first()
    if message is None:
        return False
    trouble = deliver(envelope(message))
    Message.objects.filter(pk=message.pk).update(
        attempts=models.F("attempts") + 1,
        sent_at=None if trouble else timezone.now(),
        trouble=trouble,
    )
    return not trouble


@shared_task
def send_messages(ids: list[int]) -> int:
    """Send many written mails, one after the other; return how many went out."""
    return sum(send_message(pk) for pk in ids)


def envelope(message: Message) -> EmailMultiAlternatives:
    """The mail itself, with an id that stays the same however often it is tried."""
    mail = EmailMultiAlternatives(
        message.subject,
        message.text,
        to=[message.to],
        headers={"Message-ID": f"<{message.public_id}@{settings.PUBLIC_HOST}>"},
    )
    mail.attach_alternative(message.html, "text/html")
    return mail


def deliver(mail: EmailMultiAlternatives) -> str:
    """Hand a mail to the mail server; return what went wrong, or nothing.

    A mail that can't be sent must never hold up those behind it in the sweep.
    """
    try:
        mail.send()
    except (OSError, ValueError) as error:  # smtplib's are OSErrors; no header: ValueError
        log.warning("mail not sent: %s", type(error).__name__)
        return f"{type(error).__name__}: {error}"[:200]
    return ""
