"""JPEG 2000 pictures inside a PDF: the boxes and marks that draw, without words beside them."""

import struct
from collections.abc import Iterator

SIGNATURE, CODED, HEADER = b"jP  ", b"jp2c", b"jp2h"
KEPT = (SIGNATURE, b"ftyp", HEADER, CODED)
KEPT_IN_HEADER = (b"ihdr", b"bpcc", b"colr", b"pclr", b"cmap", b"cdef")
BOX_HEAD, LONG_HEAD = 8, 16
START, COMMENT, TILE, DATA = 0xFF4F, 0xFF64, 0xFF90, 0xFF93


def stripped(data: bytes) -> bytes:
    """The same picture cut down to what draws; a code stream may also stand alone."""
    if data[4:8] != SIGNATURE:
        return without_comments(data)
    return b"".join(plain_box(kind, head, content) for kind, head, content in boxes(data))


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """The boxes in these bytes: four letters, head, and content."""
    place = 0
    while place + BOX_HEAD <= len(data):
        size, head = int.from_bytes(data[place : place + 4], "big"), BOX_HEAD
        if size == 1:
            size, head = int.from_bytes(data[place + 8 : place + 16], "big"), LONG_HEAD
        stop = place + size if size >= head else len(data)
        yield data[place + 4 : place + 8], data[place : place + head], data[place + head : stop]
        place = stop


def plain_box(kind: bytes, head: bytes, content: bytes) -> bytes:
    """One box without what tells; nothing of a box that does not draw."""
    if kind not in KEPT:
        return b""
    if kind == HEADER:
        inner = [one + what for name, one, what in boxes(content) if name in KEPT_IN_HEADER]
        content = b"".join(inner)
    elif kind == CODED:
        content = without_comments(content)
    lasts = head[:4] == bytes(4)  # a box without a size goes on to the end of the file
    return (bytes(4) if lasts else struct.pack(">L", BOX_HEAD + len(content))) + kind + content


def without_comments(codes: bytes) -> bytes:
    """A code stream without the comments of its heads; one that is no code stream stays."""
    if codes[:2] != struct.pack(">H", START):
        return codes
    head, place = plain_head(codes, 2)
    parts = [codes[:2], head]
    while codes[place : place + 2] == struct.pack(">H", TILE):
        part, place = plain_tile(codes, place)
        parts.append(part)
    return b"".join([*parts, codes[place:]])


def plain_head(codes: bytes, place: int) -> tuple[bytes, int]:
    """The marks from here up to the next tile or its data, and where that begins."""
    kept = []
    while place + 4 <= len(codes):
        mark, size = struct.unpack_from(">HH", codes, place)
        if mark in (TILE, DATA) or mark < START:
            break
        if mark != COMMENT:
            kept.append(codes[place : place + 2 + size])
        place += 2 + size
    return b"".join(kept), place


def plain_tile(codes: bytes, start: int) -> tuple[bytes, int]:
    """One tile with its size set anew, and where the next begins; without a size it is the last."""
    length = int.from_bytes(codes[start + 6 : start + 10], "big")
    stop = start + length if length else len(codes)
    head, data = plain_head(codes, start + 12)
    rest = head + codes[data:stop]
    size = struct.pack(">L", 12 + len(rest) if length else 0)
    return codes[start : start + 6] + size + codes[start + 10 : start + 12] + rest, max(stop, data)
