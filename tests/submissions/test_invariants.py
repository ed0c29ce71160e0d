import pytest
from django.utils import timezone

from submissions import actions, invariants
from submissions.models import Attempt, Consent, Progress, Submission
from tests.accounts.factories import MembershipFactory
from tests.factories import decided_round, submitted_round

RULES = [
    rule
    for rule in vars(invariants).values()
    if callable(rule) and getattr(rule, "__module__", "") == "submissions.invariants"
]


@pytest.fixture
def world(educator, edition):
    return submitted_round(educator, edition)


def broken():
    return {rule.__name__ for rule in RULES if list(rule())}


def test_a_world_made_by_actions_breaks_only_the_rule_of_files_it_never_stored(world):
    decided_round()

    assert broken() == {"lost_evidence"}


def test_a_round_without_a_part_is_told(world):
    world.parts.first().delete()

    assert "half_submissions" in broken()


def test_a_clock_without_a_settled_fee_is_told(world):
    Attempt.objects.update(was_member=False)

    assert "unpaid_starts" in broken()


@pytest.mark.parametrize(("status", "told"), [("claimed", set()), ("refused", {"endless_waits"})])
def test_an_attempt_that_waits_for_no_fee_and_no_membership_is_told(edition, status, told):
    membership = MembershipFactory()
    actions.start(edition.micro_certification, by=membership.user)

    type(membership).objects.update(status=status)

    assert broken() == told


def test_a_reset_attempt_with_an_open_round_is_told(world):
    Attempt.objects.update(status="reset")

    assert "reset_in_review" in broken()


def test_an_attempt_in_review_without_a_round_is_told(world):
    Submission.objects.update(status="returned")

    assert "reset_in_review" in broken()


def test_a_round_without_the_agreement_is_told(world):
    Consent.objects.all().delete()

    assert "unagreed_rounds" in broken()


def test_a_passed_round_of_an_open_attempt_is_told(world):
    Submission.objects.update(status="decided", outcome="pass", decided_at=timezone.now())

    assert "decisions_without_effect" in broken()


def test_an_earned_attempt_without_a_passed_round_is_told(world):
    Submission.objects.update(status="decided", outcome="not_yet", decided_at=timezone.now())
    Attempt.objects.update(status="passed")

    assert "decisions_without_effect" in broken()


def test_a_due_date_before_the_start_is_told(world):
    Attempt.objects.update(due_at=world.attempt.started_at.replace(year=2001))

    assert "short_clocks" in broken()


def test_a_missing_progress_row_is_told(world):
    Progress.objects.first().delete()

    assert "missing_rows" in broken()


def test_two_live_attempts_cannot_be_told_because_they_cannot_be(world):
    assert list(invariants.doubled_attempts()) == []
