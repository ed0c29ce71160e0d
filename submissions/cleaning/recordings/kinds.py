"""What a recording is, by its content, before any program opens it.

Files that only point at other files, and locked ones, are told apart here (SAFETY T10).
"""

import struct
from typing import BinaryIO

from submissions.cleaning.archive import BROKEN, LOCKED
from submissions.cleaning.formats import M4A, MP4, QUICKTIME
from submissions.cleaning.recordings.boxes import Box, all_boxes, below, content, find
from submissions.cleaning.report import NotAccepted

POINTING = (b"rmra", b"cmov")  # a list of other movies; a packed index that hides what it points at
LOCKING = (b"encv", b"enca", b"drms", b"drmi", b"drm ")
MOST_INDEX = 256 * 1024 * 1024
SELF_CONTAINED = 1
ENTRIES = 8  # version, flags and count before the entries of a list
MOST_REFERENCES = 64


def kind_of_movie(file: BinaryIO) -> str:
    """The media type of an MP4 or QuickTime file, or "playlist" when it points elsewhere."""
    movie, brand = index_of(file)
    tracks = [box for box in below(file, movie) if box.kind == b"trak"]
    if any(box.kind in POINTING for box in below(file, movie)):
        return "playlist"
    handlers = [handler_of(file, track) for track in tracks]
    for track, handler in zip(tracks, handlers, strict=True):
        if handler in (b"vide", b"soun"):
            check_locks(file, track)
            if points_elsewhere(file, track):
                return "playlist"
    return by_handlers(handlers, brand)


def index_of(file: BinaryIO) -> tuple[Box, bytes]:
    """The box that describes all tracks, and the brand of the file."""
    movie, brand = None, b"qt  "
    for box in all_boxes(file):
        if box.kind == b"ftyp":
            brand = content(file, box, 4)
        elif box.kind == b"moov":
            movie = movie or box
    if movie is None or movie.size > MOST_INDEX:
        raise NotAccepted(BROKEN)
    return movie, brand


def by_handlers(handlers: list[bytes], brand: bytes) -> str:
    """A video where there are pictures, a sound recording where there is sound."""
    if b"vide" in handlers:
        return QUICKTIME if brand == b"qt  " else MP4
    if b"soun" in handlers:
        return M4A
    raise NotAccepted(BROKEN)


def handler_of(file: BinaryIO, track: Box) -> bytes:
    """What a track holds: pictures, sound, or something else."""
    handler = find(file, track, b"mdia", b"hdlr")
    return content(file, handler, 12)[8:12] if handler else b""


def check_locks(file: BinaryIO, track: Box) -> None:
    """Refuse a track that only a shop's own player can open."""
    described = find(file, track, b"mdia", b"minf", b"stbl", b"stsd")
    if described is None:
        raise NotAccepted(BROKEN)
    if any(entry.kind in LOCKING for entry in below(file, described, ENTRIES)):
        raise NotAccepted(LOCKED)


def points_elsewhere(file: BinaryIO, track: Box) -> bool:
    """Whether a track's pictures or sound lie in another file."""
    references = find(file, track, b"mdia", b"minf", b"dinf", b"dref")
    if references is None:
        return False
    for number, entry in enumerate(below(file, references, ENTRIES)):
        flags = content(file, entry, 4)
        if number > MOST_REFERENCES or len(flags) < len(bytes(4)):
            raise NotAccepted(BROKEN)
        if not struct.unpack(">L", flags)[0] & SELF_CONTAINED:
            return True
    return False
