"""Looks for words in bytes, however they are packed: zip, zlib, PDF, base64, mail, entities."""

import base64
import binascii
import email
import html
import io
import re
import subprocess
import tempfile
import zipfile
import zlib
from email import policy
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote_to_bytes

import pikepdf

DEEPEST = 4
ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08")
BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
BINARY = (b"PK", b"%PDF", b"\x89PNG", b"\xff\xd8")
ANY_WINDOW = 47  # zlib: take zlib's and gzip's headers alike


def forms(data, depth=0):
    """The bytes themselves, and everything that can be unpacked from them."""
    yield data
    if depth > DEEPEST:
        return
    for unpack in (zipped, deflated, printed, quoted, encoded, mailed):
        for inner in unpack(data):
            if inner and inner != data:
                yield from forms(inner, depth + 1)


def zipped(data):
    """The names, comments and contents of an archive's members."""
    if data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment
            for member in archive.infolist():
                yield member.filename.encode() + b"\n" + member.comment + member.extra
                yield archive.read(member)


def deflated(data):
    """Every zlib or gzip stream that begins anywhere, such as a PNG's hidden texts."""
    for found in ZLIB.finditer(data):
        try:
            yield zlib.decompressobj(ANY_WINDOW).decompress(data[found.start() :], 1_000_000)
        except zlib.error:
            continue


def printed(data):
    """A PDF as plain objects, and the text a reader sees."""
    if not data.startswith(b"%PDF"):
        return
    with tempfile.TemporaryDirectory() as folder:
        file, plain = Path(folder, "file.pdf"), Path(folder, "plain.pdf")
        file.write_bytes(data)
        with pikepdf.open(file) as pdf:
            yield "\n".join(map(str, pdf.objects)).encode()
            pdf.save(plain, compress_streams=False, qdf=True)
        yield plain.read_bytes()
        run = ["pdftotext", "-q", str(file), "-"]
        yield subprocess.run(run, capture_output=True, check=True).stdout


def quoted(data):
    """HTML entities and percent signs of a text undone."""
    if data.startswith(BINARY):
        return
    if b"&" in data:
        yield html.unescape(data.decode(errors="replace")).encode()
    if b"%" in data:
        yield unquote_to_bytes(data)


def encoded(data):
    """What stands in base64, such as a part of an address."""
    for found in BASE64.finditer(data[:2_000_000]):
        text = found[0].rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        try:
            yield base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
        except binascii.Error:
            continue


def mailed(data):
    """The parts of a raw mail, decoded, and its headers."""
    if not data.startswith((b"Content-Type: multipart/", b"MIME-Version", b"Subject:")):
        return
    message = email.message_from_bytes(data, policy=policy.default)
    yield "\n".join(f"{name}: {value}" for name, value in message.items()).encode()
    for part in message.walk():
        if not part.is_multipart():
            yield part.get_payload(decode=True)


def spellings(word):
    """The bytes in which a word may be written."""
    low = word.lower()
    yield from (low.encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
    yield low.encode().hex().encode()
    yield word.encode().hex().encode()


@lru_cache(maxsize=4000)
def unpacked(data):
    """All forms of some bytes in lower case, each once: many people get the same file."""
    return frozenset(form.lower() for form in forms(data))


def found(word, data):
    """Whether a word stands in bytes, in any case and spelling."""
    return any(spelling in form for form in unpacked(data) for spelling in spellings(word))


def hits(told, records):
    """Which of the marks stand in the records: (mark, where) for each."""
    return sorted(
        {
            (mark, record.where)
            for record in records
            for mark, word in told.items()
            if found(word, record.data)
        }
    )
