"""The pool of reviewers as the choice for one round sees it."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from reviews.assignment import Candidate
from reviews.models import SEATS, THIRD_SEAT, Conflict, Review, Reviewer
from submissions.models import Submission

LOOKED_AT = 5  # rounds, by a probe that is asked every few seconds


def free_seats(submission: Submission) -> list[int]:
    """The seats of a round that nobody holds and that should be held now."""
    wanted: tuple[int, ...] = ()
    if submission.status in {Submission.Status.WAITING, Submission.Status.SCORING}:
        wanted = SEATS
    elif submission.status == Submission.Status.ADJUDICATION:
        wanted = (THIRD_SEAT,)
    taken = set(submission.reviews.seated().values_list("seat", flat=True))
    return [seat for seat in wanted if seat not in taken]


def candidates(submission: Submission, *, pool: Iterable[Reviewer]) -> list[Candidate]:
    """Every reviewer of the pool, with what speaks for and against a seat in this round."""
    barred, before, versed = (
        barred_from(submission),
        seated_before(submission),
        versed_in(submission),
    )
    educator, today = submission.attempt.educator, submission.attempt.today
    loads = Counter(Review.objects.open().values_list("reviewer", flat=True))
    return [
        Candidate(
            reviewer=one.pk,
            load=loads[one.pk],
            capacity=one.capacity,
            is_barred=one.pk in barred or one.user == educator or one.user.is_neighbor_of(educator),
            is_present=one.away_until is None or one.away_until < today,
            scored_before=one.pk in before,
            knows_subject=one.pk in versed,
        )
        for one in pool
    ]


def barred_from(submission: Submission) -> set[int]:
    """Reviewers with a conflict, and those who have or had a seat in this round."""
    conflicts = Conflict.objects.filter(educator=submission.attempt.educator_id)
    return {
        *conflicts.values_list("reviewer", flat=True),
        *submission.reviews.values_list("reviewer", flat=True),
    }


def seated_before(submission: Submission) -> set[int]:
    """The two who scored the last decided round; a third seat goes to someone new."""
    if submission.status == Submission.Status.ADJUDICATION:
        return set()
    decided = Submission.objects.filter(
        attempt=submission.attempt_id, status=Submission.Status.DECIDED
    )
    earlier = Review.objects.filter(
        submission__in=decided.order_by("-round").values("pk")[:1],
        status=Review.Status.SUBMITTED,
        seat__in=SEATS,
    )
    return set(earlier.values_list("reviewer", flat=True))


def versed_in(submission: Submission) -> set[int]:
    """Reviewers who named a stack of this micro-certification as their subject, or none at all."""
    named = Q(stacks__items__micro_certification=submission.attempt.micro_certification_id)
    return set(Reviewer.objects.filter(named | Q(stacks=None)).values_list("pk", flat=True))


def short_rounds() -> QuerySet[Submission]:
    """Rounds with a free seat, oldest first."""
    third = Review.objects.seated().filter(submission=OuterRef("pk"), seat=THIRD_SEAT)
    waits = Q(status=Submission.Status.WAITING)
    undecided = Q(status=Submission.Status.ADJUDICATION) & ~Exists(third)
    return Submission.objects.filter(waits | undecided).order_by("submitted_at")


def oldest_fillable() -> datetime | None:
    """When the oldest round was handed in that waits although somebody is free for it.

    A round for which nobody is free waits for people, which staff see; it says nothing of the
    health of the portal.
    """
    pool = list(Reviewer.objects.active().select_related("user"))
    short = short_rounds().select_related("attempt__educator", "attempt__association")
    for submission in short[:LOOKED_AT]:
        if any(candidate.is_free for candidate in candidates(submission, pool=pool)):
            return submission.submitted_at
    return None
