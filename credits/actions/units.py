"""An educator's application for units: drafted, sent, taken back (FACTS 2.5)."""

import uuid
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from credits.models import CreditProgram, HoursEntry, UnitApplication, UnitItem
from credits.requests import Wish
from credits.spending import allot
from portal import journal, mail
from portal.accounts.models import User
from portal.payments import actions as payments
from portal.payments.models import Charge
from portal.refusal import Refused


@transaction.atomic
def draft(key: uuid.UUID, wish: Wish, by: User) -> UnitApplication:
    """Keep an application to be sent later; the same form sent twice finds the same one.

    ``key`` comes with the form and becomes the public id.
    """
    if UnitApplication.objects.filter(public_id=key).exclude(educator=by).exists():
        raise Refused(_("This form is out of date. Please open it again; nothing was sent."))
    application, is_new = UnitApplication.objects.get_or_create(
        public_id=key,
        educator=by,
        defaults={
            "term": wish.term,
            "units": wish.units,
            "student_name": by.name,
            "date_of_birth": wish.date_of_birth or by.date_of_birth,
            "student_id": by.university_id,
        },
    )
    if is_new:
        journal.record("units drafted", of=application, by=by, units=wish.units)
    return application


@transaction.atomic
def apply(key: uuid.UUID, wish: Wish, by: User) -> UnitApplication:
    """Draft an application and send it at once."""
    return submit(draft(key, wish, by), by=by)


def locked(application: UnitApplication) -> UnitApplication:
    """The application as it is now, with its educator's ledger locked."""
    User.objects.select_for_update().get(pk=application.educator_id)
    applications = UnitApplication.objects.select_related(
        "educator", "term__program__association", "charge"
    )
    return applications.get(pk=application.pk)


@transaction.atomic
def submit(application: UnitApplication, by: User) -> UnitApplication:
    """Send an application: its hours are held, its fee is copied from the term.

    No documents are asked for (FACTS 4.120). A second click finds it sent already.
    """
    application = locked(application)
    if application.status != UnitApplication.Status.DRAFT:
        return application
    check_term(application)
    program = application.term.program
    lots = HoursEntry.objects.owned_by(by).filter(program=program).lots()
    check_units(application, program, sum((lot.hours for lot in lots), Decimal(0)))
    hours = application.units * (program.hours_per_unit or Decimal(0))
    UnitItem.objects.bulk_create(
        UnitItem(application=application, entry_id=lot.entry_id, hours=lot.hours)
        for lot in allot(lots, hours)
    )
    UnitApplication.lifecycle.move(
        application,
        UnitApplication.Status.SUBMITTED,
        submitted_at=timezone.now(),
        fee_per_unit_cents=application.term.fee_per_unit_cents,
    )
    journal.record("units applied for", of=application, by=by, units=application.units)
    mail.post("units_received", to=by.email, application=application)
    return application


def check_term(application: UnitApplication) -> None:
    """Refuse what comes before the term opens or after its deadline's last second."""
    term = application.term
    if term.is_open:
        return
    raise Refused(
        _("%(term)s takes applications from %(first)s to %(last)s.")
        % {
            "term": term.name,
            "first": f"{term.opens_on:%B %-d, %Y}",
            "last": f"{term.application_deadline:%B %-d, %Y}",
        }
        + " "
        + _("Your hours are safe: choose another term and use them there.")
    )


def check_units(application: UnitApplication, program: CreditProgram, unspent: Decimal) -> None:
    """Refuse more units than the unspent hours are worth, or than the term allows."""
    most = program.units_in(unspent)
    if not 1 <= application.units <= most:
        raise Refused(
            ngettext(
                "Your unspent hours are worth %(most)d unit at the moment.",
                "Your unspent hours are worth %(most)d units at the moment.",
                most,
            )
            % {"most": most}
            + " "
            + _("Nothing was sent; please change the number of units.")
        )
    check_cap(application)


def check_cap(application: UnitApplication) -> None:
    """Refuse more units in one term than it allows each educator."""
    term = application.term
    mine = term.applications.owned_by(application.educator)
    if term.unit_cap and mine.spending().units() + application.units > term.unit_cap:
        raise Refused(
            ngettext(
                "%(term)s allows each educator %(cap)d unit.",
                "%(term)s allows each educator %(cap)d units.",
                term.unit_cap,
            )
            % {"term": term.name, "cap": term.unit_cap}
            + " "
            + _("Nothing was sent; the rest can wait for another term.")
        )


@transaction.atomic
def withdraw(application: UnitApplication, by: User) -> None:
    """Take an application back before its fee is paid; its hours are free again.

    The charge is locked before the application moves, in the order in which paying goes, so that
    a payment at the same instant waits instead of blocking.
    """
    application = locked(application)
    charges = Charge.objects.select_for_update(of=("self",))
    owed = charges.filter(unit_application=application).first()
    close(application, UnitApplication.Status.WITHDRAWN, "", by)
    if owed is not None and owed.status == Charge.Status.DUE:
        payments.waive(owed, _("Application withdrawn"), by=by)


def close(application: UnitApplication, status: str, reason: str, by: User) -> None:
    """End an application and free its hours."""
    UnitApplication.lifecycle.move(application, status, reason=reason, settled_at=timezone.now())
    application.items.update(state=UnitItem.State.FREED)
    journal.record(f"application {status}", of=application, by=by)
