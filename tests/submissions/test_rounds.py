from datetime import timedelta

import pytest
import time_machine

from catalog.models import Part
from portal.models import Entry, Message
from portal.refusal import Refused
from submissions import actions, signals
from submissions.models import Attempt, Evidence, Progress, Submission
from tests.factories import decided_round, finish_parts, revise, submitted_round

PASS, NOT_YET = Submission.Outcome.PASS, Submission.Outcome.NOT_YET


def test_submitting_freezes_texts_and_evidence(finished):
    submission = actions.submit(finished, note=" Clearer goals. ")

    finished.refresh_from_db()
    assert finished.status == Attempt.Status.IN_REVIEW
    assert (submission.round, submission.note) == (1, "Clearer goals.")
    assert [part.part.number for part in submission.parts.all()] == [1, 2, 3]
    assert submission.parts.first().answers[0] == {
        "question": "What is your setting?",
        "answer": " ".join(["word"] * 130),
    }
    assert submission.evidence.count() == 2


def test_the_fifth_requirement_counts_while_the_round_is_out(finished):
    actions.submit(finished)

    rows = finished.progress.filter(status=Progress.Status.COMPLETED)
    assert rows.count() == 5


def test_submitting_twice_finds_the_open_round(finished):
    first = actions.submit(finished)

    second = actions.submit(finished)

    assert second == first
    assert Submission.objects.count() == 1
    assert Message.objects.filter(template="round_submitted").count() == 1


def test_an_incomplete_attempt_is_refused_with_the_missing_parts_named(attempt):
    with pytest.raises(Refused) as refusal:
        actions.submit(attempt)

    assert "Agreement is not completed." in refusal.value.words
    assert "Part 3. Reflection is not completed." in refusal.value.words
    assert Submission.objects.count() == 0


def test_a_file_still_being_prepared_holds_the_round_back(finished):
    requirement = finished.evidence.first().requirement
    Evidence.objects.create(
        attempt=finished, requirement=requirement, kind="file", vault_key="vault/xx"
    )

    with pytest.raises(Refused) as refusal:
        actions.submit(finished)

    assert "still being prepared" in refusal.value.words


def test_a_late_submit_is_refused_and_the_work_stays(finished):
    late = finished.due_at + timedelta(microseconds=1)

    with time_machine.travel(late, tick=False), pytest.raises(Refused) as refusal:
        actions.submit(finished)

    assert "take home" in refusal.value.words
    assert finished.progress.filter(status="completed").count() == 4


def test_the_last_instant_still_counts(finished):
    with time_machine.travel(finished.due_at, tick=False):
        submission = actions.submit(finished)

    assert submission.round == 1


def test_a_pass_ends_the_attempt(educator, edition):
    submission = decided_round(PASS, educator, edition)

    attempt = submission.attempt
    assert (attempt.status, submission.outcome) == (Attempt.Status.PASSED, PASS)
    assert attempt.closed_at == submission.decided_at
    assert list(submission.parts.values_list("passed", flat=True)) == [True, True, True]


def test_a_not_yet_opens_the_attempt_with_thirty_days_at_least(educator, edition):
    submission = submitted_round(educator, edition)
    attempt = submission.attempt
    Submission.objects.update(status="scoring")
    submission.refresh_from_db()

    with time_machine.travel(attempt.due_at + timedelta(days=3)):
        actions.decide(submission, NOT_YET, [])
        attempt.refresh_from_db()
        assert attempt.is_editable
        assert attempt.due_on == attempt.today + timedelta(days=30)

    assert attempt.status == Attempt.Status.NOT_YET
    assert attempt.progress.get(part__kind=Part.Kind.FINAL).status == Progress.Status.NOT_STARTED


def test_parts_that_passed_are_carried_while_they_stay_equal(educator, edition):
    attempt = decided_round(NOT_YET, educator, edition).attempt
    revise(attempt)

    second = actions.submit(attempt)

    carried = dict(second.parts.values_list("part__number", "is_carried"))
    assert (second.round, carried) == (2, {1: True, 2: False, 3: False})


def test_a_changed_part_is_not_carried(educator, edition):
    attempt = decided_round(NOT_YET, educator, edition).attempt
    finish_parts(attempt, word="other")

    second = actions.submit(attempt)

    assert list(second.parts.values_list("is_carried", flat=True)) == [False, False, False]


def test_a_round_never_changes_after_it_was_handed_in(educator, edition):
    first = decided_round(NOT_YET, educator, edition)
    before = list(first.parts.values_list("answers", "digest"))

    finish_parts(first.attempt, word="rewritten")

    assert list(first.parts.values_list("answers", "digest")) == before


def test_returning_a_round_is_no_round_lost(educator, edition, staff):
    submission = submitted_round(educator, edition)

    actions.return_incomplete(submission, "The plan does not open.", by=staff)

    attempt = submission.attempt
    attempt.refresh_from_db()
    assert (attempt.status, attempt.reason) == (Attempt.Status.RETURNED, "The plan does not open.")
    assert actions.submit(attempt).round == 2


def test_returning_needs_a_reason(educator, edition, staff):
    submission = submitted_round(educator, edition)

    with pytest.raises(Refused):
        actions.return_incomplete(submission, "  ", by=staff)

    submission.refresh_from_db()
    assert submission.status in {Submission.Status.WAITING, Submission.Status.SCORING}


def test_denying_closes_the_attempt_and_its_open_round(educator, edition, staff):
    submission = submitted_round(educator, edition)

    actions.deny(submission.attempt, "Copied work.", by=staff)

    submission.refresh_from_db()
    assert submission.status == Submission.Status.RETURNED
    assert submission.attempt.status == Attempt.Status.DENIED
    with pytest.raises(Refused):
        actions.deny(submission.attempt, "", by=staff)


def test_a_receiver_that_refuses_rolls_everything_back(finished):
    def grumble(sender, **kwargs):
        raise Refused("No.")

    signals.submitted.connect(grumble)
    try:
        with pytest.raises(Refused):
            actions.submit(finished)
    finally:
        signals.submitted.disconnect(grumble)

    finished.refresh_from_db()
    assert finished.status == Attempt.Status.IN_PROGRESS
    assert Submission.objects.count() == 0


def test_the_journal_holds_no_names(educator, edition):
    decided_round(PASS, educator, edition)

    told = " ".join(f"{entry.event} {entry.by} {entry.facts}" for entry in Entry.objects.all())
    assert educator.name not in told
    assert educator.email not in told
