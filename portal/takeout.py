"""Take my work home: one zip of everything, at any time, written while it is sent.

Nothing waits in memory or in a temporary file, so hours of video take no room on the server.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from portal.duties import Content, Stored, registry

CHUNK = 1024 * 1024
SUMS = "CHECKSUMS.txt"  # as sha256sum writes and checks it


class Outbox(io.RawIOBase):
    """Where the zip is written to: what lies here is sent and forgotten."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        """Whether it can be written to; it can't be sought, so the zip is written in one go."""
        return True

    def write(self, data: "bytes | bytearray | memoryview[int]") -> int:  # type: ignore[override] # narrower than Buffer
        """Lay a piece in."""
        self.waiting.append(bytes(data))
        return len(data)

    def taken(self) -> bytes:
        """Take out what lies here."""
        pieces, self.waiting = self.waiting, []
        return b"".join(pieces)


def pack(user: object) -> Iterator[bytes]:
    """The bytes of a zip of what every app holds of this person, with a list of checksums."""
    outbox, sums = Outbox(), list[str]()
    with zipfile.ZipFile(outbox, "w") as archive:
        for part in registry.takeout:
            for path, content in part.files(user):
                digest = hashlib.sha256()
                with archive.open(member(path, content), "w") as target:
                    for piece in pieces(content):
                        digest.update(piece)
                        target.write(piece)
                        yield outbox.taken()
                sums.append(f"{digest.hexdigest()}  {path}\n")
        archive.writestr(member(SUMS, b""), "".join(sums))
    yield outbox.taken()


def member(path: str, content: Content) -> zipfile.ZipInfo:
    """How a file stands in the zip: with today's date; stored files are packed by themselves."""
    today = timezone.localdate()
    info = zipfile.ZipInfo(path, (today.year, today.month, today.day, 0, 0, 0))
    if isinstance(content, Stored):
        info.file_size = default_storage.size(content.key)
    else:
        info.compress_type = zipfile.ZIP_DEFLATED
    return info


def pieces(content: Content) -> Iterator[bytes]:
    """A file in pieces that fit in memory."""
    if not isinstance(content, Stored):
        yield content
        return
    with default_storage.open(content.key) as file:
        while piece := file.read(CHUNK):
            yield piece


@require_GET
def takeout(request: HttpRequest) -> StreamingHttpResponse:
    """Everything this person wrote, handed in and earned."""
    name = f"my-work-{timezone.now():%Y-%m-%d}.zip"
    return StreamingHttpResponse(
        pack(request.user),
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
