"""Parts on a disk: the offset of an upload is the size of its part file.

So a process killed at any moment loses nothing, and nothing can disagree. Beside a part lie its
lock and, while a chunk with a checksum comes in, a mark of where the checked bytes end.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from submissions import vault
from submissions.models import Upload
from submissions.parts import lock
from submissions.tus import CHECKSUM_MISMATCH, Checksum, Declined

ROOM = "parts"
LOCK, MARK, FRESH = ".lock", ".mark", ".fresh"
SIDES = ("", LOCK, MARK, FRESH)


class Folder:
    """The parts below the store's own folder."""

    def begin(self) -> tuple[str, str]:
        """A fresh key; the file is made by its first byte."""
        return vault.new_key(ROOM), ""

    def offset(self, upload: Upload) -> int:
        """The size of the file, up to the mark where there is one."""
        place = where(upload)
        size = place.stat().st_size if place.exists() else 0
        mark = beside(upload, MARK)
        return min(size, int(mark.read_text())) if mark.exists() else size

    @contextmanager
    def held(self, upload: Upload) -> Iterator[lock.Lock]:
        """One writer at a time; the lock goes when there is no part any more."""
        with lock.held(beside(upload, LOCK)) as hold:
            try:
                yield hold
            finally:
                if not beside(upload).exists():
                    hold.put_away()

    def append(
        self, upload: Upload, offset: int, pieces: Iterable[bytes], checksum: Checksum | None
    ) -> int:
        """Add what arrives at ``offset``, which must be where the file ends."""
        with self.held(upload) as hold:
            check_offset(offset, self.offset(upload))
            with opened_to_write(beside(upload), offset) as handle:
                mark = beside(upload, MARK)
                coming = watched(pieces, hold)
                if checksum is None:
                    mark.unlink(missing_ok=True)
                    return write(handle, offset, coming)
                set_mark(mark, offset)
                return write_checked(handle, mark, coming, checksum)

    @contextmanager
    def opened(self, upload: Upload) -> Iterator[BinaryIO]:
        """The whole file, to look at."""
        with where(upload).open("rb") as file:
            yield file

    def to_vault(self, upload: Upload) -> str:
        """Rename the part into the vault, under the same random name."""
        key = vault_key(upload)
        final = Path(default_storage.path(key))
        if not final.exists():
            final.parent.mkdir(parents=True, exist_ok=True)
            move(beside(upload), final)
        for side in SIDES:
            beside(upload, side).unlink(missing_ok=True)
        return key

    def discard(self, upload: Upload) -> None:
        """Delete the part, wherever it is, and what lies beside it."""
        Path(default_storage.path(vault_key(upload))).unlink(missing_ok=True)
        for side in SIDES:
            beside(upload, side).unlink(missing_ok=True)

    def sweep(self, known: set[str], before: datetime) -> int:
        """Delete part files that no row knows."""
        lost = [
            path
            for path in Path(default_storage.path(ROOM)).rglob("*")
            if path.is_file()
            and path.stat().st_mtime < before.timestamp()
            and f"{ROOM}/{path.parent.name}/{path.stem}" not in known
        ]
        for path in lost:
            path.unlink(missing_ok=True)
        return len(lost)

    def free_bytes(self) -> int:
        """What the disk has left."""
        Path(settings.MEDIA_ROOT).mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(settings.MEDIA_ROOT).free


def beside(upload: Upload, side: str = "") -> Path:
    """The part file, or its lock or mark."""
    return Path(default_storage.path(upload.part_key + side))


def vault_key(upload: Upload) -> str:
    """The key the file will have as an original."""
    return f"vault{upload.part_key.removeprefix(ROOM)}"


def where(upload: Upload) -> Path:
    """Where the bytes are: after a crash between two steps the whole file may be in the vault."""
    final = Path(default_storage.path(vault_key(upload)))
    return final if final.exists() else beside(upload)


def kept_files(uploads: Iterable[Upload]) -> Iterator[str]:
    """The keys of every file that belongs to an upload under way."""
    for upload in uploads:
        keys = (upload.part_key + side for side in SIDES)
        yield from (key for key in keys if default_storage.exists(key))


def check_offset(told: int, true: int) -> None:
    """Decline what would leave a gap or write over what is there."""
    if told != true:
        raise Declined(
            _("The upload is at another place by now; it goes on from there by itself."),
            HTTPStatus.CONFLICT,
        )


def set_mark(mark: Path, offset: int) -> None:
    """Note where the checked bytes end, in one step."""
    fresh = mark.with_suffix(FRESH)
    fresh.write_text(str(offset))
    fresh.replace(mark)


@contextmanager
def opened_to_write(part: Path, offset: int) -> Iterator[int]:
    """The part file, made when it is not there yet, without what was never checked."""
    handle = os.open(part, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.ftruncate(handle, offset)
        yield handle
    finally:
        os.close(handle)


def watched(pieces: Iterable[bytes], hold: lock.Lock) -> Iterator[bytes]:
    """Pass the pieces on as long as nobody took over."""
    for piece in pieces:
        hold.check()
        yield piece


def write(handle: int, at: int, pieces: Iterable[bytes]) -> int:
    """Write the pieces one after another; return where the file ends then."""
    with vault.room_to_write():
        for piece in pieces:
            left = memoryview(piece)
            while left:
                done = os.pwrite(handle, left, at)
                left, at = left[done:], at + done
    return at


def write_checked(handle: int, mark: Path, pieces: Iterable[bytes], checksum: Checksum) -> int:
    """Write the pieces; take them back when they don't add up."""
    begin, digest = int(mark.read_text()), checksum.fresh()

    def summed() -> Iterator[bytes]:
        for piece in pieces:
            digest.update(piece)
            yield piece

    end = write(handle, begin, summed())
    is_sound = checksum.is_of(digest.digest())
    if not is_sound:
        os.ftruncate(handle, begin)
    mark.unlink()
    if not is_sound:
        raise Declined(
            _("A piece of the file was damaged on its way; it is sent again."), CHECKSUM_MISMATCH
        )
    return end


def move(part: Path, final: Path) -> None:
    """Rename, or copy and rename where the vault lies on another disk."""
    try:
        part.rename(final)
    except OSError as trouble:
        if trouble.errno != errno.EXDEV:
            raise
        beside_final = final.with_suffix(".coming")
        shutil.copyfile(part, beside_final)
        beside_final.rename(final)
        part.unlink()
