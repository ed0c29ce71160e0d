"""How much a word proves by itself: a name no one else has, or a word of everyday English."""

from enum import IntEnum
from functools import lru_cache

from submissions.identity import lexicon

SHORT = 2


class Weight(IntEnum):
    """From everyday words up to words that are nothing but names."""

    WORD = 0  # hope, reading, young
    KNOWN = 1  # Lincoln, Charlotte, Fresno: somebody or something else as well
    RARE_WORD = 2  # alder, weaver: a word, but with a capital letter most often a name
    NAME = 3  # Whitfield


@lru_cache(maxsize=10_000)
def weigh(word: str) -> Weight:
    """What one folded word proves."""
    if len(word) <= SHORT and not word.isdigit():
        return Weight.WORD
    if is_ordinary(word):
        return Weight.WORD
    if word in lexicon.famous() or word in lexicon.listed("characters"):
        return Weight.KNOWN
    if word in lexicon.listed("places"):
        return Weight.KNOWN
    return Weight.RARE_WORD if word in lexicon.listed("rarer") else Weight.NAME


def weigh_all(words: tuple[str, ...]) -> Weight:
    """What several words prove together: two everyday words are already something rare."""
    if len(words) == 1:
        return weigh(words[0])
    if "".join(words) in lexicon.listed("places") or words in lexicon.phrases():
        return Weight.KNOWN
    if any(weigh(word) == Weight.NAME for word in words):
        return Weight.NAME
    return Weight.RARE_WORD


def is_given(word: str) -> bool:
    """Whether this is a given name that children in American schools have."""
    return word in lexicon.listed("given")


def is_family(word: str) -> bool:
    """Whether this is a common family name."""
    return word in lexicon.listed("surnames")


def is_ordinary(word: str) -> bool:
    """Whether this is an everyday word."""
    return word in lexicon.listed("words") or word in lexicon.listed("capitals")
