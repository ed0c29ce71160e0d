"""The filters of a PDF's streams: undone, or only measured, but never beyond a limit."""

import zlib
from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Pdf, Stream, StreamDecodeLevel

CHUNK = 64 * 1024
FLATE, LZW = ("/FlateDecode", "/Fl"), ("/LZWDecode", "/LZW")
RUNS, LITERAL, LAST = ("/RunLengthDecode", "/RL"), 128, 128
CLEAR, END, FIRST_FREE, WIDEST = 256, 257, 258, 12


class TooBig(Exception):
    """A stream unpacks to more than it may."""


def unpacked(data: bytes, most: int) -> bytes:
    """Inflate, but never to more than ``most`` bytes; a cut-off end is let pass as viewers do."""
    inflater = zlib.decompressobj()
    content = inflater.decompress(data, most + 1)
    if len(content) > most:
        raise TooBig
    return content


def measured(data: bytes, most: int) -> int:
    """How large it inflates, without holding it; refused as soon as it is more than ``most``."""
    inflater, size = zlib.decompressobj(), 0
    while chunk := inflater.decompress(data, CHUNK):
        size += len(chunk)
        if size > most:
            raise TooBig
        data = inflater.unconsumed_tail
    return size


def lzw_measured(data: bytes, most: int) -> int:
    """The same for the older way of packing, whose library knows no limit."""
    lengths, before, size = [1] * FIRST_FREE, 0, 0
    for code in lzw_codes(data):
        if code == CLEAR:
            lengths, before = [1] * FIRST_FREE, 0
            continue
        length = lengths[code] if code < len(lengths) else before + 1
        size += length
        if size > most:
            raise TooBig
        if before:
            lengths.append(before + 1)
        before = length
    return size


def lzw_codes(data: bytes) -> Iterator[int]:
    """The codes of a packed stream up to its end; they grow wider with the table they name."""
    held, bits, since_clear = 0, 0, 0
    for byte in data:
        held, bits = held << 8 | byte, bits + 8
        width = min(WIDEST, (FIRST_FREE + max(1, since_clear)).bit_length())
        if bits < width:
            continue
        bits -= width
        code, held = held >> bits, held & (1 << bits) - 1
        if code == END:
            return
        since_clear = 0 if code == CLEAR else since_clear + 1
        yield code


def runs_measured(data: bytes, most: int) -> int:
    """The same for runs of equal bytes."""
    place, size = 0, 0
    while place < len(data) and (length := data[place]) != LAST and size <= most:
        place, size = (
            (place + 2 + length, size + 1 + length)
            if length < LITERAL
            else (place + 2, size + 257 - length)
        )
    if size > most:
        raise TooBig
    return size


MEASURES = {
    **dict.fromkeys(LZW, lzw_measured),
    **dict.fromkeys(RUNS, runs_measured),
}


def filters_of(stream: Stream) -> list[str]:
    """The names of a stream's filters, outermost first."""
    given = stream.get("/Filter")
    if given is None:
        return []
    return [str(name) for name in given] if isinstance(given, Array) else [str(given)]


def parameters_of(stream: Stream) -> list[Dictionary | None]:
    """The parameters of each filter, in the same order."""
    given = stream.get("/DecodeParms", stream.get("/DP"))
    each = list(given) if isinstance(given, Array) else [given]
    wanted = len(filters_of(stream))
    plain = [one if isinstance(one, Dictionary) else None for one in each]
    return (plain + [None] * wanted)[:wanted]


def size_of(stream: Stream, most: int) -> int:
    """How large a stream unpacks, as far as it is packed in a way that can grow without end."""
    data, filters = stream.read_raw_bytes(), filters_of(stream)
    while filters and filters[0] in FLATE:
        if len(filters) == 1 or filters[1] not in (*FLATE, *MEASURES):
            return measured(data, most)
        data = unpacked(data, most)
        filters.pop(0)
    measure = MEASURES.get(filters[0]) if filters else None
    return measure(data, most) if measure else len(data)


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
    size_of(stream, most)
    content = stream.read_bytes(StreamDecodeLevel.specialized)
    if len(content) > most:
        raise TooBig
    return content


def down_to_last(pdf: Pdf, stream: Stream, most: int) -> bytes:
    """What the last of a stream's filters would be given: the picture as a file of its own."""
    size_of(stream, most)
    data, filters = partly_unpacked(stream, most)
    if len(filters) <= 1:
        return data
    outer = pdf.make_stream(data)
    outer.Filter = Array([Name(name) for name in filters[:-1]])
    parameters = parameters_of(stream)[-len(filters) : -1]
    if any(parameters):
        outer.DecodeParms = Array(parameters)
    return outer.read_bytes(StreamDecodeLevel.specialized)
