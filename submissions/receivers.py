"""What attempts do when they hear of money and memberships."""

from typing import Any

from django.dispatch import receiver

from portal.accounts.models import Membership, User
from portal.accounts.signals import membership_confirmed, membership_refused
from portal.payments.models import Charge
from portal.payments.signals import settled
from submissions import actions


@receiver(settled)
def open_attempt(sender: Any, charge: Charge, **kwargs: Any) -> None:
    """The application fee is settled: the clock may start."""
    actions.open_paid(charge)


@receiver(membership_confirmed)
def open_for_member(sender: Any, membership: Membership, by: User, **kwargs: Any) -> None:
    """A membership is confirmed: what waited for it opens, without a fee."""
    actions.open_for_member(membership, by=by)


@receiver(membership_refused)
def charge_refused(sender: Any, membership: Membership, **kwargs: Any) -> None:
    """A claim was not confirmed: the fee held back while it waited is due."""
    actions.charge_refused(membership)
