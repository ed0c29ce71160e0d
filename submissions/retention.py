"""What has been kept for its time: querysets of rows whose files and texts are to go."""

from datetime import date, datetime, timedelta

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


def kept_until(attempt: Attempt) -> date | None:
    """The last day on which a closed attempt can be read and taken home."""
    if attempt.closed_at is None or attempt.status not in CLOSED:
        return None
    rules = RetentionClass.objects.filter(since=Since.CLOSED)
    days = rules.filter(holds__in=[Holds.ORIGINAL, Holds.WRITING]).values_list("days", flat=True)
    if not days:
        return None
    end = attempt.closed_at + timedelta(days=min(days))
    return timezone.localdate(end, attempt.association.zone)
