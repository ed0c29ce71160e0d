"""The streams of a PDF: unpacked under a limit, pictures freed of what was written beside them."""

import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from submissions.cleaning import jpeg

MOST_PICTURE = 256 * 1024 * 1024
FLATE = ("/FlateDecode", "/Fl")
JPEG = ("/DCTDecode", "/DCT")
JPEG_2000 = "/JPXDecode"
BOX_HEAD = 8
JP2_KEPT = (b"jP  ", b"ftyp", b"jp2h", b"jp2c")
TELL_TALES = (b"Exif\x00\x00", b"http://ns.adobe.com", b"Photoshop 3.0")


class TooBig(Exception):
    """A stream unpacks to more than it may."""


def unpacked(data: bytes, most: int) -> bytes:
    """Inflate, but never to more than ``most`` bytes; a cut-off end is let pass as viewers do."""
    inflater = zlib.decompressobj()
    content = inflater.decompress(data, most + 1)
    if len(content) > most:
        raise TooBig
    return content


def filters_of(stream: Stream) -> list[str]:
    """The names of a stream's filters, outermost first."""
    given = stream.get("/Filter")
    if given is None:
        return []
    return [str(name) for name in given] if isinstance(given, Array) else [str(given)]


def partly_unpacked(stream: Stream, most: int) -> tuple[bytes, list[str]]:
    """A stream's bytes with the outer Flate filters undone, and the filters that remain."""
    data, filters = stream.read_raw_bytes(), filters_of(stream)
    while filters and filters[0] in FLATE:
        data = unpacked(data, most)
        filters.pop(0)
    return data, filters


def fully_unpacked(stream: Stream, most: int) -> bytes:
    """A stream's content; other filters than Flate are left to the library, after a look."""
    data, filters = partly_unpacked(stream, most)
    if not filters and "/DecodeParms" not in stream:
        return data
    content = stream.read_bytes()
    if len(content) > most:
        raise TooBig
    return content


def content_of(page: pikepdf.Page, most: int) -> Iterator[bytes]:
    """The unpacked content streams of a page."""
    contents = page.obj.get("/Contents")
    streams = list(contents) if isinstance(contents, Array) else [contents]
    for stream in streams:
        if isinstance(stream, Stream):
            yield fully_unpacked(stream, most)


def has_told_picture(content: bytes) -> bool:
    """Whether a picture drawn inline carries details that can't be taken out there."""
    return b"BI" in content and any(mark in content for mark in TELL_TALES)


def clean_picture(stream: Stream) -> bool:
    """Free a picture of its details; return whether it had any."""
    data, filters = partly_unpacked(stream, MOST_PICTURE)
    if len(filters) != 1:
        return False
    plain = plain_picture(data, filters[0])
    if plain == data:
        return False
    stream.write(plain, filter=Name(filters[0]), decode_parms=last_parameters(stream))
    return any(mark in data for mark in TELL_TALES) or len(data) - len(plain) > len(data) // 50


def plain_picture(data: bytes, name: str) -> bytes:
    """The same picture without details; one that can't be read so is left to the caller."""
    if name in JPEG:
        return jpeg.stripped(data)
    return plain_jp2(data) if name == JPEG_2000 else data


def last_parameters(stream: Stream) -> Dictionary | None:
    """The parameters of the last filter, when there are any."""
    given = stream.get("/DecodeParms")
    if isinstance(given, Array):
        given = given[-1] if len(given) else None
    return Dictionary(dict(given.items())) if isinstance(given, Dictionary) else None


def plain_jp2(data: bytes) -> bytes:
    """A JPEG 2000 file cut down to the boxes that draw; a bare code stream stays."""
    if data[4:8] != b"jP  ":
        return data
    return b"".join(box for kind, box in boxes(data) if kind in JP2_KEPT)


def boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The top boxes of a JPEG 2000 file, by their four letters."""
    place = 0
    while place + 8 <= len(data):
        size = int.from_bytes(data[place : place + 4], "big")
        if size == 1:
            size = int.from_bytes(data[place + 8 : place + 16], "big")
        stop = place + size if size >= BOX_HEAD else len(data)
        yield data[place + 4 : place + 8], data[place:stop]
        place = stop
