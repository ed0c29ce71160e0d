"""Rules of baked pictures, and what is inside them."""

import io
import json
import struct
import zlib
from collections.abc import Iterator
from typing import Any

from openbadges_bakery import unbake
from report import ERROR, INFO, WARNING, Report

PNG = b"\x89PNG\r\n\x1a\n"
SVG_TAG = b"<openbadges:assertion"
KEYWORD = b"openbadges\0"
COMPRESSED_AT = len(KEYWORD)


def chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bool]]:
    """Kind, body and whether the checksum is right, of every chunk of a PNG."""
    place = len(PNG)
    while place + 8 <= len(data):
        length, kind = struct.unpack(">I4s", data[place : place + 8])
        body = data[place + 8 : place + 8 + length]
        checksum = data[place + 8 + length : place + 12 + length]
        right = struct.pack(">I", zlib.crc32(kind + body)) == checksum
        yield kind, body, right
        place += 12 + length


def check_baked(report: Report, data: bytes, label: str, address: str) -> None:
    """Everything about one baked file but the official validator's word."""
    if data.startswith(PNG):
        check_png(report, data, label)
    elif data.count(SVG_TAG) != 1:
        words = f"{label}: {data.count(SVG_TAG)} openbadges:assertion tags, want 1 (Baking, SVGs)"
        report.say("baked", ERROR, words)
    text = unbaked(report, data, label)
    if text:
        check_content(report, text, label, address)


def check_png(report: Report, data: bytes, label: str) -> None:
    """Baking, PNGs: one plain iTXt chunk, every checksum right."""
    walked = list(chunks(data))
    if not all(right for _kind, _body, right in walked):
        report.say("baked", ERROR, f"{label}: a PNG chunk has a bad CRC")
    ours = [(kind, body) for kind, body, _right in walked if body.startswith(KEYWORD)]
    texts = [body for kind, body in ours if kind == b"iTXt"]
    if len(texts) != 1:
        words = f"{label}: {len(texts)} iTXt chunks with keyword openbadges, want exactly 1"
        report.say("baked", ERROR, words)
    if any(body[COMPRESSED_AT : COMPRESSED_AT + 1] != b"\0" for body in texts):
        report.say("baked", ERROR, f"{label}: the iTXt chunk is compressed, which is forbidden")
    if any(kind == b"tEXt" for kind, _body in ours):
        report.say("baked", WARNING, f"{label}: legacy tEXt:openbadges chunk")


def unbaked(report: Report, data: bytes, label: str) -> str:
    """What the reference bakery finds in the file."""
    try:
        text = unbake(io.BytesIO(data))
    except Exception as error:  # the bakery raises whatever broke
        words = f"{label}: openbadges-bakery unbake raised {type(error).__name__}: {error}"
        report.say("baked", ERROR, words)
        return ""
    if isinstance(text, bytes):
        words = f"{label}: this openbadges-bakery (< 2.0.0) unbakes an SVG to bytes"
        report.say("baked", WARNING, words)
        text = text.decode()
    if not text:
        report.say("baked", ERROR, f"{label}: openbadges-bakery found no badge in it")
    return text or ""


def check_content(report: Report, text: str, label: str, address: str) -> None:
    """Whether the badge inside is the one that is hosted."""
    hosted = report.document("Assertion")
    found = parsed(text)
    as_expected = hosted is None or found == hosted
    words = (
        f"{label}: unbaked {len(text)} characters, id {found.get('id')}, {compared(found, hosted)}"
    )
    report.say("baked", INFO if as_expected else WARNING, words)
    if found.get("id") != address:
        words = f"{label}: baked id {found.get('id')} is not the assertion asked for"
        report.say("baked", ERROR, words)


def parsed(text: str) -> dict[str, Any]:
    """The document inside; a mere address is one with an id only."""
    try:
        found = json.loads(text)
    except ValueError:
        return {"id": text}
    return found if isinstance(found, dict) else {"id": text}


def compared(found: dict[str, Any], hosted: dict[str, Any] | None) -> str:
    """How the badge inside compares with the hosted one, in words."""
    if found == hosted:
        return "same JSON as the hosted one"
    return "DIFFERS from the hosted JSON" if len(found) > 1 else "URL only, not the JSON"
