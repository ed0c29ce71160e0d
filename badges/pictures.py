"""The stored pictures: drawn once, baked once; made on the spot where they are not there yet."""

import io
from collections.abc import Iterator, Sequence
from contextlib import ExitStack

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models

from badges import art, baking, openbadges
from badges.models import Assertion, BadgeClass, Issuer
from submissions.vault import store

ROOM = "badges"
STORED: tuple[tuple[type[models.Model], str], ...] = (
    (Issuer, "image_key"),
    (BadgeClass, "image_key"),
    (BadgeClass, "preview_key"),
    (Assertion, "image_key"),
)


def stored_keys() -> Iterator[str]:
    """The keys of all pictures that rows name."""
    for model, field in STORED:
        rows = model._base_manager.exclude(**{field: ""})
        yield from rows.values_list(field, flat=True)


def read(key: str) -> bytes:
    """A stored picture; nothing where it is not stored, or the store has lost it."""
    if not key or not default_storage.exists(key):
        return b""
    with default_storage.open(key) as file:
        content: bytes = file.read()
    return content


def keep(row: models.Model, field: str, png: bytes, **changes: str) -> None:
    """Store a picture and note its key, unless someone was faster; no file is left behind."""
    old = getattr(row, field)
    key, _digest, _size = store(io.BytesIO(png), ROOM)
    seen = type(row)._base_manager.filter(pk=row.pk, **{field: old})
    lost = old if seen.update(**{field: key}, **changes) else key
    if lost:
        default_storage.delete(lost)


def bake_all(rows: Sequence[Assertion]) -> None:
    """Bake many badges and note their keys in one statement; the caller holds the rows.

    The picture of a class is read once. Whatever goes wrong, no file is left behind.
    """
    clean: dict[int, bytes] = {}
    with ExitStack() as undo:
        for row in rows:
            if row.badge_class_id not in clean:
                clean[row.badge_class_id] = of_class(row.badge_class)
            png = baking.bake(clean[row.badge_class_id], document(row))
            row.image_key, _digest, _size = store(io.BytesIO(png), ROOM)
            undo.callback(default_storage.delete, row.image_key)
            row.baked_for = settings.PUBLIC_BASE_URL
        Assertion.objects.bulk_create(
            rows,
            update_conflicts=True,  # they are all there: many times quicker than bulk_update
            unique_fields=["pk"],
            update_fields=["image_key", "baked_for"],
        )
        undo.pop_all()


def of_class(row: BadgeClass) -> bytes:
    """The picture of a badge class, without anyone's badge in it."""
    return read(row.image_key) or draw(row)


def draw(row: BadgeClass) -> bytes:
    """Draw the picture of a badge class."""
    artist = art.stack_badge if row.stack else art.badge
    return artist(row.name, row.issuer.slug, row.motif)


def preview_of(row: BadgeClass) -> bytes:
    """The wide picture of a badge class for links that are shared."""
    return read(row.preview_key) or art.preview(row.name, row.issuer.name, row.motif)


def of_issuer(row: Issuer) -> bytes:
    """The mark of an issuer."""
    return read(row.image_key) or art.issuer_mark(row.slug.upper(), row.slug)


def of_assertion(row: Assertion) -> bytes:
    """The picture of a badge with its assertion baked in, for the portal's present address."""
    stored = read(row.image_key) if row.baked_for == settings.PUBLIC_BASE_URL else b""
    return stored or bake(row)


def bake(row: Assertion) -> bytes:
    """Bake the hosted document of an assertion into the clean picture of its class."""
    return baking.bake(of_class(row.badge_class), document(row))


def document(row: Assertion) -> str:
    """What is baked into the picture of a badge."""
    return openbadges.as_text(openbadges.assertion(row))
