"""Take out of a file whatever tells of its author: pure functions, one module for each family.

Knows neither Django nor the database; ``python -m submissions.cleaning`` runs it by itself.
"""

from collections.abc import Callable, Mapping
from pathlib import Path

from submissions.cleaning.formats import IMAGES, ODF, OFFICE, PDF, RECORDINGS, TEXT
from submissions.cleaning.images import clean_image
from submissions.cleaning.odf import clean_odf
from submissions.cleaning.ooxml import clean_ooxml
from submissions.cleaning.pdf import clean_pdf
from submissions.cleaning.plain_text import clean_text
from submissions.cleaning.recordings import clean_recording
from submissions.cleaning.report import (
    HELD,
    REFUSED,
    Doubtful,
    NotAccepted,
    Report,
    gettext_noop,
)

CLEANERS: Mapping[str, Callable[[Path, Path, str], Report]] = {
    **dict.fromkeys(IMAGES, clean_image),
    **dict.fromkeys(OFFICE, clean_ooxml),
    **dict.fromkeys(ODF, clean_odf),
    **dict.fromkeys(RECORDINGS, clean_recording),
    PDF: clean_pdf,
    TEXT: clean_text,
}

TOO_MUCH = gettext_noop(
    "This file needs more memory to open than it may; save a smaller copy of it and hand that in."
)
UNKNOWN = gettext_noop(
    "The portal does not take this kind of file; save it as a PDF and hand that in."
)


def clean(source: Path, target: Path, media_type: str) -> Report:
    """Write the clean copy of ``source`` to ``target``, or say why there is none.

    ``target`` exists afterwards only when the outcome is ``clean``.
    """
    report = outcome(source, target, media_type)
    if report.outcome in (REFUSED, HELD):
        target.unlink(missing_ok=True)
    return report


def outcome(source: Path, target: Path, media_type: str) -> Report:
    """Run the cleaner of the family and put its refusals into the report."""
    if media_type not in CLEANERS:
        return Report(outcome=REFUSED, reason=UNKNOWN)
    try:
        return CLEANERS[media_type](source, target, media_type)
    except NotAccepted as refusal:
        return Report(outcome=REFUSED, reason=str(refusal))
    except Doubtful as doubt:
        return Report(outcome=HELD, reason=str(doubt))
    except (MemoryError, RecursionError):
        return Report(outcome=REFUSED, reason=TOO_MUCH)
