"""A text as its words: where each one stands, and what the signs around it say."""

import re
from functools import cached_property
from typing import NamedTuple

from submissions.identity.folding import OWNED, WORD, fold
from submissions.identity.lexicon import cue_words

ENDS = re.compile(r"[.!?…:;\n\r•|\"“”(\[]|[-–—]\s|\s[-–—]")
FULL_STOP = re.compile(r"[.!?…;•]|\n\s*\n")
JOINS = re.compile(r"[ \t\u00a0._\n\r]{1,3}|\s?[-‐‑–]\s?")
SPACE = re.compile(r"[ \t\u00a0]{1,2}|\r?\n")
SHORTENED = cue_words("shortened")
REACH = 12


class Word(NamedTuple):
    """One word: ``end`` leaves out an ’s, ``stop`` does not."""

    folded: str
    start: int
    end: int
    stop: int
    is_capital: bool


class Text:
    """A text read once; every rule looks its words up by what they are."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.words: list[Word] = []
        self.places: dict[str, list[int]] = {}
        for found in WORD.finditer(raw):
            self.add(found.group(), found.start())

    def add(self, seen: str, start: int) -> None:
        """Take in one word."""
        stop = start + len(seen)
        end = stop
        if not seen.isascii() or "'" in seen or "`" in seen:
            end -= len(found.group()) if (found := OWNED.search(seen)) else 0
        folded = fold(seen)
        self.places.setdefault(folded, []).append(len(self.words))
        self.words.append(Word(folded, start, end, stop, seen[0].isupper()))

    def __len__(self) -> int:
        return len(self.words)

    def at(self, place: int) -> str:
        """The folded word at a place, empty beyond the ends."""
        return self.words[place].folded if 0 <= place < len(self.words) else ""

    def is_capital(self, place: int) -> bool:
        """Whether the word begins with a capital letter."""
        return 0 <= place < len(self.words) and self.words[place].is_capital

    def are_capital(self, start: int, end: int) -> bool:
        """Whether every word of a stretch begins with a capital letter or is a number."""
        return all(word.is_capital or word.folded.isdigit() for word in self.words[start:end])

    def is_shouted(self, place: int) -> bool:
        """Whether the word is written in capital letters only."""
        if not 0 <= place < len(self.words):
            return False
        word = self.words[place]
        return self.raw[word.start : word.end].isupper()

    def owns(self, place: int) -> bool:
        """Whether the word carries an ’s, or an apostrophe after its own s."""
        if not 0 <= place < len(self.words):
            return False
        word = self.words[place]
        return word.end != word.stop or self.raw[word.stop : word.stop + 1] in {"'", "’"}

    def gap(self, place: int) -> str:
        """What stands between a word and the one before it."""
        before = self.words[place - 1].stop if place > 0 else 0
        after = self.words[place].start if place < len(self.words) else len(self.raw)
        return self.raw[before:after]

    def is_next(self, place: int) -> bool:
        """Whether only a space parts the word at this place from the one before it."""
        return 0 < place < len(self.words) and bool(SPACE.fullmatch(self.gap(place)))

    def joins(self, place: int) -> bool:
        """Whether the word at this place may go on with a name that the word before it began."""
        return 0 < place < len(self.words) and bool(JOINS.fullmatch(self.gap(place)))

    def matches(self, place: int, words: tuple[str, ...]) -> bool:
        """Whether these words stand here, one joined to the next."""
        if place < 0 or place + len(words) > len(self.words):
            return False
        return all(self.at(place + step) == word for step, word in enumerate(words)) and all(
            self.joins(place + step) for step in range(1, len(words))
        )

    def find(self, words: tuple[str, ...]) -> list[tuple[int, int]]:
        """Where these words stand, as (first, behind the last)."""
        starts = self.places.get(words[0], []) if words else []
        return [(start, start + len(words)) for start in starts if self.matches(start, words)]

    def begins(self, place: int) -> bool:
        """Whether a capital letter is expected here whatever the word: a beginning of any kind."""
        if place <= 0:
            return True
        return bool(ENDS.search(self.gap(place))) and not self.is_abbreviated(place - 1)

    def parts(self, place: int) -> bool:
        """Whether a sentence ends before this word."""
        if place <= 0 or place >= len(self.words):
            return True
        return bool(FULL_STOP.search(self.gap(place))) and not self.is_abbreviated(place - 1)

    def is_abbreviated(self, place: int) -> bool:
        """Whether a dot behind this word is no full stop."""
        if not self.gap(place + 1).startswith(". "):
            return self.gap(place + 1) == "."
        word = self.at(place)
        return word in SHORTENED or (len(word) == 1 and self.is_capital(place))

    def around(self, start: int, end: int, reach: int = REACH) -> list[int]:
        """The places near a stretch, within its sentence."""
        first, last = start, end
        while first > max(0, start - reach) and not self.parts(first):
            first -= 1
        while last < min(len(self), end + reach) and not self.parts(last):
            last += 1
        return [*range(first, start), *range(end, last)]

    @cached_property
    def lines(self) -> list[int]:
        """Where each line begins."""
        return [0, *(found.end() for found in re.finditer("\n", self.raw))]
