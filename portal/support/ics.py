"""An information session as an iCalendar file (RFC 5545)."""

from datetime import date

from django.conf import settings
from icalendar import Calendar, Event

from portal.support.models import InformationSession

PRODUCT = "-//Micro-Certification Portal//Information sessions//EN"


def as_calendar(session: InformationSession, link: str = "") -> bytes:
    """One event, told in the association's zone with the zone's rules beside it.

    The UID stays the same for ever and SEQUENCE counts changes, so that a calendar that gets the
    file again moves its entry. ``link`` is where to join: only for those who have registered.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event_of(session, link))
    first = session.starts_at.astimezone(session.association.zone)
    calendar.add_missing_timezones(date(first.year, 1, 1), date(first.year + 1, 12, 31))
    return bytes(calendar.to_ical())


def event_of(session: InformationSession, link: str) -> Event:
    """The event itself."""
    zone = session.association.zone
    event = Event()
    event.add("uid", f"{session.public_id}@{settings.PUBLIC_HOST}")
    event.add("sequence", session.revision)
    event.add("dtstamp", session.changed_at)
    event.add("dtstart", session.starts_at.astimezone(zone))
    event.add("dtend", session.ends_at.astimezone(zone))
    event.add("summary", f"{session.title} ({session.association.name})")
    event.add("description", "\n\n".join(filter(None, (session.description, link))))
    event.add("location", session.where)
    event.add("url", f"{settings.PUBLIC_BASE_URL}{session.get_absolute_url()}")
    return event
