"""Who gets a seat: properties of the pure choice."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from reviews.assignment import Candidate, choose

pools = st.lists(
    st.builds(
        Candidate,
        reviewer=st.integers(1, 10_000),
        load=st.integers(0, 6),
        capacity=st.integers(0, 6),
        is_barred=st.booleans(),
        is_present=st.booleans(),
        scored_before=st.booleans(),
        knows_subject=st.booleans(),
    ),
    unique_by=lambda one: one.reviewer,
    max_size=30,
)
chances = st.integers(0, 1000).map(Random)


@given(pools, st.integers(0, 3), chances)
def test_as_many_are_chosen_as_are_free_and_wanted_and_nobody_twice(pool, count, chance):
    free = [one for one in pool if one.is_free]

    chosen = choose(pool, count, chance)

    assert len(chosen) == min(count, len(free))
    assert len(set(chosen)) == len(chosen)


@given(pools, st.integers(0, 3), chances)
def test_only_free_reviewers_are_chosen(pool, count, chance):
    by_id = {one.reviewer: one for one in pool}

    for reviewer in choose(pool, count, chance):
        one = by_id[reviewer]
        assert not one.is_barred
        assert one.is_present
        assert one.load < one.capacity


@given(pools, st.integers(1, 3), chances)
def test_nobody_left_out_has_a_better_claim(pool, count, chance):
    claim = {one.reviewer: (not one.scored_before, one.load) for one in pool if one.is_free}

    chosen = choose(pool, count, chance)

    left_out = [claim[reviewer] for reviewer in claim if reviewer not in chosen]
    assert max((claim[reviewer] for reviewer in chosen), default=(False, 0)) <= min(
        left_out, default=(True, 99)
    )


def test_those_who_scored_the_round_before_come_first_even_with_a_higher_load():
    pool = [Candidate(1, load=0), Candidate(2, load=3, scored_before=True), Candidate(3, load=1)]

    assert choose(pool, 2, Random(1)) == [2, 1]


def test_among_equal_loads_those_who_know_the_subject_come_first():
    pool = [Candidate(1, knows_subject=False), Candidate(2), Candidate(3, load=1)]

    assert choose(pool, 3, Random(1)) == [2, 1, 3]


def test_chance_decides_among_equals():
    pool = [Candidate(1), Candidate(2), Candidate(3)]

    first = {choose(pool, 1, Random(seed))[0] for seed in range(40)}

    assert first == {1, 2, 3}
