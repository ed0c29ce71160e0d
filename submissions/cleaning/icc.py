"""Color profiles inside a PDF: the numbers stay; whose screen they were made for does not."""

import struct

HEAD, ROW, SIGNATURE = 128, 12, b"acsp"
MOST_TAGS, NEW_STYLE = 100, 4
NEUTRAL = b"Colors"
NUMBERS = {
    *(b"A2B0 A2B1 A2B2 A2B3 B2A0 B2A1 B2A2 B2A3 D2B0 D2B1 D2B2 D2B3 B2D0 B2D1 B2D2 B2D3").split(),
    *(b"rXYZ gXYZ bXYZ rTRC gTRC bTRC kTRC wtpt bkpt chad chrm gamt pre0 pre1 pre2 lumi").split(),
}


def stripped(data: bytes) -> bytes:
    """The same profile under a name that says nothing; nothing at all when it can't be read."""
    if data[36:40] != SIGNATURE or len(data) < HEAD + 4:
        return b""
    is_new = data[8] >= NEW_STYLE
    tags = dict(kept_tags(data))
    tags[b"desc"] = text() if is_new else old_description()
    tags[b"cprt"] = text() if is_new else b"text" + bytes(4) + NEUTRAL + b"\x00"
    return assembled(plain_head(data[:HEAD]), tags)


def kept_tags(data: bytes) -> list[tuple[bytes, bytes]]:
    """The tags that are numbers, by name."""
    count = min(struct.unpack_from(">L", data, HEAD)[0], MOST_TAGS)
    rows = [data[HEAD + 4 + at * ROW : HEAD + 4 + (at + 1) * ROW] for at in range(count)]
    found = [struct.unpack(">4sLL", row) for row in rows if len(row) == ROW]
    return [
        (name, data[start : start + size])
        for name, start, size in found
        if name in NUMBERS and start + size <= len(data)
    ]


def text() -> bytes:
    """The neutral name as profiles since version 4 hold it."""
    words = NEUTRAL.decode().encode("utf-16-be")
    return b"mluc" + struct.pack(">LLL4sLL", 0, 1, 12, b"enUS", len(words), 28) + words


def old_description() -> bytes:
    """The neutral name as older profiles hold it: once in plain letters, twice not at all."""
    words = NEUTRAL + b"\x00"
    return b"desc" + struct.pack(">LL", 0, len(words)) + words + bytes(78)


def plain_head(head: bytes) -> bytes:
    """The head without date, maker, model, creator and sum."""
    return (
        head[:4]
        + bytes(4)
        + head[8:24]
        + bytes(12)
        + head[36:48]
        + bytes(8)
        + (head[56:80] + bytes(4) + bytes(16) + bytes(28))
    )


def assembled(head: bytes, tags: dict[bytes, bytes]) -> bytes:
    """The profile put together again; what two tags share is written once."""
    place = HEAD + 4 + len(tags) * ROW
    rows, body, places = [], b"", {}
    for name, content in tags.items():
        if content not in places:
            places[content] = place + len(body)
            body += content + bytes(-len(content) % 4)
        rows.append(struct.pack(">4sLL", name, places[content], len(content)))
    data = head + struct.pack(">L", len(tags)) + b"".join(rows) + body
    return struct.pack(">L", len(data)) + data[4:]
