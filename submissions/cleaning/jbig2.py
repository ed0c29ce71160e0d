"""JBIG2 scans inside a PDF: every segment but the one that only holds words."""

from collections.abc import Iterator

WORDS = 62
KIND, WIDE_PAGE = 0x3F, 0x40
SHORT_COUNT, OPEN_END = 5, 0xFFFFFFFF
ONE_BYTE, TWO_BYTES = 0x100, 0x10000  # up to which number a reference is so long


def stripped(data: bytes) -> bytes:
    """The same scan without comments."""
    return b"".join(whole for kind, whole in segments(data) if kind != WORDS)


def segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each segment's kind and bytes; where one can't be measured, the rest counts as one."""
    place = 0
    while place < len(data):
        start = place
        place = end_of_head(data, start)
        size = int.from_bytes(data[place - 4 : place], "big")
        place = len(data) if size == OPEN_END or place > len(data) else place + size
        yield int.from_bytes(data[start + 4 : start + 5], "big") & KIND, data[start:place]


def end_of_head(data: bytes, start: int) -> int:
    """Where a segment's head ends: it says how many others it refers to, in several ways."""
    number, flags = int.from_bytes(data[start : start + 4], "big"), data[start + 4 : start + 6]
    if len(flags) < len(b"fc"):
        return len(data) + 1
    count, place = flags[1] >> 5, start + 6
    if count > SHORT_COUNT:
        count = int.from_bytes(data[start + 5 : start + 9], "big") & 0x1FFFFFFF
        place = start + 9 + (count + 8) // 8
    reference = 1 if number <= ONE_BYTE else 2 if number <= TWO_BYTES else 4
    return place + count * reference + (4 if flags[0] & WIDE_PAGE else 1) + 4
