"""What the passing of time does to reviews; each function may run any number of times."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower, Trim
from django.utils import timezone

from portal.accounts.models import Association
from reviews.actions.assignment import OWN_DAYS, assign, locked, notify, standing_in
from reviews.models import Conflict, Review
from reviews.pool import short_rounds

REPLACE_DAYS = 14  # FACTS 4.85: the round's own date
BATCH = 500
LATE, STRANDED = "late", "stranded"


def open_by_zone(days_late: int) -> Iterator[QuerySet[Review]]:
    """Open seats whose own date is this many days ago or more, one association's day at a time."""
    for association in Association.objects.all():
        day = association.today() - timedelta(days=days_late)
        mine = Review.objects.open().filter(submission__attempt__association=association)
        yield mine.filter(due_on__lte=day)


def remind_due() -> int:
    """Write to reviewers whose own date has come, once for each seat; return how many."""
    return sum(remind_these(due) for due in open_by_zone(0))


@transaction.atomic
def remind_these(due: QuerySet[Review]) -> int:
    """Remind of up to ``BATCH`` seats, skipping those that are being changed just now."""
    waiting = due.filter(reminded_at=None).select_for_update(skip_locked=True, of=("self",))
    reviews = list(waiting.select_related("reviewer__user").order_by("pk")[:BATCH])
    ids = [review.pk for review in reviews]
    Review.objects.filter(pk__in=ids).update(reminded_at=timezone.now())
    for review in reviews:
        notify("review_due", review)
    return len(reviews)


def replace_overdue() -> int:
    """Give seats that are four days past their own date to someone else; return how many."""
    return sum(
        replace(pk, LATE)
        for late in open_by_zone(REPLACE_DAYS - OWN_DAYS)
        for pk in list(late.order_by("due_on").values_list("pk", flat=True)[:BATCH])
    )


@transaction.atomic
def replace(review_id: int, reason: str) -> int:
    """Replace the holder of one seat unless the sheet came in a moment ago."""
    submission_id = Review.objects.values_list("submission", flat=True).get(pk=review_id)
    locked(submission_id)
    review = Review.objects.open().select_related("reviewer__user").filter(pk=review_id).first()
    if review is None:
        return 0
    standing_in(review, reason)
    return 1


def free_stranded() -> int:
    """Take open seats from reviewers who left, or who have come to know the educator."""
    knows = Conflict.objects.filter(
        reviewer=OuterRef("reviewer"), educator=OuterRef("submission__attempt__educator")
    )
    stranded = neighbors(Review.objects.open()).filter(
        Q(Exists(knows))
        | Q(reviewer__is_active=False)
        | Q(reviewer__user__is_active=False)
        | Q(same_school=True)
        | Q(same_district=True)
    )
    return sum(replace(pk, STRANDED) for pk in list(stranded.values_list("pk", flat=True)[:BATCH]))


def neighbors(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """Add ``same_school`` and ``same_district``: whether both people name the same one."""
    educator, reviewer = "submission__attempt__educator__", "reviewer__user__"
    named = reviews.alias(
        school=Lower(Trim(F(f"{reviewer}school"))), district=Lower(Trim(F(f"{reviewer}district")))
    )
    return named.alias(
        same_school=Q(school=Lower(Trim(F(f"{educator}school")))) & ~Q(school=""),
        same_district=Q(district=Lower(Trim(F(f"{educator}district")))) & ~Q(district=""),
    )


def fill_seats() -> int:
    """Try again for every round that waits for a reviewer; return how many seats were filled."""
    return sum(assign(submission) for submission in short_rounds()[:BATCH])
