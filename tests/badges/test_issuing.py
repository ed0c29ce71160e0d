"""A pass earns one badge; a finished stack earns one more."""

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from badges import actions
from badges.actions.issuing import day_of_issue
from badges.models import Assertion, BadgeClass, Issuer
from catalog.models import Edition
from portal.models import Entry, Message
from portal.refusal import Refused
from submissions.models import Submission
from tests.badges.factories import earned, finished_stack, put_into, revoked, stack_of
from tests.factories import EditionFactory, StackFactory, decided_round

ZONES = st.sampled_from(
    ["America/Los_Angeles", "America/New_York", "Pacific/Honolulu", "America/Denver"]
)
MOMENTS = st.integers(1_700_000_000, 1_900_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))


def test_a_pass_issues_a_badge_to_the_educator(educator):
    submission = decided_round(educator=educator)

    assertion = Assertion.objects.get()

    assert assertion.recipient == educator
    assert assertion.attempt == submission.attempt
    assert assertion.badge_class.name == submission.attempt.micro_certification.title
    assert assertion.badge_class.issuer.slug == "nea"
    assert assertion.status == Assertion.Status.ISSUED


def test_a_not_yet_issues_nothing(educator):
    decided_round(Submission.Outcome.NOT_YET, educator=educator)

    assert Assertion.objects.count() == 0


def test_deciding_twice_issues_one_badge_and_one_mail(educator):
    submission = decided_round(educator=educator)

    again = actions.issue(submission)

    assert list(Assertion.objects.all()) == [again]
    assert Message.objects.filter(template="badge_issued").count() == 1
    assert Entry.objects.filter(event="badge issued").count() == 1


def test_a_badge_can_not_be_issued_for_a_round_that_did_not_pass(educator):
    submission = decided_round(Submission.Outcome.NOT_YET, educator=educator)

    with pytest.raises(Refused):
        actions.issue(submission)

    assert Assertion.objects.count() == 0


def test_the_database_holds_one_badge_for_each_person_and_class(educator):
    assertion = earned(educator)

    with pytest.raises(IntegrityError), transaction.atomic():
        Assertion.objects.create(
            recipient=educator,
            badge_class=assertion.badge_class,
            identity="x",
            salt="y",
            issued_on=timezone.now(),
        )

    assert Assertion.objects.count() == 1


def test_a_badge_class_stands_for_one_thing(educator):
    assertion = finished_stack(educator)
    badge_class = assertion.badge_class
    both = {"micro_certification": EditionFactory().micro_certification, "stack": StackFactory()}
    neither = {"micro_certification": None, "stack": None}

    for fields in (both, neither):
        with pytest.raises(IntegrityError), transaction.atomic():
            BadgeClass.objects.filter(pk=badge_class.pk).update(**fields)

    assert BadgeClass.objects.filter(stack=badge_class.stack).get() == badge_class


def test_a_badge_class_without_a_subject_says_so():
    badge_class = BadgeClass()

    with pytest.raises(ValueError, match=str(badge_class.public_id)):
        str(badge_class.subject)


def test_the_mail_leads_to_the_badge(educator):
    assertion = earned(educator)

    message = Message.objects.get(template="badge_issued")

    assert message.to == educator.email
    assert message.subject == f"Your badge: {assertion.badge_class.name}"
    assert f"http://testserver/badges/{assertion.public_id}/" in message.text
    assert f"http://testserver/badges/{assertion.public_id}/" in message.html


def test_the_address_of_a_badge_has_nothing_of_the_attempt(educator):
    assertion = earned(educator)

    public = {str(assertion.attempt.public_id)}
    public |= {str(s.public_id) for s in assertion.attempt.submissions.all()}

    assert re.fullmatch(r"/badges/[0-9a-f-]{36}/", assertion.get_absolute_url())
    assert str(assertion.public_id) not in public


@given(MOMENTS, ZONES)
def test_the_day_of_issue_tells_the_local_day_and_is_never_to_come(now, name):
    zone = ZoneInfo(name)

    issued = day_of_issue(now, zone)

    assert issued <= now
    assert issued.astimezone(zone).date() == now.astimezone(zone).date()
    assert issued.date() == now.astimezone(zone).date()


@given(MOMENTS, ZONES)
def test_the_day_of_issue_tells_no_time(now, name):
    zone = ZoneInfo(name)

    issued = day_of_issue(now, zone)

    midnight = issued.astimezone(zone).time() == datetime.min.time()
    assert midnight or issued.time().isoformat() == "12:00:00"


def test_the_last_of_a_stack_earns_the_stack_as_well(educator):
    stack, (first, second) = stack_of(2)

    earned(educator, first)
    before = Assertion.objects.filter(attempt=None).count()
    earned(educator, second)

    assert before == 0
    assert Assertion.objects.get(attempt=None).badge_class.stack == stack
    assert Message.objects.filter(template="badge_issued").count() == 3


def test_a_stack_of_one_says_nothing_twice(educator):
    _stack, (only,) = stack_of(1)

    earned(educator, only)

    assert Assertion.objects.filter(attempt=None).count() == 0


def test_someone_elses_badge_finishes_no_stack(educator, stranger):
    _stack, (first, second) = stack_of(2)
    earned(None, first)

    earned(educator, second)

    assert Assertion.objects.filter(attempt=None).count() == 0


def test_a_revoked_badge_finishes_no_stack(educator, staff):
    _stack, (first, second) = stack_of(2)
    actions.revoke(earned(educator, first), "Issued in error.", by=staff)

    earned(educator, second)

    assert Assertion.objects.filter(attempt=None).count() == 0


def test_a_stack_badge_does_not_hide_what_is_missing_elsewhere(educator):
    finished_stack(educator)
    _stack, (first, _second) = stack_of(2)

    earned(educator, first)

    assert Assertion.objects.filter(attempt=None).count() == 1


def test_what_can_not_be_started_any_more_does_not_hold_a_stack_up(educator):
    _stack, (first, second, third) = stack_of(3)
    Edition.objects.filter(pk=third.pk).update(status=Edition.Status.RETIRED)
    earned(educator, first)

    earned(educator, second)

    assert Assertion.objects.filter(attempt=None).count() == 1


def test_one_pass_may_finish_two_stacks(educator):
    _stack, (first, second) = stack_of(2)
    other = StackFactory()
    put_into(other, first)
    put_into(other, second)
    earned(educator, first)

    earned(educator, second)

    assert Assertion.objects.filter(attempt=None).count() == 2


def test_a_stack_badge_can_be_issued_by_hand_once(educator):
    assertion = finished_stack(educator)

    again = actions.issue_stack(assertion.badge_class.stack, educator)

    assert again == assertion


def test_a_stack_that_is_not_finished_earns_nothing(educator):
    stack, _editions = stack_of(2)

    for unfinished in (stack, StackFactory()):
        with pytest.raises(Refused):
            actions.issue_stack(unfinished, educator)

    assert Assertion.objects.count() == 0


def test_a_stack_of_an_issuer_nobody_knows_falls_to_the_house(educator):
    stack, (first,) = stack_of(1, issuer="nobody")

    assertion = earned(educator, first)

    assert assertion.badge_class.issuer.slug == "nea"
    assert stack.issuer == "nobody"


def test_the_issuer_is_the_one_of_the_stack(educator):
    _stack, (first,) = stack_of(1, issuer="ctq")

    assertion = earned(educator, first)

    assert assertion.badge_class.issuer == Issuer.objects.get(slug="ctq")


def test_a_micro_certification_without_a_stack_has_a_badge_too(educator):
    edition = EditionFactory()
    edition.micro_certification.items.all().delete()

    assertion = earned(educator, edition)

    assert assertion.badge_class.motif == ""
    assert assertion.badge_class.tags == []


def test_a_revoked_badge_is_not_issued_again(educator, staff):
    assertion = revoked(by=staff, educator=educator)
    submission = assertion.attempt.submissions.get()

    again = actions.issue(submission)

    assert again == assertion
    assert again.status == Assertion.Status.REVOKED


def test_issuing_in_the_early_morning_is_not_in_the_future(educator, time_machine):
    time_machine.move_to(datetime(2026, 3, 2, 13, 0, tzinfo=UTC) - timedelta(hours=2))

    assertion = earned(educator)

    assert assertion.issued_on == datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
    assert assertion.day.isoformat() == "2026-03-02"
