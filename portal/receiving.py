"""Files of a plain form, on their way through the disk's temporary folder."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


class Dropped(UploadedFile[bytes]):
    """A file for which the disk had no room: its name, and not one byte."""


class TemporaryFiles(TemporaryFileUploadHandler):
    """Django's own, but a full disk is no error: the file is dropped, and its form says so."""

    is_dropped = False

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file."""
        self.is_dropped = False
        super().new_file(*args, **kwargs)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write a piece, or let it go."""
        if not self.is_dropped:
            with self.dropping():
                super().receive_data_chunk(raw_data, start)
        return None

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """The file, or its name alone; the last bytes may still lie in a buffer."""
        if not self.is_dropped:
            with self.dropping():
                self.file.flush()
                return super().file_complete(file_size)
        return Dropped(name=self.file_name, content_type=self.content_type, size=0)

    @contextmanager
    def dropping(self) -> Iterator[None]:
        """Give the room back when there is no more of it."""
        try:
            yield
        except OSError as trouble:
            if trouble.errno not in FULL:
                raise
            self.is_dropped = True
            with suppress(OSError):
                self.file.close()
