"""The ledger: hours an educator has earned, each line naming what earned them; letters."""

import uuid
from collections import defaultdict
from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from catalog.models import MicroCertification
from credits.models.programs import CreditProgram
from credits.spending import Lot
from portal.accounts.models import User
from portal.encrypted import EncryptedTextField
from portal.lifecycle import Lifecycle
from portal.templatetags.portal import hours
from submissions.models import Attempt


class StateReport(models.Model):
    """Hours handed to the state in one file; the file's content is kept encrypted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(CreditProgram, on_delete=models.PROTECT, related_name="reports")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    roster = EncryptedTextField(blank=True)

    class Meta:
        ordering = ("-made_at",)

    def __str__(self) -> str:
        return f"{self.program}, {date_format(self.made_at)}"

    def get_absolute_url(self) -> str:
        return reverse("hours-report", args=[self.public_id])


class HoursEntryQuerySet(models.QuerySet["HoursEntry"]):
    """Lines of the ledger by owner, standing and what is left of them."""

    def owned_by(self, user: Any) -> Self:
        """Those of this educator."""
        return self.filter(educator=user)

    def in_care_of(self, staff: User) -> Self:
        """Those of programs of the associations this person works for."""
        return self.filter(program__association__staff=staff)

    def counting(self) -> Self:
        """Those that are not void."""
        return self.exclude(status=HoursEntry.Status.VOID)

    def pending(self) -> Self:
        """Those that staff still have to release or void, on hold or not."""
        return self.filter(status=HoursEntry.Status.PENDING)

    def to_settle(self) -> Self:
        """Those that wait for staff: to be released, or on hold, issued before or not."""
        waiting = Q(status=HoursEntry.Status.PENDING) | ~Q(hold="")
        return self.counting().filter(waiting)

    def released(self) -> Self:
        """Those the educator has: issued, whatever the state says of them."""
        return self.filter(status__in=HoursEntry.RELEASED)

    def for_same_work(self, entry: "HoursEntry") -> Self:
        """Those of the same educator, program and micro-certification."""
        return self.filter(
            educator=entry.educator_id,
            program=entry.program_id,
            micro_certification=entry.micro_certification_id,
        )

    def total(self) -> Decimal:
        """The sum of those that are not void."""
        return Decimal(self.counting().aggregate(sum=Sum("hours", default=Decimal(0)))["sum"])

    def with_left(self) -> Self:
        """Add ``spent`` and ``left``: hours in applications, hours still free."""
        taken = Q(items__state__in=["held", "spent"])
        return self.annotate(
            spent=Sum("items__hours", filter=taken, default=Decimal(0)),
            left=F("hours") - F("spent"),
        )

    def used(self) -> Self:
        """Those that count somewhere: spent on units, or released as hours or as a letter."""
        spent = Q(program__kind="units", items__state__in=["held", "spent"])
        return self.filter(spent | (~Q(program__kind="units") & Q(status__in=HoursEntry.RELEASED)))

    def not_used_elsewhere(self) -> Self:
        """Those whose work no excluded program uses (FACTS A31)."""
        elsewhere = HoursEntry.objects.used().filter(
            educator=OuterRef("educator"),
            micro_certification=OuterRef("micro_certification"),
            program__in=CreditProgram.excludes.through.objects.filter(
                from_creditprogram=OuterRef(OuterRef("program"))
            ).values("to_creditprogram"),
        )
        return self.filter(~Exists(elsewhere))

    def spendable(self) -> Self:
        """Released hours that are free: not on hold, in no live application, not used up."""
        left = self.with_left().filter(left__gt=0, hold="", status__in=HoursEntry.RELEASED)
        return left.exclude(items__state="held").not_used_elsewhere()

    def lots(self) -> list[Lot]:
        """What may be spent of each, oldest first."""
        oldest_first = self.order_by("confirmed_on", "pk").free_by("pk")
        return [Lot(*pair) for pair in oldest_first.items()]

    def free_by(self, field: str) -> dict[int, Decimal]:
        """The sum of what may be spent, for each value of a field such as ``program_id``."""
        free: dict[int, Decimal] = defaultdict(Decimal)
        for key, left in self.spendable().values_list(field, "left"):
            free[key] += left
        return dict(free)

    def overspent(self) -> Self:
        """Those of which more is spent than they hold: there must be none."""
        return self.with_left().filter(left__lt=0)

    def with_something_spent(self) -> Self:
        """Those of which something is held or spent."""
        return self.with_left().filter(spent__gt=0)


class HoursEntry(models.Model):
    """A line of the ledger: what one piece of work earned an educator in one program.

    Append-only: hours are never edited. A wrong line is void, with a reason, and a correction
    stands beside it. Once for each educator, program, micro-certification and kind, whatever the
    number of rounds or attempts (FACTS 2.6).
    """

    class Kind(models.TextChoices):
        """What earned the hours."""

        COMPLETION = "completion", _("Complete submission")
        ATTAINMENT = "attainment", _("Micro-certification earned")
        CORRECTION = "correction", _("Correction by staff")

    class Status(models.TextChoices):
        """Where a line stands."""

        PENDING = "pending", _("Waiting for release")
        ISSUED = "issued", _("Issued")
        REPORTED = "reported", _("Reported to the state")
        ACCEPTED = "accepted", _("Accepted by the state")
        ERROR = "error", _("Sent back by the state")
        VOID = "void", _("Void")

    class Hold(models.TextChoices):
        """Why a line must wait."""

        STAFF = "staff", _("On hold: staff are looking into it")
        RETURNED = "returned", _("On hold: the submission was returned as incomplete")
        DENIED = "denied", _("On hold: the attempt was denied")

    RELEASED = (Status.ISSUED, Status.REPORTED, Status.ACCEPTED, Status.ERROR)

    lifecycle = Lifecycle(
        {
            Status.PENDING: (Status.ISSUED, Status.VOID),
            Status.ISSUED: (Status.REPORTED, Status.VOID),
            Status.REPORTED: (Status.ACCEPTED, Status.ERROR),
            Status.ERROR: (Status.REPORTED, Status.VOID),
        }
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    educator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="hours")
    program = models.ForeignKey(CreditProgram, on_delete=models.PROTECT, related_name="hours")
    micro_certification = models.ForeignKey(
        MicroCertification, on_delete=models.PROTECT, related_name="hours"
    )
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="hours")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PENDING)
    hold = models.CharField(max_length=12, choices=Hold.choices, blank=True)
    reason = models.TextField(blank=True)
    confirmed_on = models.DateField()
    due_on = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    report = models.ForeignKey(
        StateReport, on_delete=models.PROTECT, null=True, related_name="entries"
    )

    spent: Decimal  # added by ``with_left``

    objects = HoursEntryQuerySet.as_manager()

    class Meta:
        ordering = ("-confirmed_on", "-pk")
        verbose_name_plural = _("hours entries")
        constraints = (
            models.UniqueConstraint(
                fields=["educator", "program", "micro_certification", "kind"],
                condition=Q(kind__in=["completion", "attainment"]),
                name="credits_hoursentry_once",
            ),
            models.CheckConstraint(condition=Q(hours__gt=0), name="credits_hoursentry_some_hours"),
            models.CheckConstraint(
                condition=~Q(status__in=["issued", "reported", "accepted", "error"])
                | Q(issued_on__isnull=False),
                name="credits_hoursentry_issued_on",
            ),
            models.CheckConstraint(
                condition=~Q(status="void") | ~Q(reason=""), name="credits_hoursentry_void_reason"
            ),
        )
        indexes = (models.Index(fields=["status", "due_on"]),)

    def __str__(self) -> str:
        return f"{hours(self.hours)} h, {self.get_kind_display()}: {self.micro_certification}"

    def get_absolute_url(self) -> str:
        return reverse("hours-entry", args=[self.public_id])

    def days_left(self, today: date) -> int | None:
        """Days until it must be issued; negative when overdue, nothing where no date is set."""
        return (self.due_on - today).days if self.due_on else None


class LetterQuerySet(models.QuerySet["Letter"]):
    """Letters by owner and standing."""

    def owned_by(self, user: Any) -> Self:
        """Those of this educator."""
        return self.filter(educator=user)

    def valid(self) -> Self:
        """Those no later letter has replaced and no void line has ended."""
        return self.filter(ended_on=None)


class Letter(models.Model):
    """A letter that affirms hours for one micro-certification (FACTS 4.141, 6.5).

    The letter for 15 hours ends when the letter for 20 replaces it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(CreditProgram, on_delete=models.PROTECT, related_name="letters")
    educator = models.ForeignKey(User, on_delete=models.PROTECT, related_name="letters")
    micro_certification = models.ForeignKey(
        MicroCertification, on_delete=models.PROTECT, related_name="+"
    )
    attempt = models.ForeignKey(Attempt, on_delete=models.PROTECT, related_name="letters")
    number = models.PositiveIntegerField()
    hours = models.DecimalField(max_digits=6, decimal_places=2)
    issued_on = models.DateField()
    ended_on = models.DateField(null=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["program", "number"], name="credits_letter_number"),
            models.UniqueConstraint(
                fields=["program", "educator", "micro_certification"],
                condition=Q(ended_on=None),
                name="credits_letter_one_valid",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("letter", args=[self.public_id])

    @property
    def name(self) -> str:
        """The number as the letter prints it."""
        return f"{self.issued_on:%Y}-{self.number:05}"
