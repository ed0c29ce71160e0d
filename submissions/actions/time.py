"""What the passing of time does to attempts."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal import journal, mail
from submissions import signals
from submissions.deadlines import REMINDER_DAYS
from submissions.models import Attempt, AttemptQuerySet

BATCH = 500


def reset_overdue() -> int:
    """Reset every attempt whose six months are over; return how many.

    Set-based: the filter of the update is its own compare-and-swap, so an attempt that is handed
    in at the same moment is either in review or reset, never both (SAFETY T20).
    """
    total = 0
    while done := reset_batch():
        total += done
    return total


@transaction.atomic
def reset_batch(among: AttemptQuerySet | None = None) -> int:
    """Reset up to ``BATCH`` overdue attempts, skipping those that are being changed just now.

    ``among`` narrows it down to some, such as those of one person.
    """
    now = timezone.now()
    some = Attempt.objects.all() if among is None else among
    overdue = some.overdue(now).select_for_update(skip_locked=True, of=("self",))
    attempts = list(
        overdue.order_by("pk").select_related("educator", "micro_certification")[:BATCH]
    )
    ids = [attempt.pk for attempt in attempts]
    Attempt.objects.overdue(now).filter(pk__in=ids).update(
        status=Attempt.Status.RESET, closed_at=now
    )
    for attempt in attempts:
        attempt.status = Attempt.Status.RESET
        signals.reset.send(Attempt, attempt=attempt)
    journal.record_all("reset", of=attempts)
    mail.post_all(
        "attempt_reset",
        [
            mail.Letter(attempt.educator.email, f"reset:{attempt.public_id}", {"attempt": attempt})
            for attempt in attempts
        ],
    )
    return len(attempts)


def remind() -> int:
    """Write the 30, 7 and 1 day reminders that are due; return how many."""
    return sum(remind_of(days) for days in sorted(REMINDER_DAYS))


@transaction.atomic
def remind_of(days: int) -> int:
    """Remind whoever has at most ``days`` left and was not reminded of that yet."""
    now = timezone.now()
    due = Attempt.objects.editable().filter(
        Q(reminded=None) | Q(reminded__gt=days),
        due_at__gte=now,
        due_at__lt=now + timedelta(days=days),
    )
    attempts = list(
        due.select_for_update(skip_locked=True, of=("self",)).select_related(
            "educator", "micro_certification"
        )[:BATCH]
    )
    Attempt.objects.filter(pk__in=[attempt.pk for attempt in attempts]).update(reminded=days)
    mail.post_all("attempt_due", [reminder(attempt, days) for attempt in attempts])
    return len(attempts)


def reminder(attempt: Attempt, days: int) -> mail.Letter:
    """The mail that so many days are left: once for each due date."""
    event = f"due:{attempt.public_id}:{attempt.due_on}:{days}"
    return mail.Letter(attempt.educator.email, event, {"attempt": attempt, "days": days})
