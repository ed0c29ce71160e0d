"""When things are due: six calendar months, to the end of that local day (DESIGN 7, FACTS A3)."""

from datetime import date, datetime, timedelta
from typing import TypedDict

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from portal.accounts.models import Association

MONTHS = 6
GRACE_DAYS = 30  # after a not yet; 0 would be the strict reading (FACTS A2)
RESULT_DAYS = 14  # FACTS 4.85
REMINDER_DAYS = (30, 7, 1)


class Clock(TypedDict):
    """The fields of an attempt that its clock sets together."""

    started_at: datetime
    due_on: date
    due_at: datetime


class Due(TypedDict):
    """The fields of an attempt that a new due date sets together."""

    due_on: date
    due_at: datetime
    reminded: None


def six_months_after(day: date) -> date:
    """The same day six months on, or the last of that month: Aug 31 gives Feb 28 or 29."""
    return day + relativedelta(months=MONTHS)


def clock_from(now: datetime, association: Association) -> Clock:
    """The clock of an attempt that starts now."""
    due_on = six_months_after(timezone.localdate(now, association.zone))
    return {"started_at": now, "due_on": due_on, "due_at": association.end_of(due_on)}


def after_not_yet(due_on: date, now: datetime, association: Association) -> Due:
    """The due date after a not yet: the old one, or 30 days from now when that is later."""
    later = timezone.localdate(now, association.zone) + timedelta(days=GRACE_DAYS)
    due_on = max(due_on, later)
    return {"due_on": due_on, "due_at": association.end_of(due_on), "reminded": None}
