"""JPEG pictures inside a PDF: kept as they are, without what was written beside the pixels."""

from collections.abc import Iterator

START, END = b"\xff\xd8", 0xD9
SCAN = 0xDA
ALONE = (0x01, *range(0xD0, 0xD9))  # markers that carry nothing
ADOBE = 0xEE  # says how the colors were coded, so it must stay
ADOBE_SIZE = 14
TOLD = (*range(0xE0, 0xF0), 0xFE)  # application segments and comments


class NotJpeg(ValueError):
    """These bytes are no JPEG from start to end."""


def stripped(data: bytes) -> bytes:
    """The same picture without application segments, comments and whatever follows its end."""
    if not data.startswith(START):
        raise NotJpeg
    return START + b"".join(kept(data)) + bytes((0xFF, END))


def kept(data: bytes) -> Iterator[bytes]:
    """The segments needed to draw the picture, in order."""
    place = 2
    while True:
        marker, place = next_marker(data, place)
        if marker == END:
            return
        if marker in ALONE:
            continue
        length = int.from_bytes(data[place : place + 2], "big")
        stop = place + max(length, 2)
        if marker == SCAN:
            stop = end_of_scan(data, stop)
        if marker not in TOLD:
            yield bytes((0xFF, marker)) + data[place:stop]
        elif marker == ADOBE and data[place + 2 : place + 7] == b"Adobe":
            yield bytes((0xFF, ADOBE, 0, ADOBE_SIZE)) + data[place + 2 : place + ADOBE_SIZE]
        place = stop


def next_marker(data: bytes, place: int) -> tuple[int, int]:
    """The marker at ``place`` and where its content begins; a cut-off picture ends here."""
    while place < len(data) and data[place] == 0xFF:
        place += 1
    if place >= len(data):
        return END, place
    if data[place - 1] != 0xFF:
        raise NotJpeg
    return data[place], place + 1


def end_of_scan(data: bytes, place: int) -> int:
    """Where the coded pixels end: at a marker that is neither a stuffed byte nor a restart."""
    while (place := data.find(b"\xff", place)) >= 0:
        follower = data[place + 1] if place + 1 < len(data) else END
        if follower and not 0xD0 <= follower <= 0xD7 and follower != 0xFF:
            return place
        place += 1 if follower == 0xFF else 2
    return len(data)
