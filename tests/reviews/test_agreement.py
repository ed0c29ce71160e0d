"""Verdicts, the outcome of sheets, and agreement statistics."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.agreement import (
    NOT_YET,
    PASS,
    Agreement,
    Mark,
    majority,
    passed_parts,
    rule,
    statistics,
    verdict,
)

PARTS = (1, 2, 3)
verdicts = st.sampled_from([PASS, NOT_YET])
marks = st.tuples(*(st.booleans() for _ in PARTS)).map(
    lambda bars: [Mark(part, part * 10, bar) for part, bar in zip(PARTS, bars, strict=True)]
)


def sheet(*short):
    return [Mark(part, part * 10, part not in short) for part in PARTS]


@pytest.mark.parametrize(
    ("short", "expected"), [((), PASS), ((1,), NOT_YET), ((2, 3), NOT_YET), (PARTS, NOT_YET)]
)
def test_a_sheet_passes_only_when_every_criterion_is_at_the_bar(short, expected):
    assert verdict(sheet(*short)) == expected


def test_a_part_with_one_criterion_under_the_bar_has_not_passed():
    marks = [Mark(1, 10, True), Mark(2, 20, True), Mark(2, 21, False)]

    assert passed_parts(marks, {1, 2, 3}) == {1, 3}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ([], None),
        ([PASS], None),
        ([PASS, PASS], PASS),
        ([NOT_YET, NOT_YET], NOT_YET),
        ([PASS, NOT_YET], None),
        ([NOT_YET, PASS], None),
        ([PASS, NOT_YET, PASS], PASS),
        ([PASS, NOT_YET, NOT_YET], NOT_YET),
    ],
)
def test_two_equal_verdicts_decide_and_two_different_ones_need_a_third(said, expected):
    assert majority(said) == expected


@pytest.mark.parametrize(
    ("sheets", "outcome", "passed"),
    [
        ([sheet(), sheet()], PASS, {1, 2, 3}),
        ([sheet(1), sheet(1)], NOT_YET, {2, 3}),
        ([sheet(1), sheet(2)], NOT_YET, {3}),
        ([sheet(), sheet(1), sheet()], PASS, {1, 2, 3}),
        ([sheet(), sheet(1), sheet(1, 2)], NOT_YET, {3}),
    ],
)
def test_a_part_has_passed_when_the_whole_majority_passed_it(sheets, outcome, passed):
    assert rule(sheets, PARTS) == (outcome, passed)


@given(st.lists(marks, min_size=3, max_size=3))
def test_three_sheets_always_decide(sheets):
    assert rule(sheets, PARTS) is not None


@given(st.lists(marks, min_size=2, max_size=3))
def test_the_order_of_the_sheets_changes_nothing(sheets):
    assert rule(sheets, PARTS) == rule(sheets[::-1], PARTS)


@given(st.lists(marks, min_size=2, max_size=3))
def test_a_round_passes_exactly_when_all_its_parts_do(sheets):
    ruling = rule(sheets, PARTS)

    assert ruling is None or (ruling.outcome == PASS) == (ruling.passed == set(PARTS))


def test_without_rounds_there_is_no_percentage():
    assert statistics([]) == Agreement(0, 0, None, None)


def test_agreement_is_told_in_percent_and_beyond_chance():
    pairs = [(PASS, PASS)] * 8 + [(NOT_YET, NOT_YET)] * 1 + [(PASS, NOT_YET)] * 1

    told = statistics(pairs)

    assert (told.rounds, told.agreed, told.percent) == (10, 9, 90.0)
    assert round(told.ac1, 4) == 0.8658


@given(st.lists(st.tuples(verdicts, verdicts), min_size=1))
def test_ac1_lies_between_minus_one_and_one_and_is_one_for_full_agreement(pairs):
    told = statistics(pairs)

    assert -1 <= told.ac1 <= 1
    assert (told.agreed == told.rounds) == (told.ac1 == 1)


@pytest.mark.parametrize(("rounds", "is_small"), [(1, True), (29, True), (30, False)])
def test_few_rounds_are_called_few(rounds, is_small):
    assert statistics([(PASS, PASS)] * rounds).is_small == is_small
