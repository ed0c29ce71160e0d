"""Uploads that were broken off, as the page of Part 2 offers them to be taken up again."""

from dataclasses import dataclass

from submissions import parts
from submissions.models import Attempt, Upload


@dataclass(frozen=True)
class Unfinished:
    """A file of which some bytes are there."""

    upload: Upload
    there: int

    @property
    def percent(self) -> int:
        """How much of it is there."""
        return 100 * self.there // self.upload.size


def unfinished_of(attempt: Attempt) -> list[Unfinished]:
    """Every upload of an attempt that may still be taken up."""
    store = parts.store()
    return [Unfinished(one, store.offset(one)) for one in attempt.uploads.under_way()]
