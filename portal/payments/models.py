"""Charges: money owed to an association."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Association, Membership, User
from portal.lifecycle import Lifecycle


class ChargeQuerySet(models.QuerySet["Charge"]):
    """Charges by standing."""

    def due(self) -> Self:
        """Those still owed."""
        return self.filter(status=Charge.Status.DUE)

    def owned_by(self, user: User) -> Self:
        """Those this person pays."""
        return self.filter(payer=user)

    def for_list(self) -> Self:
        """With the people and the association, the oldest first."""
        return self.select_related("payer", "association").order_by("created_at", "pk")

    def with_claim(self) -> Self:
        """Add ``is_claimed``: staff still have to confirm the payer's membership."""
        claims = Membership.objects.claimed().filter(
            user=models.OuterRef("payer"), association=models.OuterRef("association")
        )
        return self.annotate(is_claimed=models.Exists(claims))

    def in_care_of(self, staff: User) -> Self:
        """Those of the associations this person works for."""
        return self.filter(association__staff=staff)

    def count_due_for(self, staff: User) -> int:
        """How many are still owed to this person's associations."""
        return self.in_care_of(staff).due().count()


class Charge(models.Model):
    """Money one person owes an association for one thing; what it is for points at it.

    The amount is whole cents, copied from the rule of the day and never changed.
    """

    class Purpose(models.TextChoices):
        """What money is owed for."""

        APPLICATION = "application", _("Non-member application fee")
        UNITS = "units", _("University unit fee")

    class Status(models.TextChoices):
        """Where a charge stands."""

        DUE = "due", _("Due")
        PAID = "paid", _("Paid")
        WAIVED = "waived", _("Waived")
        REFUNDED = "refunded", _("Refunded")

    lifecycle = Lifecycle(
        {Status.DUE: (Status.PAID, Status.WAIVED), Status.PAID: (Status.REFUNDED,)}
    )

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    payer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="charges")
    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="charges")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    description = models.CharField(max_length=200)
    amount_cents = models.PositiveIntegerField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.DUE)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="charges_settled"
    )
    reference = models.CharField(_("check number or other reference"), max_length=80, blank=True)

    is_claimed: bool  # from with_claim

    objects = ChargeQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(status="due", settled_at=None)
                | (~models.Q(status="due") & models.Q(settled_at__isnull=False)),
                name="payments_charge_settled_when_not_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}: {self.get_status_display()}"

    @property
    def is_put_off(self) -> bool:
        """Whether nothing is to be paid yet: a confirmed membership would waive this fee."""
        is_fee = self.purpose == self.Purpose.APPLICATION
        return is_fee and self.status == self.Status.DUE and self.is_claimed
