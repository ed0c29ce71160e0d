"""Applications for university units, the hours they spend, and the batches that enroll them."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from credits.models.ledger import HoursEntry
from credits.models.programs import Term
from portal.accounts.models import User
from portal.encrypted import EncryptedTextField
from portal.lifecycle import Lifecycle
from portal.payments.models import Charge
from portal.templatetags.portal import hours


class EnrollmentBatchQuerySet(models.QuerySet["EnrollmentBatch"]):
    """Batches by whose they are and what they wait for."""

    def in_care_of(self, staff: User) -> Self:
        """Those of programs of the associations this person works for."""
        return self.filter(term__program__association__staff=staff)

    def to_make(self) -> Self:
        """Those whose roster is still to be made: the queue itself."""
        return self.filter(status=EnrollmentBatch.Status.OPEN)

    def oldest_to_make(self) -> datetime | None:
        """When the oldest of the queue began to wait."""
        oldest = self.to_make().order_by("requested_at").first()
        return oldest.requested_at if oldest else None


class EnrollmentBatch(models.Model):
    """Paid applications of a term that the university enrolls together.

    A row first; a task gathers the applications and makes the roster, once. The roster is frozen
    here, encrypted, as JSON rows of texts; the CSV and XLSX files are drawn from it.
    """

    class Status(models.TextChoices):
        """Where a batch stands."""

        OPEN = "open", _("Being made")
        EXPORTED = "exported", _("Ready for the university")
        CONFIRMED = "confirmed", _("Confirmed by the university")

    lifecycle = Lifecycle({Status.OPEN: (Status.EXPORTED,), Status.EXPORTED: (Status.CONFIRMED,)})

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="batches")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.OPEN)
    requested_at = models.DateTimeField(default=timezone.now)
    requested_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    roster = EncryptedTextField(blank=True)

    objects = EnrollmentBatchQuerySet.as_manager()

    class Meta:
        ordering = ("-requested_at",)
        verbose_name_plural = _("enrollment batches")
        constraints = (
            models.UniqueConstraint(
                fields=["term"],
                condition=Q(status="open"),
                name="credits_enrollmentbatch_one_open",
            ),
            models.CheckConstraint(
                condition=Q(status="open", made_at=None)
                | (~Q(status="open") & Q(made_at__isnull=False)),
                name="credits_enrollmentbatch_made_at",
            ),
        )

    def __str__(self) -> str:
        return f"{self.term}, {date_format(self.requested_at)}"

    def get_absolute_url(self) -> str:
        return reverse("batch", args=[self.public_id])


class UnitApplicationQuerySet(models.QuerySet["UnitApplication"]):
    """Applications by owner and standing."""

    def owned_by(self, user: Any) -> Self:
        """Those of this educator."""
        return self.filter(educator=user)

    def in_care_of(self, staff: User) -> Self:
        """Those sent to programs of the associations this person works for."""
        mine = self.filter(term__program__association__staff=staff)
        return mine.exclude(submitted_at=None)

    def to_verify(self) -> Self:
        """Those that wait for staff, the oldest first."""
        return self.filter(status=UnitApplication.Status.SUBMITTED).order_by("submitted_at")

    def paid(self) -> Self:
        """Those that wait for a batch."""
        return self.filter(status=UnitApplication.Status.PAID)

    def spending(self) -> Self:
        """Those whose hours are held or spent."""
        return self.filter(status__in=UnitApplication.SPENDING)

    def units(self) -> int:
        """How many units they ask for together."""
        return int(self.aggregate(sum=Sum("units", default=0))["sum"])


class UnitApplication(models.Model):
    """An educator's request to have hours turned into units of one term (FACTS 2.5).

    The fee is copied from the term when it is sent. What identifies the student is a copy of that
    day, encrypted, and blanked when the program's retention is over.
    """

    class Status(models.TextChoices):
        """Where an application stands."""

        DRAFT = "draft", _("Draft")
        SUBMITTED = "submitted", _("Waiting for verification")
        VERIFIED = "verified", _("Hours verified, fee due")
        PAID = "paid", _("Fee paid")
        BATCHED = "batched", _("Ready for the university")
        ENROLLED = "enrolled", _("Enrolled")
        GRADED = "graded", _("Graded")
        REJECTED = "rejected", _("Not accepted")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    VERIFIED_ON = (
        Status.VERIFIED,
        Status.PAID,
        Status.BATCHED,
        Status.ENROLLED,
        Status.GRADED,
    )
    SPENDING = (Status.SUBMITTED, *VERIFIED_ON)
    SETTLED = (Status.ENROLLED, Status.GRADED, Status.REJECTED, Status.WITHDRAWN)
    WITHDRAWABLE = (Status.DRAFT, Status.SUBMITTED, Status.VERIFIED)

    lifecycle = Lifecycle(
        {
            Status.DRAFT: (Status.SUBMITTED, Status.WITHDRAWN),
            Status.SUBMITTED: (Status.VERIFIED, Status.REJECTED, Status.WITHDRAWN),
            Status.VERIFIED: (Status.PAID, Status.WITHDRAWN),
            Status.PAID: (Status.BATCHED,),
            Status.BATCHED: (Status.ENROLLED,),
            Status.ENROLLED: (Status.GRADED,),
        }
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True)
    educator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="unit_applications")
    term = models.ForeignKey(Term, on_delete=models.PROTECT, related_name="applications")
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DRAFT)
    units = models.PositiveSmallIntegerField()
    fee_per_unit_cents = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    verified_hours = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.TextField(blank=True)
    charge = models.OneToOneField(
        Charge, on_delete=models.PROTECT, null=True, related_name="unit_application"
    )
    batch = models.ForeignKey(
        EnrollmentBatch, on_delete=models.PROTECT, null=True, related_name="applications"
    )
    student_name = models.CharField(max_length=120, blank=True)
    date_of_birth = EncryptedTextField(blank=True)
    student_id = EncryptedTextField(blank=True)
    grade = models.CharField(max_length=2, blank=True)

    objects = UnitApplicationQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(units__gte=1), name="credits_unitapplication_one_unit"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["verified", "paid", "batched", "enrolled", "graded"])
                | Q(verified_at__isnull=False, verified_hours__isnull=False, charge__isnull=False),
                name="credits_unitapplication_verified_whole",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["batched", "enrolled", "graded"], batch__isnull=False)
                | (~Q(status__in=["batched", "enrolled", "graded"]) & Q(batch=None)),
                name="credits_unitapplication_batch_once_batched",
            ),
        )
        indexes = (models.Index(fields=["status", "submitted_at"]),)

    def __str__(self) -> str:
        return f"{self.units} for {self.term}: {self.get_status_display()}"

    def get_absolute_url(self) -> str:
        return reverse("units-application", args=[self.public_id])

    @property
    def fee_cents(self) -> int:
        """What it costs: units times the fee copied from the term."""
        return self.units * self.fee_per_unit_cents

    @property
    def is_closed(self) -> bool:
        """Whether it ended without spending anything."""
        return self.status in {self.Status.REJECTED, self.Status.WITHDRAWN}

    @property
    def can_be_withdrawn(self) -> bool:
        """Whether its educator may still take it back."""
        return self.lifecycle.allows(self.status, self.Status.WITHDRAWN)


class UnitItem(models.Model):
    """Hours of one ledger entry that an application spends: held, then spent or freed.

    An entry stands in one live application at a time; what the application leaves of it can be
    used once the university has enrolled.
    """

    class State(models.TextChoices):
        """What became of the hours."""

        HELD = "held", _("Held")
        SPENT = "spent", _("Spent")
        FREED = "freed", _("Freed")

    application = models.ForeignKey(UnitApplication, on_delete=models.CASCADE, related_name="items")
    entry = models.ForeignKey(HoursEntry, on_delete=models.PROTECT, related_name="items")
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    state = models.CharField(max_length=8, choices=State.choices, default=State.HELD)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["application", "entry"], name="credits_unititem_once"),
            models.UniqueConstraint(
                fields=["entry"],
                condition=Q(state="held"),
                name="credits_unititem_one_live_application",
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="credits_unititem_some_hours"),
        )

    def __str__(self) -> str:
        return f"{hours(self.hours)} of {self.entry}"

    @property
    def standing(self) -> str | Promise:
        """What the hours are now that this application has let them go."""
        if self.entry.hold:
            return self.entry.get_hold_display()
        if self.entry.status == HoursEntry.Status.VOID:
            return self.entry.get_status_display()
        return _("Free again")
