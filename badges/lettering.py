"""Sets the words on a badge: which letters, how large, in which lines. Pure.

The font is the one that comes with Pillow, so that a badge looks the same on every machine.
"""

import unicodedata
from functools import lru_cache
from typing import NamedTuple

from PIL import ImageFont

LARGEST, SMALLEST = 32, 15
LEADING = 1.16
BOLD, REGULAR = 0.028, 0.012  # the font has one weight: a stroke makes more of it
PLAIN = str.maketrans({"–": "-", "—": "-", "−": "-", "ß": "ss", "æ": "ae", "ø": "o", "Ø": "O"})


class Lines(NamedTuple):
    """Text ready to be drawn: its lines, the size of the font and the weight of its stroke."""

    texts: list[str]
    size: float
    weight: float

    @property
    def height(self) -> float:
        """How tall a line is."""
        return self.size * LEADING

    @property
    def tall(self) -> float:
        """How tall all lines are together."""
        return self.height * len(self.texts)


def drawable(text: str) -> str:
    """The text in letters that the font has: accents go, their letters stay."""
    plain = unicodedata.normalize("NFKD", text.translate(PLAIN))
    return "".join(mark for mark in plain if not unicodedata.combining(mark))


@lru_cache(maxsize=128)
def font(size: float) -> ImageFont.FreeTypeFont:
    """The font in any size."""
    found = ImageFont.load_default(size)
    if not isinstance(found, ImageFont.FreeTypeFont):
        raise TypeError(found)
    return found


def wrapped(text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The text in lines of at most this width, each as full as can be."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and face.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balanced(text: str, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """The narrowest setting that takes no more lines."""
    lines = wrapped(text, face, width)
    for share in range(95, 30, -5):
        closer = wrapped(text, face, width * share / 100)
        if len(closer) > len(lines):
            break
        lines = closer
    return lines


def fits(lines: list[str], size: float, width: float, height: float) -> bool:
    """Whether lines of this size stay inside the box."""
    widest = max((font(size).getlength(line) for line in lines), default=0)
    return widest <= width and len(lines) * size * LEADING <= height


def fitted(text: str, width: float, height: float, largest: int = LARGEST) -> Lines:
    """The text as large as the box allows; one that is longer than any name still fits in."""
    for size in range(largest, SMALLEST - 1, -1):
        lines = wrapped(text, font(size), width)
        if fits(lines, size, width, height):
            return Lines(balanced(text, font(size), width), size, BOLD)
    room = int(height / (SMALLEST * LEADING))
    return Lines(wrapped(text, font(SMALLEST), width)[:room], SMALLEST, BOLD)


def label(text: str, size: float) -> Lines:
    """A single small line in capitals."""
    return Lines([drawable(text).upper()], size, REGULAR)
