"""Windows metafiles in Office documents: drawings kept, descriptions and comments taken out."""

import struct
from collections.abc import Iterator

HEADER, COMMENT, EOF = 1, 70, 14
EMF_MARK, EMF_PLUS = b" EMF", b"EMF+"
PLACEABLE, PLACEABLE_SIZE, WMF_HEADER = b"\xd7\xcd\xc6\x9a", 22, 18
WMF_STARTS = (b"\x01\x00\x09\x00", b"\x02\x00\x09\x00")
SHORTEST_EMF, SHORTEST_WMF = 8, 6
ESCAPE = 0x0626
TELL_TALES = (b"Exif\x00", b"http://ns.adobe.com", b"Photoshop 3.0")


class NotMetafile(ValueError):
    """These bytes are no metafile that could be read to its end."""


def cleaned(data: bytes) -> bytes:
    """The same drawing without its description, its comments and anything behind its end."""
    try:
        drawing = cleaned_emf(data) if data[40:44] == EMF_MARK else cleaned_wmf(data)
    except struct.error as damage:
        raise NotMetafile from damage
    if any(mark in drawing for mark in TELL_TALES):
        raise NotMetafile
    return drawing


def cleaned_emf(data: bytes) -> bytes:
    """An enhanced metafile: records of a type and a size in bytes."""
    records = [record for record in emf_records(data) if is_drawing(record)]
    if not records[1:]:
        raise NotMetafile
    header = bytearray(records[0][:88].ljust(88, b"\x00"))
    struct.pack_into("<L", header, 4, len(header))
    total = len(header) + sum(map(len, records[1:]))
    struct.pack_into("<LL", header, 48, total, len(records))
    struct.pack_into("<LL", header, 60, 0, 0)
    return bytes(header) + b"".join(records[1:])


def emf_records(data: bytes) -> Iterator[bytes]:
    """Each record as it stands, up to the end record."""
    place = 0
    while True:
        kind, size = struct.unpack_from("<LL", data, place)
        if size < SHORTEST_EMF or size % 4 or place + size > len(data):
            raise NotMetafile
        yield data[place : place + size]
        if kind == EOF:
            return
        place += size


def is_drawing(record: bytes) -> bool:
    """Whether a record draws: of the comments only those that hold EMF+ drawing."""
    is_comment = struct.unpack_from("<L", record)[0] == COMMENT
    return not is_comment or record[12:16] == EMF_PLUS


def cleaned_wmf(data: bytes) -> bytes:
    """An old metafile: records of a size in words and a function."""
    start = PLACEABLE_SIZE if data.startswith(PLACEABLE) else 0
    header = bytearray(data[start : start + WMF_HEADER])
    if not header.startswith(WMF_STARTS):
        raise NotMetafile
    records = b"".join(wmf_records(data, start + WMF_HEADER))
    struct.pack_into("<L", header, 6, (len(header) + len(records)) // 2)
    return data[:start] + bytes(header) + records


def wmf_records(data: bytes, place: int) -> Iterator[bytes]:
    """Each record that draws, up to the end record."""
    while True:
        words, function = struct.unpack_from("<LH", data, place)
        size = words * 2
        if size < SHORTEST_WMF or place + size > len(data):
            raise NotMetafile
        if function != ESCAPE:
            yield data[place : place + size]
        if function == 0:
            return
        place += size
