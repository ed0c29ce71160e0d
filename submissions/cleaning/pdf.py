"""PDF: read under limits, its objects cut down to what shows, written anew, and compared.

The text layer and links to the web stay. Everything else a PDF can tell of its author is named
in ``pdf_objects`` (SAFETY F7). Writing anew leaves earlier revisions behind.
"""

import hashlib
import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pikepdf

from submissions.cleaning.formats import PDF
from submissions.cleaning.pdf_annotations import flatten_forms
from submissions.cleaning.pdf_objects import scrub
from submissions.cleaning.pdf_streams import TooBig, content_of, unpacked
from submissions.cleaning.report import Doubtful, Findings, NotAccepted, Report, gettext_noop

MOST_PAGES = 500  # SAFETY 7.1
MOST_UNPACKED = 64 * 1024 * 1024
DAMAGE = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    pikepdf.ForeignObjectError,
    zlib.error,
    OSError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    RuntimeError,
    NotImplementedError,
)
HIDDEN_OBJECTS = re.compile(rb"/(?:ObjStm|XRef)\b")
STREAM = re.compile(rb"stream\r?\n")

BROKEN = gettext_noop(
    "This PDF is damaged and can’t be opened; make it again from the document it came from and "
    "hand in the new copy."
)
LOCKED = gettext_noop(
    "This PDF is protected with a password; print it to a new PDF without protection and hand "
    "that in."
)
TOO_LONG = gettext_noop(
    "This PDF has more than 500 pages; hand in only the pages that show your work."
)
TOO_BIG = gettext_noop(
    "This PDF unpacks to more than the portal can take; print it to a new PDF and hand that in."
)
EMPTY = gettext_noop("This PDF has no pages; check the file and hand it in again.")
UNLIKE = gettext_noop(
    "The cleaned copy of this PDF did not come out the same, so our staff will look at it."
)


def clean_pdf(source: Path, target: Path, media_type: str = PDF) -> Report:
    """Write a copy that shows the same pages and says nothing of who made it."""
    findings = Findings()
    with decoding():
        refuse_hidden_bombs(source.read_bytes())
        with pikepdf.open(source) as pdf:
            check_limits(pdf)
            flatten_forms(pdf, findings)
            before = digests(pdf)
            scrub(pdf, findings)
            pdf.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        with pikepdf.open(target) as copy:
            if digests(copy) != before:
                raise Doubtful(UNLIKE)
    return findings.report(media_type, "pdf")


@contextmanager
def decoding() -> Iterator[None]:
    """Turn whatever a damaged PDF raises into the sentence for its owner."""
    try:
        yield
    except pikepdf.PasswordError as locked:
        raise NotAccepted(LOCKED) from locked
    except TooBig as bomb:
        raise NotAccepted(TOO_BIG) from bomb
    except DAMAGE as damage:
        raise NotAccepted(BROKEN) from damage


def refuse_hidden_bombs(data: bytes) -> None:
    """Measure the streams that are unpacked on opening, before anything opens them."""
    for mark in HIDDEN_OBJECTS.finditer(data):
        stream = STREAM.search(data, mark.end(), mark.end() + 4096)
        if stream:
            measure(data[stream.end() :])


def measure(data: bytes) -> None:
    """Refuse a stream that unpacks to too much; one that is not packed this way is no bomb."""
    try:
        unpacked(data, MOST_UNPACKED)
    except zlib.error:
        return


def check_limits(pdf: pikepdf.Pdf) -> None:
    """Refuse a locked, an empty and an endless PDF."""
    if pdf.is_encrypted:
        raise NotAccepted(LOCKED)
    if not len(pdf.pages):
        raise NotAccepted(EMPTY)
    if len(pdf.pages) > MOST_PAGES:
        raise NotAccepted(TOO_LONG)


def digests(pdf: pikepdf.Pdf) -> list[str]:
    """What each page draws, as a hash of its unpacked content."""
    return [
        hashlib.sha256(b"\n".join(content_of(page, MOST_UNPACKED))).hexdigest()
        for page in pdf.pages
    ]
