"""Who sat where in a round, and which parts each of them saw under the bar."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from portal.growing import Chance
from reviews.models import SEATS, THIRD_SEAT, Review, Reviewer
from submissions.growth import Round

DISPUTED = 0.08  # of the rounds in which the first two differ
EARLY = 0.4  # of the open rounds in which one of the two has handed in
Parts = frozenset[int]
FINE: Parts = frozenset()


class Seat(NamedTuple):
    """One seat; ``short`` are the parts under the bar, ``None`` where nothing was handed in."""

    number: int
    reviewer: Reviewer
    status: str
    assigned_at: datetime
    submitted_at: datetime | None = None
    short: Parts | None = None


def scored(latest: Round) -> list[int]:
    """The ids of the parts that a round scores."""
    return [row.part_id for row in latest.parts if not row.is_carried]


def some(parts: Sequence[int], chance: Chance) -> Parts:
    """At least one of these parts."""
    return frozenset(chance.sample(parts, chance.randint(1, len(parts))))


def other(short: Parts, latest: Round, chance: Chance) -> Parts:
    """What somebody saw who came to the other verdict."""
    return FINE if short else some(scored(latest), chance)


def moment(latest: Round, until: datetime, share: float) -> datetime:
    """A moment after this share of the time since a round was handed in."""
    began = latest.turn.submitted_at
    return (began + (until - began) * share).replace(microsecond=0)


def decided(latest: Round, reviewers: list[Reviewer], chance: Chance) -> list[Seat]:
    """Two who agree, or three of whom two do; together they say what the round says."""
    end = latest.turn.ended_at or latest.turn.submitted_at
    agreeing = [latest.short, some(sorted(latest.short), chance) if latest.short else FINE]
    chance.shuffle(agreeing)
    if len(reviewers) == len(SEATS):
        return first_two(latest, reviewers, agreeing, (moment(latest, end, 0.6), end))
    pair = [agreeing[0], other(latest.short, latest, chance)]
    chance.shuffle(pair)
    called = moment(latest, end, 0.6)
    third = Seat(THIRD_SEAT, reviewers[2], Review.Status.SUBMITTED, called, end, agreeing[1])
    times = moment(latest, end, 0.3), called
    return [*first_two(latest, reviewers, pair, times), third]


def first_two(
    latest: Round, reviewers: list[Reviewer], shorts: list[Parts], times: tuple[datetime, datetime]
) -> list[Seat]:
    """Both first seats, handed in."""
    given = latest.turn.submitted_at
    rows = zip(SEATS, reviewers, times, shorts, strict=False)
    return [
        Seat(number, one, Review.Status.SUBMITTED, given, at, short)
        for number, one, at, short in rows
    ]


def open_seats(
    latest: Round, reviewers: list[Reviewer], now: datetime, chance: Chance
) -> list[Seat]:
    """A round out for review: both seats open, one of them, or the third after two differed."""
    status = chance.choice(Review.OPEN)
    if len(reviewers) > len(SEATS):
        short = some(scored(latest), chance)
        pair = [short, FINE]
        chance.shuffle(pair)
        times = moment(latest, now, 0.4), moment(latest, now, 0.8)
        third = Seat(THIRD_SEAT, reviewers[2], status, times[1])
        return [*first_two(latest, reviewers, pair, times), third]
    given = latest.turn.submitted_at
    seats = [Seat(number, one, status, given) for number, one in zip(SEATS, reviewers, strict=True)]
    if chance.random() < EARLY:
        short = chance.choice([FINE, some(scored(latest), chance)])
        times = moment(latest, now, 0.7), now
        seats[0] = first_two(latest, reviewers, [short], times)[0]
    return seats


def lapsed(latest: Round, reviewers: list[Reviewer]) -> list[Seat]:
    """The seats of a round that went back unscored."""
    given = latest.turn.submitted_at
    return [
        Seat(number, one, Review.Status.LAPSED, given)
        for number, one in zip(SEATS, reviewers, strict=True)
    ]
