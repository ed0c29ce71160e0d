"""Sheets: drafts, handing in, the decision, the third reviewer, the next round."""

import pytest

from catalog.models import Part
from portal.models import Entry, Message
from portal.refusal import Refused
from reviews import actions, sheets
from reviews.models import Review
from submissions import actions as rounds
from submissions.models import Attempt, Submission
from tests.factories import EditionFactory, finish_parts, revise, started_attempt
from tests.factories import hand_in as hand_in_evidence
from tests.reviews.factories import (
    NEXT_STEP,
    ReviewerFactory,
    answers,
    hand_in,
    scored_round,
    seated_round,
)

pytestmark = pytest.mark.django_db

PLAN = "Quality of the plan"
PROOF = "Quality of the proof"
OVERVIEW = str(Part.Kind.OVERVIEW.label)


def passed(submission):
    return set(submission.parts.filter(passed=True).values_list("part__kind", flat=True))


def test_a_draft_is_kept_and_may_be_changed():
    review = seated_round()[1][0]
    actions.save_scores(review, {"1": sheets.Answer("0", "A start.")}, "So far.")

    actions.save_scores(review, {"1": sheets.Answer("1", NEXT_STEP)}, "Better words.")

    review.refresh_from_db()
    score = review.scores.get()
    assert (score.level.label, score.comment) == ("Not yet", NEXT_STEP)
    assert (review.status, review.comment) == (Review.Status.SCORING, "Better words.")


def test_rows_and_levels_that_are_not_asked_are_ignored():
    review = seated_round()[1][0]

    actions.save_scores(review, {"99": sheets.Answer("0"), "1": sheets.Answer("7", "Hm.")})

    assert list(review.scores.values_list("level", "comment")) == [(None, "Hm.")]


def test_a_sheet_with_gaps_is_refused_with_each_gap_named_and_the_draft_kept():
    review = seated_round()[1][0]
    whole = answers(review, under=(PLAN,))
    whole["2"] = sheets.Answer("1", " ")
    actions.save_scores(review, {key: whole[key] for key in ("1", "2", "3")})

    with pytest.raises(Refused) as refusal:
        actions.score(review, by=review.reviewer.user)

    assert refusal.value.words == (
        "Not handed in yet; your draft is saved. “Quality of the plan” needs a comment that says "
        "the next step. “Part 3. Reflection” has no level yet."
    )
    assert review.scores.count() == 3


def test_a_comment_signed_with_ones_own_name_is_refused():
    review = seated_round()[1][0]
    name = review.reviewer.user.name
    actions.save_scores(review, answers(review), f"Warmly, {name.upper()}")

    with pytest.raises(Refused, match="Please take it out"):
        actions.score(review, by=review.reviewer.user)

    review.refresh_from_db()
    assert review.status == Review.Status.SCORING


def test_the_verdict_is_derived_from_the_levels():
    first, second = seated_round()[1]

    hand_in(first)
    hand_in(second, under=(PROOF,))

    assert (first.verdict, second.verdict) == ("pass", "not_yet")


def test_one_sheet_decides_nothing():
    submission, reviews = seated_round()

    hand_in(reviews[0])

    submission.refresh_from_db()
    assert (submission.status, submission.outcome) == (Submission.Status.SCORING, "")


def test_two_passes_pass_the_round_and_every_part():
    submission = scored_round()

    submission.attempt.refresh_from_db()
    assert submission.attempt.status == Attempt.Status.PASSED
    assert passed(submission) == {"overview", "artifacts", "reflection"}


def test_two_not_yets_give_the_work_back_with_the_parts_both_passed():
    submission = scored_round((PLAN,), (PLAN, OVERVIEW))

    submission.attempt.refresh_from_db()
    assert submission.attempt.status == Attempt.Status.NOT_YET
    assert passed(submission) == {"reflection"}
    assert Message.objects.filter(template="decision").count() == 1


def test_a_disagreement_goes_to_a_third_and_the_majority_decides():
    ReviewerFactory.create_batch(3)
    submission = scored_round((PLAN,), ())
    assert submission.status == Submission.Status.ADJUDICATION
    third = submission.reviews.get(seat=3)

    hand_in(third, under=(PROOF,))

    submission.refresh_from_db()
    assert (submission.outcome, submission.reviews.count()) == (Submission.Outcome.NOT_YET, 3)
    assert passed(submission) == {"overview", "reflection"}


def test_a_third_seat_nobody_is_free_for_is_filled_by_the_sweep():
    submission = scored_round((PLAN,), ())
    assert not submission.reviews.filter(seat=3).exists()
    fresh = ReviewerFactory()

    actions.fill_seats()

    assert submission.reviews.get(seat=3).reviewer == fresh


def test_handing_in_twice_gives_one_sheet_and_one_decision():
    reviews = seated_round()[1]
    hand_in(reviews[0])
    hand_in(reviews[1])

    actions.score(reviews[1], by=reviews[1].reviewer.user)

    assert Entry.objects.filter(event="sheet handed in").count() == 2
    assert Message.objects.filter(template="decision").count() == 1


@pytest.mark.parametrize(
    ("status", "words"),
    [("submitted", "can’t be changed any more"), ("lapsed", "Your draft is kept")],
)
def test_a_closed_sheet_is_not_changed_any_more(status, words):
    review = seated_round()[1][0]
    if status == "submitted":
        hand_in(review)
    else:
        actions.save_scores(review, answers(review))
        actions.standing_in(Review.objects.get(pk=review.pk), "late")
    kept = set(review.scores.values_list("comment", flat=True))

    with pytest.raises(Refused, match=words):
        actions.save_scores(review, {"1": sheets.Answer("1", "Too late.")})

    assert set(review.scores.values_list("comment", flat=True)) == kept


def test_a_sheet_that_comes_after_the_seat_has_passed_on_is_not_taken():
    submission, (review, _other) = seated_round()
    actions.save_scores(review, answers(review))
    actions.standing_in(Review.objects.get(pk=review.pk), "late")

    with pytest.raises(Refused, match="gone to someone else"):
        actions.score(review, by=review.reviewer.user)

    assert not submission.reviews.filter(status=Review.Status.SUBMITTED).exists()


def test_a_resubmission_asks_only_for_what_has_not_passed():
    submission = scored_round((PLAN,), (PLAN,))
    submission.attempt.refresh_from_db()
    progress = submission.attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)
    plan = submission.attempt.evidence.first()
    rounds.remove(progress, plan)
    hand_in_evidence(submission.attempt, plan.requirement, number=7)
    rounds.complete(progress)

    again = rounds.submit(submission.attempt)

    asked = sheets.asked(sheets.parts_of(again))
    assert [criterion.title for criterion in asked.values()] == [PLAN, PROOF]
    assert sheets.carried_parts(again) == set(
        again.parts.exclude(part__kind=Part.Kind.ARTIFACTS).values_list("part_id", flat=True)
    )


def test_parts_carried_from_an_earlier_round_stay_passed_when_the_next_is_decided():
    submission = scored_round((PLAN,), (PLAN,))
    submission.attempt.refresh_from_db()
    progress = submission.attempt.progress.get(part__kind=Part.Kind.REFLECTION)
    questions = list(progress.part.questions.all())
    rounds.save_answers(progress, {one.pk: "entirely new words" for one in questions})
    rounds.complete(progress)
    revise(submission.attempt)
    again = rounds.submit(submission.attempt)

    for review in again.reviews.open():
        hand_in(review, under=("Part 3. Reflection",))

    again.refresh_from_db()
    assert again.outcome == Submission.Outcome.NOT_YET
    assert passed(again) == {"overview", "artifacts"}


def test_criteria_of_an_option_that_was_not_chosen_are_not_asked():
    edition = EditionFactory()
    part = edition.parts.get(kind=Part.Kind.ARTIFACTS)
    part.requirements.filter(key="proof").update(option="B")
    Part.objects.filter(pk=part.pk).update(options={"A": "a plan only", "B": "a plan and proof"})
    attempt = started_attempt(edition=edition)
    progress = attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)
    rounds.choose_option(progress, "A")
    hand_in_evidence(attempt, part.requirements.get(key="plan"))
    ReviewerFactory.create_batch(2)
    finish_the_rest(attempt)

    submission = rounds.submit(attempt)

    asked = sheets.asked(sheets.parts_of(submission))
    assert PROOF not in {criterion.title for criterion in asked.values()}
    assert PLAN in {criterion.title for criterion in asked.values()}


def finish_the_rest(attempt):
    progress = {row.part.kind: row for row in attempt.progress.select_related("part")}
    rounds.accept_agreement(progress[Part.Kind.AGREEMENT])
    for kind in (Part.Kind.OVERVIEW, Part.Kind.REFLECTION):
        questions = list(progress[kind].part.questions.all())
        rounds.save_answers(progress[kind], {q.pk: " ".join(["word"] * 130) for q in questions})
        rounds.complete(progress[kind])
    rounds.complete(attempt.progress.get(part__kind=Part.Kind.ARTIFACTS))


def test_a_whole_resubmission_is_scored_again_and_can_pass():
    submission = scored_round((PLAN,), (PLAN,))
    submission.attempt.refresh_from_db()
    finish_parts(submission.attempt, word="better")
    again = rounds.submit(submission.attempt)

    for review in again.reviews.open():
        hand_in(review)

    again.refresh_from_db()
    assert (again.round, again.outcome) == (2, Submission.Outcome.PASS)
