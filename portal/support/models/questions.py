"""Questions people ask, and the 48 hours in which an educator answers (FACTS 4.80, DESIGN 7)."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Association, User
from portal.lifecycle import Lifecycle

ANSWER_WITHIN = timedelta(hours=48)
REMIND_BEFORE = timedelta(hours=12)


class QuestionQuerySet(models.QuerySet["Question"]):
    """Questions by standing and by whose they are."""

    def owned_by(self, user: User) -> Self:
        """Those this person asked."""
        return self.filter(asker=user)

    def in_care_of(self, staff: User) -> Self:
        """Those of the associations this person works for, and those that name none."""
        theirs = Association.objects.staffed_by(staff).values("pk")
        return self.filter(models.Q(association__in=theirs) | models.Q(association=None))

    def open(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(status=Question.Status.OPEN)

    def to_remind(self, now: datetime) -> Self:
        """Open ones due within 12 hours of which the staff have not been reminded."""
        return self.open().filter(due_at__lte=now + REMIND_BEFORE, reminded_at=None)


class Question(models.Model):
    """A question from an educator or a visitor, and its answer.

    It keeps the *address* of the page it was asked from, never a row of the rooms above. The
    ``fingerprint`` (who asks, and what) makes a double click one question. Without an
    association it is in the care of all staff.
    """

    class Status(models.TextChoices):
        """Where a question stands."""

        OPEN = "open", _("Waiting for an answer")
        ANSWERED = "answered", _("Answered")
        CLOSED = "closed", _("Closed")

    lifecycle = Lifecycle({Status.OPEN: (Status.ANSWERED,), Status.ANSWERED: (Status.CLOSED,)})

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, null=True, related_name="questions"
    )
    asker = models.ForeignKey(
        User, on_delete=models.CASCADE, null=True, related_name="questions_asked"
    )
    visitor_name = models.CharField(_("your name"), max_length=120, blank=True)
    visitor_email = models.EmailField(_("your e-mail address"), blank=True)
    page = models.CharField(max_length=300)
    text = models.TextField(_("your question"))
    fingerprint = models.CharField(max_length=64)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    asked_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        User, on_delete=models.SET_NULL, null=True, related_name="questions_answered"
    )
    answered_at = models.DateTimeField(null=True)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=models.Q(status="open"),
                name="support_question_asked_once",
            ),
            models.CheckConstraint(
                condition=models.Q(asker__isnull=False) | ~models.Q(visitor_email=""),
                name="support_question_can_be_answered",
            ),
            models.CheckConstraint(
                condition=models.Q(status="open", answered_at=None, answer="")
                | (~models.Q(status="open") & models.Q(answered_at__isnull=False)),
                name="support_question_answered_when_not_open",
            ),
        )
        indexes = (models.Index(fields=["status", "due_at"], name="support_question_queue"),)

    def __str__(self) -> str:
        return f"Question {self.public_id}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("my-question", args=[self.public_id])

    @property
    def reply_to(self) -> str:
        """Where the answer is mailed."""
        return self.asker.email if self.asker else self.visitor_email

    @property
    def asked_by(self) -> str:
        """What staff call whoever asks."""
        return str(self.asker) if self.asker else self.visitor_name or self.visitor_email

    @property
    def is_overdue(self) -> bool:
        """Whether the 48 hours are over without an answer."""
        return self.status == self.Status.OPEN and self.due_at < timezone.now()
