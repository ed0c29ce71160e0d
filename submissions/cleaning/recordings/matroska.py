"""The elements of WebM files: walked one by one, the recording itself passed over."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from submissions.cleaning.archive import BROKEN
from submissions.cleaning.formats import WEBM, WEBM_SOUND
from submissions.cleaning.report import NotAccepted

START = b"\x1aE\xdf\xa3"
DOCTYPE, SEGMENT, TRACKS, CLUSTER = 0x4282, 0x18538067, 0x1654AE6B, 0x1F43B675
ENTRY, KIND, PICTURES, SOUND = 0xAE, 0x83, 1, 2
MOST_ELEMENTS = 10_000_000
LONGEST_ID, LONGEST_SIZE = 4, 8


@dataclass(frozen=True)
class Element:
    """One element: its id, where it and its content begin, and where it ends."""

    id: int
    place: int
    start: int
    end: int


def elements(file: BinaryIO, start: int, end: int) -> Iterator[Element]:
    """The elements between two places; one that reaches further is damage."""
    place = start
    for _ in range(MOST_ELEMENTS):
        if place >= end:
            return
        element = element_at(file, place, end)
        yield element
        place = element.end
    raise NotAccepted(BROKEN)


def element_at(file: BinaryIO, place: int, end: int) -> Element:
    """The element at a place; one of unknown size reaches to the end."""
    file.seek(place)
    head = file.read(LONGEST_ID + LONGEST_SIZE)
    id_length = length_of(head[:1], LONGEST_ID)
    size_length = length_of(head[id_length : id_length + 1], LONGEST_SIZE)
    start = place + id_length + size_length
    told = int.from_bytes(head[id_length : id_length + size_length], "big")
    size = told & ((1 << 7 * size_length) - 1)
    number = int.from_bytes(head[:id_length], "big")
    if size == (1 << 7 * size_length) - 1:
        return Element(number, place, start, end)
    if start + size > end:
        raise NotAccepted(BROKEN)
    return Element(number, place, start, start + size)


def length_of(first: bytes, most: int) -> int:
    """How long a number is, by the zeros its first byte begins with."""
    length = 9 - first[0].bit_length() if first else most + 1
    if length > most:
        raise NotAccepted(BROKEN)
    return length


def kind_of_webm(file: BinaryIO) -> str:
    """The media type of a WebM file; other files of this make are told apart."""
    end = file.seek(0, os.SEEK_END)
    top = elements(file, 0, end)
    header = next(top)
    if text_in(file, header, DOCTYPE) != b"webm":
        return "other recording"
    segment = next((one for one in top if one.id == SEGMENT), None)
    kinds = kinds_of_tracks(file, segment) if segment else set()
    if PICTURES in kinds:
        return WEBM
    if SOUND in kinds:
        return WEBM_SOUND
    raise NotAccepted(BROKEN)


def text_in(file: BinaryIO, parent: Element, wanted: int) -> bytes:
    """The text of a child."""
    for child in elements(file, parent.start, parent.end):
        if child.id == wanted:
            file.seek(child.start)
            return file.read(min(child.end - child.start, 32)).rstrip(b"\x00")
    return b""


def kinds_of_tracks(file: BinaryIO, segment: Element) -> set[int]:
    """Which kinds of track there are; the list comes before the recording itself."""
    for child in elements(file, segment.start, segment.end):
        if child.id == CLUSTER:
            break
        if child.id == TRACKS:
            entries = elements(file, child.start, child.end)
            return {kind_of_track(file, one) for one in entries if one.id == ENTRY}
    return set()


def kind_of_track(file: BinaryIO, entry: Element) -> int:
    """The number for the kind of one track."""
    return int.from_bytes(text_in(file, entry, KIND), "big")
