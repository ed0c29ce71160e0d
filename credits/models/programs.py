"""Credit programs and their terms: every rule of a program is a value of its row (FACTS 6.7)."""

import re
import uuid
from datetime import date, datetime
from decimal import Decimal
from typing import Self

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from catalog.models import Collection, MicroCertification
from credits.spending import units_in
from portal.accounts.models import Association, User


class CreditProgramQuerySet(models.QuerySet["CreditProgram"]):
    """Programs by who runs them and what counts in them."""

    def in_care_of(self, staff: User) -> Self:
        """Those of the associations this person works for."""
        return self.filter(association__staff=staff)

    def accepting(self, micro_certification: MicroCertification) -> Self:
        """Those in which this micro-certification counts (FACTS 4.126, 4.137)."""
        mine = Q(collection__micro_certifications=micro_certification)
        stacked = Q(collection__stacks__micro_certifications=micro_certification)
        return self.filter(Q(collection=None) | mine | stacked).distinct()

    def open_to(self, association: Association, *, is_member: bool) -> Self:
        """Those of an association that such an educator may use (FACTS A25)."""
        programs = self.filter(association=association)
        return programs if is_member else programs.filter(membership_required=False)


class CreditProgram(models.Model):
    """A way in which hours count elsewhere: university units, state hours, or a letter.

    Hours are decimal. ``hours_on_attainment`` are added to ``hours_on_completion``. A program
    with ``issue_within_days`` has its hours released by staff; without, they count at once.
    ``excludes`` names programs whose use of the same work forbids it here (FACTS A31).
    """

    class Kind(models.TextChoices):
        """What the hours become."""

        UNITS = "units", _("University units")
        STATE_HOURS = "state_hours", _("State hours")
        LETTER = "letter", _("Letter")

    class Identifier(models.TextChoices):
        """Which field of a person identifies them to the program."""

        PPID = "ppid", _("Professional Personnel ID")
        UNIVERSITY = "university_id", _("Student ID")

    code = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    summary = models.TextField()
    association = models.ForeignKey(
        Association, on_delete=models.PROTECT, related_name="credit_programs"
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    collection = models.ForeignKey(
        Collection, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    membership_required = models.BooleanField(default=True)
    hours_on_completion = models.DecimalField(max_digits=5, decimal_places=2)
    hours_on_attainment = models.DecimalField(max_digits=5, decimal_places=2)
    hours_per_unit = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    unit_label = models.CharField(max_length=40)
    issue_within_days = models.PositiveSmallIntegerField(null=True, blank=True)
    identifier = models.CharField(max_length=16, choices=Identifier.choices, blank=True)
    identifier_label = models.CharField(max_length=80, blank=True)
    identifier_pattern = models.CharField(max_length=40, blank=True)
    consent_required = models.BooleanField(default=False)
    provider_number = models.CharField(max_length=20, blank=True)
    columns = models.JSONField(default=list, blank=True)  # names of credits.rows
    steps = models.JSONField(default=list, blank=True)  # what to do elsewhere, in order
    notes = models.JSONField(default=list, blank=True)
    links = models.JSONField(default=list, blank=True)  # [{"label": ..., "url": ...}]
    excludes = models.ManyToManyField("self", symmetrical=False, blank=True)
    retention_days = models.PositiveSmallIntegerField(default=90)  # SAFETY 7.3

    objects = CreditProgramQuerySet.as_manager()

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="units", hours_per_unit__gt=0)
                | (~Q(kind="units") & Q(hours_per_unit=None)),
                name="credits_creditprogram_units_have_hours",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def totals(self) -> set[Decimal]:
        """The only sums one micro-certification can earn here: nothing, completed, attained."""
        completed = self.hours_on_completion
        return {Decimal(0), completed, completed + self.hours_on_attainment}

    def units_in(self, hours: Decimal) -> int:
        """How many whole units these hours are worth; none where the program has no units."""
        return units_in(hours, self.hours_per_unit) if self.hours_per_unit else 0

    def takes(self, identifier: str) -> bool:
        """Whether a text has the form of this program's identifier."""
        return re.fullmatch(self.identifier_pattern, identifier) is not None

    def identifier_of(self, person: User) -> str:
        """What identifies a person to the program; nothing where it is not known."""
        return str(getattr(person, self.identifier)) if self.identifier else ""


class Consent(models.Model):
    """That an educator lets their hours be reported to the state (FACTS 6.4)."""

    educator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="credit_consents")
    program = models.ForeignKey(CreditProgram, on_delete=models.CASCADE, related_name="consents")
    given_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["educator", "program"], name="credits_consent_once"),
        )

    def __str__(self) -> str:
        return f"{self.program}, {date_format(self.given_at)}"


class TermQuerySet(models.QuerySet["Term"]):
    """Terms by program and date."""

    def in_care_of(self, staff: User) -> Self:
        """Those of programs of the associations this person works for."""
        return self.filter(program__association__staff=staff)

    def open_on(self, day: date) -> Self:
        """Those that take applications on a local day of their association."""
        return self.filter(opens_on__lte=day, application_deadline__gte=day)


class Term(models.Model):
    """A term of a program: until when to apply, and what a unit costs (FACTS 4.123-4.125).

    ``set_by_staff`` says that the dates are the staff's own, not yet the university's.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    program = models.ForeignKey(CreditProgram, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(max_length=40)
    academic_year = models.CharField(max_length=9)
    opens_on = models.DateField(_("opens on"))
    application_deadline = models.DateField(_("last day to apply"))
    fee_per_unit_cents = models.PositiveIntegerField(_("fee for each unit, in cents"))
    unit_cap = models.PositiveSmallIntegerField(
        _("most units for one educator"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Leave empty where there is no limit."),
    )
    set_by_staff = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True, blank=True)

    objects = TermQuerySet.as_manager()

    class Meta:
        ordering = ("application_deadline",)
        constraints = (
            models.UniqueConstraint(fields=["program", "name"], name="credits_term_name"),
            models.CheckConstraint(
                condition=Q(opens_on__lte=models.F("application_deadline")),
                name="credits_term_opens_before_it_closes",
                violation_error_message=_("The term must open before its last day to apply."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def closes_at(self) -> datetime:
        """The last instant of the deadline's day, where the association is (FACTS A29)."""
        return self.program.association.end_of(self.application_deadline)

    @property
    def is_open(self) -> bool:
        """Whether an application received now is in time."""
        return self.opens_on <= self.program.association.today() <= self.application_deadline

    @property
    def is_over(self) -> bool:
        """Whether its deadline has passed."""
        return timezone.now() > self.closes_at

    def fee_for(self, units: int) -> int:
        """What this many units cost, in cents; nothing is rounded (SAFETY 7.7)."""
        return units * self.fee_per_unit_cents
