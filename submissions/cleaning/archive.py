"""Open a zip without trusting a word it says about itself (SAFETY T9, T10)."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from submissions.cleaning.report import NotAccepted, gettext_noop

MOST_MEMBERS = 2_000
MOST_BYTES = 200 * 1024 * 1024
MOST_DIRECTORY = 1024 * 1024
CHUNK = 256 * 1024
END, LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x07"
RECORD_64 = 48  # as much of the large end record as tells the size
END_SIZE = 22
TAIL = END_SIZE + 65_535  # the end record and the longest comment behind it
METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    NotImplementedError,
    RuntimeError,
)

BROKEN = gettext_noop(
    "This file is damaged and can’t be opened; open it in the program it was made with, save it "
    "again, and hand in the new copy."
)
TOO_BIG = gettext_noop(
    "This file unpacks to more than the portal can take; save it with smaller pictures or as a "
    "PDF, and hand in that copy."
)
LOCKED = gettext_noop(
    "This file is protected with a password; save a copy without the password and hand that in."
)
ODD = gettext_noop(
    "This file is not built the way Office files are; open it in the program it was made with, "
    "save it again, and hand in the new copy."
)


def ends_as_zip(file: BinaryIO) -> bool:
    """Whether a zip's end record, with its comment, stands exactly at the end of a file."""
    tail = tail_of(file)
    end = tail.rfind(END)
    if end < 0 or len(tail) < end + END_SIZE:
        return False
    return bool(struct.unpack_from("<H", tail, end + 20)[0] == len(tail) - end - END_SIZE)


def tail_of(file: BinaryIO) -> bytes:
    """The last bytes of a file, where a zip tells of its directory."""
    size = file.seek(0, 2)
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    file.seek(0)
    return tail


def directory_size(file: BinaryIO) -> int:
    """How many bytes of directory the zip module is about to read into memory."""
    tail = tail_of(file)
    end = tail.rfind(END)
    if end < 0 or len(tail) < end + END_SIZE:
        raise NotAccepted(BROKEN)
    size = int(struct.unpack_from("<L", tail, end + 12)[0])
    locator = end - 20
    if locator < 0 or tail[locator : locator + 4] != LOCATOR_64:
        return size
    file.seek(struct.unpack_from("<Q", tail, locator + 8)[0] % 2**62)
    record = file.read(RECORD_64)
    file.seek(0)
    return int(struct.unpack_from("<Q", record, 40)[0]) if len(record) == RECORD_64 else size


@contextmanager
def reading() -> Iterator[None]:
    """Turn whatever a damaged zip raises into the sentence for its owner."""
    try:
        yield
    except DAMAGE as damage:
        raise NotAccepted(BROKEN) from damage


@contextmanager
def opened(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Open a zip whose directory was looked at: no lock, no double or outside name, no excess."""
    with reading():
        if directory_size(file) > MOST_DIRECTORY:
            raise NotAccepted(TOO_BIG)
        archive = zipfile.ZipFile(file)
    with archive:
        check_members(archive.infolist())
        yield archive


def check_members(members: list[zipfile.ZipInfo]) -> None:
    """Refuse a directory that no Office program writes."""
    if len(members) > MOST_MEMBERS:
        raise NotAccepted(TOO_BIG)
    if any(member.flag_bits & 0x1 for member in members):
        raise NotAccepted(LOCKED)
    names = {member.filename.lower() for member in members}
    if len(names) != len(members) or any(is_outside(name) for name in names):
        raise NotAccepted(ODD)
    if any(member.compress_type not in METHODS or is_link(member) for member in members):
        raise NotAccepted(ODD)


def is_link(member: zipfile.ZipInfo) -> bool:
    """Whether a member is only a pointer to a file elsewhere."""
    return stat.S_ISLNK(member.external_attr >> 16)


def is_outside(name: str) -> bool:
    """Whether a member's name would lead out of its folder."""
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def measure(archive: zipfile.ZipFile, most: int = MOST_BYTES) -> int:
    """Unpack everything once into nothing; refuse as soon as it is more than ``most`` bytes.

    A file that admits to more is refused unread; one that lies is caught while reading.
    """
    if sum(member.file_size for member in archive.infolist()) > most:
        raise NotAccepted(TOO_BIG)
    total = 0
    with reading():
        for member in archive.infolist():
            with archive.open(member) as content:
                while chunk := content.read(CHUNK):
                    total += len(chunk)
                    if total > most:
                        raise NotAccepted(TOO_BIG)
    return total


def read(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    """The content of one member, refused when it is longer than ``most`` bytes."""
    with reading(), archive.open(name) as content:
        data = content.read(most + 1)
    if len(data) > most:
        raise NotAccepted(TOO_BIG)
    return data
