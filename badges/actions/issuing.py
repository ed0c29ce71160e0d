"""Issue and revoke: a badge for a pass, a badge for a finished stack."""

import uuid
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from badges import openbadges, tasks
from badges.actions.library import badge_class_of
from badges.models import Assertion, BadgeClass
from catalog.models import Edition, MicroCertification, Stack
from portal import journal, mail
from portal.accounts.models import Association, User
from portal.celery import wake
from portal.refusal import Refused
from submissions.models import Attempt, Submission

SMALLEST_STACK = 2  # a stack of one would say the same thing twice
PUBLISHED = Edition.Status.PUBLISHED


@transaction.atomic
def issue(submission: Submission) -> Assertion:
    """Issue the badge that a pass has earned, and the stack's if it was the last one missing.

    A second call finds the same badge (SAFETY T21). Refuses a round that did not pass.
    """
    if submission.outcome != Submission.Outcome.PASS:
        raise Refused(_("A badge is issued for a pass only. Nothing was issued."))
    attempt = submission.attempt
    holder = locked(attempt.educator_id)
    badge_class = badge_class_of(attempt.micro_certification)
    assertion = award(badge_class, holder, attempt.association, attempt)
    for stack in finished_stacks(holder, attempt.micro_certification):
        award(badge_class_of(stack), holder, attempt.association)
    return assertion


@transaction.atomic
def issue_stack(stack: Stack, holder: User) -> Assertion:
    """Issue the badge of a stack to someone who has earned all that is in it; else refuse."""
    holder = locked(holder.pk)
    first = stack.items.first()
    finished = finished_stacks(holder, first.micro_certification) if first else []
    if stack not in finished or holder.association is None:
        raise Refused(_("This stack is not finished yet. Nothing was issued."))
    return award(badge_class_of(stack), holder, holder.association)


def locked(holder_id: int) -> User:
    """The holder under a lock, so that of two passes at once one sees the other's badge.

    The lock lets rows that merely point at the person be written meanwhile.
    """
    return User.objects.select_for_update(no_key=True).get(pk=holder_id)


def award(
    badge_class: BadgeClass, holder: User, association: Association, attempt: Attempt | None = None
) -> Assertion:
    """The one assertion of this badge for this person: written now, told by mail, then baked."""
    salt = uuid.uuid4().hex
    assertion, is_new = Assertion.objects.get_or_create(
        recipient=holder,
        badge_class=badge_class,
        defaults={
            "recipient_name": holder.name,
            "attempt": attempt,
            "salt": salt,
            "identity": openbadges.hashed(holder.email, salt),
            "issued_on": day_of_issue(timezone.now(), association.zone),
        },
    )
    if is_new:
        journal.record("badge issued", of=assertion)
        mail.post(
            "badge_issued",
            to=holder.email,
            event=f"badge:{assertion.public_id}",
            assertion=assertion,
        )
        wake(tasks.bake, assertion.pk)
    return assertion


def day_of_issue(now: datetime, zone: ZoneInfo) -> datetime:
    """An instant that tells the local day and not the time (SAFETY 2.45): noon UTC of that day.

    Before that noon the day's own beginning, for no validator takes an instant to come.
    """
    day = timezone.localdate(now, zone)
    noon = datetime.combine(day, time(12), UTC)
    return noon if noon <= now else datetime.combine(day, time(), zone).astimezone(UTC)


def finished_stacks(holder: User, last: MicroCertification) -> list[Stack]:
    """The stacks with ``last`` in them of which the holder has earned all that can be started."""
    earned = Assertion.objects.owned_by(holder).issued().filter(badge_class__stack=None)
    missing = MicroCertification.objects.filter(editions__status=PUBLISHED).exclude(
        badge_class__in=earned.values("badge_class")
    )
    return list(
        Stack.objects.filter(pk__in=last.items.values("stack"))
        .exclude(items__micro_certification__in=missing)
        .annotate(size=Count("items"))
        .filter(size__gte=SMALLEST_STACK)
    )


@transaction.atomic
def revoke(assertion: Assertion, reason: str, by: User) -> None:
    """Take a badge back for good; its address says so and why. Badges built on it go as well.

    The reason is public. Refuses to revoke without one, or twice.
    """
    if not reason.strip():
        raise Refused(_("Please give the reason: it will stand on the badge’s page."))
    locked(assertion.recipient_id)
    Assertion.lifecycle.move(
        assertion,
        Assertion.Status.REVOKED,
        revoked_at=timezone.now(),
        revocation_reason=reason.strip(),
    )
    journal.record("badge revoked", of=assertion, by=by)
    mail.post(
        "badge_revoked",
        to=assertion.recipient.email,
        event=f"badge revoked:{assertion.public_id}",
        assertion=assertion,
    )
    for built in stack_badges_on(assertion):
        revoke(built, _("One of the badges it was made of was revoked."), by)


def stack_badges_on(assertion: Assertion) -> list[Assertion]:
    """The same person's badges of stacks that this badge is a part of."""
    part = assertion.badge_class.micro_certification
    if part is None:
        return []
    badges = Assertion.objects.owned_by(assertion.recipient).issued().with_class()
    return list(badges.filter(badge_class__stack__in=part.items.values("stack")))


def revoke_denied(attempt: Attempt, by: User) -> None:
    """Revoke what an attempt had earned before it was denied; the reason stays between us."""
    for assertion in attempt.assertions.issued().with_class():
        revoke(assertion, _("The evidence behind this badge no longer stands."), by)
