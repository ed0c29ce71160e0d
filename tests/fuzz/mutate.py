"""Damages bytes the way lines, disks and ill will do: by byte and by piece."""

import struct

STRANGE = (b"\0" * 40, b"\xff" * 40, b"<" * 40, b"(" * 4000, b"[" * 4000)
EDGES = (0, 1, 0x7F, 0x80, 0xFF)
SIZES = (0, 1, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF)


def flip(data, chance):
    """A few bytes are others."""
    for _time in range(chance.choice((1, 3, 20))):
        data[chance.randrange(len(data))] = chance.choice((*EDGES, chance.randrange(256)))


def cut(data, chance):
    """The end is missing."""
    del data[chance.randrange(len(data)) :]


def drop(data, chance):
    """A piece is missing."""
    start = chance.randrange(len(data))
    del data[start : start + chance.choice((1, 4, 64, 1000))]


def double(data, chance):
    """A piece stands there twice."""
    start = chance.randrange(len(data))
    piece = data[start : start + chance.choice((4, 64, 1000))]
    data[start:start] = piece * chance.choice((1, 2, 50))


def swap(data, chance):
    """Two pieces have changed places."""
    first, second = sorted(chance.randrange(len(data)) for _ in range(2))
    size = min(chance.choice((2, 16, 200)), second - first, len(data) - second)
    piece = data[first : first + size]
    data[first : first + size] = data[second : second + size]
    data[second : second + size] = piece


def lie(data, chance):
    """Somewhere a number says something else: a length, a count, an offset."""
    if len(data) < 8:
        return
    place = chance.randrange(len(data) - 4)
    form = chance.choice((">L", "<L", ">H", "<H"))
    number = chance.choice(SIZES) & (0xFFFF if "H" in form else 0xFFFFFFFF)
    struct.pack_into(form, data, place, number)


def stuff(data, chance):
    """Strange bytes are put in."""
    place = chance.randrange(len(data) + 1)
    data[place:place] = chance.choice(STRANGE)


MOVES = (flip, flip, flip, cut, drop, double, swap, lie, lie, stuff)


def damaged(data, chance):
    """A damaged copy of some bytes."""
    copy = bytearray(data)
    for _time in range(chance.choice((1, 1, 2, 4))):
        if copy:
            chance.choice(MOVES)(copy, chance)
    return bytes(copy)
