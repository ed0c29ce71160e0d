"""Start, open after payment, withdraw."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Edition, MicroCertification
from portal import journal, mail
from portal.accounts.actions import standing_of
from portal.accounts.models import Association, Membership, User
from portal.payments import actions as payments
from portal.payments.models import Charge
from portal.refusal import Refused
from submissions.actions.time import reset_batch
from submissions.deadlines import clock_from
from submissions.models import Attempt, Progress


@transaction.atomic
def start(micro_certification: MicroCertification, by: User) -> Attempt:
    """Begin six months with the published edition; a second click finds the same attempt.

    Membership is captured here. A non-member owes the application fee first (FACTS 4.47), and
    the clock starts when it is paid or waived; while a claim of membership waits for staff,
    nothing is owed yet. An attempt whose time is over is reset first.
    """
    edition = Edition.objects.published().filter(micro_certification=micro_certification).first()
    if edition is None:
        raise Refused(_("This micro-certification can’t be started at the moment."))
    if by.association is None:
        raise Refused(_("Choose your association on your profile first, then click Start again."))
    reset_batch(Attempt.objects.owned_by(by).filter(micro_certification=micro_certification))
    standing = standing_of(by, by.association)
    attempt, is_new = Attempt.objects.live().get_or_create(
        educator=by,
        micro_certification=micro_certification,
        defaults=opening(edition, by.association, standing),
    )
    if is_new:
        journal.record("started", of=attempt, by=by, was_member=attempt.was_member)
        go_on(attempt, standing)
    return attempt


def opening(edition: Edition, association: Association, standing: str) -> dict[str, Any]:
    """The fields of a new attempt: the clock runs at once for members only."""
    was_member = standing == Membership.Status.ACTIVE
    fields = {"edition": edition, "association": association, "was_member": was_member}
    if not was_member:
        return fields | {"status": Attempt.Status.FEE_DUE}
    return fields | clock_from(timezone.now(), association)


def go_on(attempt: Attempt, standing: str) -> None:
    """What follows a Start, by the educator's standing as a member."""
    if standing == Membership.Status.ACTIVE:
        lay_out(attempt)
    elif standing == Membership.Status.CLAIMED:
        mail.post("membership_awaited", to=attempt.educator.email, attempt=attempt)
    else:
        ask_for_fee(attempt)


def ask_for_fee(attempt: Attempt) -> None:
    """Charge the non-member's application fee: once for the attempt, rounds are free."""
    fee = payments.charge(
        attempt.educator,
        association=attempt.association,
        purpose=Charge.Purpose.APPLICATION,
        description=attempt.micro_certification.title,
        amount_cents=attempt.association.application_fee_cents,
    )
    Attempt.objects.filter(pk=attempt.pk).update(charge=fee)
    attempt.charge = fee
    mail.post("fee_due", to=attempt.educator.email, attempt=attempt, charge=fee)


def lay_out(attempt: Attempt) -> None:
    """Make the five rows of the requirements page and tell the educator the due date."""
    Progress.objects.bulk_create(
        Progress(attempt=attempt, part=part) for part in attempt.edition.parts.all()
    )
    mail.post("attempt_started", to=attempt.educator.email, attempt=attempt)


@transaction.atomic
def open_paid(charge: Charge) -> None:
    """Start the clock of the attempt that a settled charge was for, if it was for one."""
    attempt = Attempt.objects.filter(charge=charge, status=Attempt.Status.FEE_DUE).first()
    if attempt is not None:
        start_clock(attempt, "opened after payment")


def start_clock(attempt: Attempt, event: str) -> None:
    """Let the six months of an attempt begin now that nothing stands in their way."""
    clock = clock_from(timezone.now(), attempt.association)
    Attempt.lifecycle.move(attempt, Attempt.Status.IN_PROGRESS, **clock)
    journal.record(event, of=attempt)
    lay_out(attempt)


@transaction.atomic
def open_for_member(membership: Membership, by: User) -> None:
    """Open what was begun while this membership waited; a fee asked for before is waived."""
    for attempt in Attempt.objects.held_up_for(membership).select_related("charge"):
        Attempt.objects.filter(pk=attempt.pk).update(was_member=True)
        if attempt.charge is None:
            start_clock(attempt, "opened for a member")
        else:
            payments.waive(attempt.charge, _("Membership confirmed"), by=by)


@transaction.atomic
def charge_refused(membership: Membership) -> None:
    """Ask for the fees that were held back while this claim waited; it was not confirmed."""
    for attempt in Attempt.objects.held_up_for(membership).filter(charge=None):
        ask_for_fee(attempt)


@transaction.atomic
def withdraw(attempt: Attempt, by: User) -> None:
    """Give an attempt up; what was written stays readable, a fee still due is dropped."""
    Attempt.lifecycle.move(attempt, Attempt.Status.WITHDRAWN, closed_at=timezone.now())
    journal.record("withdrawn", of=attempt, by=by)
    if attempt.charge is not None and attempt.charge.status == Charge.Status.DUE:
        payments.waive(attempt.charge, _("Withdrawn before the clock started"), by=by)
