"""What an export may say of a line or an application: each column's text, by name (FACTS 6.8)."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.dateparse import parse_date

from credits.models import HoursEntry, UnitApplication
from portal.templatetags.portal import hours, money

SEEN = 2  # characters of an identifier that stay visible
ENTRY_COLUMNS = (
    "ppid",
    "last_name",
    "first_name",
    "activity_title",
    "activity_code",
    "provider_aun",
    "start_date",
    "end_date",
    "hours",
)
APPLICATION_COLUMNS = (
    "reference",
    "term",
    "last_name",
    "first_name",
    "date_of_birth",
    "email",
    "student_id",
    "units",
    "micro_certifications",
    "hours",
    "verified_on",
    "verified_by",
    "fee_paid",
    "grade",
)


def names(full_name: str) -> dict[str, str]:
    """A full name as first and last names; the last word is the last name."""
    first, _blank, last = " ".join(full_name.split()).rpartition(" ")
    return {"first_name": first, "last_name": last}


def us_date(day: date | None) -> str:
    """A date as MM/DD/YYYY; nothing where there is none."""
    return f"{day:%m/%d/%Y}" if day else ""


def day_of(moment: datetime | None, zone: ZoneInfo) -> str:
    """The local day of a moment as MM/DD/YYYY."""
    return us_date(timezone.localdate(moment, zone)) if moment else ""


def two_decimals(amount: Decimal) -> str:
    """Hours with two decimals."""
    return f"{amount:.2f}"


def written_date(text: str) -> str:
    """A date kept as text, as MM/DD/YYYY where it is one."""
    try:
        return us_date(parse_date(text)) or text
    except ValueError:
        return text


def masked(text: str) -> str:
    """As much of an identifier as staff need to tell two apart; nothing where there is none."""
    return f"•••••{text[-SEEN:]}" if text else ""


def of_entry(entry: HoursEntry) -> dict[str, str]:
    """A line of the ledger, for the state."""
    zone = entry.program.association.zone
    return names(entry.educator.name) | {
        "ppid": entry.program.identifier_of(entry.educator),
        "activity_title": entry.micro_certification.title,
        "activity_code": entry.micro_certification.slug,
        "provider_aun": entry.program.provider_number,
        "start_date": day_of(entry.attempt.started_at, zone),
        "end_date": us_date(entry.confirmed_on),
        "hours": two_decimals(entry.hours),
    }


def of_application(application: UnitApplication) -> dict[str, str]:
    """An application, for the university; expects its items with their entries."""
    items = application.items.all()
    titles = sorted({item.entry.micro_certification.title for item in items})
    zone = application.term.program.association.zone
    return names(application.student_name) | {
        "reference": str(application.public_id),
        "term": application.term.name,
        "date_of_birth": written_date(application.date_of_birth),
        "email": application.educator.email,
        "student_id": application.student_id,
        "units": str(application.units),
        "micro_certifications": "; ".join(titles),
        "hours": two_decimals(application.verified_hours or Decimal(0)),
        "verified_on": day_of(application.verified_at, zone),
        "verified_by": str(application.verified_by or ""),
        "fee_paid": money(application.fee_cents),
        "grade": application.grade,
    }


def of_ledger(entry: HoursEntry) -> dict[str, str]:
    """A line of the ledger, for its educator to take home."""
    return {
        "program": entry.program.name,
        "micro_certification": entry.micro_certification.title,
        "earned_by": str(entry.get_kind_display()),
        "hours": hours(entry.hours),
        "status": str(entry.get_status_display()),
        "confirmed_on": str(entry.confirmed_on),
        "issued_on": str(entry.issued_on or ""),
        "reason": entry.reason,
    }
