"""Times on an association's wall clocks: how they are told, and how they are understood."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

DAY = "l, F j, Y"
CLOCK = "P"


def span(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """A span in words: "Wednesday, September 22, 2027, 4 p.m. to 5:30 p.m. PDT".

    The abbreviation is the one of the end, when both differ as the clocks change in between.
    """
    first, last = starts_at.astimezone(zone), ends_at.astimezone(zone)
    facts = {
        "day": date_format(first, DAY),
        "from": date_format(first, CLOCK),
        "last_day": date_format(last, DAY),
        "to": date_format(last, CLOCK),
        "zone": last.tzname() or "UTC",
    }
    if first.date() == last.date():
        return _("%(day)s, %(from)s to %(to)s %(zone)s") % facts
    return _("%(day)s, %(from)s to %(last_day)s, %(to)s %(zone)s") % facts


def instant(day: date, clock: time, zone: ZoneInfo) -> datetime | None:
    """The instant at which a wall clock shows this time; nothing when it skips it that night.

    Of the hour that comes twice in autumn, the first is meant.
    """
    moment = datetime.combine(day, clock, zone).astimezone(UTC)
    local = moment.astimezone(zone).replace(tzinfo=None)
    return moment if local == datetime.combine(day, clock) else None
