"""What has been kept for its time: querysets of rows whose files and texts are to go."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from submissions.models import (
    Attempt,
    Evidence,
    Response,
    RetentionClass,
    Revision,
    SubmittedPart,
)

Holds, Since = RetentionClass.Holds, RetentionClass.Since
CLOSED = (Attempt.Status.RESET, Attempt.Status.WITHDRAWN, Attempt.Status.DENIED)


def limit_of(rule: RetentionClass, now: datetime) -> datetime:
    """What ended before this moment has been kept for its time."""
    return now - timedelta(days=rule.days)


def ended(rule: RetentionClass, now: datetime) -> QuerySet[Attempt]:
    """The attempts whose end lies far enough back."""
    status = [Attempt.Status.PASSED] if rule.since == Since.PASSED else list(CLOSED)
    return Attempt.objects.filter(status__in=status, closed_at__lt=limit_of(rule, now))


def due_originals(rule: RetentionClass, now: datetime) -> QuerySet[Evidence]:
    """Originals that still lie in the vault."""
    return Evidence.objects.filter(attempt__in=ended(rule, now)).exclude(vault_key="")


def due_copies(rule: RetentionClass, now: datetime) -> QuerySet[Evidence]:
    """Files and links of which anything is left."""
    mine = Evidence.objects.filter(attempt__in=ended(rule, now))
    return mine.exclude(status=Evidence.Status.DELETED)


def due_removed(rule: RetentionClass, now: datetime) -> QuerySet[Evidence]:
    """Files taken out again; what a round shows goes with its attempt."""
    gone = Evidence.objects.filter(
        status=Evidence.Status.REMOVED, removed_at__lt=limit_of(rule, now)
    )
    return gone.filter(submissions=None)


def due_answers(rule: RetentionClass, now: datetime) -> QuerySet[Response]:
    """Answers of the attempts that ended."""
    return Response.objects.filter(progress__attempt__in=ended(rule, now))


def due_rounds(rule: RetentionClass, now: datetime) -> QuerySet[SubmittedPart]:
    """Parts of rounds that still hold their texts."""
    parts = SubmittedPart.objects.filter(submission__attempt__in=ended(rule, now))
    return parts.exclude(Q(answers=[]) & Q(submission__note=""))


def due_revisions(rule: RetentionClass, now: datetime) -> QuerySet[Revision]:
    """Earlier drafts."""
    return Revision.objects.filter(saved_at__lt=limit_of(rule, now))


def days_kept() -> int | None:
    """For how many days a closed attempt can be read whole; nothing where no rule ends that."""
    rules = RetentionClass.objects.filter(since=Since.CLOSED)
    days = rules.filter(holds__in=[Holds.ORIGINAL, Holds.WRITING]).values_list("days", flat=True)
    return min(days, default=None)


def mark_kept(attempts: Iterable[Attempt]) -> None:
    """Set ``kept_until`` of those that are closed: the last day to read and take them home."""
    ends = [(row, row.closed_at) for row in attempts if row.closed_at and row.status in CLOSED]
    days = days_kept() if ends else None
    if days is None:
        return
    for row, end in ends:
        row.kept_until = timezone.localdate(end + timedelta(days=days), row.association.zone)
