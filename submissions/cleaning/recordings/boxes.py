"""The boxes of MP4, QuickTime and M4A files: walked by their headers, so that size does not matter.

Reads only; a recording of two gigabytes costs a few thousand short reads.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from submissions.cleaning.archive import BROKEN
from submissions.cleaning.report import NotAccepted

HEADER, LONG_HEADER = 8, 16
MOST_BOXES = 200_000
HOLDING = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"dinf", b"edts"}
STARTS = (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"styp")
TOP = {*STARTS, b"moof", b"mfra", b"sidx", b"ssix", b"uuid", b"udta", b"meta", b"emsg", b"prft"}


@dataclass(frozen=True)
class Box:
    """One box: its kind, where its content begins, and where it ends."""

    kind: bytes
    start: int
    end: int

    @property
    def size(self) -> int:
        """How many bytes of content it has."""
        return self.end - self.start


def boxes(file: BinaryIO, start: int, end: int, *, is_top: bool = False) -> Iterator[Box]:
    """The boxes between two places; one that reaches further is damage."""
    place = start
    for _ in range(MOST_BOXES):
        if end - place < HEADER:
            return
        box = box_at(file, place, end, is_top=is_top)
        if box is None:
            return
        yield box
        place = box.end
    raise NotAccepted(BROKEN)


def box_at(file: BinaryIO, place: int, end: int, *, is_top: bool) -> Box | None:
    """The box at a place; nothing where zeros, or at the top junk, fill up the rest."""
    file.seek(place)
    head = file.read(LONG_HEADER)
    size, kind, header = int.from_bytes(head[:4], "big"), head[4:8], HEADER
    if size == 1:
        size, header = int.from_bytes(head[8:16], "big"), LONG_HEADER
    elif size == 0 and kind != bytes(4):
        size = end - place
    elif size == 0:
        return None
    if size < header or place + size > end:
        if is_top and kind not in TOP:
            return None
        raise NotAccepted(BROKEN)
    return Box(kind, place + header, place + size)


def all_boxes(file: BinaryIO) -> Iterator[Box]:
    """The boxes of the file itself."""
    return boxes(file, 0, file.seek(0, os.SEEK_END), is_top=True)


def below(file: BinaryIO, box: Box, skip: int = 0) -> Iterator[Box]:
    """The boxes in a box, after ``skip`` bytes of its own."""
    return boxes(file, box.start + skip, box.end)


def content(file: BinaryIO, box: Box, most: int) -> bytes:
    """The first bytes of a box's content."""
    file.seek(box.start)
    return file.read(min(box.size, most))


def find(file: BinaryIO, box: Box, *path: bytes) -> Box | None:
    """The first box at a path below this one."""
    found: Box | None = box
    for kind in path:
        if found is None:
            return None
        found = next((one for one in below(file, found) if one.kind == kind), None)
    return found
