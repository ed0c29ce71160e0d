"""Names of files that are brought: whatever a person or a program makes of them (SAFETY F6)."""

import re
import unicodedata
from pathlib import PurePosixPath

NAMELESS = "file"
FOLDERS = re.compile(r"[/\\]")
ENDING = re.compile(r"(?=.*[a-z])[a-z0-9_+-]{1,16}")


def as_sent(name: str) -> str:
    """The name as a web form hands it on: its last part, without what can't be printed."""
    last = printable(FOLDERS.split(name)[-1])
    return last if last.strip(". ") else NAMELESS


def printable(name: str) -> str:
    """A name without control characters and marks that turn its direction."""
    return "".join(letter for letter in name if letter.isprintable())


def ending_of(name: str) -> str:
    """What a name ends in, in small letters and without the dot; nothing where there is none.

    Wide letters count as what they look like. "Mr. Smith" and "Unit 3.5" have no ending.
    """
    plain = printable(unicodedata.normalize("NFKC", name)).strip().rstrip(". ")
    ending = PurePosixPath(plain).suffix.lstrip(".").lower()
    return ending if ENDING.fullmatch(ending) else ""
