"""Seats: give, accept, decline, step aside, give to someone else."""

from datetime import date, timedelta
from secrets import SystemRandom
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import journal, mail
from portal.accounts.models import User
from portal.refusal import Refused
from reviews import blind
from reviews.assignment import choose
from reviews.models import SEATS, Conflict, Exhibit, Review, Reviewer
from reviews.pool import candidates, free_seats
from submissions.models import Submission

OWN_DAYS = 10  # FACTS 2.3: a reviewer's own date in a round of two weeks
STAND_IN_DAYS = 5  # at least, for whoever takes a seat over later
CHANCE = SystemRandom()


def locked(submission_id: int) -> Submission:
    """The round under a row lock: whoever counts its seats or sheets holds it."""
    rounds = Submission.objects.select_for_update(of=("self",))
    return rounds.select_related("attempt__educator", "attempt__association").get(pk=submission_id)


def locked_pool() -> list[Reviewer]:
    """All active reviewers under row locks, always in the same order.

    Two rounds handed in at once choose one after the other, so that loads are counted rightly.
    """
    active = Reviewer.objects.active().select_for_update(of=("self",), no_key=True)
    return list(active.select_related("user").order_by("pk"))


@transaction.atomic
def assign(submission: Submission) -> int:
    """Fill the free seats of a round; return how many were filled.

    Where nobody is free the round keeps waiting, staff see it, and the sweep tries again.
    """
    submission = locked(submission.pk)
    free = free_seats(submission)
    chosen = list[int]()
    if free:
        chosen = choose(candidates(submission, pool=locked_pool()), len(free), CHANCE)
    for seat, reviewer_id in zip(free, chosen, strict=False):
        take_seat(submission, seat, reviewer_id)
    settle_standing(submission)
    return len(chosen)


def take_seat(submission: Submission, seat: int, reviewer_id: int) -> Review:
    """Give one reviewer one seat, and the mail that says so."""
    review = Review.objects.create(
        submission=submission, reviewer_id=reviewer_id, seat=seat, due_on=own_date(submission)
    )
    evidence = submission.evidence.order_by("requirement__position", "received_at", "pk")
    Exhibit.objects.bulk_create(
        Exhibit(review=review, evidence=item, number=number)
        for number, item in enumerate(evidence, start=1)
    )
    journal.record("seat given", of=review, seat=seat)
    notify("review_assigned", review)
    return review


def own_date(submission: Submission) -> date:
    """Day 10 of the round; later for someone who takes a seat over."""
    attempt = submission.attempt
    handed_in = timezone.localdate(submission.submitted_at, attempt.association.zone)
    return max(handed_in + timedelta(days=OWN_DAYS), attempt.today + timedelta(days=STAND_IN_DAYS))


def notify(template: str, review: Review, **context: Any) -> None:
    """Write to a reviewer about a seat, once for each kind of news."""
    mail.post(
        template,
        to=review.reviewer.user.email,
        event=f"{template}:{review.public_id}",
        seat=blind.seat(review),
        **context,
    )


def settle_standing(submission: Submission) -> None:
    """A round is being scored while both seats are held, and waits while one is not."""
    filled = submission.reviews.seated().filter(seat__in=SEATS).count() == len(SEATS)
    if filled and submission.status == Submission.Status.WAITING:
        Submission.lifecycle.move(submission, Submission.Status.SCORING)
    elif not filled and submission.status == Submission.Status.SCORING:
        Submission.lifecycle.move(submission, Submission.Status.WAITING)


@transaction.atomic
def accept(review: Review, by: User) -> None:
    """Say yes to a seat; a second click changes nothing."""
    if review.status == Review.Status.ACCEPTED:
        return
    Review.lifecycle.move(review, Review.Status.ACCEPTED)
    journal.record("seat accepted", of=review, by=by)


@transaction.atomic
def decline(review: Review, reason: str, by: User) -> None:
    """Give a seat back with a reason; it goes to someone else at once where someone is free."""
    if not reason.strip():
        raise Refused(_("Please say in a few words why. The review is still yours."))
    give_up(review, Review.Status.DECLINED, by=by, reason=reason.strip())


@transaction.atomic
def recuse(review: Review, by: User) -> None:
    """Step aside on recognizing the educator: no blame, and never again for this person.

    The conflict is kept, so later rounds and attempts go to others; staff see the count
    (SAFETY 2.31).
    """
    give_up(review, Review.Status.RECUSED, by=by)
    Conflict.objects.get_or_create(
        reviewer=review.reviewer, educator=review.submission.attempt.educator
    )


def give_up(review: Review, to: str, by: User | None = None, **changes: Any) -> None:
    """End a seat unscored and find someone for it; what was drafted is kept."""
    submission = locked(review.submission_id)
    Review.lifecycle.move(review, to, **changes)
    journal.record(f"seat {to}", of=review, by=by)
    assign(submission)


@transaction.atomic
def standing_in(review: Review, reason: str, by: User | None = None) -> None:
    """Take a seat away from its holder, by staff or by the clock, and give it to someone else."""
    give_up(review, Review.Status.LAPSED, by=by, reason=reason)
    notify("review_lapsed", review)


@transaction.atomic
def lapse_open(submission: Submission) -> None:
    """End the open seats of a round that went back to its educator unscored."""
    for review in submission.reviews.open().select_related("reviewer__user"):
        Review.lifecycle.move(review, Review.Status.LAPSED, reason="returned")
        journal.record("seat lapsed", of=review)
        notify("review_lapsed", review, round_is_over=True)
