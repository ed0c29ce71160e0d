"""What sits inside an OpenDocument file: other office files, and pictures written as letters."""

import base64
import binascii
import io

from submissions.cleaning import archive
from submissions.cleaning.formats import ODF
from submissions.cleaning.odf.kinds import kind_of_document
from submissions.cleaning.ooxml import embedded
from submissions.cleaning.ooxml.relations import EMBEDDED
from submissions.cleaning.report import Doubtful, NotAccepted


def office_type(data: bytes) -> str:
    """Which office file this is; anything else has to be looked at by people."""
    try:
        with archive.opened(io.BytesIO(data)) as zipped:
            names = {name.lower(): name for name in zipped.namelist()}
            kind = kind_of_document(zipped, names) if "mimetype" in names else ""
    except NotAccepted as refusal:
        raise Doubtful(EMBEDDED) from refusal
    return kind if kind in ODF else embedded.office_type(data)


def from_base64(words: str) -> bytes:
    """The bytes that were written as letters."""
    try:
        return base64.b64decode(words)
    except (binascii.Error, ValueError) as damage:
        raise NotAccepted(archive.BROKEN) from damage
