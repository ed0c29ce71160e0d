"""Attempts: one educator's six months with one edition."""

import uuid
from datetime import date, datetime
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalog.models import Edition, MicroCertification
from portal.accounts.models import Association, Membership, User
from portal.duties import Revoked
from portal.lifecycle import Lifecycle
from portal.payments.models import Charge


class AttemptQuerySet(models.QuerySet["Attempt"]):
    """Attempts by owner and standing."""

    def owned_by(self, user: Any) -> Self:
        """An educator's own: the permission to touch an attempt."""
        return self.filter(educator=user)

    def live(self) -> Self:
        """Those that stand in the way of another Start."""
        return self.filter(status__in=Attempt.LIVE)

    def editable(self) -> Self:
        """Those whose work may be changed and handed in, by status."""
        return self.filter(status__in=Attempt.EDITABLE)

    def overdue(self, now: datetime) -> Self:
        """Those whose time ran out. What is in review never expires (FACTS A2)."""
        return self.editable().filter(due_at__lt=now)

    def held_up_for(self, membership: Membership) -> Self:
        """Those that can't begin before this membership is confirmed or the fee is settled."""
        return self.filter(
            educator=membership.user,
            association=membership.association,
            status=Attempt.Status.FEE_DUE,
        )

    def with_claim(self) -> Self:
        """Add ``is_claimed``: staff still have to confirm that the educator is a member."""
        claims = Membership.objects.claimed().filter(
            user=models.OuterRef("educator"), association=models.OuterRef("association")
        )
        return self.annotate(is_claimed=models.Exists(claims))

    def with_preparing(self) -> Self:
        """Add ``preparing``: how many files of theirs still wait for the cleaner."""
        waiting = Q(evidence__status__in=["received", "cleaning"])
        return self.annotate(preparing=models.Count("evidence", filter=waiting, distinct=True))

    def with_progress(self) -> Self:
        """Add ``done``: how many of the five requirements are completed."""
        completed = Q(progress__status="completed")
        return self.annotate(done=models.Count("progress", filter=completed, distinct=True))

    def with_rounds(self) -> Self:
        """Add ``is_answered``: a round was decided; ``answer_on``: the day by which one will be."""
        rounds = apps.get_model("submissions", "Submission").objects.filter(
            attempt=models.OuterRef("pk")
        )
        answered = models.Exists(rounds.filter(status="decided"))
        due = rounds.exclude(status__in=["decided", "returned"]).values("result_due_on")[:1]
        return self.annotate(is_answered=answered, answer_on=models.Subquery(due))


class Attempt(models.Model):
    """One educator's six months with one edition, from the click on Start (FACTS 2.1)."""

    class Status(models.TextChoices):
        """Where an attempt stands."""

        FEE_DUE = "fee_due", _("Fee due")
        IN_PROGRESS = "in_progress", _("In Progress")
        IN_REVIEW = "in_review", _("In Review")
        PASSED = "passed", _("Earned")
        NOT_YET = "not_yet", _("Not Yet")
        RETURNED = "returned", _("Returned as incomplete")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        RESET = "reset", _("Reset")
        DENIED = "denied", _("Denied")

    EDITABLE = (Status.IN_PROGRESS, Status.NOT_YET, Status.RETURNED)
    LIVE = (Status.FEE_DUE, *EDITABLE, Status.IN_REVIEW, Status.PASSED)

    lifecycle = Lifecycle(
        {
            Status.FEE_DUE: (Status.IN_PROGRESS, Status.WITHDRAWN),
            Status.IN_PROGRESS: (
                Status.IN_REVIEW,
                Status.WITHDRAWN,
                Status.RESET,
                Status.DENIED,
            ),
            Status.IN_REVIEW: (Status.PASSED, Status.NOT_YET, Status.RETURNED, Status.DENIED),
            Status.NOT_YET: (Status.IN_REVIEW, Status.WITHDRAWN, Status.RESET, Status.DENIED),
            Status.RETURNED: (Status.IN_REVIEW, Status.WITHDRAWN, Status.RESET, Status.DENIED),
            Status.PASSED: (Status.DENIED,),
        }
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    educator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="attempts")
    micro_certification = models.ForeignKey(
        MicroCertification, on_delete=models.PROTECT, related_name="attempts"
    )
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="attempts")
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="attempts")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.IN_PROGRESS)
    was_member = models.BooleanField()
    charge = models.OneToOneField(
        Charge, on_delete=models.PROTECT, null=True, related_name="attempt"
    )
    brought_from = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )  # the reset attempt whose work was brought back, where the association allows it
    opened_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    reminded = models.PositiveSmallIntegerField(null=True)  # days before, of the last reminder
    closed_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)

    done: int  # from with_progress
    is_answered: bool  # from with_rounds
    answer_on: date | None
    is_claimed: bool  # from with_claim
    preparing: int  # from with_preparing
    revoked: Revoked | None = None  # from mark_revoked
    kept_until: date | None = None  # from mark_kept

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ("-opened_at",)
        constraints = (
            models.UniqueConstraint(
                fields=["educator", "micro_certification"],
                condition=Q(
                    status__in=[
                        "fee_due",
                        "in_progress",
                        "in_review",
                        "not_yet",
                        "returned",
                        "passed",
                    ]
                ),
                name="submissions_attempt_one_live",
            ),
            models.CheckConstraint(
                condition=Q(started_at=None, due_on=None, due_at=None)
                | Q(started_at__isnull=False, due_on__isnull=False, due_at__isnull=False),
                name="submissions_attempt_clock_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["fee_due", "withdrawn"]) | Q(started_at__isnull=False),
                name="submissions_attempt_clock_runs",
            ),
        )
        indexes = (models.Index(fields=["status", "due_at"]),)

    def __str__(self) -> str:
        return f"{self.micro_certification}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("attempt", args=[self.public_id])

    @property
    def is_editable(self) -> bool:
        """Whether its work may be changed now: by status and by the clock."""
        on_time = self.due_at is not None and timezone.now() <= self.due_at
        return self.status in self.EDITABLE and on_time

    @property
    def is_over(self) -> bool:
        """Whether its time ran out, though the clock has not reset it yet."""
        return self.status in self.EDITABLE and not self.is_editable

    @property
    def awaits_membership(self) -> bool:
        """Whether nothing is to be paid before staff have looked at the claim of membership."""
        return self.status == self.Status.FEE_DUE and self.is_claimed

    @property
    def today(self) -> date:
        """Today in the association's zone."""
        return self.association.today()
