"""The rules of money: what may follow what, and what is always true."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import journal
from portal.models import Entry
from portal.payments import actions
from portal.payments.invariants import charge_breaches
from portal.payments.models import Charge
from portal.refusal import Refused
from tests.payments.factories import ChargeFactory

pytestmark = pytest.mark.django_db

DUE, PAID = Charge.Status.DUE, Charge.Status.PAID
REFUNDED, WAIVED = Charge.Status.REFUNDED, Charge.Status.WAIVED


def test_a_charge_is_asked_for_with_amount_and_journal(educator):
    charge = actions.charge(
        educator,
        association=educator.association,
        purpose=Charge.Purpose.UNITS,
        description="1 unit",
        amount_cents=7500,
    )

    assert (charge.status, charge.amount_cents, charge.settled_at) == (DUE, 7500, None)
    assert Entry.objects.get(event="charged").facts == {"amount_cents": 7500}


@pytest.mark.parametrize(("settle", "status"), [(actions.pay, PAID), (actions.waive, WAIVED)])
def test_settling_tells_whoever_waits_for_it(staff, heard, settle, status):
    charge = ChargeFactory()

    settle(charge, "check 101", by=staff)

    assert heard == [(charge.pk, status)]
    assert Entry.objects.filter(event=f"charge {status}").count() == 1


def test_money_can_go_back_after_it_came(staff):
    charge = ChargeFactory()
    actions.pay(charge, "check 101", by=staff)

    actions.refund(charge, "Paid twice by mistake", by=staff)

    charge.refresh_from_db()
    assert (charge.status, charge.reference) == (REFUNDED, "Paid twice by mistake")


@pytest.mark.parametrize("text", ["", "  "])
def test_settling_needs_words(staff, heard, text):
    charge = ChargeFactory()

    with pytest.raises(Refused):
        actions.pay(charge, text, by=staff)

    charge.refresh_from_db()
    assert (charge.status, heard) == (DUE, [])


def test_whoever_settles_second_is_refused(staff, heard):
    first = ChargeFactory()
    second = Charge.objects.get(pk=first.pk)
    actions.pay(first, "check 101", by=staff)

    with pytest.raises(Refused):
        actions.waive(second, "Hardship", by=staff)

    assert heard == [(first.pk, PAID)]


@settings(deadline=None, max_examples=25)
@given(st.lists(st.sampled_from([actions.pay, actions.waive, actions.refund]), max_size=5))
def test_however_it_is_clicked_a_charge_is_settled_once(steps):
    with transaction.atomic():
        charge = ChargeFactory()
        staff = charge.payer
        for step in steps:
            again = Charge.objects.get(pk=charge.pk)
            try:
                step(again, "reference", by=staff)
            except Refused:
                continue

        kinds = Entry.objects.filter(subject_id=str(charge.public_id))
        settlements = kinds.filter(event__in=["charge paid", "charge waived"]).count()
        assert settlements == int(any(step != actions.refund for step in steps))
        assert list(charge_breaches()) == []
        transaction.set_rollback(True)


def test_a_settled_charge_has_its_moment(educator):
    with pytest.raises(IntegrityError), transaction.atomic():
        ChargeFactory(payer=educator, status=PAID)

    with pytest.raises(IntegrityError), transaction.atomic():
        ChargeFactory(payer=educator, settled_at=timezone.now())


def test_the_invariant_names_a_charge_of_nothing():
    charge = ChargeFactory(amount_cents=0)

    assert list(charge_breaches()) == [f"Charge {charge.public_id} is for $0.00."]


def test_the_invariant_names_a_charge_settled_twice(staff):
    charge = ChargeFactory()
    actions.pay(charge, "check 101", by=staff)
    journal.record("charge waived", of=charge, by=staff)

    assert list(charge_breaches()) == [f"Charge {charge.public_id} was settled 2 times."]
