"""Synthetic reviews: whom they go to, what they add up to, and that real reviewers can go on."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.db.models import Count, F
from hypothesis import given
from hypothesis import strategies as st

from portal.growing import Chance
from reviews import actions, agreement, invariants, sheets
from reviews.growth import seats
from reviews.growth.pool import FEWEST
from reviews.growth.seats import FINE
from reviews.models import Review, Reviewer, Score
from submissions.actions import submit
from submissions.growth.stages import NOT_YET, OPEN, PASS, Turn
from submissions.models import Attempt, Submission
from tests.factories import revise
from tests.grown import shared

NOW = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
PARTS = (1, 2, 3)
seeds = st.integers(min_value=0, max_value=10**9)
shorts = st.frozensets(st.sampled_from(PARTS), min_size=1)


def round_of(outcome, short=FINE, carried=()):
    """A round as the growth of submissions tells it."""
    given_in = NOW - timedelta(days=9)
    ended_at = None if outcome == OPEN else NOW - timedelta(days=1)
    parts = [SimpleNamespace(part_id=number, is_carried=number in carried) for number in PARTS]
    turn = Turn(outcome, given_in, ended_at)
    return SimpleNamespace(turn=turn, parts=parts, short=short, evidence=[])


def ruling(taken, scored):
    """What the sheets of these seats add up to, by the rule of the portal."""
    said = [
        [agreement.Mark(part, part, part not in seat.short) for part in scored]
        for seat in taken
        if seat.short is not None
    ]
    return agreement.rule(said, scored)


@given(shorts, st.sampled_from([2, 3]), seeds)
def test_sheets_of_a_not_yet_add_up_to_the_parts_that_were_short(short, count, seed):
    latest = round_of(NOT_YET, short)

    taken = seats.decided(latest, list("abc")[:count], Chance(str(seed)))

    assert ruling(taken, PARTS) == (NOT_YET, frozenset(PARTS) - short)
    assert (len(taken), {seat.number for seat in taken}) == (count, set(range(1, count + 1)))


@given(st.sampled_from([2, 3]), seeds)
def test_sheets_of_a_pass_add_up_to_a_pass(count, seed):
    latest = round_of(PASS, carried=(1,))

    taken = seats.decided(latest, list("abc")[:count], Chance(str(seed)))

    assert ruling(taken, (2, 3)) == (PASS, frozenset({2, 3}))


@given(st.sampled_from([PASS, NOT_YET]), seeds)
def test_a_third_seat_is_called_only_after_two_that_differ(outcome, seed):
    latest = round_of(outcome, FINE if outcome == PASS else frozenset({2}))

    first, second, third = seats.decided(latest, list("abc"), Chance(str(seed)))

    assert bool(first.short) != bool(second.short)
    assert third.assigned_at == second.submitted_at
    assert first.submitted_at < second.submitted_at < third.submitted_at == latest.turn.ended_at


@given(seeds)
def test_an_open_round_never_has_both_sheets_without_a_third_seat(seed):
    two = seats.open_seats(round_of(OPEN), list("ab"), NOW, Chance(str(seed)))
    three = seats.open_seats(round_of(OPEN), list("abc"), NOW, Chance(str(seed)))

    assert sum(seat.submitted_at is not None for seat in two) <= 1
    assert [seat.submitted_at is not None for seat in three] == [True, True, False]
    assert bool(three[0].short) != bool(three[1].short)


@pytest.fixture(scope="module")
def grown(django_db_setup, django_db_blocker):
    """A hundred and fifty attempts and the reviews of their rounds."""
    with shared(django_db_blocker, 60, 150):
        yield


@pytest.mark.usefixtures("grown", "db")
def test_every_rule_about_reviews_holds():
    rules = (
        invariants.crowded_rounds,
        invariants.partial_reviewers,
        invariants.doubled_sheets,
        invariants.disagreeing_decisions,
        invariants.stuck_rounds,
    )

    assert [sentence for rule in rules for sentence in rule()] == []


@pytest.mark.usefixtures("grown", "db")
def test_nobody_scores_a_neighbor_not_even_in_rounds_long_decided():
    rows = Review.objects.select_related("reviewer__user", "submission__attempt__educator")
    near = [
        row for row in rows if row.reviewer.user.is_neighbor_of(row.submission.attempt.educator)
    ]

    assert rows
    assert near == []


@pytest.mark.usefixtures("grown", "db")
def test_no_reviewer_holds_more_open_seats_than_they_take():
    busy = Reviewer.objects.with_load().filter(load__gt=F("capacity"))

    assert (Reviewer.objects.count() >= FEWEST, busy.count()) == (True, 0)


@pytest.mark.usefixtures("grown", "db")
def test_the_same_two_score_every_round_of_an_attempt():
    attempts = Attempt.objects.annotate(rounds=Count("submissions")).filter(rounds__gt=1)
    pairs = [
        {
            frozenset(one.reviews.filter(seat__in=[1, 2]).values_list("reviewer", flat=True))
            for one in attempt.submissions.all()
        }
        for attempt in attempts
    ]

    assert pairs
    assert {len(of_one) for of_one in pairs} == {1}


@pytest.mark.usefixtures("grown", "db")
def test_each_seat_was_shown_the_evidence_of_its_round():
    rows = Review.objects.prefetch_related("exhibits", "submission__evidence")

    for row in rows:
        shown = [exhibit.evidence_id for exhibit in row.exhibits.all()]
        assert sorted(shown) == sorted(item.pk for item in row.submission.evidence.all())


@pytest.mark.usefixtures("grown", "db")
def test_a_sheet_scores_what_its_round_asks_and_says_the_next_step():
    handed_in = Review.objects.filter(status=Review.Status.SUBMITTED)
    wanting = [sentence for review in handed_in[:40] for sentence in sheets.unfinished(review)]

    assert handed_in.count() > 40
    assert wanting == []
    assert Score.objects.filter(comment="").count() == 0


@pytest.mark.usefixtures("grown", "db")
def test_a_round_out_for_review_is_being_scored_or_with_a_third_reviewer():
    out = Submission.objects.undecided()

    assert set(out.values_list("status", flat=True)) <= {"scoring", "adjudication"}
    assert actions.fill_seats() == 0


@pytest.mark.usefixtures("grown", "db")
def test_real_sheets_decide_a_round_that_was_grown():
    submission = Submission.objects.filter(status="scoring").first()
    for review in Review.objects.open().filter(submission=submission).order_by("seat"):
        answers = {
            key: sheets.Answer("0", "Well shown.")
            for key in sheets.asked(sheets.parts_of(submission))
        }
        actions.save_scores(review, answers, "Thank you.")
        actions.score(review, by=review.reviewer.user)

    submission.refresh_from_db()
    assert submission.status in {"decided", "adjudication"}


@pytest.mark.usefixtures("grown", "db")
def test_a_new_round_of_a_not_yet_goes_to_the_two_who_know_it():
    attempt = Attempt.objects.filter(status="not_yet").first()
    before = attempt.submissions.order_by("-round").first()

    revise(attempt)
    again = submit(attempt)

    now = set(again.reviews.values_list("reviewer", flat=True))
    assert now == set(before.reviews.filter(seat__in=[1, 2]).values_list("reviewer", flat=True))
