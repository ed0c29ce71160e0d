"""Which bytes of a file are asked for (RFC 9110, section 14): pure."""

import re
from typing import NamedTuple

ONE_RANGE = re.compile(
    r"bytes[ \t]*=[ \t]*(?P<first>[0-9]{0,30})-(?P<last>[0-9]{0,30})[ \t]*", re.IGNORECASE
)


class OutOfReach(Exception):
    """The range asked for holds no byte of the file."""


class Span(NamedTuple):
    """The first and the last byte of a stretch, both counted from 0 and both part of it."""

    first: int
    last: int

    @property
    def length(self) -> int:
        """How many bytes it has."""
        return self.last - self.first + 1


def span_asked_for(header: str, size: int) -> Span | None:
    """The one stretch that a Range header asks for; ``None`` is the whole file.

    The whole file is also the answer to what can't be read, to another unit, and to several
    ranges at once. Raises ``OutOfReach`` where the range is in order but behind the end.
    """
    found = ONE_RANGE.fullmatch(header.strip(" \t"))
    if found is None:
        return None
    first, last = found["first"], found["last"]
    if not first:
        return from_the_end(last, size)
    if last and int(last) < int(first):
        return None
    if int(first) >= size:
        raise OutOfReach
    return Span(int(first), min(int(last or size), size - 1))


def from_the_end(count: str, size: int) -> Span | None:
    """The last bytes of a file; the whole where no number is given or the file is empty."""
    if not count or not size:
        return None
    if not int(count):
        raise OutOfReach
    return Span(max(0, size - int(count)), size - 1)
