"""Plain text: read in whatever coding it came, written as UTF-8 with only what can be seen.

Signs without width can hold a whole name between two letters, and signs that turn the direction
of writing can show another text than is there; neither is carried over.
"""

import codecs
import re
import unicodedata
from pathlib import Path

from submissions.cleaning.formats import FORMATS, TEXT
from submissions.cleaning.report import Doubtful, Findings, NotAccepted, Report, gettext_noop

CODINGS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WITHOUT_MARK = ("utf-8", "cp1252")
LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
UNUSUAL = re.compile("[^\n\t -~\u00a0-\u00ac\u00ae-\u02ff\u2013-\u201d]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f]")
BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # letters without a shape
UNSEEN = frozenset(("Cf", "Cc", "Cn", "Co", "Cs"))
JOINERS = frozenset("\u200c\u200d")
JOINED_LETTERS = range(0x0590, 0x2000)  # of scripts that shape their letters by joiners
JOINED_KINDS = frozenset(("Lo", "Mn", "Mc"))
EMOJI_KINDS = frozenset(("So", "Sk", "Sm"))
AS_EMOJI = "\ufe0f"
KEYS = frozenset("#*0123456789")
SELECTORS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")

NO_TEXT = gettext_noop(
    "This file holds signs that are no text; open it in the program it was made with, save it as "
    "a Word document or a PDF, and hand that in."
)
TOO_LONG = gettext_noop(
    "This text is larger than 5 MB; cut it into parts and hand those in one by one."
)


def clean_text(source: Path, target: Path, media_type: str) -> Report:
    """Write the text anew: the same words and lines, none of what can't be seen."""
    findings = Findings()
    if source.stat().st_size > FORMATS[TEXT].most_bytes:
        raise NotAccepted(TOO_LONG)
    text = visible(decoded(source.read_bytes()), findings)
    target.write_bytes(text.encode())
    if target.read_bytes().decode() != text:
        raise Doubtful(NO_TEXT)
    return findings.report(TEXT, FORMATS[TEXT].extensions[0])


def decoded(data: bytes) -> str:
    """The text in whichever coding it is; refused when it is none."""
    for mark, coding in CODINGS:
        if data.startswith(mark):
            return as_text(data.removeprefix(mark), (coding,))
    return as_text(data, WITHOUT_MARK)


def as_text(data: bytes, codings: tuple[str, ...]) -> str:
    """The text in the first coding that fits all of it."""
    for coding in codings:
        try:
            text = data.decode(coding)
        except UnicodeDecodeError:
            continue
        if not CONTROLS.search(text.rstrip("\x1a")):  # an end mark of old systems
            return text.rstrip("\x1a")
    raise NotAccepted(NO_TEXT)


def visible(text: str, findings: Findings) -> str:
    """The text with plain line ends and without what can't be seen."""
    lines = LINE_ENDS.sub("\n", text)
    kept, before = UNUSUAL.sub(seen, lines), lines
    while kept != before:  # what was taken out may have held the next one in place
        kept, before = UNUSUAL.sub(seen, kept), kept
    findings.count("signs that can’t be seen", len(lines) - len(kept))
    return kept


def seen(found: re.Match[str]) -> str:
    """An unusual sign, if it may stay where it stands."""
    sign, text, place = found[0], found.string, found.start()
    before = text[place - 1] if place else "\n"
    after = text[place + 1] if place + 1 < len(text) else "\n"
    return sign if is_seen(sign) or is_needed(sign, before, after) else ""


def is_seen(sign: str) -> bool:
    """Whether a sign shows, or parts words and lines."""
    if sign in "\n\t":
        return True
    hidden = unicodedata.category(sign) in UNSEEN or sign in BLANKS
    return not hidden and not SELECTORS.match(sign)


def is_needed(sign: str, before: str, after: str) -> bool:
    """Whether a sign without width shapes what stands beside it: one alone, never in English."""
    if sign == AS_EMOJI:
        return is_emoji(before) or before in KEYS
    return sign in JOINERS and is_joined(before) and is_joined(after)


def is_joined(sign: str) -> bool:
    """Whether a sign is a letter, or an emoji, of those that joiners bind together."""
    is_letter = ord(sign) in JOINED_LETTERS and unicodedata.category(sign) in JOINED_KINDS
    return is_letter or is_emoji(sign) or sign == AS_EMOJI


def is_emoji(sign: str) -> bool:
    """Whether a sign is a picture, or the tone of one."""
    return unicodedata.category(sign) in EMOJI_KINDS and ord(sign) not in range(0x80)
