"""What sheets add up to: verdicts, the outcome of a round, and how often reviewers agree.

Pure: values in, values out. A verdict is derived and never typed (DESIGN 8.1).
"""

from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from submissions.models import Submission

PASS, NOT_YET = Submission.Outcome.PASS, Submission.Outcome.NOT_YET
MAJORITY = 2
SMALL_SAMPLE = 30  # below it a percentage says little, and pages say so
HUNDRED = 100


class Mark(NamedTuple):
    """What one reviewer saw for one criterion of a part."""

    part: int
    criterion: int
    meets_bar: bool


class Ruling(NamedTuple):
    """The decision of a round, and the ids of the parts that passed."""

    outcome: str
    passed: frozenset[int]


def verdict(marks: Collection[Mark]) -> str:
    """Pass where every scored criterion is at the bar, else not yet (FACTS 4.86, 4.87)."""
    return PASS if all(mark.meets_bar for mark in marks) else NOT_YET


def passed_parts(marks: Collection[Mark], parts: Collection[int]) -> frozenset[int]:
    """The parts of which no criterion is under the bar."""
    short = {mark.part for mark in marks if not mark.meets_bar}
    return frozenset(parts) - short


def majority(verdicts: Sequence[str]) -> str | None:
    """The verdict that two share; ``None`` while one is missing or a third must decide."""
    for outcome, count in Counter(verdicts).items():
        if count >= MAJORITY:
            return outcome
    return None


def rule(sheets: Sequence[Collection[Mark]], parts: Collection[int]) -> Ruling | None:
    """The decision of the sheets of a round, or ``None`` when two do not say the same.

    A part has passed when every reviewer of the majority passed it. ``parts`` are those scored in
    this round; parts carried from an earlier one have passed already (DESIGN 8.3).
    """
    outcome = majority([verdict(sheet) for sheet in sheets])
    if outcome is None:
        return None
    agreeing = [passed_parts(sheet, parts) for sheet in sheets if verdict(sheet) == outcome]
    return Ruling(outcome, frozenset.intersection(*agreeing))


class Agreement(NamedTuple):
    """How often two reviewers said the same, and Gwet's AC1: agreement beyond chance.

    ``percent`` and ``ac1`` are ``None`` where no round has two sheets.
    """

    rounds: int
    agreed: int
    percent: float | None
    ac1: float | None

    @property
    def is_small(self) -> bool:
        """Whether there are too few rounds for the figures to mean much."""
        return self.rounds < SMALL_SAMPLE


def statistics(pairs: Sequence[tuple[str, str]]) -> Agreement:
    """The agreement of pairs of verdicts (first two seats of each round).

    AC1 stays steady where nearly all verdicts are the same, which spoils Cohen's kappa: chance is
    2q(1-q), q being the share of passes among all verdicts.
    """
    if not pairs:
        return Agreement(0, 0, None, None)
    agreed = sum(first == second for first, second in pairs)
    observed = agreed / len(pairs)
    q = sum(said == PASS for pair in pairs for said in pair) / (2 * len(pairs))
    chance = 2 * q * (1 - q)
    return Agreement(len(pairs), agreed, observed * HUNDRED, (observed - chance) / (1 - chance))
