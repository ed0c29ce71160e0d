"""The hours that a piece of work has gained, for staff who look at its badge."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from credits.models import HoursEntry
from portal.duties import Link


def hours_of(staff: Any, attempt: int) -> Iterator[Link]:
    """Yield the lines that count for this attempt's work, whichever attempt at it earned them."""
    lines = HoursEntry.objects.in_care_of(staff).counting()
    same_work = lines.filter(educator__attempts=attempt, micro_certification__attempts=attempt)
    for line in same_work.select_related("program", "micro_certification").order_by("pk"):
        words = _("%(program)s: %(line)s (%(status)s)")
        told = {"program": line.program, "line": line, "status": line.get_status_display()}
        yield Link(words % told, line.get_absolute_url())
