"""Rows of the floor: the journal and the mail."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """Who did what when: append-only, written in the transaction of what it tells.

    Holds no personal values: names of fields and public ids only (SAFETY 7.5). ``seal`` gives
    each entry its place in a chain of hashes; ``verify_journal`` walks the chain.
    """

    at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=40)  # the public id of who acted, or "clock"
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    sealed = models.PositiveBigIntegerField(null=True, unique=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name_plural = _("entries")
        indexes = (models.Index(fields=["subject", "subject_id"]),)

    def __str__(self) -> str:
        return f"{self.event} {self.subject} {self.subject_id}"


class MessageQuerySet(models.QuerySet["Message"]):
    """Mail as rows."""

    def unsent(self) -> Self:
        """What waits to be sent: the queue itself."""
        return self.filter(sent_at=None, attempts__lt=Message.MAX_ATTEMPTS)


class Message(models.Model):
    """One mail to one person: a row first, sent afterwards, never twice for one event."""

    MAX_ATTEMPTS = 12

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    to = models.EmailField()
    template = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    event = models.CharField(max_length=120, null=True)  # noqa: DJ001 - null is "not once only"
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["event", "to"], name="portal_message_once_per_event"),
        )
        indexes = (
            models.Index(
                fields=["created_at"],
                condition=models.Q(sent_at=None),
                name="portal_message_unsent",
            ),
        )

    def __str__(self) -> str:
        return f"{self.template} to {self.to}"
