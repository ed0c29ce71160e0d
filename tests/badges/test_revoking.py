"""A badge taken back stays back, everywhere."""

import pytest
from django.db import IntegrityError, transaction

from badges import actions
from badges.models import Assertion
from portal.models import Entry, Message
from portal.refusal import Refused
from submissions import actions as submissions
from tests.badges.factories import earned, finished_stack, revoked


def test_revoking_keeps_the_reason_and_tells_the_holder(educator, staff):
    assertion = earned(educator)

    actions.revoke(assertion, " Issued in error. ", by=staff)

    assertion.refresh_from_db()
    message = Message.objects.get(template="badge_revoked")
    entry = Entry.objects.get(event="badge revoked")
    assert assertion.status == Assertion.Status.REVOKED
    assert assertion.revocation_reason == "Issued in error."
    assert message.to == educator.email
    assert "Issued in error." in message.text
    assert entry.by == str(staff.public_id)


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_revoking_needs_a_reason(educator, staff, reason):
    assertion = earned(educator)

    with pytest.raises(Refused):
        actions.revoke(assertion, reason, by=staff)

    assertion.refresh_from_db()
    assert assertion.status == Assertion.Status.ISSUED


def test_a_badge_is_revoked_once(educator, staff):
    assertion = revoked(by=staff, educator=educator, reason="First.")

    with pytest.raises(Refused):
        actions.revoke(assertion, "Second.", by=staff)

    assertion.refresh_from_db()
    assert assertion.revocation_reason == "First."


def test_the_database_ties_status_reason_and_time_together(educator):
    assertion = earned(educator)

    for changes in ({"status": "revoked"}, {"revocation_reason": "x"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Assertion.objects.filter(pk=assertion.pk).update(**changes)

    assertion.refresh_from_db()
    assert assertion.status == Assertion.Status.ISSUED


def test_the_badge_of_the_stack_goes_with_it(educator, staff):
    stack_badge = finished_stack(educator)
    part = Assertion.objects.exclude(attempt=None).first()

    actions.revoke(part, "Issued in error.", by=staff)

    stack_badge.refresh_from_db()
    others = Assertion.objects.issued()
    assert stack_badge.revocation_reason == "One of the badges it was made of was revoked."
    assert others.count() == 1


def test_revoking_the_badge_of_a_stack_leaves_what_is_in_it(educator, staff):
    stack_badge = finished_stack(educator)

    actions.revoke(stack_badge, "Issued in error.", by=staff)

    assert Assertion.objects.issued().count() == 2


def test_denying_an_attempt_revokes_its_badge_and_keeps_the_reason_private(educator, staff):
    assertion = earned(educator)

    submissions.deny(assertion.attempt, "Copied from a colleague.", by=staff)

    assertion.refresh_from_db()
    assert assertion.status == Assertion.Status.REVOKED
    assert assertion.revocation_reason == "The evidence behind this badge no longer stands."


def test_denying_an_attempt_whose_badge_is_gone_already_changes_nothing(educator, staff):
    assertion = revoked(by=staff, educator=educator, reason="First.")

    submissions.deny(assertion.attempt, "Copied from a colleague.", by=staff)

    assertion.refresh_from_db()
    assert assertion.revocation_reason == "First."


def test_every_other_move_of_a_badge_is_illegal():
    allowed = {
        (origin, goal)
        for origin in Assertion.Status.values
        for goal in Assertion.Status.values
        if Assertion.lifecycle.allows(origin, goal)
    }

    assert allowed == {("issued", "revoked")}
