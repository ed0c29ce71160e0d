"""The step of ``grow``: two reviewers for every round, a third where they differ."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import timezone

from portal.growing import Batch, insert
from portal.vocabulary import Writer
from reviews.actions.assignment import OWN_DAYS, STAND_IN_DAYS
from reviews.growth import seats, sheet
from reviews.growth.pool import Pool, reviewers_for
from reviews.growth.seats import Seat
from reviews.models import SEATS, Exhibit, Review, Reviewer, Score
from submissions.growth import Round, Story
from submissions.models import Submission

Status = Submission.Status
LAPSED = "returned"


class Book:
    """The seats of one batch, what each was shown, and what was said from it."""

    def __init__(self, batch: Batch, writer: Writer) -> None:
        self.now, self.writer = batch.now, writer
        self.known = batch.once(sheet.nothing_known)
        self.reviews: list[Review] = []
        self.exhibits: list[Exhibit] = []
        self.scores: list[Score] = []
        self.standing: dict[str, list[Submission]] = {Status.SCORING: [], Status.ADJUDICATION: []}

    def note(self, latest: Round, taken: list[Seat]) -> None:
        """Write down the seats of one round, and how the round stands with them."""
        for seat in taken:
            self.note_seat(latest, seat)
        if is_open(latest):
            status = Status.SCORING if len(taken) == len(SEATS) else Status.ADJUDICATION
            self.standing[status].append(latest.submission)

    def note_seat(self, latest: Round, seat: Seat) -> None:
        """Write down one seat, its exhibits and its sheet or draft."""
        review = self.review(latest, seat)
        self.reviews.append(review)
        self.exhibits += [
            Exhibit(
                review=review,
                evidence=item,
                number=number,
                token=self.writer.chance.public_id(),
            )
            for number, item in enumerate(latest.evidence, start=1)
        ]
        if seat.short is not None:
            self.scores += sheet.whole(review, latest.parts, seat.short, self.writer, self.known)
        elif seat.status == Review.Status.SCORING:
            part = next(row for row in latest.parts if not row.is_carried)
            self.scores += sheet.draft(review, part, self.writer, self.known)

    def review(self, latest: Round, seat: Seat) -> Review:
        """The row of one seat."""
        verdict = ""
        if seat.short is not None:
            outcome = Submission.Outcome
            verdict = outcome.NOT_YET if seat.short else outcome.PASS
        return Review(
            public_id=self.writer.chance.public_id(),
            submission=latest.submission,
            reviewer=seat.reviewer,
            seat=seat.number,
            status=seat.status,
            verdict=verdict,
            comment=self.writer.text(sheet.OVERALL) if verdict else "",
            assigned_at=seat.assigned_at,
            submitted_at=seat.submitted_at,
            due_on=own_date(latest, seat),
            reason=LAPSED if seat.status == Review.Status.LAPSED else "",
        )

    def store(self) -> int:
        """Store all of it; return how many rows."""
        for status, rounds in self.standing.items():
            Submission.objects.filter(pk__in=[one.pk for one in rounds]).update(status=status)
        return insert(self.reviews, self.exhibits, self.scores)


def own_date(latest: Round, seat: Seat) -> date:
    """Day 10 of the round; later for the third, who is called later."""
    zone = latest.submission.attempt.association.zone
    handed_in = timezone.localdate(latest.turn.submitted_at, zone)
    called = timezone.localdate(seat.assigned_at, zone)
    return max(handed_in + timedelta(days=OWN_DAYS), called + timedelta(days=STAND_IN_DAYS))


def grow_reviews(batch: Batch) -> int:
    """Reviewers, seats and sheets for the rounds of this batch."""
    told: list[Story] = [story for story in batch.rows["stories"] if story.rounds]
    if not told:
        return 0
    reviewers = reviewers_for(batch, sum(is_open(story.rounds[-1]) for story in told))
    writer = Writer(batch.chance(Review))
    book, pool = Book(batch, writer), Pool(reviewers, writer.chance)
    for story in told:
        for latest, taken in seated(story, pool, batch):
            book.note(latest, taken)
    return 3 * len(reviewers) + book.store()


def is_open(latest: Round) -> bool:
    """Whether a round is out for review."""
    return latest.submission.status == Status.WAITING


def seated(story: Story, pool: Pool, batch: Batch) -> Iterator[tuple[Round, list[Seat]]]:
    """The seats of every round of an attempt: the same two people throughout (DESIGN 8.3)."""
    educator = story.attempt.educator
    pair = pool.choose(educator, len(SEATS))
    for latest in story.rounds:
        yield latest, seats_of(latest, pair, pool, batch)


def seats_of(latest: Round, pair: list[Reviewer], pool: Pool, batch: Batch) -> list[Seat]:
    """The seats of one round."""
    if latest.submission.status == Status.RETURNED:
        return seats.lapsed(latest, pair)
    called = list(pair)
    if pool.chance.random() < seats.DISPUTED:
        called += pool.choose(latest.submission.attempt.educator, 1, pair)
    if not is_open(latest):
        return seats.decided(latest, called, pool.chance)
    taken = seats.open_seats(latest, called, batch.now, pool.chance)
    pool.load.update(seat.reviewer.pk for seat in taken if seat.submitted_at is None)
    return taken
