"""Which earlier drafts are kept: few enough to find one's way, never a lost paragraph."""

from datetime import datetime, timedelta
from itertools import takewhile

APART = timedelta(minutes=5)  # while someone types, a draft is kept this often
LOST = 80  # characters: a text that loses more in one save is kept at once


def worth_keeping(before: str, after: str, kept_at: datetime | None, now: datetime) -> bool:
    """Whether the text before this save should stay to be gone back to.

    The first draft to be replaced is kept, then one in five minutes, and always the one out of
    which a large piece was taken or overwritten. ``kept_at`` is when a draft was last kept.
    """
    if not before.strip() or before == after:
        return False
    if kept_at is None or now - kept_at >= APART:
        return True
    return lost(before, after) > LOST


def lost(before: str, after: str) -> int:
    """How many characters of the text before are not in the text after: one stretch is compared."""
    start = alike(before, after)
    rest, new = before[start:], after[start:]
    end = alike(rest[::-1], new[::-1])
    return len(rest) - end


def alike(first: str, second: str) -> int:
    """How many characters two texts have in common from their start."""
    pairs = zip(first, second, strict=False)
    return sum(1 for _pair in takewhile(lambda pair: pair[0] == pair[1], pairs))
