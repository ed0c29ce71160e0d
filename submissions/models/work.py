"""What is written in an attempt: progress by part, responses, the agreement."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Part, Question
from submissions.models.attempts import Attempt


class Progress(models.Model):
    """How far one part of an attempt is: a row of the requirements page (FACTS 4.64-4.69).

    ``saves`` counts every stored change, so that a stale tab is noticed and nothing overwritten.
    """

    class Status(models.TextChoices):
        """Where a part stands."""

        NOT_STARTED = "not_started", _("Not Started")
        IN_PROGRESS = "in_progress", _("In Progress")
        COMPLETED = "completed", _("Completed")

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="progress")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.NOT_STARTED)
    date_of_entry = models.DateField(null=True, blank=True)
    activity_description = models.CharField(max_length=300, blank=True)
    option = models.CharField(max_length=1, blank=True)
    saves = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("part__number",)
        verbose_name_plural = _("progress")
        constraints = (
            models.UniqueConstraint(fields=["attempt", "part"], name="submissions_progress_once"),
            models.CheckConstraint(
                condition=Q(status="completed", completed_at__isnull=False)
                | (~Q(status="completed") & Q(completed_at=None)),
                name="submissions_progress_completed_at",
            ),
        )

    def __str__(self) -> str:
        return f"{self.part}: {self.get_status_display()}"

    @property
    def units_earned(self) -> int:
        """1 once completed, else 0 (FACTS 4.66)."""
        return int(self.status == self.Status.COMPLETED)


class Response(models.Model):
    """What was written for one question."""

    progress = models.ForeignKey(Progress, on_delete=models.CASCADE, related_name="responses")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ("question__position",)
        constraints = (
            models.UniqueConstraint(
                fields=["progress", "question"], name="submissions_response_once"
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]


class Revision(models.Model):
    """An answer as it was before it was changed: kept for 30 days, to go back to."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="revisions")
    text = models.TextField()
    saved_at = models.DateTimeField(default=timezone.now)  # when it was replaced

    class Meta:
        ordering = ("-saved_at", "-pk")

    def __str__(self) -> str:
        return self.text[:60]


class Consent(models.Model):
    """That the agreement was accepted: which version of its text, and when."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="consents")
    version = models.CharField(max_length=20)
    accepted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["attempt", "version"], name="submissions_consent_once"),
        )

    def __str__(self) -> str:
        return self.version
