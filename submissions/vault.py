"""Where files lie: originals in the vault, cleaned copies apart, all under random names."""

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import BinaryIO

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from portal.receiving import FULL
from submissions.tus import NotNow

CHUNK = 1024 * 1024


def new_key(room: str) -> str:
    """A random name of 128 bits in a room of the store: it says nothing of anyone."""
    name = secrets.token_hex(16)
    return f"{room}/{name[:2]}/{name}"


def store(file: BinaryIO | File[bytes], room: str = "vault") -> tuple[str, str, int]:
    """Store a file; return its key, its SHA-256 and its size in bytes."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while chunk := file.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    file.seek(0)
    key = new_key(room)
    with discarding(key), room_to_write():
        default_storage.save(key, File(file))
    return key, digest.hexdigest(), size


def copy(original: File[bytes], target: BinaryIO) -> str:
    """Copy a stored file; return its SHA-256."""
    digest = hashlib.sha256()
    while chunk := original.read(CHUNK):
        digest.update(chunk)
        target.write(chunk)
    return digest.hexdigest()


@contextmanager
def discarding(key: str) -> Iterator[None]:
    """Delete a stored file again when the block that was to make its row does not succeed."""
    kept = False
    try:
        yield
        kept = True
    finally:
        if not kept:
            default_storage.delete(key)


def no_room() -> NotNow:
    """The sentence for a disk that is full."""
    return NotNow(
        _(
            "The portal has no room for this file at the moment; try again in an hour, or hand in "
            "a smaller copy."
        ),
        HTTPStatus.INSUFFICIENT_STORAGE,
    )


@contextmanager
def room_to_write() -> Iterator[None]:
    """Turn a full disk into the sentence for the person."""
    try:
        yield
    except OSError as trouble:
        if trouble.errno in FULL:
            raise no_room() from trouble
        raise
