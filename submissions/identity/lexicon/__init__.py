"""What words mean besides a person: lists read once from the text files beside this one."""

from functools import cache
from pathlib import Path

from submissions.identity.folding import fold, folded_words

HERE = Path(__file__).resolve().parent
Phrase = tuple[str, ...]


def lines(name: str) -> list[str]:
    """The lines of a list that are not remarks."""
    rows = (HERE / name).read_text(encoding="utf-8").splitlines()
    return [row for row in rows if row and not row.startswith("#")]


@cache
def listed(name: str) -> frozenset[str]:
    """The single words of a list."""
    return frozenset(word for row in lines(f"{name}.txt") for word in row.split())


@cache
def cue_lists() -> dict[str, frozenset[str]]:
    """All lists of cues by their headings."""
    lists: dict[str, list[str]] = {}
    for row in lines("cues.txt"):
        if row.startswith("["):
            lists[row.strip("[]")] = words = []
        else:
            words += row.split()
    return {heading: frozenset(words) for heading, words in lists.items()}


def cue_words(heading: str) -> frozenset[str]:
    """The words under one heading of the cues."""
    return cue_lists()[heading]


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """For each given name, what else its owner may be called, and the other way round."""
    shorts = {}
    for entry in " ".join(lines("nicknames.txt")).split(";"):
        given, *rest = (fold(word) for word in entry.split())
        shorts[given] = frozenset(rest)
    forms = {name: set(others) for name, others in shorts.items()}
    for name, others in shorts.items():
        for short in others:
            more = {name} if short in shorts else {name, *others} - {short}
            forms.setdefault(short, set()).update(more)
    return {name: frozenset(others) for name, others in forms.items()}


@cache
def famous() -> frozenset[str]:
    """The words by which people known to all are spoken of: “Lincoln”, “Piaget”."""
    named = " ".join(lines("figures.txt")).replace(",", " ").split()
    return frozenset(fold(word) for word in named if word.startswith("*"))


@cache
def phrases() -> frozenset[Phrase]:
    """Names of known people, works and things, as folded words, two at least."""
    rows = [*lines("figures.txt"), *lines("works.txt")]
    named = (entry for row in rows for entry in row.replace("*", "").split(","))
    return frozenset(words for entry in named if len(words := folded_words(entry)) > 1)


@cache
def phrases_with() -> dict[str, tuple[tuple[Phrase, int], ...]]:
    """The phrases in which a word stands, each with its place in the phrase."""
    found: dict[str, list[tuple[Phrase, int]]] = {}
    for phrase in sorted(phrases(), key=lambda words: (-len(words), words)):
        for place, word in enumerate(phrase):
            found.setdefault(word, []).append((phrase, place))
    return {word: tuple(rows) for word, rows in found.items()}
