"""What changed between two texts, word by word: pure."""

import re
from difflib import SequenceMatcher
from itertools import chain
from typing import NamedTuple

SAME, ADDED, REMOVED = "same", "added", "removed"
WORD = re.compile(r"\s*\S+|\s+$")
MOST_WORDS = 4000  # for longer texts whole lines are compared, which stays quick


class Change(NamedTuple):
    """A run of text that stayed, came, or went."""

    kind: str
    text: str


def tokens(text: str, *, by_line: bool) -> list[str]:
    """The text in pieces that join to it again."""
    return text.splitlines(keepends=True) if by_line else WORD.findall(text)


def changes(before: str, after: str) -> tuple[Change, ...]:
    """The runs that lead from one text to the other; none where they are equal."""
    if before == after:
        return ()
    by_line = max(len(before.split()), len(after.split())) > MOST_WORDS
    old, new = tokens(before, by_line=by_line), tokens(after, by_line=by_line)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    runs = (
        step(kind, "".join(old[a:b]), "".join(new[c:d]))
        for kind, a, b, c, d in matcher.get_opcodes()
    )
    return tuple(chain.from_iterable(runs))


def step(kind: str, old: str, new: str) -> list[Change]:
    """One step of the matcher as runs: what went stands before what came."""
    if kind == "equal":
        return [Change(SAME, new)]
    return [change for change in (Change(REMOVED, old), Change(ADDED, new)) if change.text]
