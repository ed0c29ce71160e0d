"""What is always true of charges (SAFETY I8)."""

from collections.abc import Iterator

from django.db import models

from portal.models import Entry
from portal.payments.models import Charge

SETTLEMENTS = ("charge paid", "charge waived")


def charge_breaches() -> Iterator[str]:
    """A sentence for each charge of nothing, and for each that was settled twice."""
    for public_id in Charge.objects.filter(amount_cents=0).values_list("public_id", flat=True):
        yield f"Charge {public_id} is for $0.00."
    settled = Entry.objects.filter(subject="payments.charge", event__in=SETTLEMENTS)
    twice = settled.values("subject_id").annotate(times=models.Count("pk")).filter(times__gt=1)
    for row in twice.order_by("subject_id"):
        yield f"Charge {row['subject_id']} was settled {row['times']} times."
