"""Lines of the staff's day: how much of each kind waits for this person."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from credits.models import HoursEntry, UnitApplication


def hours_to_release(user: Any) -> int:
    """Lines of the ledger that wait, on hold or not."""
    return HoursEntry.objects.in_care_of(user).to_settle().count()


def applications_to_verify(user: Any) -> int:
    """Applications for units that wait for verification."""
    return UnitApplication.objects.in_care_of(user).to_verify().count()


def applications_to_batch(user: Any) -> int:
    """Paid applications that no batch has."""
    return UnitApplication.objects.in_care_of(user).paid().count()


LINES = (
    (_("Hours to release"), "staff-credits", hours_to_release),
    (_("Applications for units to verify"), "units-applications", applications_to_verify),
    (_("Paid applications to send to the university"), "batches", applications_to_batch),
)
