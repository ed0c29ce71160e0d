"""What can be done about a charge."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import journal
from portal.accounts.models import User
from portal.payments import signals
from portal.payments.models import Charge
from portal.refusal import Refused


def charge(payer: User, **fields: Any) -> Charge:
    """Ask a person for money: ``association``, ``purpose``, ``description``, ``amount_cents``."""
    owed = Charge.objects.create(payer=payer, **fields)
    journal.record("charged", of=owed, by=payer, amount_cents=owed.amount_cents)
    return owed


def pay(owed: Charge, reference: str, by: User) -> None:
    """Record that the money arrived: a check, a card taken by phone, a transfer."""
    settle(owed, Charge.Status.PAID, reference, by)


def waive(owed: Charge, reason: str, by: User) -> None:
    """Let the person off; the reason is kept."""
    settle(owed, Charge.Status.WAIVED, reason, by)


@transaction.atomic
def settle(owed: Charge, status: str, reference: str, by: User) -> None:
    """Close a charge and tell whoever waits for it; refuses without a reference or reason."""
    if not reference.strip():
        raise Refused(_("Please write a reference or a reason. The charge is still due."))
    Charge.lifecycle.move(
        owed, status, settled_at=timezone.now(), settled_by=by, reference=reference.strip()
    )
    journal.record(f"charge {status}", of=owed, by=by)
    signals.settled.send(Charge, charge=owed)


@transaction.atomic
def refund(owed: Charge, reason: str, by: User) -> None:
    """Record that the money went back."""
    Charge.lifecycle.move(owed, Charge.Status.REFUNDED, reference=reason[:80])
    journal.record("charge refunded", of=owed, by=by)
