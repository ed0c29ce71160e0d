"""What attempts do when they hear of money."""

from typing import Any

from django.dispatch import receiver

from portal.payments.models import Charge
from portal.payments.signals import settled
from submissions import actions


@receiver(settled)
def open_attempt(sender: Any, charge: Charge, **kwargs: Any) -> None:
    """The application fee is settled: the clock may start."""
    actions.open_paid(charge)
