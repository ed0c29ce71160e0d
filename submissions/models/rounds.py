"""Rounds: what was handed in, frozen."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Part
from portal.lifecycle import Lifecycle
from submissions.models.attempts import Attempt
from submissions.models.evidence import Evidence


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Rounds by standing."""

    def undecided(self) -> Self:
        """Those that wait for a decision."""
        return self.exclude(status__in=[Submission.Status.DECIDED, Submission.Status.RETURNED])


class Submission(models.Model):
    """One frozen round of an attempt: its own copies of the texts, the evidence it points at."""

    class Status(models.TextChoices):
        """Where a round stands."""

        WAITING = "waiting", _("Waiting for reviewers")
        SCORING = "scoring", _("Being scored")
        ADJUDICATION = "adjudication", _("With a third reviewer")
        DECIDED = "decided", _("Decided")
        RETURNED = "returned", _("Returned as incomplete")

    class Outcome(models.TextChoices):
        """The decision of a round."""

        PASS = "pass", _("Pass")
        NOT_YET = "not_yet", _("Not yet")

    lifecycle = Lifecycle(
        {
            Status.WAITING: (Status.SCORING, Status.RETURNED),
            Status.SCORING: (
                Status.WAITING,
                Status.ADJUDICATION,
                Status.DECIDED,
                Status.RETURNED,
            ),
            Status.ADJUDICATION: (Status.DECIDED, Status.RETURNED),
        }
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="submissions")
    round = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.WAITING)
    note = models.TextField(_("what I changed"), blank=True)
    submitted_at = models.DateTimeField(default=timezone.now)
    result_due_on = models.DateField()
    decided_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=Outcome.choices, blank=True)
    evidence = models.ManyToManyField(Evidence, related_name="submissions", blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ("round",)
        constraints = (
            models.UniqueConstraint(
                fields=["attempt", "round"], name="submissions_submission_round"
            ),
            models.UniqueConstraint(
                fields=["attempt"],
                condition=Q(status__in=["waiting", "scoring", "adjudication"]),
                name="submissions_submission_one_open",
            ),
            models.CheckConstraint(
                condition=Q(status="decided", decided_at__isnull=False) & ~Q(outcome="")
                | (~Q(status="decided") & Q(outcome="")),
                name="submissions_submission_decided",
            ),
        )

    def __str__(self) -> str:
        return f"Round {self.round}"


class SubmittedPart(models.Model):
    """One scored part of a round: the text as handed in, and whether it passed.

    ``answers`` is [{"question": ..., "answer": ...}]; ``digest`` covers text, files and edition.
    ``is_carried`` says that the same content passed in an earlier round (DESIGN 8.3).
    """

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="parts")
    part = models.ForeignKey(Part, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=list)
    option = models.CharField(max_length=1, blank=True)
    digest = models.CharField(max_length=64)
    is_carried = models.BooleanField(default=False)
    passed = models.BooleanField(null=True)

    class Meta:
        ordering = ("part__number",)
        constraints = (
            models.UniqueConstraint(
                fields=["submission", "part"], name="submissions_submittedpart_once"
            ),
        )

    def __str__(self) -> str:
        return str(self.part)
