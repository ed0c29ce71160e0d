"""Finding the answer someone may need among a few dozen questions."""

import re
from collections.abc import Iterable

from portal.support.models import FrequentQuestion

WORD = re.compile(r"[a-z0-9$']+")
ONE_THING = re.compile(r"micro[\s-]?(?:credential|certificat)\w*")
IDLE_WORDS = """
a an and are be can do does for from get how i if in is it me my of on or so the there to we what
when where who why will with you your
"""
IDLE = frozenset(IDLE_WORDS.split())


def words_of(text: str) -> set[str]:
    """The words that count; all names of a micro-certification are one word (DESIGN 2)."""
    plain = ONE_THING.sub("microcert", text.lower().replace("’", "'"))
    return set(WORD.findall(plain)) - IDLE


def holds(word: str, words: set[str]) -> bool:
    """Whether a word, or a longer one that begins with it, is among the words."""
    return any(other.startswith(word) for other in words)


def matches(entry: FrequentQuestion, wanted: set[str]) -> int:
    """How many of the wanted words an entry holds; a word of its question counts twice."""
    title = words_of(entry.question)
    body = words_of(f"{entry.topic} {entry.answer}")
    return sum(2 * holds(word, title) or holds(word, body) for word in wanted)


def find(entries: Iterable[FrequentQuestion], query: str) -> list[FrequentQuestion]:
    """The entries that hold a wanted word, best first; all of them when nothing is wanted."""
    entries = list(entries)
    wanted = words_of(query)
    if not wanted:
        return entries
    scored = [(matches(entry, wanted), entry) for entry in entries]
    best = sorted(scored, key=lambda pair: -pair[0])
    return [entry for score, entry in best if score]
