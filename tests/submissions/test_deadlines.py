from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.accounts.models import Association
from submissions.deadlines import after_not_yet, clock_from, six_months_after

CALIFORNIA = Association(slug="cta", time_zone="America/Los_Angeles")
PENNSYLVANIA = Association(slug="psea", time_zone="America/New_York")
days = st.dates(date(2021, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2021, 9, 11), date(2022, 3, 11)),
        (date(2021, 8, 31), date(2022, 2, 28)),
        (date(2023, 8, 31), date(2024, 2, 29)),
        (date(2023, 8, 29), date(2024, 2, 29)),
        (date(2022, 12, 31), date(2023, 6, 30)),
        (date(2022, 2, 28), date(2022, 8, 28)),
    ],
)
def test_an_attempt_lasts_six_calendar_months(start, due):
    assert six_months_after(start) == due


@given(days)
def test_the_due_day_is_the_same_day_or_the_last_of_its_month(start):
    due = six_months_after(start)

    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == 6
    assert due.day == start.day or (due + timedelta(days=1)).day == 1


@given(days, st.sampled_from([CALIFORNIA, PENNSYLVANIA]))
def test_the_due_date_holds_to_the_last_instant_of_the_local_day(start, association):
    noon = datetime(start.year, start.month, start.day, 12, tzinfo=association.zone)

    clock = clock_from(noon, association)

    last = clock["due_at"].astimezone(association.zone)
    assert last.date() == clock["due_on"] == six_months_after(start)
    assert (last + timedelta(microseconds=1)).time() == datetime.min.time()


def test_an_evening_click_in_california_counts_from_the_californian_day():
    click = datetime(2021, 9, 12, 0, 1, tzinfo=UTC)

    clock = clock_from(click, CALIFORNIA)

    assert clock["due_on"] == date(2022, 3, 11)
    assert clock["due_at"] == datetime(2022, 3, 12, 7, 59, 59, 999999, tzinfo=ZoneInfo("UTC"))


@given(days, days)
def test_a_not_yet_never_shortens_the_time_and_leaves_thirty_days(due_on, decided_on):
    now = datetime(decided_on.year, decided_on.month, decided_on.day, 18, tzinfo=UTC)

    due = after_not_yet(due_on, now, CALIFORNIA)

    assert due["due_on"] == max(due_on, decided_on + timedelta(days=30))
    assert due["reminded"] is None
