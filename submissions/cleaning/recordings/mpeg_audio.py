"""MP3 files: frames of sound one after another, with labels before and behind them."""

import os
from collections.abc import Iterator
from typing import BinaryIO

from submissions.cleaning.archive import BROKEN
from submissions.cleaning.report import NotAccepted

LABEL, LABEL_HEADER, FOOTER = b"ID3", 10, 0x10
MOST_LABELS = 8
SEARCHED = 64 * 1024  # some programs leave a gap between label and sound
READ_BEYOND = 8 * 1024  # several of the largest frames
IN_A_ROW = 3
HEADER, SYNC = 4, 0xFFE0
LAYER_3, VERSION_1, NO_VERSION, NO_RATE = 1, 3, 1, 3
RATES = {3: (44_100, 48_000, 32_000), 2: (22_050, 24_000, 16_000), 0: (11_025, 12_000, 8_000)}
KILOBITS = (
    (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
)


def is_mp3(file: BinaryIO) -> bool:
    """Whether sound of this kind is at the start, or behind labels: several frames in a row."""
    start = after_labels(file)
    file.seek(start)
    data = file.read(SEARCHED + READ_BEYOND)
    gap = SEARCHED if start else len(data) - len(data.lstrip(b"\x00"))
    first = next((at for at in syncs(data) if in_a_row(data, at)), None)
    return first is not None and first <= gap


def after_labels(file: BinaryIO) -> int:
    """Where the labels at the start end; one that reaches beyond the file is damage."""
    end = file.seek(0, os.SEEK_END)
    place = 0
    for _ in range(MOST_LABELS):
        file.seek(place)
        head = file.read(LABEL_HEADER)
        if not head.startswith(LABEL) or len(head) < LABEL_HEADER:
            return place
        place += label_size(head)
        if place > end:
            raise NotAccepted(BROKEN)
    return place


def label_size(head: bytes) -> int:
    """The size of a label with its header and footer: seven bits of each byte count."""
    size = 0
    for byte in head[6:10]:
        size = size << 7 | byte & 0x7F
    return size + LABEL_HEADER + (LABEL_HEADER if head[5] & FOOTER else 0)


def syncs(data: bytes) -> Iterator[int]:
    """The places where a frame might begin."""
    place = data.find(b"\xff")
    while place >= 0:
        if frame_size(data[place : place + HEADER]):
            yield place
        place = data.find(b"\xff", place + 1)


def in_a_row(data: bytes, place: int) -> bool:
    """Whether several frames of the same make follow one another here."""
    made = data[place + 1]
    for _ in range(IN_A_ROW):
        size = frame_size(data[place : place + HEADER])
        if not size or data[place + 1] & 0xFE != made & 0xFE:
            return False
        place += size
    return True


def frame_size(header: bytes) -> int:
    """How many bytes the frame with this header takes; none when it is no header of a frame."""
    if len(header) < HEADER or int.from_bytes(header[:2], "big") & SYNC != SYNC:
        return 0
    version, layer = header[1] >> 3 & 3, header[1] >> 1 & 3
    rate, bits = header[2] >> 2 & 3, header[2] >> 4
    if layer != LAYER_3 or version == NO_VERSION or rate == NO_RATE or bits in (0, 15):
        return 0
    per_frame = 144 if version == VERSION_1 else 72
    kilobits = KILOBITS[version == VERSION_1][bits - 1]
    return per_frame * kilobits * 1000 // RATES[version][rate] + (header[2] >> 1 & 1)
