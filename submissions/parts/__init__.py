"""Where the bytes of an upload gather until the file is whole: a folder, or parts in a bucket."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from typing import BinaryIO, Protocol

from django.conf import settings

from submissions.models import Upload
from submissions.parts.bucket import Bucket
from submissions.parts.folder import Folder, kept_files
from submissions.tus import Checksum

__all__ = ["Bucket", "Folder", "Store", "keys", "store"]


class Store(Protocol):
    """What both can do. How much has arrived is asked of them, never kept in the row."""

    def begin(self) -> tuple[str, str]:
        """A fresh place: its key, and the bucket's id of the multipart upload."""

    def offset(self, upload: Upload) -> int:
        """How many bytes are safely there."""

    def append(
        self, upload: Upload, offset: int, pieces: Iterable[bytes], checksum: Checksum | None
    ) -> int:
        """Add what arrives at ``offset``; return how many bytes are there then."""

    def held(self, upload: Upload) -> AbstractContextManager[object]:
        """Keep everyone else away, or decline when someone is at it."""

    def opened(self, upload: Upload) -> AbstractContextManager[BinaryIO]:
        """The whole file, to look at."""

    def to_vault(self, upload: Upload) -> str:
        """Put the whole file where originals lie; return its key there."""

    def discard(self, upload: Upload) -> None:
        """Leave nothing of it."""

    def sweep(self, known: set[str], before: datetime) -> int:
        """Delete what no row knows and what nobody has touched since ``before``."""

    def free_bytes(self) -> int | None:
        """How much more fits; nothing where there is no end to it."""


def store() -> Store:
    """The one that goes with the portal's file store."""
    return Bucket() if settings.S3_BUCKET else Folder()


def keys() -> Iterator[str]:
    """The keys of every file in the parts folder that a row knows, for ``reconcile``."""
    if not settings.S3_BUCKET:
        yield from kept_files(Upload.objects.under_way())
