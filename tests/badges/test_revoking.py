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


def test_the_holders_own_pages_say_that_it_was_revoked_why_and_whom_to_ask(
    signed_in, educator, staff
):
    badge = revoked(by=staff, educator=educator)
    attempt, issuer = badge.attempt, badge.badge_class.issuer

    page = signed_in.get(attempt.get_absolute_url()).text
    work = signed_in.get("/my/").text
    shelf = signed_in.get(attempt.micro_certification.get_absolute_url()).text

    assert "You earned it." not in page + shelf
    assert "See your badge" not in work + shelf
    assert [place.count("Badge revoked") for place in (page, work)] == [1, 1]
    assert "Issued in error." in page
    assert f'write to {issuer.name}: <a href="mailto:{issuer.email}">' in page
    assert f'<a href="{badge.get_absolute_url()}">What everyone sees of it</a>' in page
    assert f'<a href="{attempt.get_absolute_url()}">Why it was revoked' in work
    assert "Your badge was revoked." in shelf


def test_what_stands_of_ones_other_work_is_told_as_before(signed_in, educator, staff):
    revoked(by=staff, educator=educator)
    kept = earned(educator)

    page = signed_in.get(kept.attempt.get_absolute_url()).text
    work = signed_in.get("/my/").text

    assert "You earned it. Your badge and papers are in your showcase." in page
    assert (work.count("Badge revoked"), work.count("See your badge")) == (1, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_my_work_asks_once_whatever_was_revoked(
    signed_in, educator, staff, count, django_assert_num_queries
):
    for _ in range(count):
        revoked(by=staff, educator=educator)

    with django_assert_num_queries(6):
        signed_in.get("/my/")
