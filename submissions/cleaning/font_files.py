"""Font files inside a PDF: the shapes stay, what a font tells of its maker and license goes.

A font made of someone's handwriting bears their name. Every answer is as long as what was given,
so that no place in the file moves.
"""

import re
import struct
from collections.abc import Iterator
from itertools import pairwise

from submissions.cleaning.listing import names

SFNT = (b"\x00\x01\x00\x00", b"true", b"OTTO")
TELLING = {b"name", b"meta", b"DSIG", b"FFTM", b"PfEd", b"prop", b"ltag"}
NO_NAMES = struct.pack(">HHH", 0, 0, 6)
CFF_VERSION, ESCAPE, ROS = 1, 12, 1230
CFF_TOLD = {
    0,
    1,
    2,
    3,
    4,
    1200,
    1221,
    1222,
}  # version, notice, names, weight, copyright, PostScript
STANDARD_STRINGS = 391
LAST_OPERATOR, SHORT, LONG, FRACTION, TWO_BYTES, NEGATIVE = 21, 28, 29, 30, 247, 251
HALF_END = 15  # ends a fraction, of which each half of a byte is a digit
ENCRYPTED = b"eexec"
CALLED = 2  # the group of a name that can't be left empty
TYPE1_TOLD = re.compile(
    rb"/(?:version|Notice|Copyright|FullName|FamilyName|Weight)\s*\(((?:[^()\\]|\\.)*)\)"
    rb"|/(?:FontName|BaseFontName)\s*/(\S+)"
    rb"|%!(?:PS-AdobeFont|FontType1)-[\d.]+:?([^\r\n]*)"
    rb"|(?:^|[\r\n])%(?!!)([^\r\n]*)",
    re.DOTALL,
)
Spans = list[tuple[int, int]]
FILES = names("/FontFile /FontFile2 /FontFile3")


def plain(data: bytes) -> bytes:
    """The same font without words about it; a font of an unknown kind as it is."""
    if data[:4] in SFNT:
        return plain_sfnt(data)
    if data[:2] == b"%!" or data[:1] == b"\x80":
        return plain_type1(data)
    return plain_cff(data) if data[:1] == bytes([CFF_VERSION]) else data


def plain_sfnt(data: bytes) -> bytes:
    """TrueType and OpenType: empty the tables that only tell."""
    told = bytearray(data)
    for tag, start, length in tables(data):
        if tag == b"CFF ":
            told[start : start + length] = plain_cff(data[start : start + length])
        elif tag in TELLING:
            empty = NO_NAMES if tag == b"name" else b""
            told[start : start + length] = empty.ljust(length, b"\0")[:length]
    return bytes(told)


def tables(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The tables of a font: name, place and length."""
    (count,) = struct.unpack_from(">H", data, 4)
    for number in range(count):
        tag, _, start, length = struct.unpack_from(">4sLLL", data, 12 + 16 * number)
        yield tag, start, max(0, min(length, len(data) - start))


def plain_type1(data: bytes) -> bytes:
    """Type 1: blank the words before the part that is encrypted."""
    told, clear = bytearray(data), data.partition(ENCRYPTED)[0]
    for found in TYPE1_TOLD.finditer(clear):
        for group in range(1, 5):
            start, end = found.span(group)
            told[max(start, 0) : max(end, 0)] = (b"X" if group == CALLED else b" ") * (end - start)
    return bytes(told)


def plain_cff(data: bytes) -> bytes:
    """Compact fonts: blank the font's name and the strings its head refers to."""
    fonts, after = index(data, data[2])
    heads, after = index(data, after)
    strings, _ = index(data, after)
    told = bytearray(data)
    for start, end in fonts + told_strings(data, heads, strings):
        told[start:end] = b"X" * (end - start)
    return bytes(told)


def index(data: bytes, start: int) -> tuple[Spans, int]:
    """The places of the items of a list, and where the next list begins."""
    (count,) = struct.unpack_from(">H", data, start)
    if not count:
        return [], start + 2
    width = data[start + 2]
    base = start + 2 + (count + 1) * width
    steps = range(start + 3, start + 3 + (count + 1) * width, width)
    places = [base + int.from_bytes(data[at : at + width], "big") for at in steps]
    return list(pairwise(places)), places[-1]


def told_strings(data: bytes, heads: Spans, strings: Spans) -> Spans:
    """Which strings tell; where glyphs have numbers, only the character collection is needed."""
    told: set[int] = set()
    for start, end in heads:
        head = dict(operators(data[start:end]))
        numbers = [value[-1] for key, value in head.items() if key in CFF_TOLD and value]
        told |= set(numbers)
        if ROS in head:
            needed = {number - STANDARD_STRINGS for number in head[ROS][:2]}
            return [span for number, span in enumerate(strings) if number not in needed]
    numbered = (number - STANDARD_STRINGS for number in told)
    return [strings[number] for number in numbered if 0 <= number < len(strings)]


def operators(head: bytes) -> Iterator[tuple[int, list[int]]]:
    """The entries of a head with their whole numbers; fractions count as nothing."""
    values: list[int] = []
    at = 0
    while at < len(head):
        byte = head[at]
        if byte <= LAST_OPERATOR:
            two = byte == ESCAPE
            yield (byte * 100 + head[at + 1] if two else byte), values
            values, at = [], at + 1 + two
        else:
            value, at = operand(head, at)
            values.append(value)


def operand(head: bytes, at: int) -> tuple[int, int]:
    """One number, and the place after it."""
    byte = head[at]
    if byte in (SHORT, LONG):
        width = 2 if byte == SHORT else 4
        return int.from_bytes(head[at + 1 : at + 1 + width], "big", signed=True), at + 1 + width
    if byte == FRACTION:
        end = at + 1
        while HALF_END not in divmod(head[end], 16):
            end += 1
        return 0, end + 1
    if byte >= TWO_BYTES:
        sign, first = (1, TWO_BYTES) if byte < NEGATIVE else (-1, NEGATIVE)
        return sign * ((byte - first) * 256 + head[at + 1] + 108), at + 2
    return byte - 139, at + 1
