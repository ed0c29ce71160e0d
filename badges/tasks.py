"""Work that actions order: draw pictures, bake badges. Safe to run twice."""

from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction

from badges import art, pictures
from badges.models import Assertion, BadgeClass, Issuer

BATCH = 500
MOST = 10_000  # badges of one sweep, so that others have their turn


@shared_task
def bake(assertion_id: int) -> bool:
    """Bake one badge if it still waits; a second delivery finds nothing to do."""
    waiting = Assertion.objects.unbaked().with_class()
    assertion = waiting.filter(pk=assertion_id).first()
    if assertion is None:
        return False
    png = pictures.bake(assertion)
    pictures.keep(assertion, "image_key", png, baked_for=settings.PUBLIC_BASE_URL)
    return True


def bake_waiting() -> int:
    """Bake what a lost task left behind; return how many were baked."""
    draw_waiting()
    total = 0
    while total < MOST and (done := bake_batch()):
        total += done
    return total


def bake_batch() -> int:
    """Bake up to ``BATCH`` badges, leaving out those that someone is at just now."""
    with transaction.atomic():
        waiting = Assertion.objects.unbaked().with_class()
        free = waiting.select_for_update(skip_locked=True, of=("self",), no_key=True)
        rows = list(free.order_by("pk")[:BATCH])
        replaced = [row.image_key for row in rows if row.image_key]
        pictures.bake_all(rows)
    for key in replaced:
        default_storage.delete(key)
    return len(rows)


def oldest_unbaked() -> datetime | None:
    """When the badge that has waited longest for its first picture was issued.

    A badge baked for another address waits too, but not since its issue, and nobody misses it:
    until it is stored, its picture is made when asked for.
    """
    oldest: datetime | None = (
        Assertion.objects.unbaked()
        .filter(baked_for="")
        .aggregate(oldest=models.Min("created_at"))["oldest"]
    )
    return oldest


@shared_task
def draw_waiting() -> int:
    """Draw every picture of a badge class or issuer that is not drawn yet; return how many."""
    classes = list(BadgeClass.objects.undrawn().select_related("issuer", "stack")[:BATCH])
    for row in classes:
        pictures.keep(row, "image_key", pictures.draw(row))
        pictures.keep(row, "preview_key", art.preview(row.name, row.issuer.name, row.motif))
    issuers = list(Issuer.objects.undrawn())
    for issuer in issuers:
        pictures.keep(issuer, "image_key", art.issuer_mark(issuer.slug.upper(), issuer.slug))
    return len(classes) + len(issuers)
