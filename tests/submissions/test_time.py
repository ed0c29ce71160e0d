from datetime import timedelta

import pytest
import time_machine

from portal.models import Entry, Message
from submissions import actions
from submissions.actions.time import reset_batch
from submissions.models import Attempt
from tests.factories import MemberFactory, finished_attempt, started_attempt, submitted_round


def test_overdue_attempts_are_reset_and_their_owners_told(attempt):
    with time_machine.travel(attempt.due_at + timedelta(seconds=1)):
        assert actions.reset_overdue() == 1
        assert actions.reset_overdue() == 0

    attempt.refresh_from_db()
    assert (attempt.status, attempt.closed_at is not None) == (Attempt.Status.RESET, True)
    assert Message.objects.filter(template="attempt_reset").count() == 1


def test_a_night_of_resets_takes_the_same_few_statements(edition, django_assert_num_queries):
    attempts = [started_attempt(edition=edition) for _number in range(8)]
    few = Attempt.objects.filter(pk__in=[attempt.pk for attempt in attempts[:2]])

    with time_machine.travel(attempts[0].due_at + timedelta(seconds=1)):
        with django_assert_num_queries(8):
            first = reset_batch(few)
        with django_assert_num_queries(8):
            second = reset_batch()

    assert (first, second) == (2, 6)
    assert Message.objects.filter(template="attempt_reset").count() == 8
    assert Entry.objects.filter(event="reset").count() == 8


def test_nothing_is_reset_before_its_time(attempt):
    with time_machine.travel(attempt.due_at, tick=False):
        assert actions.reset_overdue() == 0

    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.IN_PROGRESS


def test_what_is_in_review_never_expires(educator, edition):
    submission = submitted_round(educator, edition)

    with time_machine.travel(submission.attempt.due_at + timedelta(days=400)):
        assert actions.reset_overdue() == 0

    submission.attempt.refresh_from_db()
    assert submission.attempt.status == Attempt.Status.IN_REVIEW


def test_after_a_reset_start_opens_an_empty_attempt(finished):
    with time_machine.travel(finished.due_at + timedelta(days=1)):
        actions.reset_overdue()
        again = actions.start(finished.micro_certification, by=finished.educator)

    assert again != finished
    assert again.progress.exclude(status="not_started").count() == 0
    assert finished.progress.filter(status="completed").count() == 4


@pytest.mark.parametrize(
    ("left", "reminders"),
    [(31, 0), (29.9, 1), (8, 1), (6.9, 1), (1.5, 1), (0.9, 1)],
)
def test_a_reminder_is_due_at_thirty_seven_and_one_day(attempt, left, reminders):
    with time_machine.travel(attempt.due_at - timedelta(days=left)):
        assert actions.remind() == reminders
        assert actions.remind() == 0

    assert Message.objects.filter(template="attempt_due").count() == reminders


def test_each_reminder_comes_once_over_the_whole_time(attempt):
    for left in range(40, 0, -1):
        with time_machine.travel(attempt.due_at - timedelta(days=left - 0.5)):
            actions.remind()

    subjects = Message.objects.filter(template="attempt_due").values_list("subject", flat=True)
    assert [subject.split(":")[0] for subject in subjects] == [
        "30 days left",
        "7 days left",
        "One day left",
    ]


def test_the_clock_takes_the_same_queries_however_much_is_overdue(
    edition, django_assert_max_num_queries
):
    attempts = [started_attempt(MemberFactory(), edition) for _ in range(3)]

    with (
        time_machine.travel(attempts[0].due_at + timedelta(days=1)),
        django_assert_max_num_queries(40),
    ):
        assert actions.reset_overdue() == 3


def test_a_finished_attempt_that_was_not_handed_in_is_reset_too(educator, edition):
    finished = finished_attempt(educator, edition)

    with time_machine.travel(finished.due_at + timedelta(days=1)):
        assert actions.reset_overdue() == 1
