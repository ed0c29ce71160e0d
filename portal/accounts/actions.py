"""What people and staff can do about accounts and memberships."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import journal, mail
from portal.accounts import signals
from portal.accounts.models import Association, Membership, User
from portal.refusal import Refused


@transaction.atomic
def change_profile(user: User, changes: dict[str, Any]) -> None:
    """Store what a person changed about themselves; the journal names fields, never values."""
    for field, value in changes.items():
        setattr(user, field, value)
    user.save(update_fields=list(changes))
    journal.record("profile changed", of=user, by=user, fields=sorted(changes))


@transaction.atomic
def claim_membership(user: User, association: Association, number: str) -> Membership:
    """Say that one belongs to an association; staff confirm it later.

    Claiming again after a refusal or a lapse puts the claim back in the staff's queue; while it
    waits, claiming again corrects the number.
    """
    membership, is_new = Membership.objects.select_for_update().get_or_create(
        user=user, association=association, defaults={"number": number}
    )
    if not is_new and membership.status in {Membership.Status.LAPSED, Membership.Status.REFUSED}:
        Membership.lifecycle.move(membership, Membership.Status.CLAIMED, number=number)
    if membership.status == Membership.Status.CLAIMED:
        Membership.objects.filter(pk=membership.pk).update(number=number)
        membership.number = number
    journal.record("membership claimed", of=membership, by=user)
    return membership


@transaction.atomic
def settle_membership(membership: Membership, status: str, by: User) -> None:
    """Confirm, refuse or end a membership, and tell the person."""
    Membership.lifecycle.move(membership, status, settled_at=timezone.now())
    journal.record(f"membership {status}", of=membership, by=by)
    mail.post(
        "membership_settled",
        to=membership.user.email,
        membership=membership,
        is_active=status == Membership.Status.ACTIVE,
    )
    if status == Membership.Status.ACTIVE:
        signals.membership_confirmed.send(Membership, membership=membership, by=by)
    elif status == Membership.Status.REFUSED:
        signals.membership_refused.send(Membership, membership=membership)


def count_claims(staff: User) -> int:
    """How many memberships wait for this person to confirm them."""
    return Membership.objects.in_care_of(staff).of_verified_people().claimed().count()


def standing_of(user: User, association: Association) -> str:
    """The status of the person's membership in the association now; empty without one.

    The row is held until the transaction ends, so that staff who settle it at the same moment
    find whatever was begun on the strength of this answer.
    """
    mine = user.memberships.select_for_update().filter(association=association)
    return mine.values_list("status", flat=True).first() or ""


@transaction.atomic
def import_roster(association: Association, rows: list[tuple[str, str]], by: User) -> int:
    """Make active every person on the association's roster of (e-mail, member number).

    Returns how many memberships became active. Addresses without an account are left out: their
    owners claim membership when they sign up. Refuses a roster with an empty address.
    """
    if any("@" not in email for email, _number in rows):
        raise Refused(_("Each line needs an e-mail address and a member number. Nothing changed."))
    numbers = {email.strip().lower(): number.strip() for email, number in rows}
    changed = 0
    for user in User.objects.filter(email__in=numbers):
        membership, _is_new = Membership.objects.get_or_create(
            user=user, association=association, defaults={"number": numbers[user.email]}
        )
        if membership.status != Membership.Status.ACTIVE:
            settle_membership(membership, Membership.Status.ACTIVE, by=by)
            changed += 1
    return changed


def count_strangers(rows: list[tuple[str, str]]) -> int:
    """How many addresses of a roster have no account."""
    emails = {email.strip().lower() for email, _number in rows}
    return len(emails) - User.objects.filter(email__in=emails).count()
