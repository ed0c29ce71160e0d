from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credits.spending import Lot, allot, units_in

HOURS = st.decimals(min_value=0, max_value=500, places=2)
SOME_HOURS = st.decimals(min_value="0.01", max_value=60, places=2)


@pytest.mark.parametrize(
    ("hours", "units"),
    [(0, 0), (14, 0), (15, 1), (25, 1), (29, 1), (30, 2), (44, 2), (45, 3), ("29.99", 1)],
)
def test_units_are_whole_and_the_rest_stays(hours, units):
    assert units_in(Decimal(hours), Decimal(15)) == units


@given(HOURS, st.sampled_from([Decimal(10), Decimal(15), Decimal(30)]))
def test_units_are_the_largest_whole_number_the_hours_are_worth(hours, per_unit):
    units = units_in(hours, per_unit)

    assert units * per_unit <= hours < (units + 1) * per_unit


def test_what_is_owed_is_worth_no_unit():
    assert units_in(Decimal(-15), Decimal(15)) == 0


@given(st.lists(SOME_HOURS, max_size=12), st.data())
def test_allotting_takes_exactly_what_is_asked_and_no_lot_gives_more_than_it_has(amounts, data):
    lots = [Lot(number, amount) for number, amount in enumerate(amounts)]
    asked = data.draw(st.decimals(min_value=0, max_value=sum(amounts, Decimal(0)), places=2))

    taken = allot(lots, asked)

    held = dict(lots)
    assert sum((lot.hours for lot in taken), Decimal(0)) == asked
    assert [lot for lot in taken if not 0 < lot.hours <= held[lot.entry_id]] == []


@given(st.lists(SOME_HOURS, min_size=1, max_size=12))
def test_the_first_lots_are_used_up_before_the_next_is_touched(amounts):
    lots = [Lot(number, amount) for number, amount in enumerate(amounts)]

    taken = allot(lots, sum(amounts, Decimal(0)) / 2)

    assert taken[:-1] == lots[: len(taken) - 1]


@given(st.lists(SOME_HOURS, max_size=5))
def test_more_than_there_is_can_not_be_allotted(amounts):
    lots = [Lot(number, amount) for number, amount in enumerate(amounts)]

    with pytest.raises(ValueError, match=r"0\.01"):
        allot(lots, sum(amounts, Decimal(0)) + Decimal("0.01"))
