"""Files that are two kinds at once: a picture that is also a script, a PDF that is also a page."""

import re
from typing import BinaryIO

from submissions.cleaning.archive import ends_as_zip, tail_of

SCRIPT_PICTURE = re.compile(rb"GIF8[79]a\s*(/\*|=)|\xff\xd8\xff[\xe0-\xef]/\*|RIFF/\*")
ACTIVE = re.compile(
    rb"<(!doctype\s+html|html|head|body|script|iframe|svg|\?php)\b|<\?php", re.IGNORECASE
)
OPENS_A_REMARK = b"/*"
FIRST_OBJECT, END = b" obj", b"%%EOF"


def is_script_too(head: bytes) -> bool:
    """Whether a picture's first bytes are also the beginning of a script."""
    return SCRIPT_PICTURE.match(head) is not None


def is_pdf_alone(head: bytes, file: BinaryIO) -> bool:
    """Whether a PDF is nothing else: no zip at its end, nothing active before or behind it."""
    before = head.partition(FIRST_OBJECT)[0]
    if ends_as_zip(file) or OPENS_A_REMARK in before or ACTIVE.search(before):
        return False
    behind = tail_of(file).rpartition(END)[2]
    return ACTIVE.search(behind) is None
