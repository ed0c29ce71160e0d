"""What reviewers say of themselves: how much they take on, and when they are away."""

from datetime import date

from django.db import transaction

from portal import journal
from reviews.models import Reviewer


@transaction.atomic
def change_profile(reviewer: Reviewer, capacity: int, away_until: date | None) -> None:
    """Note how many reviews at a time, and the last day away; seats already held stay held."""
    Reviewer.objects.filter(pk=reviewer.pk).update(capacity=capacity, away_until=away_until)
    journal.record("reviewer profile changed", of=reviewer, by=reviewer.user)
