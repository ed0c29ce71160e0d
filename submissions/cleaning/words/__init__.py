"""The words inside a cleaned file, for the check of names; a picture or recording has none.

Nothing here may spoil the cleaning: reading runs in a process of its own with its own time, and
where it comes to no end the file is clean all the same, with a warning and no words.
"""

import resource
from collections.abc import Callable, Iterator, Mapping
from multiprocessing import get_context
from pathlib import Path

from submissions.cleaning.formats import ODF, OFFICE, PDF, TEXT
from submissions.cleaning.report import gettext_noop
from submissions.cleaning.words.markup import odf_words, office_words
from submissions.cleaning.words.pdf import pdf_words

MOST = 1_000_000  # characters kept of one file
MOST_SECONDS = 20
MOST_PROCESSOR_SECONDS = 15
SUFFIX = ".text"

UNCHECKED = gettext_noop(
    "The text in this file could not be checked for names; please look through it yourself."
)
CUT = gettext_noop(
    "This file holds more text than the check for names reads; please look through its end "
    "yourself."
)


def plain_words(path: Path) -> Iterator[str]:
    """A text file is its words."""
    with path.open(encoding="utf-8", errors="replace") as file:
        while piece := file.read(64 * 1024):
            yield piece


READERS: Mapping[str, Callable[[Path], Iterator[str]]] = {
    **dict.fromkeys(OFFICE, office_words),
    **dict.fromkeys(ODF, odf_words),
    PDF: pdf_words,
    TEXT: plain_words,
}


def words_beside(path: Path) -> Path:
    """Where the words of a clean copy are written."""
    return path.with_name(path.name + SUFFIX)


def read_words(path: Path, media_type: str) -> str:
    """The words of a clean copy, a character more than may be kept where there are more."""
    pieces, left = [], MOST + 1
    for piece in READERS[media_type](path):
        pieces.append(piece.replace("\x00", " ")[:left])
        left -= len(pieces[-1])
        if not left:
            break
    return "".join(pieces)


def write_words(path: Path, media_type: str) -> None:
    """Read the words of a clean copy and write them beside it."""
    limit = MOST_PROCESSOR_SECONDS, MOST_PROCESSOR_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, limit)
    text = read_words(path, media_type)
    words_beside(path).write_text(text, encoding="utf-8", errors="replace")


def extract(path: Path, media_type: str) -> list[str]:
    """Leave the words of a clean copy beside it; return warnings for its owner."""
    if media_type not in READERS:
        return []
    reader = get_context("fork").Process(target=write_words, args=(path, media_type))
    reader.start()
    reader.join(MOST_SECONDS)
    if reader.is_alive():
        reader.kill()
        reader.join()
    return settle(words_beside(path), is_whole=reader.exitcode == 0)


def settle(beside: Path, *, is_whole: bool) -> list[str]:
    """Cut the words to what is kept, or drop them where reading did not come to its end."""
    if not is_whole:
        beside.unlink(missing_ok=True)
        return [UNCHECKED]
    text = beside.read_text(encoding="utf-8")
    if len(text) <= MOST:
        return []
    beside.write_text(text[:MOST], encoding="utf-8")
    return [CUT]
