"""Deadlines across clock changes, leap days and the ends of years."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from credits import actions
from credits.actions.hours import clock
from credits.models import CreditProgram, HoursEntry, Term
from credits.overview import open_terms
from credits.rows import day_of, us_date
from portal.accounts.models import Association
from portal.refusal import Refused
from tests.credits.factories import ChicoFactory, TermFactory, applied, pending, psea_member
from tests.factories import MemberFactory

ZONES = ["America/Los_Angeles", "America/New_York", "Pacific/Honolulu", "America/St_Johns", "UTC"]
days = st.dates(date(2021, 1, 1), date(2035, 12, 31))
moments = st.builds(datetime.combine, days, st.times(), st.just(UTC))
zones = st.sampled_from(ZONES)
SECOND = timedelta(seconds=1)


def term_of(zone, deadline, opens=date(2020, 1, 1)):
    program = CreditProgram(association=Association(time_zone=zone))
    return Term(program=program, opens_on=opens, application_deadline=deadline)


@settings(max_examples=60, deadline=None)
@given(zones, days)
def test_a_term_closes_with_the_last_instant_of_its_local_day(zone, deadline):
    term = term_of(zone, deadline)

    local = term.closes_at.astimezone(ZoneInfo(zone))

    assert (local.date(), local.time()) == (deadline, time.max)


@settings(max_examples=40, deadline=None)
@given(zones, days)
def test_an_application_is_in_time_to_the_second_and_no_longer(zone, deadline):
    term = term_of(zone, deadline)

    with time_machine.travel(term.closes_at - SECOND, tick=False):
        before = (term.is_open, term.is_over)
    with time_machine.travel(term.closes_at + SECOND, tick=False):
        after = (term.is_open, term.is_over)

    assert (before, after) == ((True, False), (False, True))


@settings(max_examples=40, deadline=None)
@given(zones, days)
def test_a_term_opens_with_its_first_local_second(zone, opens):
    term = term_of(zone, opens + timedelta(days=30), opens)
    midnight = datetime.combine(opens, time.min, ZoneInfo(zone)).astimezone(UTC)

    with time_machine.travel(midnight - SECOND, tick=False):
        before = term.is_open
    with time_machine.travel(midnight, tick=False):
        after = term.is_open

    assert (before, after) == (False, True)


@settings(max_examples=100, deadline=None)
@given(zones, moments, st.integers(1, 60))
def test_hours_are_due_whole_local_days_after_the_submission(zone, moment, within):
    program = CreditProgram(association=Association(time_zone=zone), issue_within_days=within)

    dates = clock(program, moment)

    assert dates["confirmed_on"] == moment.astimezone(ZoneInfo(zone)).date()
    assert (dates["due_on"] - dates["confirmed_on"]).days == within


@settings(max_examples=100, deadline=None)
@given(zones, moments)
def test_hours_without_a_release_count_from_their_local_day(zone, moment):
    program = CreditProgram(association=Association(time_zone=zone))

    dates = clock(program, moment)

    assert dates["confirmed_on"] == dates["issued_on"] == moment.astimezone(ZoneInfo(zone)).date()
    assert dates["status"] == "issued"


@settings(max_examples=100, deadline=None)
@given(days, days)
def test_days_left_are_counted_on_the_calendar(due, today):
    line = HoursEntry(due_on=due)

    assert today + timedelta(days=line.days_left(today)) == due


@settings(max_examples=60, deadline=None)
@given(zones, moments)
def test_exports_write_the_local_day_as_americans_do(zone, moment):
    month, day, year = day_of(moment, ZoneInfo(zone)).split("/")

    assert date(int(year), int(month), int(day)) == moment.astimezone(ZoneInfo(zone)).date()
    assert (us_date(None), day_of(None, ZoneInfo(zone))) == ("", "")


@pytest.mark.parametrize(
    ("submitted", "due"),
    [
        ("2027-02-14T05:00:00Z", date(2027, 3, 16)),
        ("2027-02-14T04:59:00Z", date(2027, 3, 15)),
        ("2027-10-09T12:00:00Z", date(2027, 11, 8)),
        ("2027-12-15T12:00:00Z", date(2028, 1, 14)),
        ("2028-01-30T12:00:00Z", date(2028, 2, 29)),
        ("2027-01-30T12:00:00Z", date(2027, 3, 1)),
    ],
)
def test_thirty_days_run_over_clock_changes_leap_days_and_years(submitted, due):
    program = CreditProgram(
        association=Association(time_zone="America/New_York"), issue_within_days=30
    )

    assert clock(program, datetime.fromisoformat(submitted))["due_on"] == due


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("deadline", "last"),
    [
        (date(2026, 12, 1), "2026-12-02T07:59:59Z"),
        (date(2027, 1, 21), "2027-01-22T07:59:59Z"),
        (date(2027, 5, 9), "2027-05-10T06:59:59Z"),
        (date(2027, 3, 14), "2027-03-15T06:59:59Z"),
        (date(2026, 11, 1), "2026-11-02T07:59:59Z"),
        (date(2026, 12, 31), "2027-01-01T07:59:59Z"),
    ],
)
def test_the_pacific_deadline_holds_in_summer_and_in_winter(deadline, last):
    educator = MemberFactory()
    term = TermFactory(program=ChicoFactory(), application_deadline=deadline)

    with time_machine.travel(last, tick=False):
        sent = applied(educator, term=term)
        shown = open_terms({term.program_id})
    with time_machine.travel(datetime.fromisoformat(last) + SECOND, tick=False):
        late = open_terms({term.program_id})
        with pytest.raises(Refused):
            applied(educator, term=term)

    assert (sent.status, shown, late) == ("submitted", [term], [])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "day"),
    [("2027-01-01T04:59:59Z", date(2026, 12, 31)), ("2027-01-01T05:00:00Z", date(2027, 1, 1))],
)
def test_released_hours_carry_the_year_on_the_associations_wall(staff, moment, day):
    line = pending(psea_member())

    with time_machine.travel(moment, tick=False):
        actions.issue(line, by=staff)

    line.refresh_from_db()
    assert line.issued_on == day
