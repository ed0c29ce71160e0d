"""JPEG pictures inside a PDF: kept as they are, without what was written beside the pixels."""

from collections.abc import Iterator

START, END = b"\xff\xd8", 0xD9
SCAN, FILL = 0xDA, 0xFF
RESTARTS = range(0xD0, 0xD8)
ALONE = (0x01, *range(0xD0, 0xD9))  # markers that carry nothing
ADOBE = 0xEE  # says how the colors were coded, so it must stay
ADOBE_SIZE = 14
DRAWING = (*range(0xC0, 0xC8), *range(0xC9, 0xD0), SCAN, 0xDB, 0xDC, 0xDD, 0xDE, 0xDF)


class NotJpeg(ValueError):
    """These bytes are no JPEG from start to end."""


def stripped(data: bytes) -> bytes:
    """The same picture without application segments, comments and whatever follows its end."""
    if not data.startswith(START):
        raise NotJpeg
    return START + b"".join(kept(data)) + bytes((FILL, END))


def kept(data: bytes) -> Iterator[bytes]:
    """The segments needed to draw the picture, in order."""
    for marker, segment in segments(data):
        if marker in DRAWING:
            yield bytes((FILL, marker)) + segment
        elif marker == ADOBE and segment[2:7] == b"Adobe":
            yield bytes((FILL, ADOBE, 0, ADOBE_SIZE)) + segment[2:ADOBE_SIZE]


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each marker up to the end of the picture, with the bytes that belong to it."""
    place = 2
    while True:
        marker, place = next_marker(data, place)
        if marker == END:
            return
        if marker in ALONE:
            continue
        stop = place + max(int.from_bytes(data[place : place + 2], "big"), 2)
        if marker == SCAN:
            stop = end_of_scan(data, stop)
        yield marker, data[place:stop]
        place = stop


def next_marker(data: bytes, place: int) -> tuple[int, int]:
    """The marker at ``place`` and where its content begins."""
    while data[place : place + 1] == b"\xff":
        place += 1
    if place >= len(data) or data[place - 1] != FILL:
        raise NotJpeg
    return data[place], place + 1


def end_of_scan(data: bytes, place: int) -> int:
    """Where the coded pixels end: at a marker that is neither a stuffed byte nor a restart."""
    while (place := data.find(b"\xff", place)) >= 0:
        follower = data[place + 1] if place + 1 < len(data) else END
        if follower and follower not in RESTARTS and follower != FILL:
            return place
        place += 1 if follower == FILL else 2
    return len(data)
