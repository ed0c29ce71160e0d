"""Rules about rounds and their seats that are always true (SAFETY section 3, I4 and I5)."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q

from reviews import agreement, sheets
from reviews.models import SEATS, THIRD_SEAT, Review, Score
from submissions.models import Submission

CHUNK = 200
HANDED_IN = Q(reviews__status=Review.Status.SUBMITTED)


def crowded_rounds() -> Iterator[str]:
    """I4: at most two reviewers score a round, and a third only where the two disagreed."""
    third = Q(reviews__seat=THIRD_SEAT) & ~Q(reviews__status__in=Review.GIVEN_UP)
    verdicts = Count(
        "reviews__verdict", filter=HANDED_IN & Q(reviews__seat__in=SEATS), distinct=True
    )
    rounds = Submission.objects.annotate(thirds=Count("reviews", filter=third), verdicts=verdicts)
    for one in rounds.filter(thirds__gt=0).exclude(verdicts=2):
        yield f"Round {one.public_id} has a third reviewer, though the two did not disagree."


def partial_reviewers() -> Iterator[str]:
    """I4: nobody scores their own work, and no open seat is held by a neighbor or acquaintance."""
    own = Review.objects.filter(reviewer__user=F("submission__attempt__educator"))
    for review in own:
        yield f"Review {review.public_id} is held by the educator."
    people = Review.objects.open().select_related("reviewer__user", "submission__attempt__educator")
    for review in people.iterator():
        if review.reviewer.user.is_neighbor_of(review.submission.attempt.educator):
            yield f"Review {review.public_id} is held by a neighbor of the educator."


def doubled_sheets() -> Iterator[str]:
    """I5: one sheet for each reviewer and seat of a round."""
    kept = Review.objects.seated()
    twin = kept.filter(submission=OuterRef("submission")).exclude(pk=OuterRef("pk"))
    same = twin.filter(Q(seat=OuterRef("seat")) | Q(reviewer=OuterRef("reviewer")))
    for review in kept.filter(Exists(same)):
        yield f"Review {review.public_id} shares its seat or its reviewer."


def disagreeing_decisions() -> Iterator[str]:
    """I5: a decided round says what its sheets say, and each sheet what its scores say."""
    handed_in = Review.objects.filter(status=Review.Status.SUBMITTED).prefetch_related(
        Prefetch("scores", Score.objects.select_related("level", "criterion"))
    )
    decided = Submission.objects.filter(status=Submission.Status.DECIDED)
    rounds = decided.prefetch_related("parts", Prefetch("reviews", handed_in))
    for one in rounds.iterator(chunk_size=CHUNK):
        said = {review: sheets.marks(review.scores.all()) for review in one.reviews.all()}
        for review, marks in said.items():
            if review.verdict != agreement.verdict(marks):
                yield f"Review {review.public_id} says {review.verdict}, its scores do not."
        yield from wrong_decision(one, agreement.rule(list(said.values()), parts_scored(one)))


def parts_scored(submission: Submission) -> set[int]:
    """The ids of the parts that a round scored."""
    return {row.part_id for row in submission.parts.all() if not row.is_carried}


def wrong_decision(submission: Submission, ruling: agreement.Ruling | None) -> Iterator[str]:
    """What of a decision does not follow from its sheets."""
    if ruling is None:
        yield f"Round {submission.public_id} is decided without two sheets that agree."
        return
    carried = {row.part_id for row in submission.parts.all() if row.is_carried}
    passed = {row.part_id for row in submission.parts.all() if row.passed}
    if submission.outcome != ruling.outcome or passed != ruling.passed | carried:
        yield f"Round {submission.public_id} was decided otherwise than by its sheets."


def stuck_rounds() -> Iterator[str]:
    """I5: a round whose sheets are all in is decided; none waits for nobody."""
    both = Count("reviews", filter=HANDED_IN & Q(reviews__seat__in=SEATS))
    third = Count("reviews", filter=HANDED_IN & Q(reviews__seat=THIRD_SEAT))
    rounds = Submission.objects.undecided().annotate(both=both, third=third)
    early = [Submission.Status.WAITING, Submission.Status.SCORING]
    for one in rounds.filter(Q(status__in=early, both=len(SEATS)) | Q(third__gt=0)):
        yield f"Round {one.public_id} has all its sheets and no decision."
