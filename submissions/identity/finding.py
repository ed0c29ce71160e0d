"""What a rule finds in a text."""

from typing import NamedTuple

CERTAIN, DOUBTFUL = "certain", "doubtful"


class Finding(NamedTuple):
    """A stretch of a text that may tell who its author is, and what could stand there instead."""

    rule: str
    certainty: str
    start: int
    end: int
    phrase: str
    suggestion: str

    @property
    def is_certain(self) -> bool:
        """Whether there is no doubt that it tells."""
        return self.certainty == CERTAIN
