"""Staff check an application against the ledger; its fee is charged (FACTS 4.121-4.123)."""

from collections.abc import Iterator
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credits.actions.release import require_reason
from credits.actions.units import close, locked
from credits.models import HoursEntry, UnitApplication, UnitItem
from portal import journal, mail
from portal.accounts.models import User
from portal.payments import actions as payments
from portal.payments.models import Charge
from portal.refusal import Refused


@transaction.atomic
def verify(application: UnitApplication, by: User) -> None:
    """Confirm the hours from the portal's own ledger, recomputed now, and ask for the fee.

    Nothing is uploaded and nothing re-typed. A second click finds it verified.
    """
    application = locked(application)
    if application.status in UnitApplication.VERIFIED_ON:
        return
    if words := list(troubles(application)):
        raise Refused(" ".join([*words, _("Nothing was changed. Reject it with a reason.")]))
    UnitApplication.lifecycle.move(
        application,
        UnitApplication.Status.VERIFIED,
        verified_at=timezone.now(),
        verified_by=by,
        verified_hours=held_hours(application),
        charge=ask_for_fee(application),
    )
    journal.record("application verified", of=application, by=by)
    mail.post("units_verified", to=application.educator.email, application=application)
    if not application.fee_cents and application.charge:
        payments.waive(application.charge, _("No fee in this term"), by=by)


def held_hours(application: UnitApplication) -> Decimal:
    """The hours the application holds."""
    items = application.items.filter(state=UnitItem.State.HELD)
    return sum(items.values_list("hours", flat=True), Decimal(0))


def troubles(application: UnitApplication) -> Iterator[str]:
    """Yield a sentence for each thing in the ledger that doesn't bear the application out."""
    lines = HoursEntry.objects.filter(items__application=application)
    for line in lines.exclude(status__in=HoursEntry.RELEASED, hold=""):
        yield _("“%(line)s” does not count: %(status)s.") % {
            "line": line,
            "status": line.get_hold_display() or line.get_status_display(),
        }
    for line in HoursEntry.objects.filter(pk__in=[line.pk for line in lines]).overspent():
        yield _("“%(line)s” is spent more than once.") % {"line": line}
    per_unit = application.term.program.hours_per_unit or Decimal(0)
    if held_hours(application) != application.units * per_unit:
        yield _("The hours held don’t add up to the units.")


def ask_for_fee(application: UnitApplication) -> Charge:
    """Charge units times the fee copied when the application was sent."""
    return payments.charge(
        application.educator,
        association=application.term.program.association,
        purpose=Charge.Purpose.UNITS,
        description=f"{application.term.program}, {application.term}"[:200],
        amount_cents=application.fee_cents,
    )


@transaction.atomic
def reject(application: UnitApplication, reason: str, by: User) -> None:
    """Turn an application down with a reason; its hours are free again."""
    require_reason(reason)
    application = locked(application)
    close(application, UnitApplication.Status.REJECTED, reason.strip(), by)
    mail.post("units_rejected", to=application.educator.email, application=application)


@transaction.atomic
def mark_paid(charge: Charge) -> None:
    """Let the application go on whose fee was settled, if the charge was for one."""
    application = UnitApplication.objects.filter(
        charge=charge, status=UnitApplication.Status.VERIFIED
    ).first()
    if application is not None:
        UnitApplication.lifecycle.move(application, UnitApplication.Status.PAID)
        journal.record("application paid", of=application)


def reveal(application: UnitApplication, by: User) -> dict[str, str]:
    """Hand out what identifies the student, and write down who looked (SAFETY 7.2)."""
    journal.record("identity revealed", of=application, by=by)
    return {
        "date_of_birth": application.date_of_birth,
        "student_id": application.student_id,
    }
