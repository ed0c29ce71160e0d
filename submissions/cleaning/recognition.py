"""What a file is, by its content alone: name and declared type are never asked (SAFETY T8)."""

import os
import re
import zipfile
from typing import BinaryIO

import magic

from submissions.cleaning.archive import ends_as_zip, opened, read
from submissions.cleaning.formats import MP3, PDF, SHEETS, SLIDES, TEXT, WORD, by_signature
from submissions.cleaning.odf.kinds import kind_of_document
from submissions.cleaning.polyglots import is_pdf_alone, is_script_too
from submissions.cleaning.recordings import boxes, kinds, matroska, mpeg_audio

HEAD = 8192
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_TYPES = 1024 * 1024
CHUNK, OVERLAP = 1024 * 1024, 64

OFFICE_MAIN = (
    (b"wordprocessingml.document.main+xml", WORD),
    (b"presentationml.presentation.main+xml", SLIDES),
    (b"spreadsheetml.sheet.main+xml", SHEETS),
)
OFFICE_OTHER = (
    (b"macroenabled", "macros"),
    (b"vbaproject", "macros"),
    (b"sheet.binary", "other office"),
    (b"template.main+xml", "office template"),
    (b"slideshow.main+xml", "office template"),
)
OLE_STREAMS = {
    "EncryptedPackage": "locked",
    "WordDocument": "old office",
    "PowerPoint Document": "old office",
    "Workbook": "old office",
    "Book": "old office",
}
MARKUP = (
    (rb"<svg[\s>]", "svg"),
    (rb"<(!doctype\s+html|html|head|body|script|iframe)\b", "html"),
    (
        rb"\A[\s\xef\xbb\xbf\xff\xfe]*(#extm3u|ffconcat|\[playlist\])|<(mpd|smil|asx|playlist)[\s>]",
        "playlist",
    ),
)
BY_MAGIC = (
    ("audio/x-mpegurl", "playlist"),
    ("audio/x-scpls", "playlist"),
    ("audio/", "other recording"),
    ("video/", "other recording"),
    ("application/ogg", "other recording"),
    ("image/svg", "svg"),
    ("text/html", "html"),
    ("application/xhtml", "html"),
    ("image/", "other picture"),
    ("application/postscript", "other picture"),
    ("application/x-rar", "archive"),
    ("application/vnd.rar", "archive"),
    ("application/x-7z", "archive"),
    ("application/gzip", "archive"),
    ("application/x-tar", "archive"),
    ("application/x-bzip2", "archive"),
    ("application/x-xz", "archive"),
    ("application/x-dosexec", "program"),
    ("application/vnd.microsoft.portable-executable", "program"),
    ("application/x-executable", "program"),
    ("application/x-pie-executable", "program"),
    ("application/x-sharedlib", "program"),
    ("application/x-mach-binary", "program"),
    ("application/javascript", "program"),
    ("text/javascript", "program"),
    ("text/x-shellscript", "program"),
    ("text/x-script", "program"),
    ("text/x-python", "program"),
    ("text/x-perl", "program"),
    ("text/x-php", "program"),
    ("text/x-ruby", "program"),
    ("text/x-msdos-batch", "program"),
    ("text/rtf", "rich text"),
    ("text/xml", "unknown"),
    ("text/calendar", "unknown"),
    ("text/vcard", "unknown"),
    ("text/", TEXT),
    ("application/json", TEXT),
    ("application/x-ndjson", TEXT),
    ("application/x-subrip", TEXT),
)


def recognize(file: BinaryIO) -> str:
    """The media type of a kind that is taken, or the word for a kind that is not.

    Raises ``NotAccepted`` for a zip that is damaged, locked or larger than it may be.
    """
    file.seek(0)
    try:
        return kind_by(file.read(HEAD), file)
    finally:
        file.seek(0)


def kind_by(head: bytes, file: BinaryIO) -> str:
    """The kind by the first bytes, and by a look inside where those are a container's."""
    if head.startswith(b"PK"):
        return in_zip(file)
    if head.startswith(OLE):
        return in_old_container(file)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return PDF if is_pdf_alone(head, file) else "two in one"
    if is_script_too(head):
        return "two in one"
    return by_signature(head) or recording(head, file) or by_markup(head) or by_magic(head)


def recording(head: bytes, file: BinaryIO) -> str:
    """Which sound or video this is, if it is one of those that are taken."""
    kind = ""
    if starts_as_movie(head, file):
        kind = kinds.kind_of_movie(file)
    elif head.startswith(matroska.START):
        kind = matroska.kind_of_webm(file)
    elif mpeg_audio.is_mp3(file):
        kind = MP3
    elif head.startswith(mpeg_audio.LABEL):
        kind = "other recording"
    return "two in one" if kind and ends_as_zip(file) else kind


def starts_as_movie(head: bytes, file: BinaryIO) -> bool:
    """Whether the file begins with a box that is not larger than all of it."""
    size = int.from_bytes(head[:4], "big")
    return head[4:8] in boxes.STARTS and size <= file.seek(0, os.SEEK_END)


def by_markup(head: bytes) -> str:
    """Text that a browser would act on, also when it is written in 16 bits."""
    text = head.replace(b"\x00", b"").lower()
    for pattern, kind in MARKUP:
        if re.search(pattern, text):
            return kind
    return ""


def by_magic(head: bytes) -> str:
    """Whatever else libmagic knows, as far as a sentence of its own helps."""
    media_type = magic.from_buffer(head, mime=True)
    for start, kind in BY_MAGIC:
        if media_type.startswith(start):
            return kind
    return "unknown"


def in_old_container(file: BinaryIO) -> str:
    """What a compound file holds: the names of its streams are written in 16 bits."""
    file.seek(0)
    found, before = set(), b""
    while chunk := file.read(CHUNK):
        found |= {name for name in OLE_STREAMS if name.encode("utf-16-le") in before + chunk}
        before = chunk[-OVERLAP:]
    return next((kind for name, kind in OLE_STREAMS.items() if name in found), "unknown")


def in_zip(file: BinaryIO) -> str:
    """Which Office document a zip is, by the type of its main part; else an archive."""
    with opened(file) as archive:
        names = {name.lower(): name for name in archive.namelist()}
        if "[content_types].xml" in names:
            return office_kind(archive, names)
        if "mimetype" in names:
            return kind_of_document(archive, names)
        if any(name.endswith(".iwa") for name in names):
            return "other office"
    return "archive"


def office_kind(archive: zipfile.ZipFile, names: dict[str, str]) -> str:
    """Which of Word, PowerPoint and Excel; macros and their like are told apart first."""
    types = read(archive, names["[content_types].xml"], MOST_TYPES).replace(b"\x00", b"").lower()
    if any(name.endswith("vbaproject.bin") for name in names):
        return "macros"
    for mark, kind in (*OFFICE_OTHER, *OFFICE_MAIN):
        if mark in types:
            return kind
    return "archive"
