"""Damages what a container holds and seals it anew, so that the damage gets past the seals."""

import io
import random
import struct
import zipfile
import zlib

import pikepdf

from tests.fuzz.mutate import damaged

SIGNATURE = 8  # bytes before the first chunk of a PNG


def inside_zip(data, chance):
    """An archive in good order, one or two of whose members are damaged inside."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        members = source.infolist()
        hit = set(chance.sample(range(len(members)), min(2, len(members))))
        for number, member in enumerate(members):
            content = source.read(member)
            if number in hit and content:
                content = damaged(content, chance)
            target.writestr(member.filename, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def chunks(data):
    """(name, content) of each chunk of a PNG."""
    place = SIGNATURE
    while place < len(data):
        (size,) = struct.unpack_from(">L", data, place)
        yield data[place + 4 : place + 8], data[place + 8 : place + 8 + size]
        place += size + 12


def inside_png(data, chance):
    """A picture with the right sums, one of whose chunks is damaged; of pixels, before packing."""
    parts = list(chunks(data))
    hit = chance.randrange(len(parts) - 1)
    name, content = parts[hit]
    if name == b"IDAT":
        parts[hit] = name, zlib.compress(damaged(zlib.decompress(content), chance))
    else:
        parts[hit] = name, damaged(content, chance)
    return data[:SIGNATURE] + b"".join(sealed(*part) for part in parts)


def sealed(name, content):
    """A chunk of a PNG: its length, name, content and sum."""
    size, total = len(content), zlib.crc32(name + content)
    return struct.pack(">L", size) + name + content + struct.pack(">L", total)


def plain(pdf):
    """A document with nothing packed, where every byte that changes means something else."""
    out = io.BytesIO()
    pdf.save(out, qdf=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def inside_pdf(data, chance):
    """A document in good order with one damaged stream, or a damaged one with nothing packed."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if chance.random() < 0.5:
            return damaged(plain(pdf), chance)
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        hit = chance.choice(streams)
        hit.write(damaged(hit.read_raw_bytes(), chance), filter=hit.get("/Filter"))
        out = io.BytesIO()
        pdf.save(out)
        return out.getvalue()


INSIDES = {b"PK": inside_zip, b"\x89P": inside_png, b"%P": inside_pdf}


def copies(data, count, seed):
    """``count`` damaged copies, the same for one seed; every other container is damaged inside."""
    chance = random.Random(seed)
    ways = (damaged, INSIDES.get(data[:2], damaged))
    for number in range(count):
        yield ways[number % 2](data, chance)
