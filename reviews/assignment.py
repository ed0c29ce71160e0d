"""Who gets a seat: a pure choice over candidates (SAFETY T23, DESIGN 8.3)."""

from collections.abc import Iterable
from random import Random
from typing import NamedTuple


class Candidate(NamedTuple):
    """A reviewer as the choice sees one.

    ``is_barred``: the educator, a neighbor, someone with a conflict, or someone who has or had a
    seat in this round. ``scored_before``: had one of the two seats of the round before.
    """

    reviewer: int
    load: int = 0
    capacity: int = 5
    is_barred: bool = False
    is_present: bool = True
    scored_before: bool = False
    knows_subject: bool = True

    @property
    def is_free(self) -> bool:
        """Whether this reviewer may be given the seat at all."""
        return self.is_present and not self.is_barred and self.load < self.capacity


def choose(candidates: Iterable[Candidate], count: int, chance: Random) -> list[int]:
    """Up to ``count`` free reviewers: those who scored the round before, then the lowest load.

    Among equal loads those who know the subject come first; the rest is chance.
    """
    free = [candidate for candidate in candidates if candidate.is_free]
    chance.shuffle(free)
    free.sort(key=lambda one: (not one.scored_before, one.load, not one.knows_subject))
    return [candidate.reviewer for candidate in free[:count]]
