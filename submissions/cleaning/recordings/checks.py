"""The last look at a cleaned recording: nothing is in it but what has to be, else it is held."""

import os
from pathlib import Path
from typing import BinaryIO

from submissions.cleaning.formats import MP3
from submissions.cleaning.recordings import configuration, mpeg_audio, voids
from submissions.cleaning.recordings.boxes import Box, all_boxes, boxes, content
from submissions.cleaning.recordings.configuration import UNSOUND
from submissions.cleaning.report import Doubtful, NotAccepted

HOLDING = {b"moov", b"trak", b"edts", b"mdia", b"minf", b"dinf", b"stbl", b"udta"}
LISTS = {b"dref": 8, b"stsd": 8, b"meta": 4}
SAMPLES = {b"avc1": 78, b"hvc1": 78, b"hev1": 78, b"av01": 78, b"mp4a": 28}
NUMBERS = {
    *(b"ftyp", b"mdat", b"elst", b"vmhd", b"smhd", b"stts", b"ctts", b"stss", b"stsc", b"stsz"),
    *(b"stco", b"co64", b"sgpd", b"sbgp", b"sdtp", b"esds", b"pasp", b"btrt", b"fiel", b"clli"),
    *(b"mdcv", b"chan", b"cslg", b"clap"),
}
DATED = {b"mvhd", b"tkhd", b"mdhd"}
SET_UP = set(configuration.SETTLERS)
CALLED = (b"VideoHandler\x00", b"SoundHandler\x00", b"\x00", b"")
NAME_AT = 24  # of a handler, behind its numbers
CODER = slice(42, 74)  # in the description of pictures
OUR_CODERS = (b"", b"\x0cLavc libx264")
COLORS = (b"nclx", b"nclc")
MUST_BE_EMPTY = {b"free", b"ilst"}
LABELS = ((-128, b"TAG"), (-160, b"APETAGEX"), (-32, b"APETAGEX"))


def check_movie(path: Path) -> None:
    """Look at every box of an MP4; blank what may hide in the set-up of the decoder."""
    with path.open("r+b") as file:
        try:
            for box in all_boxes(file):
                check_box(file, box)
        except NotAccepted as damage:
            raise Doubtful(UNSOUND) from damage


def check_box(file: BinaryIO, box: Box) -> None:
    """Look at one box and all in it."""
    if box.kind in SET_UP:
        configuration.settle(file, box)
    elif box.kind in SAMPLES:
        check_coder(content(file, box, SAMPLES[box.kind]))
        check_all(file, box, SAMPLES[box.kind])
    elif box.kind in HOLDING or box.kind in LISTS:
        check_all(file, box, LISTS.get(box.kind, 0))
    elif not is_harmless(file, box):
        raise Doubtful(UNSOUND)


def check_coder(description: bytes) -> None:
    """The description of pictures names no program but our own; that of sound is shorter."""
    if description[CODER].rstrip(b"\x00") not in OUR_CODERS:
        raise Doubtful(UNSOUND)


def check_all(file: BinaryIO, box: Box, skip: int) -> None:
    """Look at the boxes in a box."""
    for child in boxes(file, box.start + skip, box.end):
        check_box(file, child)


def is_harmless(file: BinaryIO, box: Box) -> bool:
    """Whether a box without others in it says nothing of anyone."""
    if box.kind in DATED:
        return is_undated(content(file, box, 20))
    if box.kind in MUST_BE_EMPTY:
        return not any(content(file, box, 1024 * 1024)) and box.size <= 1024 * 1024
    if box.kind == b"hdlr":
        return content(file, box, 256)[NAME_AT:] in CALLED
    if box.kind == b"url ":
        return box.size == len(bytes(4))
    if box.kind == b"colr":
        return content(file, box, 4) in COLORS
    return box.kind in NUMBERS


def is_undated(head: bytes) -> bool:
    """Whether the times of making and changing are left open."""
    length = 16 if head[:1] == b"\x01" else 8
    return not any(head[4 : 4 + length])


def check_webm(path: Path) -> None:
    """Look at every element of a WebM file; void what may hide in it."""
    with path.open("r+b") as file:
        try:
            voids.settle_all(file, 0, file.seek(0, os.SEEK_END))
        except NotAccepted as damage:
            raise Doubtful(UNSOUND) from damage


def check_mp3(path: Path) -> None:
    """An MP3 begins with sound and has no label behind it."""
    with path.open("rb") as file:
        end = file.seek(0, os.SEEK_END)
        file.seek(0)
        is_sound = bool(mpeg_audio.frame_size(file.read(4))) and mpeg_audio.is_mp3(file)
        file.seek(max(0, end - 160))
        tail = file.read()
    labels = [tail[place:].startswith(label) for place, label in LABELS if len(tail) >= -place]
    if not is_sound or any(labels):
        raise Doubtful(UNSOUND)


def check_copy(path: Path, media_type: str) -> None:
    """The look that the kind of file asks for."""
    if media_type == MP3:
        check_mp3(path)
    elif media_type.endswith("/webm"):
        check_webm(path)
    else:
        check_movie(path)
