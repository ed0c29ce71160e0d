"""At which stage an attempt is, and the days on which it got there: pure, counted back from now."""

from datetime import datetime, timedelta
from typing import NamedTuple

from portal.growing import Chance
from submissions.models import Attempt, Submission

Status = Attempt.Status
PASS, NOT_YET = Submission.Outcome.PASS, Submission.Outcome.NOT_YET
OPEN, RETURNED = "open", "returned"  # rounds without an outcome

SCORED = (4, 13)  # days a round is with its reviewers
REWORKED = (6, 20)  # days from a not yet to the next round
WRITTEN = (20, 90)  # days from the start to the first round
GIVEN_UP = (5, 100)  # days from the start to a withdrawal


class Stage(NamedTuple):
    """A stage, how many of a hundred attempts are in it, and what led there.

    ``last`` is how many days ago its last event was; of what was reset, and of what has no round
    yet, how many days ago it began. ``not_yets`` are the odds of none, one, two rounds that came
    back; ``end`` is what came of the round after them, if there was one.
    """

    status: str
    share: int
    last: tuple[float, float]
    not_yets: tuple[int, ...] = (1,)
    end: str = ""


# what is closed but not passed is deleted after 90 days, what passed after 365 (retention)
STAGES = (
    Stage(Status.IN_PROGRESS, 16, (0.1, 178)),
    Stage(Status.IN_REVIEW, 8, (0.1, 8.5), (70, 25, 5), OPEN),
    Stage(Status.NOT_YET, 11, (0.2, 25), (0, 80, 20)),
    Stage(Status.RETURNED, 2, (0.2, 25), (90, 10), RETURNED),
    Stage(Status.PASSED, 44, (1, 350), (60, 32, 8), PASS),
    Stage(Status.WITHDRAWN, 5, (1, 80)),
    Stage(Status.RESET, 13, (187, 264), (70, 30)),
    Stage(Status.DENIED, 1, (1, 80), (1,), RETURNED),
)
FEE_DUE = Stage(Status.FEE_DUE, 15, (0.1, 30))  # of a hundred that owe the fee


class Turn(NamedTuple):
    """A round of a story: when it was handed in, and when and how it ended."""

    outcome: str
    submitted_at: datetime
    ended_at: datetime | None


class Timeline(NamedTuple):
    """When an attempt began, its rounds, and when it was closed by hand."""

    began_at: datetime
    turns: tuple[Turn, ...] = ()
    closed_at: datetime | None = None


def choose(chance: Chance, *, is_member: bool) -> Stage:
    """A stage by its share; only someone who owes the fee can wait for it to be paid."""
    stages = STAGES if is_member else (*STAGES, FEE_DUE)
    return chance.choices(stages, [stage.share for stage in stages])[0]


def timeline(stage: Stage, now: datetime, chance: Chance) -> Timeline:
    """The days of one attempt, so that its stage is what it is now."""
    last = chance.moment(now, *stage.last)
    count = chance.choices(range(len(stage.not_yets)), stage.not_yets)[0]
    outcomes = [NOT_YET] * count + [stage.end] * bool(stage.end)
    if stage.status == Status.RESET:
        return Timeline(last, tuple(rounds_after(last, outcomes, chance)))
    if stage.status == Status.WITHDRAWN:
        return Timeline(last - days(chance, GIVEN_UP), closed_at=last)
    if not outcomes:
        return Timeline(last)
    turns = rounds_before(last, outcomes, chance)
    closed_at = last if stage.status in {Status.PASSED, Status.DENIED} else None
    return Timeline(turns[0].submitted_at - days(chance, WRITTEN), turns, closed_at)


def days(chance: Chance, span: tuple[int, int]) -> timedelta:
    """A length of time within a span of days, to the second."""
    return timedelta(seconds=int(chance.uniform(*span) * 86400))


def rounds_before(last: datetime, outcomes: list[str], chance: Chance) -> tuple[Turn, ...]:
    """Rounds of which the last one ended, or was handed in and is open, at ``last``."""
    turns: list[Turn] = []
    for outcome in reversed(outcomes):
        ended_at = None if outcome == OPEN else last
        submitted_at = last - days(chance, SCORED) if ended_at else last
        turns.append(Turn(outcome, submitted_at, ended_at))
        last = submitted_at - days(chance, REWORKED)
    return tuple(reversed(turns))


def rounds_after(began_at: datetime, outcomes: list[str], chance: Chance) -> list[Turn]:
    """Rounds early enough that the date of what was reset stayed six months after its start."""
    if not outcomes:
        return []
    submitted_at = began_at + days(chance, WRITTEN)
    return [Turn(outcomes[0], submitted_at, submitted_at + days(chance, SCORED))]
