"""Parts in a bucket: an S3 multipart upload, to which the browser sends straight.

Every part but the last has ``PART`` bytes, so the number of a part follows from its offset.
"""

import io
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from http import HTTPStatus
from typing import Any, BinaryIO

from botocore.exceptions import ClientError
from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from portal.refusal import Refused
from submissions import vault
from submissions.models import Upload
from submissions.parts.folder import check_offset
from submissions.tus import CHECKSUM_MISMATCH, Checksum, Declined, odd_request

PART = 5 * 1024 * 1024  # the least that S3 takes for any part but the last
ADDRESS_SECONDS = 3600
BUFFER = 1024 * 1024
GONE = {"NoSuchUpload", "NoSuchKey", "404"}


class Bucket:
    """The parts of multipart uploads."""

    def __init__(self) -> None:
        store: Any = default_storage  # django-storages' own, which its stubs don't tell
        self.client = store.connection.meta.client
        self.name = store.bucket_name

    def called(self, upload: Upload) -> dict[str, str]:
        """How the store knows this upload."""
        return self.filed(upload) | {"UploadId": upload.multipart_id}

    def filed(self, upload: Upload) -> dict[str, str]:
        """How the store knows the file it becomes."""
        return {"Bucket": self.name, "Key": upload.part_key}

    def begin(self) -> tuple[str, str]:
        """A multipart upload right under the key that the original will have."""
        key = vault.new_key("vault")
        made = self.client.create_multipart_upload(
            Bucket=self.name, Key=key, ContentType="application/octet-stream"
        )
        return key, made["UploadId"]

    def parts(self, upload: Upload) -> list[dict[str, Any]] | None:
        """The parts that have arrived, without a gap; nothing once they were put together."""
        pages = self.client.get_paginator("list_parts").paginate(**self.called(upload))
        try:
            arrived = [part for page in pages for part in page.get("Parts", [])]
        except ClientError as trouble:
            if code_of(trouble) in GONE:
                return None
            raise
        in_order = enumerate(sorted(arrived, key=lambda part: part["PartNumber"]), start=1)
        return [part for number, part in in_order if part["PartNumber"] == number]

    def offset(self, upload: Upload) -> int:
        """The bytes of all parts up to the first gap."""
        parts = self.parts(upload)
        return self.size(upload) if parts is None else sum(part["Size"] for part in parts)

    def size(self, upload: Upload) -> int:
        """The size of the file once its parts were put together."""
        try:
            return int(self.client.head_object(**self.filed(upload))["ContentLength"])
        except ClientError as trouble:
            if code_of(trouble) in GONE:
                return 0
            raise

    def address(self, upload: Upload, number: int) -> str:
        """Where the browser may put one part, for an hour; never more bytes than promised."""
        begin = (number - 1) * PART
        if not 0 <= begin < upload.size:
            raise odd_request()
        told = {"PartNumber": number, "ContentLength": min(PART, upload.size - begin)}
        address: str = self.client.generate_presigned_url(
            "upload_part", Params=self.called(upload) | told, ExpiresIn=ADDRESS_SECONDS
        )
        return address

    def append(
        self, upload: Upload, offset: int, pieces: Iterable[bytes], checksum: Checksum | None
    ) -> int:
        """Pass one part on, for a sender that does not send to the bucket itself."""
        check_offset(offset, self.offset(upload))
        content = one_part(pieces)
        check_part(upload, offset, content)
        if checksum is not None:
            check_sum(content, checksum)
        self.client.upload_part(
            **self.called(upload), PartNumber=offset // PART + 1, Body=io.BytesIO(content)
        )
        return offset + len(content)

    def held(self, upload: Upload) -> AbstractContextManager[object]:
        """Parts may come twice or together: the same number holds the same bytes."""
        return nullcontext()

    @contextmanager
    def opened(self, upload: Upload) -> Iterator[BinaryIO]:
        """Put the parts together and look at the file where it lies."""
        if parts := self.parts(upload):
            told = [{"PartNumber": part["PartNumber"], "ETag": part["ETag"]} for part in parts]
            with suppressing_gone():
                self.client.complete_multipart_upload(
                    **self.called(upload), MultipartUpload={"Parts": told}
                )
        if self.size(upload) != upload.size:
            raise Refused(_("The file did not arrive whole; choose it again and send it anew."))
        with io.BufferedReader(Distant(self, upload), BUFFER) as file:
            yield file

    def to_vault(self, upload: Upload) -> str:
        """It lies there already."""
        return upload.part_key

    def discard(self, upload: Upload) -> None:
        """Give up the parts, or the file they became."""
        with suppressing_gone():
            self.client.abort_multipart_upload(**self.called(upload))
        self.client.delete_object(**self.filed(upload))

    def sweep(self, known: set[str], before: datetime) -> int:
        """Give up multipart uploads that no row knows."""
        pages = self.client.get_paginator("list_multipart_uploads").paginate(
            Bucket=self.name, Prefix="vault/"
        )
        lost = [
            {"Bucket": self.name, "Key": found["Key"], "UploadId": found["UploadId"]}
            for page in pages
            for found in page.get("Uploads", [])
            if found["Key"] not in known and found["Initiated"] < before
        ]
        for called in lost:
            with suppressing_gone():
                self.client.abort_multipart_upload(**called)
        return len(lost)

    def free_bytes(self) -> None:
        """There is no end to a bucket."""


class Distant(io.RawIOBase):
    """A file in the bucket, read range by range as it is looked at."""

    def __init__(self, bucket: Bucket, upload: Upload) -> None:
        self.bucket, self.upload, self.at = bucket, upload, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; nothing is fetched yet."""
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self.at, io.SEEK_END: self.upload.size}[whence]
        self.at = max(0, origin + offset)
        return self.at

    def readinto(self, buffer: Any) -> int:
        """Fetch as much as fits."""
        end = min(self.at + len(buffer), self.upload.size)
        if self.at >= end:
            return 0
        answer = self.bucket.client.get_object(
            **self.bucket.filed(self.upload), Range=f"bytes={self.at}-{end - 1}"
        )
        content = answer["Body"].read()
        buffer[: len(content)] = content
        self.at += len(content)
        return len(content)


def code_of(trouble: ClientError) -> str:
    """What the store says is wrong."""
    return str(trouble.response.get("Error", {}).get("Code", ""))


@contextmanager
def suppressing_gone() -> Iterator[None]:
    """What is gone already need not go."""
    try:
        yield
    except ClientError as trouble:
        if code_of(trouble) not in GONE:
            raise


def one_part(pieces: Iterable[bytes]) -> bytes:
    """What arrives, as far as it is one part: memory stays flat."""
    content = bytearray()
    for piece in pieces:
        content += piece
        if len(content) > PART:
            break
    return bytes(content)


def check_part(upload: Upload, offset: int, content: bytes) -> None:
    """Decline a piece that is no whole part."""
    if offset % PART or len(content) != min(PART, upload.size - offset):
        raise Declined(
            _("The file must come in pieces of 5 MB here; reload the page and go on."),
            HTTPStatus.BAD_REQUEST,
        )


def check_sum(content: bytes, checksum: Checksum) -> None:
    """Decline a part that was damaged on its way."""
    digest = checksum.fresh()
    digest.update(content)
    if not checksum.is_of(digest.digest()):
        raise Declined(
            _("A piece of the file was damaged on its way; it is sent again."), CHECKSUM_MISMATCH
        )
