"""Badges as the portal makes them: by a pass."""

import io
import zlib

from badges import actions, tasks
from badges.models import Assertion
from catalog.models import StackItem
from tests.factories import EditionFactory, StackFactory, decided_round


def earned(educator=None, edition=None) -> Assertion:
    """A badge that a pass has just earned."""
    submission = decided_round(educator=educator, edition=edition)
    return Assertion.objects.with_class().get(attempt=submission.attempt)


def baked(educator=None, edition=None) -> Assertion:
    """An earned badge with its picture."""
    assertion = earned(educator, edition)
    tasks.bake(assertion.pk)
    assertion.refresh_from_db()
    return assertion


def revoked(by, educator=None, reason="Issued in error.") -> Assertion:
    """A badge that was taken back."""
    assertion = earned(educator)
    actions.revoke(assertion, reason, by=by)
    return Assertion.objects.with_class().get(pk=assertion.pk)


def stack_of(count, **fields):
    """A stack with so many micro-certifications; returns the stack and their editions."""
    stack = StackFactory(**fields)
    return stack, [EditionFactory(stack=stack) for _ in range(count)]


def finished_stack(educator, **fields) -> Assertion:
    """The badge of a stack whose two micro-certifications were earned."""
    stack, editions = stack_of(2, **fields)
    for edition in editions:
        earned(educator, edition)
    return Assertion.objects.with_class().get(badge_class__stack=stack)


def put_into(stack, edition):
    """Add a micro-certification to one more stack."""
    StackItem.objects.create(
        stack=stack,
        micro_certification=edition.micro_certification,
        position=stack.items.count() + 1,
    )


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    checksum = zlib.crc32(kind + body).to_bytes(4, "big")
    return len(body).to_bytes(4, "big") + kind + body + checksum


def png(*chunks: bytes) -> bytes:
    """A PNG of one pixel with more chunks before its end."""
    header = chunk(b"IHDR", b"\0\0\0\1\0\0\0\1\x08\0\0\0\0")
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0"))
    return b"".join((b"\x89PNG\r\n\x1a\n", header, pixel, *chunks, chunk(b"IEND", b"")))


def upload(content: bytes, name: str) -> io.BytesIO:
    """A file as a browser sends it."""
    file = io.BytesIO(content)
    file.name = name
    return file
