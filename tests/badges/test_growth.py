"""Synthetic badges: those the real action would have issued, and no others."""

import pytest
from django.conf import settings
from django.utils import timezone

from badges import actions, invariants, openbadges, tasks
from badges.actions.issuing import day_of_issue
from badges.models import Assertion, BadgeClass
from portal import health
from portal.models import Message
from submissions.models import Attempt, Submission
from tests.grown import grow, shared

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def grown(django_db_setup, django_db_blocker):
    """Few people with many attempts, so that some finish a stack."""
    with shared(django_db_blocker, 40, 160):
        yield


def held():
    """Who holds what, and since when."""
    rows = Assertion.objects.values_list("recipient", "badge_class", "issued_on", "attempt")
    return sorted(rows, key=str)


def test_they_are_those_that_a_real_decision_would_have_issued(time_machine):
    grown = held()
    Assertion.objects.all().delete()

    passed = Submission.objects.filter(outcome=Submission.Outcome.PASS)
    for submission in passed.order_by("decided_at", "pk"):
        time_machine.move_to(submission.decided_at, tick=False)
        actions.issue(submission)

    assert [row[:2] for row in held()] == [row[:2] for row in grown]
    assert BadgeClass.objects.filter(stack__isnull=False, assertions__isnull=False).exists()


def test_their_day_is_that_of_the_decision():
    badges = Assertion.objects.exclude(attempt=None).select_related("attempt__association")

    for badge in badges:
        decided = badge.attempt.closed_at
        assert badge.issued_on == day_of_issue(decided, badge.attempt.association.zone)


def test_the_address_of_the_holder_is_in_them_as_a_hash_with_a_salt_of_its_own():
    badges = Assertion.objects.select_related("recipient")

    assert {openbadges.hashed(one.recipient.email, one.salt) == one.identity for one in badges} == {
        True
    }
    assert badges.count() == badges.values("salt").distinct().count()


def test_growing_again_finishes_stacks_that_earlier_runs_began():
    before = Assertion.objects.filter(badge_class__stack__isnull=False).count()

    for _time in range(3):
        grow(0, 5)

    assert Attempt.objects.count() == 175
    assert list(invariants.doubled_badges()) == []
    assert Assertion.objects.filter(badge_class__stack__isnull=False).count() >= before


def test_they_wait_since_they_were_grown_so_that_the_portal_is_ready():
    waits = timezone.now() - tasks.oldest_unbaked()

    assert waits.total_seconds() < health.PATIENCE_SECONDS


def test_they_wait_for_their_pictures_and_nobody_was_written_to():
    assert Message.objects.count() == 0
    assert Assertion.objects.unbaked().count() == Assertion.objects.count()


def test_a_picture_is_baked_by_the_task_as_for_any_badge():
    badge = Assertion.objects.first()

    done = tasks.bake(badge.pk)

    badge.refresh_from_db()
    assert (done, badge.baked_for) == (True, settings.PUBLIC_BASE_URL)
    assert list(invariants.stale_pictures()) == []
