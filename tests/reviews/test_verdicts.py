"""Every combination of levels, and every way in which two or three can vote."""

from itertools import product

import pytest

from catalog.models import Part
from portal.models import Message
from reviews.agreement import NOT_YET, PASS, Mark, passed_parts, rule, verdict
from reviews.models import Review
from submissions.models import Attempt, Submission
from tests.reviews.factories import ReviewerFactory, hand_in, scored_round

PLAN, PROOF = "Quality of the plan", "Quality of the proof"
OVERVIEW = str(Part.Kind.OVERVIEW.label)
PARTS = (1, 2, 3)
SHAPES = list(product((1, 2, 3), repeat=3))  # criteria in Parts 1, 2 and 3
VOTES = list(product([True, False], repeat=3))


def places(shape):
    return [(part, number) for part in PARTS for number in range(shape[part - 1])]


def sheets_of(shape):
    """Every sheet that a rubric of this shape allows, as the bars that were met."""
    asked = places(shape)
    return [dict(zip(asked, met, strict=True)) for met in product([True, False], repeat=len(asked))]


def marks(sheet):
    return [Mark(part, part * 10 + number, met) for (part, number), met in sheet.items()]


@pytest.mark.parametrize("shape", SHAPES)
def test_a_sheet_passes_only_when_every_part_did(shape):
    for sheet in sheets_of(shape):
        whole = {part for part in PARTS if min(met for (of, _), met in sheet.items() if of == part)}

        assert passed_parts(marks(sheet), PARTS) == whole
        assert (verdict(marks(sheet)) == PASS) == (whole == set(PARTS))


@pytest.mark.parametrize("shape", [(1, 1, 1), (1, 2, 1)])
def test_two_sheets_decide_by_a_table_written_another_way(shape):
    sheets = [(sheet, set(sheet.values()) == {True}) for sheet in sheets_of(shape)]
    for (first, one), (second, two) in product(sheets, repeat=2):
        both = {place for place in first if first[place] and second[place]}
        passed = {part for part in PARTS if {p for p in first if p[0] == part} <= both}

        ruling = rule([marks(first), marks(second)], PARTS)

        expected = (PASS if one else NOT_YET, passed) if one == two else None
        assert ruling == expected


@pytest.mark.parametrize("votes", VOTES)
def test_of_three_votes_the_two_that_agree_decide_and_only_their_parts_count(votes):
    sheets = [
        marks({(part, 0): vote or part != PARTS[place] for part in PARTS})
        for place, vote in enumerate(votes)
    ]
    outcome = PASS if sum(votes) > 1 else NOT_YET
    short = {PARTS[place] for place, vote in enumerate(votes) if not vote and outcome == NOT_YET}

    assert rule(sheets, PARTS) == (outcome, set(PARTS) - short)


@pytest.mark.django_db
@pytest.mark.parametrize("votes", VOTES)
def test_a_round_follows_the_votes_from_sheets_to_attempt(votes):
    ReviewerFactory.create_batch(3)
    first, second, third = ((() if vote else (PLAN,)) for vote in votes)
    submission = scored_round(first, second)
    if votes[0] != votes[1]:
        hand_in(submission.reviews.get(seat=3), third)

    submission.refresh_from_db()
    said = votes if votes[0] != votes[1] else votes[:2]
    outcome = PASS if sum(said) > 1 else NOT_YET
    attempt = Attempt.objects.get(pk=submission.attempt_id)
    assert (submission.outcome, attempt.status) == (
        outcome,
        {PASS: Attempt.Status.PASSED, NOT_YET: Attempt.Status.NOT_YET}[outcome],
    )
    assert [row.passed for row in submission.parts.all()] == [True, outcome == PASS, True]
    assert submission.reviews.filter(status=Review.Status.SUBMITTED).count() == len(said)
    assert Message.objects.filter(template="decision").count() == 1


@pytest.mark.django_db
def test_of_two_not_yets_for_different_reasons_neither_part_passes():
    submission = scored_round((PLAN,), ("Part 3. Reflection",))

    assert submission.status == Submission.Status.DECIDED
    assert [row.passed for row in submission.parts.all()] == [True, False, False]


@pytest.mark.django_db
def test_what_the_outvoted_reviewer_found_short_does_not_hold_a_part_back():
    ReviewerFactory.create_batch(3)
    submission = scored_round((PLAN, "Part 3. Reflection"), ())

    hand_in(submission.reviews.get(seat=3))

    submission.refresh_from_db()
    assert (submission.outcome, [row.passed for row in submission.parts.all()]) == (
        PASS,
        [True, True, True],
    )


@pytest.mark.django_db
def test_parts_an_outvoted_pass_saw_as_passed_count_by_the_majority_only():
    ReviewerFactory.create_batch(3)
    submission = scored_round((PLAN,), ())

    hand_in(submission.reviews.get(seat=3), (PROOF, OVERVIEW))

    submission.refresh_from_db()
    assert submission.outcome == NOT_YET
    assert [row.passed for row in submission.parts.all()] == [False, False, True]
