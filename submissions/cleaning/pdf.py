"""PDF: read under limits, its objects cut down to what shows, written anew, and compared.

The text layer and links to the web stay. Everything else a PDF can tell of its author is named
in ``pdf_objects`` (SAFETY F7). Writing anew leaves earlier revisions behind.
"""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Stream
from pikepdf.settings import qpdf_limit_errors, set_qpdf_limits

from submissions.cleaning.formats import PDF
from submissions.cleaning.pdf_content import scrub_page
from submissions.cleaning.pdf_filters import TooBig, fully_unpacked
from submissions.cleaning.pdf_forms import flatten_forms
from submissions.cleaning.pdf_nesting import Endless, count_drawings
from submissions.cleaning.pdf_objects import DEEP, scrub
from submissions.cleaning.report import Doubtful, Findings, NotAccepted, Report, gettext_noop

MOST_PAGES = 500  # SAFETY 7.1
MOST_OBJECTS = 200_000
MOST_UNPACKED = 64 * 1024 * 1024
LIMITED = "memory limit exceeded"  # so the library says it, of the filters below
FILTERS = ("flate", "png", "tiff", "run_length")
DAMAGE = (
    pikepdf.PdfError,
    pikepdf.DataDecodingError,
    pikepdf.ForeignObjectError,
    zlib.error,
    struct.error,
    OSError,
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    RuntimeError,
    NotImplementedError,
)

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
    with decoding(), limited(), pikepdf.open(source) as pdf:
        check_limits(pdf)
        count_drawings(pdf)
        flatten_forms(pdf, findings)
        for page in pdf.pages:
            scrub_page(pdf, page, content_of(page), findings)
        before = digests(pdf)
        scrub(pdf, findings)
        refuse_what_was_cut_off(pdf)
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
    except Endless as endless:
        raise NotAccepted(DEEP) from endless
    except TooBig as bomb:
        raise NotAccepted(TOO_BIG) from bomb
    except DAMAGE as damage:
        raise NotAccepted(TOO_BIG if LIMITED in str(damage) else BROKEN) from damage


@contextmanager
def limited() -> Iterator[None]:
    """Let the library unpack only so much at a time, also when it opens a file.

    Where it meets structures without end it only leaves them out, and counts.
    """
    limits: dict[str, Any] = {f"{name}_max_memory": MOST_UNPACKED for name in FILTERS}
    before: dict[str, Any] = set_qpdf_limits(**limits)
    cut_off = qpdf_limit_errors()
    try:
        yield
        if qpdf_limit_errors() > cut_off:
            raise NotAccepted(DEEP)
    finally:
        set_qpdf_limits(**before)


def refuse_what_was_cut_off(pdf: pikepdf.Pdf) -> None:
    """Refuse a PDF of which the library gave up a part, as it was too large, and went on."""
    if any(LIMITED in str(warning) for warning in pdf.get_warnings()):
        raise TooBig


def check_limits(pdf: pikepdf.Pdf) -> None:
    """Refuse a locked, an empty and an endless PDF."""
    if pdf.is_encrypted:
        raise NotAccepted(LOCKED)
    if len(pdf.objects) > MOST_OBJECTS:
        raise TooBig
    if not len(pdf.pages):
        raise NotAccepted(EMPTY)
    if len(pdf.pages) > MOST_PAGES:
        raise NotAccepted(TOO_LONG)


def content_of(page: pikepdf.Page) -> bytes:
    """What a page draws, unpacked."""
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    parts = [fully_unpacked(one, MOST_UNPACKED) for one in streams if isinstance(one, Stream)]
    return b"\n".join(parts)


def digests(pdf: pikepdf.Pdf) -> list[str]:
    """What each page draws, as a hash of its unpacked content."""
    return [hashlib.sha256(content_of(page)).hexdigest() for page in pdf.pages]
