"""The words of tus 1.0, the protocol of resumable uploads: headers in, headers out.

https://tus.io/protocols/resumable-upload
"""

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

from django.utils.http import http_date
from django.utils.translation import gettext as _

from portal.refusal import Refused

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,checksum,expiration"
ALGORITHMS = ("sha1", "sha256")
CONTENT_TYPE = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460  # a status of the protocol's own
WHOLE_NUMBER = re.compile(r"[0-9]{1,18}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Declined(Refused):
    """A refusal with the status that the protocol has for it."""

    def __init__(self, words: str, status: int = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(words)
        self.status = status


class NotNow(Declined):
    """Declined for the moment: nothing is lost, and the same request may succeed later."""


class Checksum(NamedTuple):
    """What a chunk must add up to."""

    algorithm: str
    digest: bytes

    def is_of(self, digest: bytes) -> bool:
        """Whether this is the checksum of what arrived."""
        return hmac.compare_digest(self.digest, digest)

    def fresh(self) -> "hashlib._Hash":
        """A sum to add the chunk to."""
        return hashlib.new(self.algorithm, usedforsecurity=False)


def odd_request() -> Declined:
    """The sentence for what only a program at odds with the protocol sends."""
    return Declined(_("The upload was not understood; reload the page and choose the file again."))


def too_much(words: str) -> Declined:
    """A sentence about something that is over its limit."""
    return Declined(words, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)


def whole_number(header: str | None) -> int:
    """A length or an offset in bytes."""
    if header is None or not WHOLE_NUMBER.fullmatch(header):
        raise odd_request()
    return int(header)


def metadata(header: str) -> dict[str, str]:
    """``Upload-Metadata`` as words: pairs of a key and its value in Base64, each key once."""
    told: dict[str, str] = {}
    for pair in filter(None, map(str.strip, header.split(","))):
        key, _space, value = pair.partition(" ")
        if key in told or not key.isascii():
            raise odd_request()
        told[key] = words(value.strip())
    return told


def words(value: str) -> str:
    """One value of the metadata."""
    try:
        return base64.b64decode(value, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError) as broken:
        raise odd_request() from broken


def as_metadata(told: Mapping[str, str]) -> str:
    """Words as ``Upload-Metadata``."""
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in told.items()
    )


def checksum(header: str | None) -> Checksum | None:
    """``Upload-Checksum``, where the sender gave one."""
    if header is None:
        return None
    algorithm, _space, value = header.partition(" ")
    if algorithm not in ALGORITHMS:
        raise odd_request()
    try:
        return Checksum(algorithm, base64.b64decode(value, validate=True))
    except (binascii.Error, ValueError) as broken:
        raise odd_request() from broken


def plain_words(told: str) -> str:
    """Words without control signs, which no database takes and no page shows."""
    return CONTROL.sub("", told).strip()


def plain_name(told: str) -> str:
    """A file's name without the folders some browsers send along, and without control signs."""
    name = plain_words(told.replace("\\", "/").rpartition("/")[2])[:300]
    return name if name.strip(".") else ""


def capabilities(most: int) -> dict[str, str]:
    """What an answer to OPTIONS tells; ``most`` is the largest file in bytes."""
    return {
        "Tus-Version": VERSION,
        "Tus-Extension": EXTENSIONS,
        "Tus-Max-Size": str(most),
        "Tus-Checksum-Algorithm": ",".join(ALGORITHMS),
    }


def standing(offset: int, expires_at: datetime) -> dict[str, str]:
    """How far an upload is, and until when it may be taken up again."""
    return {"Upload-Offset": str(offset), "Upload-Expires": http_date(expires_at.timestamp())}
