"""What staff see of reviews: rounds and seats, reviewers' load, figures.

Never of work that the person who looks must stay blind to, so no total tells either
(SAFETY T17, 2.49).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone

from portal.accounts.models import Association, User
from reviews import agreement
from reviews.models import SEATS, Review, Reviewer, rounds_in_care_of
from submissions.models import Submission

HUNDRED = 100
Rounds = QuerySet[Submission]


@dataclass(frozen=True)
class Figures:
    """First-time passes among first rounds, and how often the first two reviewers agree."""

    first_rounds: int
    first_passes: int
    agreement: agreement.Agreement

    @property
    def percent(self) -> float | None:
        """The first-time pass rate; about 40 across the country (FACTS 4.93)."""
        return self.first_passes / self.first_rounds * HUNDRED if self.first_rounds else None

    @property
    def is_small(self) -> bool:
        """Whether there are too few rounds for a rate to mean much."""
        return self.first_rounds < agreement.SMALL_SAMPLE


def today_for(staff: User) -> date:
    """The earliest of today's dates where this person works: nothing is called late too soon."""
    days = [association.today() for association in Association.objects.staffed_by(staff)]
    return min(days, default=timezone.localdate())


def open_rounds(staff: User) -> Rounds:
    """Rounds in review that this person looks after, oldest answer first."""
    mine = rounds_in_care_of(staff).filter(pk__in=Submission.objects.undecided())
    return mine.order_by("result_due_on", "public_id")


def waiting(rounds: Rounds, day: date) -> Rounds:
    """Those that lack a reviewer now."""
    held = Review.objects.seated().filter(submission=OuterRef("pk"), seat__gt=max(SEATS))
    third = Q(status=Submission.Status.ADJUDICATION) & ~Exists(held)
    return rounds.filter(Q(status=Submission.Status.WAITING) | third)


def overdue(rounds: Rounds, day: date) -> Rounds:
    """Those with a seat past its own date."""
    late = Review.objects.open().filter(submission=OuterRef("pk"), due_on__lt=day)
    return rounds.filter(Exists(late))


def with_third(rounds: Rounds, day: date) -> Rounds:
    """Those on which two reviewers disagreed."""
    return rounds.filter(status=Submission.Status.ADJUDICATION)


FILTERS: dict[str, Callable[[Rounds, date], Rounds]] = {
    "waiting": waiting,
    "overdue": overdue,
    "third": with_third,
}


def rounds(staff: User, shown: str = "") -> Rounds:
    """The rounds of the staff's list, with their seats; ``shown`` names one of ``FILTERS``."""
    found = open_rounds(staff)
    if narrow := FILTERS.get(shown):
        found = narrow(found, today_for(staff))
    seats = Review.objects.order_by("seat", "assigned_at").select_related("reviewer__user")
    return found.select_related(
        "attempt__micro_certification", "attempt__association"
    ).prefetch_related(Prefetch("reviews", seats))


def counts(staff: User) -> dict[str, int]:
    """How many rounds each filter finds."""
    found, day = open_rounds(staff), today_for(staff)
    return {name: narrow(found, day).count() for name, narrow in FILTERS.items()}


def attention(staff: User) -> int:
    """How many rounds want something of staff today: without a reviewer, or late."""
    found, day = open_rounds(staff), today_for(staff)
    lacking = waiting(found, day).values("pk")
    late = overdue(found, day).values("pk")
    return Submission.objects.filter(Q(pk__in=lacking) | Q(pk__in=late)).count()


def reviewers(staff: User, sought: str = "") -> QuerySet[Reviewer]:
    """Active reviewers with what they hold, have handed in and stepped aside from.

    ``sought`` is a piece of a name or of an e-mail address.
    """
    not_theirs = ~Q(reviews__submission__attempt__educator=staff)
    handed_in = Q(reviews__status=Review.Status.SUBMITTED) & not_theirs
    recused = Q(reviews__status=Review.Status.RECUSED) & not_theirs
    found = Reviewer.objects.active().exclude(user=staff)
    if sought:
        found = found.filter(Q(user__name__icontains=sought) | Q(user__email__icontains=sought))
    loaded = found.with_load(hidden_from=staff)
    return (
        loaded.annotate(
            handed_in=Count("reviews", filter=handed_in),
            stepped_aside=Count("reviews", filter=recused),
        )
        .select_related("user")
        .order_by("user__name", "pk")
    )


def figures(staff: User) -> Figures:
    """The figures over every decided round this person looks after."""
    decided = rounds_in_care_of(staff).filter(status=Submission.Status.DECIDED)
    first = decided.filter(round=1)
    return Figures(
        first_rounds=first.count(),
        first_passes=first.filter(outcome=Submission.Outcome.PASS).count(),
        agreement=agreement.statistics(pairs_of(decided)),
    )


def pairs_of(decided: Rounds) -> list[tuple[str, str]]:
    """The verdicts of the first two seats of each round."""
    sheets = Review.objects.filter(
        submission__in=decided, status=Review.Status.SUBMITTED, seat__in=SEATS
    )
    verdicts: dict[int, list[str]] = {}
    for round_id, verdict in sheets.order_by("seat").values_list("submission", "verdict"):
        verdicts.setdefault(round_id, []).append(verdict)
    return [(said[0], said[1]) for said in verdicts.values() if len(said) == len(SEATS)]
