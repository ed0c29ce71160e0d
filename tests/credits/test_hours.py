"""Booking: what a complete submission and a pass earn, once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from credits import actions
from credits.models import HoursEntry
from portal.models import Entry
from submissions import actions as submissions
from submissions.models import Attempt, Submission
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    ChicoFactory,
    approve,
    earn,
    pending,
    psea_member,
    psea_staff,
)
from tests.factories import (
    AssociationFactory,
    EditionFactory,
    MemberFactory,
    UserFactory,
    decided_round,
    finish_parts,
    started_attempt,
    submitted_round,
)

pytestmark = pytest.mark.django_db

NOT_YET = Submission.Outcome.NOT_YET


def lines(educator):
    rows = HoursEntry.objects.owned_by(educator).order_by("pk")
    return [(row.program.code, row.kind, row.hours, row.status) for row in rows]


def total(educator, code="act-48"):
    return HoursEntry.objects.owned_by(educator).filter(program__code=code).total()


def decide_again(attempt, outcome):
    """Hand in a further round and decide it."""
    attempt.refresh_from_db()
    finish_parts(attempt, word="again")
    submission = submissions.submit(attempt)
    Submission.objects.filter(pk=submission.pk).update(status=Submission.Status.SCORING)
    submission.refresh_from_db()
    submissions.decide(submission, outcome, [])


def test_a_complete_submission_books_fifteen_hours_that_wait_for_release():
    Act48Factory()
    educator = psea_member()

    submitted_round(educator)

    assert lines(educator) == [("act-48", "completion", Decimal(15), "pending")]


def test_the_hours_are_due_thirty_local_days_after_the_submission():
    Act48Factory()

    with time_machine.travel("2026-03-02T04:30:00Z", tick=False):
        submitted_round(psea_member())

    entry = HoursEntry.objects.get()
    assert (entry.confirmed_on, entry.due_on) == (date(2026, 3, 1), date(2026, 3, 31))


def test_a_pass_adds_five_hours_to_make_twenty():
    Act48Factory()
    educator = psea_member()

    decided_round(educator=educator)

    assert lines(educator) == [
        ("act-48", "completion", Decimal(15), "pending"),
        ("act-48", "attainment", Decimal(5), "pending"),
    ]
    assert total(educator) == 20


def test_a_not_yet_adds_nothing():
    Act48Factory()
    educator = psea_member()

    decided_round(NOT_YET, educator)

    assert total(educator) == 15


def test_rounds_never_earn_the_same_hours_again():
    Act48Factory()
    educator = psea_member()
    attempt = decided_round(NOT_YET, educator).attempt

    decide_again(attempt, NOT_YET)
    decide_again(attempt, Submission.Outcome.PASS)

    assert [kind for _code, kind, _hours, _status in lines(educator)] == [
        "completion",
        "attainment",
    ]
    assert total(educator) == 20


def test_a_second_attempt_never_earns_the_same_hours_again():
    Act48Factory()
    educator = psea_member()
    edition = EditionFactory()
    first = decided_round(NOT_YET, educator, edition).attempt
    Attempt.objects.filter(pk=first.pk).update(status=Attempt.Status.RESET)

    decided_round(educator=educator, edition=edition)

    assert total(educator) == 20


def test_the_same_signal_delivered_twice_books_once():
    Act48Factory()
    submission = decided_round(educator=psea_member())

    actions.book_completion(submission)
    actions.book_attainment(submission)

    assert HoursEntry.objects.count() == 2
    assert Entry.objects.filter(event="hours booked").count() == 2


def test_the_table_itself_refuses_the_same_hours_twice():
    entry = pending(psea_member())

    with pytest.raises(IntegrityError), transaction.atomic():
        pending(entry.educator, attempt=entry.attempt)

    assert HoursEntry.objects.count() == 1


def test_a_non_member_earns_no_credit():
    Act48Factory()
    educator = UserFactory(association=psea_member().association)
    attempt = started_attempt(educator)

    submission = Submission(attempt=attempt, submitted_at=attempt.opened_at)

    assert actions.book_completion(submission) == []


def test_a_program_without_membership_takes_everyone_of_its_association():
    Act48Factory(membership_required=False)
    attempt = started_attempt(UserFactory(association=psea_member().association))

    booked = actions.book_completion(Submission(attempt=attempt, submitted_at=attempt.opened_at))

    assert [entry.hours for entry in booked] == [15]


def test_members_of_another_association_earn_nothing_here():
    Act48Factory()
    educator = MemberFactory(association=AssociationFactory(slug="cta"))

    decided_round(educator=educator)

    assert lines(educator) == []


def test_units_count_on_a_pass_and_need_no_release():
    ChicoFactory()
    educator = MemberFactory()

    decided_round(educator=educator)

    assert lines(educator) == [("chico-units", "attainment", Decimal(15), "issued")]


def test_only_approved_micro_certifications_count_for_units():
    listed, other = EditionFactory(), EditionFactory()
    approve(ChicoFactory(), listed)
    educator = MemberFactory()

    decided_round(educator=educator, edition=other)
    decided_round(educator=educator, edition=listed)

    assert [row.micro_certification for row in educator.hours.all()] == [listed.micro_certification]


def test_a_micro_certification_counts_with_its_approved_stack_and_only_once():
    edition = EditionFactory()
    program = ChicoFactory()
    approve(program, edition)
    program.refresh_from_db()
    program.collection.stacks.set(edition.micro_certification.stacks.all())
    educator = MemberFactory()

    decided_round(educator=educator, edition=edition)

    assert educator.hours.total() == 15


def test_hours_and_letter_are_two_programs_of_the_same_work():
    Act48Factory()
    Chapter14Factory()
    educator = psea_member()

    submitted_round(educator)

    assert {code for code, *_rest in lines(educator)} == {"act-48", "chapter-14"}


def test_a_returned_round_holds_its_hours_until_the_next_complete_one():
    Act48Factory()
    educator = psea_member()
    with time_machine.travel("2026-03-02T15:00:00Z", tick=False):
        submission = submitted_round(educator)
        submissions.return_incomplete(submission, "A file does not open.", by=psea_staff())
    assert HoursEntry.objects.get().hold == "returned"

    with time_machine.travel("2026-03-20T15:00:00Z", tick=False):
        attempt = submission.attempt
        attempt.refresh_from_db()
        submissions.submit(attempt)

    entry = HoursEntry.objects.get()
    assert (entry.hold, entry.confirmed_on) == ("", date(2026, 3, 20))
    assert entry.due_on == date(2026, 3, 20) + timedelta(days=30)


def test_a_staff_hold_outlasts_a_further_round():
    Act48Factory()
    educator = psea_member()
    attempt = decided_round(NOT_YET, educator).attempt
    actions.hold(HoursEntry.objects.get(), "Looks borrowed.", by=psea_staff())

    decide_again(attempt, NOT_YET)

    assert HoursEntry.objects.get().hold == "staff"


def test_a_denied_attempt_has_all_its_hours_wait():
    Act48Factory()
    educator = psea_member()
    attempt = decided_round(educator=educator).attempt
    attempt.refresh_from_db()

    submissions.deny(attempt, "Borrowed work.", by=psea_staff())

    assert set(educator.hours.values_list("hold", "reason")) == {("denied", "Borrowed work.")}


def test_a_pass_adds_nothing_where_staff_have_voided_the_completion():
    Act48Factory()
    educator = psea_member()
    attempt = decided_round(NOT_YET, educator).attempt
    actions.void(HoursEntry.objects.get(), "Counted elsewhere.", by=psea_staff())

    decide_again(attempt, Submission.Outcome.PASS)

    assert total(educator) == 0


def test_a_corrected_completion_still_gets_its_five_hours():
    Act48Factory()
    educator = psea_member()
    attempt = decided_round(NOT_YET, educator).attempt
    actions.correct(HoursEntry.objects.get(), Decimal(15), "Wrong day.", by=psea_staff())

    decide_again(attempt, Submission.Outcome.PASS)

    assert total(educator) == 20


class EveryStory(TestCase):
    """Whatever the rounds and attempts, the sum is 0, 15 or 20."""

    @settings(max_examples=12, deadline=None)
    @given(st.lists(st.sampled_from(["not_yet", "reset", "pass"]), min_size=1, max_size=4))
    def test_act_48_is_nothing_fifteen_or_twenty(self, story):
        Act48Factory()
        educator = psea_member()
        edition = EditionFactory()
        for step in story:
            open_attempt = educator.attempts.live().filter(
                micro_certification=edition.micro_certification
            )
            attempt = open_attempt.first()
            if attempt and attempt.status == Attempt.Status.PASSED:
                break
            if step == "reset":
                open_attempt.update(status=Attempt.Status.RESET)
            elif attempt:
                decide_again(attempt, step)
            else:
                decided_round(step, educator, edition)

        expected = {"pass": 20, "not_yet": 15}
        reached = [expected[step] for step in story if step in expected]
        assert total(educator) == max(reached, default=0)


def test_a_line_names_what_earned_it():
    entry = earn(MemberFactory())

    assert str(entry) == f"15 h, Micro-certification earned: {entry.micro_certification.title}"
