"""Work that actions order: draw pictures, bake badges. Safe to run twice."""

from datetime import datetime

from celery import shared_task
from django.conf import settings
from django.db import models

from badges import art, pictures
from badges.models import Assertion, BadgeClass, Issuer

BATCH = 500


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
    waiting = Assertion.objects.unbaked().order_by("pk").values_list("pk", flat=True)
    return sum(bake(pk) for pk in list(waiting[:BATCH]))


def oldest_unbaked() -> datetime | None:
    """When the badge that has waited longest for its picture was issued."""
    oldest: datetime | None = Assertion.objects.unbaked().aggregate(
        oldest=models.Min("created_at")
    )["oldest"]
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
