"""Which OpenDocument file a zip is, and what may not be inside any."""

import re
import zipfile
from collections.abc import Mapping

from submissions.cleaning.archive import read
from submissions.cleaning.formats import ODF

MOST_TYPE, MOST_MANIFEST = 256, 1024 * 1024
MANIFEST = "meta-inf/manifest.xml"
LOCKS = (b"encryption-data", b"encrypted-package")
PROGRAMS = re.compile(r"(^|/)(basic|dialogs|scripts)/(?!.*(script|dialog)-l[bc]\.xml$).")


def kind_of_document(archive: zipfile.ZipFile, names: Mapping[str, str]) -> str:
    """The media type of a document that is taken, or the word for one that is not.

    ``names`` maps the names of members in small letters to the names as they are.
    """
    told = read(archive, names["mimetype"], MOST_TYPE).decode("ascii", "replace").strip()
    if told.endswith("-template"):
        return "office template"
    if told not in ODF:
        return "other office"
    if is_locked(archive, names):
        return "locked"
    return "macros" if has_programs(names) else told


def is_locked(archive: zipfile.ZipFile, names: Mapping[str, str]) -> bool:
    """Whether the list of parts says that some are encrypted."""
    if MANIFEST not in names:
        return False
    manifest = read(archive, names[MANIFEST], MOST_MANIFEST).replace(b"\x00", b"")
    return any(lock in manifest for lock in LOCKS)


def has_programs(names: Mapping[str, str]) -> bool:
    """Whether there are programs inside; empty libraries, which old programs wrote, are none."""
    return any(PROGRAMS.search(name) and not name.endswith("/") for name in names)
