"""Words made comparable: small letters, no accents, no apostrophes, nothing invisible."""

import re
import unicodedata
from functools import lru_cache

UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
MARKS = "\u0300-\u036f"
APOSTROPHES = "'’ʼ‘`"
LETTER = r"[^\W\d_]"
WORD = re.compile(
    rf"{LETTER}(?:{LETTER}|[{MARKS}{UNSEEN}]|[{APOSTROPHES}](?={LETTER}))*|\d+", re.UNICODE
)
OWNED = re.compile(rf"[{APOSTROPHES}][sS]$")
SPELLED = str.maketrans(
    dict(zip("øØłŁđĐðÐı", "oollddddi", strict=True))
    | {"þ": "th", "Þ": "th", "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe"}
)
DROPPED = re.compile(rf"[{MARKS}{UNSEEN}{APOSTROPHES}]")


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """A word in small plain letters: “O’Brien” and “OBRIEN” are one, and so are “Peña”, “pena”."""
    if word.isascii() and word.isalnum():
        return word.lower()
    plain = unicodedata.normalize("NFKD", OWNED.sub("", word).translate(SPELLED))
    return "".join(sign for sign in DROPPED.sub("", plain) if sign.isalnum()).lower()


def folded_words(text: str) -> tuple[str, ...]:
    """All words of a short text, folded."""
    return tuple(word for found in WORD.findall(text) if (word := fold(found)))
