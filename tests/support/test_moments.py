"""Times on an association's clocks, on both sides of a change of the clocks."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.support import moments

PACIFIC, EASTERN = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/New_York")
ZONES = st.sampled_from([PACIFIC, EASTERN, ZoneInfo("Pacific/Honolulu"), UTC])
DAYS = st.dates(min_value=date(2021, 1, 1), max_value=date(2035, 12, 31))
CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0, fold=0))


@pytest.mark.parametrize(
    ("starts_at", "zone", "told"),
    [
        (datetime(2027, 9, 22, 23, 0, tzinfo=UTC), PACIFIC, "4 p.m. to 5:30 p.m. PDT"),
        (datetime(2027, 12, 1, 23, 0, tzinfo=UTC), PACIFIC, "3 p.m. to 4:30 p.m. PST"),
        (datetime(2027, 9, 22, 20, 0, tzinfo=UTC), EASTERN, "4 p.m. to 5:30 p.m. EDT"),
        (datetime(2027, 12, 1, 17, 0, tzinfo=UTC), EASTERN, "noon to 1:30 p.m. EST"),
    ],
)
def test_times_are_told_in_the_zone_with_its_abbreviation(starts_at, zone, told):
    words = moments.span(starts_at, starts_at + timedelta(minutes=90), zone)

    day = starts_at.astimezone(zone)
    assert words == f"{day:%A}, {day:%B} {day.day}, {day.year}, {told}"


def test_a_span_over_midnight_names_both_days():
    starts_at = datetime(2027, 9, 23, 5, 0, tzinfo=UTC)

    words = moments.span(starts_at, starts_at + timedelta(hours=3), PACIFIC)

    assert words == (
        "Wednesday, September 22, 2027, 10 p.m. to Thursday, September 23, 2027, 1 a.m. PDT"
    )


def test_a_time_that_the_clocks_skip_is_no_instant():
    assert moments.instant(date(2027, 3, 14), time(2, 30), PACIFIC) is None


def test_of_a_time_that_comes_twice_the_first_is_meant():
    moment = moments.instant(date(2027, 11, 7), time(1, 30), PACIFIC)

    assert moment == datetime(2027, 11, 7, 8, 30, tzinfo=UTC)


@given(DAYS, CLOCKS, ZONES)
def test_an_instant_shows_the_time_that_was_typed(day, clock, zone):
    moment = moments.instant(day, clock, zone)

    if moment is not None:
        local = moment.astimezone(zone)
        assert (local.date(), local.time()) == (day, clock)


@given(DAYS, ZONES)
def test_every_afternoon_has_its_four_o_clock(day, zone):
    assert moments.instant(day, time(16, 0), zone) is not None
