from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from portal.accounts import actions as accounts
from portal.models import Message
from portal.payments import actions as payments
from portal.payments.models import Charge
from portal.refusal import Refused
from submissions import actions
from submissions.models import Attempt
from tests.factories import MemberFactory, UserFactory, decided_round, started_attempt


@time_machine.travel("2021-09-11 20:00Z", tick=False)
def test_a_member_starts_and_has_six_calendar_months(educator, edition):
    attempt = actions.start(edition.micro_certification, by=educator)

    assert attempt.status == Attempt.Status.IN_PROGRESS
    assert attempt.was_member is True
    assert attempt.due_on == date(2022, 3, 11)
    assert [row.part.number for row in attempt.progress.all()] == [0, 1, 2, 3, 4]
    assert Message.objects.get().template == "attempt_started"


def test_starting_twice_finds_the_same_attempt(educator, edition):
    first = actions.start(edition.micro_certification, by=educator)

    second = actions.start(edition.micro_certification, by=educator)

    assert second == first
    assert Attempt.objects.count() == 1
    assert first.progress.count() == 5


def test_the_database_refuses_a_second_live_attempt(attempt):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(
            educator=attempt.educator,
            micro_certification=attempt.micro_certification,
            edition=attempt.edition,
            association=attempt.association,
            was_member=True,
            started_at=attempt.started_at,
            due_on=attempt.due_on,
            due_at=attempt.due_at,
        )


def test_a_non_member_owes_the_fee_and_the_clock_stands(edition):
    visitor = UserFactory()

    attempt = actions.start(edition.micro_certification, by=visitor)

    assert attempt.status == Attempt.Status.FEE_DUE
    assert (attempt.started_at, attempt.due_on, attempt.due_at) == (None, None, None)
    assert attempt.progress.count() == 0
    assert (attempt.charge.amount_cents, attempt.charge.status) == (7500, Charge.Status.DUE)


@pytest.mark.parametrize("settle", [payments.pay, payments.waive])
def test_the_clock_starts_when_the_fee_is_paid_or_waived(edition, staff, settle):
    attempt = actions.start(edition.micro_certification, by=UserFactory())

    with time_machine.travel("2026-08-31 20:00Z", tick=False):
        settle(attempt.charge, "check 1024", by=staff)

    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.IN_PROGRESS
    assert attempt.due_on == date(2027, 2, 28)
    assert attempt.progress.count() == 5


def test_a_fee_is_charged_once_however_often_start_is_clicked(edition):
    visitor = UserFactory()

    for _click in range(3):
        actions.start(edition.micro_certification, by=visitor)

    assert Charge.objects.count() == 1


def test_what_was_earned_is_not_started_again(educator, edition):
    submission = decided_round(educator=educator, edition=edition)

    again = actions.start(edition.micro_certification, by=educator)

    assert again == submission.attempt


def test_a_withdrawn_attempt_makes_room_for_another(attempt):
    actions.withdraw(attempt, by=attempt.educator)

    again = actions.start(attempt.micro_certification, by=attempt.educator)

    assert again != attempt
    assert (attempt.status, again.status) == ("withdrawn", "in_progress")


def test_without_a_published_edition_nothing_starts(educator, edition):
    type(edition).objects.update(status="retired")

    with pytest.raises(Refused) as refusal:
        actions.start(edition.micro_certification, by=educator)

    assert "can’t be started" in refusal.value.words


def test_without_an_association_the_profile_comes_first(edition):
    loner = UserFactory(association=None)

    with pytest.raises(Refused) as refusal:
        actions.start(edition.micro_certification, by=loner)

    assert "profile" in refusal.value.words


def test_membership_is_captured_at_start(edition):
    member = MemberFactory()
    attempt = started_attempt(member, edition)

    member.memberships.update(status="lapsed")

    attempt.refresh_from_db()
    assert attempt.was_member is True


def test_settling_another_charge_opens_no_attempt(educator, staff, edition):
    attempt = actions.start(edition.micro_certification, by=UserFactory())
    other = payments.charge(
        educator,
        association=educator.association,
        purpose=Charge.Purpose.UNITS,
        description="1 unit",
        amount_cents=7500,
    )

    payments.pay(other, "card", by=staff)

    attempt.refresh_from_db()
    assert attempt.status == Attempt.Status.FEE_DUE


def waiting_claim(edition):
    """Someone whose claim waits for staff, and what they clicked Start on meanwhile."""
    zoe = UserFactory()
    membership = accounts.claim_membership(zoe, zoe.association, "M1")
    return membership, actions.start(edition.micro_certification, by=zoe)


def test_while_a_claim_of_membership_waits_nothing_is_owed(client, edition):
    membership, attempt = waiting_claim(edition)
    client.force_login(membership.user)

    page, card = client.get(attempt.get_absolute_url()).text, client.get("/my/").text

    assert (attempt.status, attempt.charge) == (Attempt.Status.FEE_DUE, None)
    assert Charge.objects.count() == 0
    assert "we are confirming that now. There is nothing to pay" in page
    assert "help@cta.example" in page
    assert "Nothing to pay: your six months begin" in card
    assert [text for text in ("$75", "Fee due", "non-member") if text in page + card] == []


def test_confirming_a_membership_opens_what_was_started_while_it_waited(edition, staff):
    membership, attempt = waiting_claim(edition)

    accounts.settle_membership(membership, "active", by=staff)

    attempt.refresh_from_db()
    assert (attempt.status, attempt.was_member) == (Attempt.Status.IN_PROGRESS, True)
    assert (attempt.charge, attempt.progress.count()) == (None, 5)


def test_confirming_a_membership_waives_the_fee_that_was_asked_for_before_the_claim(edition, staff):
    zoe = UserFactory()
    attempt = actions.start(edition.micro_certification, by=zoe)
    membership = accounts.claim_membership(zoe, zoe.association, "M1")

    accounts.settle_membership(membership, "active", by=staff)

    attempt.refresh_from_db()
    assert (attempt.status, attempt.was_member) == (Attempt.Status.IN_PROGRESS, True)
    assert (attempt.charge.status, attempt.progress.count()) == (Charge.Status.WAIVED, 5)


def test_only_when_the_membership_is_not_found_the_fee_is_due(client, edition, staff):
    membership, attempt = waiting_claim(edition)

    accounts.settle_membership(membership, "refused", by=staff)

    attempt.refresh_from_db()
    client.force_login(membership.user)
    assert (attempt.status, attempt.charge.status) == ("fee_due", Charge.Status.DUE)
    assert "Non-members of CTA pay $75.00" in client.get(attempt.get_absolute_url()).text
    sent = Message.objects.order_by("pk").values_list("template", flat=True)
    assert list(sent) == ["membership_awaited", "membership_settled", "fee_due"]


def test_a_claim_made_after_the_fee_was_asked_for_puts_it_off(client, edition):
    zoe = UserFactory()
    attempt = actions.start(edition.micro_certification, by=zoe)
    accounts.claim_membership(zoe, zoe.association, "M1")
    client.force_login(zoe)

    page = client.get(attempt.get_absolute_url()).text

    assert "There is nothing to pay" in page
    assert "$75" not in page


def test_what_waits_for_a_membership_may_be_given_up(edition):
    membership, attempt = waiting_claim(edition)

    actions.withdraw(attempt, by=membership.user)

    attempt.refresh_from_db()
    assert (attempt.status, attempt.charge) == ("withdrawn", None)


def test_withdrawing_before_paying_drops_the_fee(edition):
    visitor = UserFactory()
    attempt = actions.start(edition.micro_certification, by=visitor)

    actions.withdraw(attempt, by=visitor)

    attempt.refresh_from_db()
    assert (attempt.status, attempt.charge.status) == ("withdrawn", Charge.Status.WAIVED)
    assert attempt.started_at is None


def test_a_mistyped_member_number_is_corrected_while_the_claim_waits(educator):
    zoe = UserFactory()
    accounts.claim_membership(zoe, zoe.association, "M1")

    accounts.claim_membership(zoe, zoe.association, "M2")

    assert zoe.memberships.get().number == "M2"


def test_start_after_the_due_moment_gives_a_new_attempt_before_any_sweep(educator, edition):
    old = actions.start(edition.micro_certification, by=educator)
    stranger = MemberFactory()
    other = actions.start(edition.micro_certification, by=stranger)

    with time_machine.travel(old.due_at + timedelta(minutes=5), tick=False):
        new = actions.start(edition.micro_certification, by=educator)

    old.refresh_from_db()
    other.refresh_from_db()
    assert (new != old, new.status, old.status) == (True, "in_progress", "reset")
    assert other.status == "in_progress"


def test_after_the_due_moment_the_page_says_that_time_is_over(client, educator, edition):
    attempt = actions.start(edition.micro_certification, by=educator)

    with time_machine.travel(attempt.due_at + timedelta(minutes=5), tick=False):
        client.force_login(educator)
        page = client.get(attempt.get_absolute_url()).text

    assert "Time is over" in page
    assert "In Progress" not in page.split("<table")[0]
    assert "Start again" in page
