"""Puts the text of an assertion into a PNG, and reads it out again: pure bytes.

Open Badges 2.0, Baking: one uncompressed ``iTXt`` chunk with the keyword ``openbadges``. It is
set right behind the header; every other chunk stays as it is, byte for byte.
"""

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORD = b"openbadges\x00"
# no compression, and neither a language nor a translated keyword: readers stumble over them
PLAIN = b"\x00\x00\x00\x00"
TEXT_KINDS = frozenset({b"iTXt", b"tEXt", b"zTXt"})
HEAD, SUM = struct.Struct(">I4s"), struct.Struct(">I")
AROUND = HEAD.size + SUM.size


class NotBakeable(ValueError):
    """The bytes are no whole PNG, or hold no badge, or hold it in a forbidden way."""


def chunks(png: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Walk a PNG: (kind, start, end) of every chunk, length and checksum included.

    Raises ``NotBakeable`` for anything but a whole, undamaged file.
    """
    if not png.startswith(SIGNATURE):
        raise NotBakeable("This is not a PNG picture.")
    start, kind = len(SIGNATURE), b""
    while kind != b"IEND":
        kind, end = chunk_at(png, start)
        yield kind, start, end
        start = end
    if start != len(png):
        raise NotBakeable("Something hangs on to the end of the picture.")


def chunk_at(png: bytes, start: int) -> tuple[bytes, int]:
    """The kind and the end of the chunk that starts here."""
    length, kind = HEAD.unpack_from(png, start) if start + AROUND <= len(png) else (len(png), b"")
    end = start + length + AROUND
    if end > len(png):
        raise NotBakeable("The picture is cut off.")
    if (start == len(SIGNATURE)) != (kind == b"IHDR"):
        raise NotBakeable("The picture has no proper header.")
    if zlib.crc32(png[start + 4 : end - 4]) != SUM.unpack_from(png, end - 4)[0]:
        raise NotBakeable("The picture is damaged.")
    return kind, end


def is_badge(png: bytes, kind: bytes, start: int) -> bool:
    """Whether a chunk carries a badge, in the present way or an older one."""
    return kind in TEXT_KINDS and png.startswith(KEYWORD, start + HEAD.size)


def badge_chunk(text: str) -> bytes:
    """The chunk that carries the text of an assertion."""
    body = KEYWORD + PLAIN + text.encode()
    return HEAD.pack(len(body), b"iTXt") + body + SUM.pack(zlib.crc32(b"iTXt" + body))


def bake(png: bytes, text: str) -> bytes:
    """The same picture with the text in it; a badge baked in before goes."""
    (_kind, start, end), *others = chunks(png)
    kept = (png[a:b] for kind, a, b in others if not is_badge(png, kind, a))
    return b"".join((png[:start], png[start:end], badge_chunk(text), *kept))


def unbake(png: bytes) -> str:
    """The text of the one assertion in a picture; raises ``NotBakeable`` where there is none."""
    found = [(kind, a, b) for kind, a, b in chunks(png) if is_badge(png, kind, a)]
    if not found:
        raise NotBakeable("There is no badge in this picture.")
    if len(found) > 1:
        raise NotBakeable("There is more than one badge in this picture.")
    kind, start, end = found[0]
    body = png[start + HEAD.size + len(KEYWORD) : end - SUM.size]
    if kind != b"iTXt" or not body.startswith(PLAIN):
        raise NotBakeable("The badge in this picture is written in a way that is not allowed.")
    try:
        return body[len(PLAIN) :].decode()
    except UnicodeDecodeError as error:
        raise NotBakeable("The badge in this picture can’t be read.") from error
