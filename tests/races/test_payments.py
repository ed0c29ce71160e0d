"""Money at the same instant, on PostgreSQL: a charge is settled once (SAFETY I8)."""

import pytest

from portal.accounts import actions as accounts
from portal.accounts.models import Membership
from portal.models import Entry, Message
from portal.payments import actions
from portal.payments.invariants import charge_breaches
from portal.payments.models import Charge
from portal.payments.signals import settled
from portal.refusal import Refused
from tests.accounts.factories import MembershipFactory
from tests.factories import AssociationFactory, StaffFactory, UserFactory
from tests.payments.factories import ChargeFactory
from tests.races.harness import ROUNDS, together

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def heard():
    """What those who wait for money are told."""
    told = []
    listen = lambda charge, **kwargs: told.append((charge.pk, charge.status))
    settled.connect(listen, weak=False)
    yield told
    settled.disconnect(listen)


def refusals(results):
    return [one for one in results if isinstance(one, Refused)]


def test_pay_against_waive_settles_once_and_tells_once(heard):
    staff, payer, odd = StaffFactory(), UserFactory(), []
    for _round in range(ROUNDS):
        charge = ChargeFactory(payer=payer)
        copy = Charge.objects.get(pk=charge.pk)
        results = together(
            lambda owed=charge: actions.pay(owed, "check 1", by=staff),
            lambda owed=copy: actions.waive(owed, "Hardship", by=staff),
        )
        charge.refresh_from_db()
        lost = refusals(results)
        if [results.count(None), len(lost), heard.count((charge.pk, charge.status))] != [1, 1, 1]:
            odd.append(results)

    assert odd == []
    assert len(heard) == ROUNDS
    assert list(charge_breaches()) == []


def test_a_double_click_on_paid_keeps_one_reference(heard):
    staff, payer, kept = StaffFactory(), UserFactory(), []
    for number in range(ROUNDS):
        charge = ChargeFactory(payer=payer)
        pays = [
            lambda key=charge.pk, text=text: actions.pay(Charge.objects.get(pk=key), text, by=staff)
            for text in (f"check {number}a", f"check {number}b")
        ]
        results = together(*pays)
        charge.refresh_from_db()
        kept.append(charge.reference == f"check {number}{'ab'[results.index(None)]}")

    assert kept == [True] * ROUNDS
    assert len(heard) == ROUNDS


def test_refund_against_refund_sends_the_money_back_once():
    staff, payer = StaffFactory(), UserFactory()
    outcomes = []
    for _round in range(ROUNDS):
        charge = ChargeFactory(payer=payer)
        actions.pay(charge, "check 1", by=staff)
        copies = [Charge.objects.get(pk=charge.pk) for _ in range(2)]
        refunds = [lambda owed=copy: actions.refund(owed, "Twice", by=staff) for copy in copies]
        outcomes.append(len(refusals(together(*refunds))))

    assert outcomes == [1] * ROUNDS
    assert Entry.objects.filter(event="charge refunded").count() == ROUNDS


def test_confirm_against_not_found_settles_a_membership_once():
    staff, association, odd = StaffFactory(), AssociationFactory(), []
    for _round in range(ROUNDS // 2):
        claim = MembershipFactory(association=association)
        copies = [Membership.objects.get(pk=claim.pk) for _ in range(2)]
        results = together(
            *(
                lambda row=copy, to=status: accounts.settle_membership(row, to, by=staff)
                for copy, status in zip(copies, ("active", "refused"), strict=True)
            )
        )
        claim.refresh_from_db()
        # "not found" can be mended to active afterwards; active never becomes "not found"
        both = results == [None, None]
        if both and claim.status != "active":
            odd.append(claim.status)
        if Message.objects.filter(to=claim.user.email).count() != results.count(None):
            odd.append(results)

    assert odd == []


def test_two_claims_at_once_are_one_membership():
    association, outcomes = AssociationFactory(), []
    for _round in range(ROUNDS // 2):
        person = UserFactory()
        claim = lambda who=person: accounts.claim_membership(who, association, "104211")
        first, second = together(claim, claim)
        outcomes.append((first == second, person.memberships.count()))

    assert outcomes == [(True, 1)] * (ROUNDS // 2)


def test_two_imports_of_one_roster_make_everybody_a_member_once():
    staff, association = StaffFactory(), AssociationFactory()
    people = UserFactory.create_batch(5)
    rows = [(person.email, "1") for person in people]
    imports = lambda: accounts.import_roster(association, rows, by=staff)

    results = [together(imports, imports) for _round in range(10)]

    faults = [one for pair in results for one in pair if isinstance(one, Exception)]
    assert faults == []
    assert Membership.objects.active().count() == len(people)
    assert Message.objects.filter(template="membership_settled").count() == len(people)
