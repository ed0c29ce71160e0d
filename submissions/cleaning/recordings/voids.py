"""The last look at a WebM copy: what may hide something is made void in place."""

from typing import BinaryIO

from submissions.cleaning.recordings import configuration
from submissions.cleaning.recordings.boxes import Box
from submissions.cleaning.recordings.configuration import UNSOUND
from submissions.cleaning.recordings.matroska import (
    CLUSTER,
    DOCTYPE,
    ENTRY,
    KIND,
    SEGMENT,
    TRACKS,
    Element,
    elements,
    text_in,
)
from submissions.cleaning.report import Doubtful

VOID, LONGEST_SIZE = 0xEC, 8
CODEC, SET_UP = 0x86, 0x63A2
BLOCK_GROUP, ADDITIONS, TAGS = 0xA0, 0x75A1, 0x1254C367
HEADER, INFO, CUES, SEEK_HEAD = 0x1A45DFA3, 0x1549A966, 0x1C53BB6B, 0x114D9B74
HOLDING = {
    *(HEADER, SEGMENT, SEEK_HEAD, 0x4DBB, INFO, TRACKS, 0xE0, 0xE1, 0x55B0, 0x55D0),
    *(CLUSTER, BLOCK_GROUP, CUES, 0xBB, 0xB7),
}
NUMBERS = {
    *(0x4286, 0x42F7, 0x42F2, 0x42F3, DOCTYPE, 0x4287, 0x4285),  # of the file
    *(0x53AB, 0x53AC, 0x2AD7B1, 0x4489),  # of the index and of the whole
    *(0xD7, 0x73C5, 0x9C, 0xB9, 0x88, 0x55AA, 0x22B59C, CODEC, 0x56AA, 0x56BB, KIND, 0x23E383),
    *(0xB0, 0xBA, 0x9A, 0x9D, 0x54B0, 0x54BA, 0x54B2, 0x54AA, 0x54BB, 0x54CC, 0x54DD, 0x53B8),
    *(0x55B1, 0x55B2, 0x55B3, 0x55B4, 0x55B5, 0x55B6, 0x55B7, 0x55B8, 0x55B9, 0x55BA, 0x55BB),
    *(0x55BC, 0x55BD, *range(0x55D1, 0x55DB)),
    *(0x9F, 0xB5, 0x78B5, 0x6264),  # of sound
    *(0xE7, 0xA7, 0xAB, 0xA3, 0xA1, 0x9B, 0xFB, 0x75A2),  # of the recording itself
    *(0xB3, 0xF7, 0xF1, 0xF0, 0xB2, 0x5378),  # of places to jump to
}
OURS = {0x4D80: b"Lavf", 0x5741: b"Lavf"}  # the names of the programs that wrote it
VOIDED = {TAGS, ADDITIONS, 0x53C0}  # the last says that pictures are partly transparent
SOUND_SET_UP = b"OpusHead"


def settle_all(file: BinaryIO, start: int, end: int) -> None:
    """Look at the elements between two places and at all in them."""
    for element in elements(file, start, end):
        if element.id == ENTRY:
            settle_track(file, element)
        elif element.id in HOLDING:
            settle_all(file, element.start, element.end)
        else:
            settle(file, element)


def settle(file: BinaryIO, element: Element) -> None:
    """Void one element, or make sure that it may stay."""
    if element.id in VOIDED:
        void(file, element)
    elif element.id not in NUMBERS and not is_ours(file, element):
        raise Doubtful(UNSOUND)


def is_ours(file: BinaryIO, element: Element) -> bool:
    """Whether an element is filling without content, or the name of the program that wrote it."""
    if element.id == VOID:
        return not any(read(file, element))
    return element.id in OURS and read(file, element) == OURS[element.id]


def settle_track(file: BinaryIO, entry: Element) -> None:
    """Look at the description of one track; its set-up only by the coding that needs one."""
    codec = text_in(file, entry, CODEC)
    for child in elements(file, entry.start, entry.end):
        if child.id in HOLDING:
            settle_all(file, child.start, child.end)
        elif child.id != SET_UP:
            settle(file, child)
        elif codec == b"V_AV1":
            configuration.settle(file, Box(b"av1C", child.start, child.end))
        elif not read(file, child).startswith(SOUND_SET_UP):
            void(file, child)


def read(file: BinaryIO, element: Element) -> bytes:
    """The content of a short element."""
    file.seek(element.start)
    return file.read(min(element.end - element.start, 64 * 1024))


def void(file: BinaryIO, element: Element) -> None:
    """Put nothing, of the same length, in an element's place."""
    length = min(element.start - element.place - 1, LONGEST_SIZE)
    size = element.end - element.place - 1 - length
    file.seek(element.place)
    file.write(bytes((VOID,)) + (size | 1 << 7 * length).to_bytes(length, "big") + bytes(size))
