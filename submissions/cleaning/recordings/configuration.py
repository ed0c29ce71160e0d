"""How a decoder is set up: written once for a whole video, and a place where notes may hide.

ffmpeg's filters clean every picture, but carry this over; so notes in it are blanked in place,
at the same length, in a way that every player passes over.
"""

import os
from typing import BinaryIO

from submissions.cleaning.recordings.boxes import Box, content
from submissions.cleaning.report import Doubtful, gettext_noop

MOST = 1024 * 1024
AVC_NEEDED = {7, 8, 13}
HEVC_NEEDED, HEVC_NOTES = {32, 33, 34}, {39, 40}
OBU_NEEDED, OBU_NOTES, OBU_PADDING = {1}, {5}, 15
FILLER_PAYLOAD, NOTE_FRAME, SHORTEST_FILLING = 3, 3, 2
END_BIT = 0x80

UNSOUND = gettext_noop(
    "The cleaned copy of this recording is not as it should be, so our staff will look at it; "
    "exporting it again as an MP4 or MP3 and handing that in may be faster."
)


def settle(file: BinaryIO, box: Box) -> None:
    """Blank the notes in the set-up of H.264, HEVC or AV1; hold what is neither that nor needed."""
    data = bytearray(content(file, box, MOST))
    if box.size > MOST:
        raise Doubtful(UNSOUND)
    try:
        SETTLERS[box.kind](data)
    except IndexError as odd:
        raise Doubtful(UNSOUND) from odd
    file.seek(box.start, os.SEEK_SET)
    file.write(data)


def settle_avc(data: bytearray) -> None:
    """H.264: two lists of parameter sets, and for some profiles a third behind four bytes."""
    place = sets_of_avc(data, 5, 0x1F)
    place = sets_of_avc(data, place, 0xFF)
    if place != len(data):
        place = sets_of_avc(data, place + 3, 0xFF)
    if place != len(data):
        raise Doubtful(UNSOUND)


def sets_of_avc(data: bytearray, place: int, mask: int) -> int:
    """Where a list of parameter sets ends; anything else in it is held."""
    count, place = data[place] & mask, place + 1
    for _ in range(count):
        if data[place + 2] & 0x1F not in AVC_NEEDED:
            raise Doubtful(UNSOUND)
        place += 2 + (data[place] << 8 | data[place + 1])
    return place


def settle_hevc(data: bytearray) -> None:
    """HEVC: lists of units by kind, among which notes may be."""
    place = 23
    for _ in range(data[22]):
        kind, units = data[place] & 0x3F, data[place + 1] << 8 | data[place + 2]
        if kind not in HEVC_NEEDED | HEVC_NOTES:
            raise Doubtful(UNSOUND)
        place = settle_units(data, place + 3, units, is_note=kind in HEVC_NOTES)
    if place != len(data):
        raise Doubtful(UNSOUND)


def settle_units(data: bytearray, place: int, units: int, *, is_note: bool) -> int:
    """Where a list of units ends; those that are notes are blanked."""
    for _ in range(units):
        start = place + 2
        place = start + (data[place] << 8 | data[place + 1])
        if place > len(data):
            raise Doubtful(UNSOUND)
        if is_note:
            data[start:place] = blank_note(bytes(data[start:place]))
    return place


def blank_note(unit: bytes) -> bytes:
    """A note of HEVC turned into filling of the same length, its header and last bit kept."""
    room = len(unit) - NOTE_FRAME
    if room < SHORTEST_FILLING:
        raise Doubtful(UNSOUND)
    return unit[:2] + filling(room) + bytes((END_BIT,))


def filling(room: int) -> bytes:
    """A note without meaning that takes exactly so many bytes, its kind and size among them."""
    for length in range(1, room):
        size = room - 1 - length
        if size // 255 + 1 == length:
            told = b"\xff" * (length - 1) + bytes((size % 255,))
            return bytes((FILLER_PAYLOAD,)) + told + b"\xff" * size
    return bytes((FILLER_PAYLOAD, 0)) + filling(room - SHORTEST_FILLING)


def settle_av1(data: bytearray) -> None:
    """AV1: units one after another behind four bytes."""
    place = 4
    while place < len(data):
        kind, header = data[place] >> 3 & 0xF, 1 + (data[place] >> 2 & 1)
        if not data[place] & 2:
            raise Doubtful(UNSOUND)
        size, start = leb128(data, place + header)
        if kind not in OBU_NEEDED | OBU_NOTES or start + size > len(data):
            raise Doubtful(UNSOUND)
        if kind in OBU_NOTES and size:
            data[place] = data[place] & 0x87 | OBU_PADDING << 3
            data[start : start + size] = bytes(size - 1) + bytes((END_BIT,))
        place = start + size


def leb128(data: bytearray, place: int) -> tuple[int, int]:
    """A number of seven bits a byte, and where what follows it begins."""
    number = 0
    for count in range(8):
        byte = data[place + count]
        number |= (byte & 0x7F) << 7 * count
        if not byte & END_BIT:
            return number, place + count + 1
    raise Doubtful(UNSOUND)


SETTLERS = {b"avcC": settle_avc, b"hvcC": settle_hevc, b"av1C": settle_av1}
