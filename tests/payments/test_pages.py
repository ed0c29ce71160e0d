"""What people and staff do about charges in the browser."""

from datetime import UTC, datetime

import pytest

from portal.accounts.actions import claim_membership
from portal.payments import actions
from portal.payments.models import Charge
from tests.factories import AssociationFactory
from tests.payments.factories import ChargeFactory

pytestmark = pytest.mark.django_db

DUE, PAID, WAIVED = Charge.Status.DUE, Charge.Status.PAID, Charge.Status.WAIVED


def address(charge, more=""):
    return f"/staff/charges/{charge.public_id}/{more}"


def test_a_person_sees_their_own_charges_only(signed_in, educator, stranger):
    mine = ChargeFactory(payer=educator)
    ChargeFactory(payer=stranger)

    response = signed_in.get("/my/charges/")

    assert list(response.context["charges"]) == [mine]
    assert b"$75.00" in response.content


NEXT = {
    ("application", "due"): "To pay, send a check to CTA with the name of the micro-certification",
    ("application", "paid"): "Paid on May 3, 2026; your six months began then.",
    ("application", "waived"): "Waived on May 3, 2026: nothing to pay.",
    ("application", "refunded"): "Your payment was given back.",
    ("units", "due"): "To pay, send a check to CTA with the number of units and the term",
    ("units", "paid"): "Paid on May 3, 2026; your application goes to the university",
    ("units", "waived"): "Waived on May 3, 2026: nothing to pay.",
    ("units", "refunded"): "Your payment was given back.",
}


@pytest.mark.parametrize(("purpose", "status"), NEXT)
def test_each_charge_says_what_happens_next(signed_in, educator, purpose, status):
    settled = None if status == DUE else datetime(2026, 5, 4, 5, 0, tzinfo=UTC)
    ChargeFactory(payer=educator, purpose=purpose, status=status, settled_at=settled)

    page = signed_in.get("/my/charges/").text

    assert [words for words in set(NEXT.values()) if words in page] == [NEXT[purpose, status]]


@pytest.mark.parametrize(("purpose", "waits"), [("application", True), ("units", False)])
def test_an_application_fee_is_put_off_while_a_claim_of_membership_waits(client, purpose, waits):
    charge = ChargeFactory(purpose=purpose)
    claim_membership(charge.payer, charge.association, "M1")
    client.force_login(charge.payer)

    page = client.get("/my/charges/").text

    assert ("Nothing to pay now: CTA is confirming your membership." in page) is waits
    assert ("To pay, send a check" in page) is not waits


def test_who_owes_nothing_is_told_so(signed_in):
    assert b"Nothing to pay" in signed_in.get("/my/charges/").content


@pytest.mark.parametrize("count", [1, 3])
def test_my_charges_take_the_same_queries_however_many(
    signed_in, educator, count, django_assert_num_queries
):
    ChargeFactory.create_batch(count, payer=educator)

    with django_assert_num_queries(5):
        response = signed_in.get("/my/charges/")

    assert response.content.count(b"$75.00") == count


def test_staff_see_what_is_owed_to_their_association(staff_client):
    mine = ChargeFactory()
    ChargeFactory(association=AssociationFactory(slug="psea"))

    page = staff_client.get("/staff/charges/").context["page"]

    assert list(page.object_list) == [mine]


@pytest.mark.parametrize(("shown", "count"), [("paid", 1), ("due", 2), ("nonsense", 2)])
def test_staff_can_look_at_what_is_settled(staff_client, staff, shown, count):
    charges = ChargeFactory.create_batch(3)
    actions.pay(charges[0], "check 101", by=staff)

    response = staff_client.get(f"/staff/charges/?show={shown}")

    assert response.context["page"].paginator.count == count
    assert (b"check 101" in response.content) == (shown == "paid")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(
    staff_client, count, django_assert_num_queries
):
    ChargeFactory.create_batch(count)

    with django_assert_num_queries(6):
        response = staff_client.get("/staff/charges/")

    assert response.content.count(b"Settle the fee of") == count


def test_fees_to_settle_are_a_line_of_the_staffs_day(staff_client):
    ChargeFactory.create_batch(2)

    lines = staff_client.get("/staff/").context["lines"]

    assert ("Fees to settle", "/staff/charges/", 2, None) in lines


def test_staff_record_a_payment_with_its_reference(staff_client, staff):
    charge = ChargeFactory()

    response = staff_client.post(address(charge), {"reference": " check 101 "})

    charge.refresh_from_db()
    assert (response.status_code, response.url) == (302, "/staff/charges/")
    assert (charge.status, charge.reference, charge.settled_by) == (PAID, "check 101", staff)


def test_staff_waive_a_charge_with_the_reason(staff_client, staff):
    charge = ChargeFactory()

    staff_client.post(address(charge, "waive/"), {"reason": "Hardship"})

    charge.refresh_from_db()
    assert (charge.status, charge.reference, charge.settled_by) == (WAIVED, "Hardship", staff)


@pytest.mark.parametrize(
    ("more", "field", "form"),
    [
        ("", "reference", "payment"),
        ("waive/", "reason", "waiver"),
    ],
)
@pytest.mark.parametrize("text", ["", "   ", "x" * 81])
def test_without_a_fitting_reference_or_reason_a_charge_stays_due(
    staff_client, more, field, form, text
):
    charge = ChargeFactory()

    response = staff_client.post(address(charge, more), {field: text})

    charge.refresh_from_db()
    assert list(response.context[form].errors) == [field]
    assert charge.status == DUE


def test_the_amount_can_not_be_changed_by_a_hidden_field(staff_client):
    charge = ChargeFactory()

    staff_client.post(address(charge), {"reference": "check 1", "amount_cents": "1"})

    charge.refresh_from_db()
    assert charge.amount_cents == 7500


def test_a_double_click_settles_once(staff_client, heard):
    charge = ChargeFactory()
    staff_client.post(address(charge), {"reference": "check 1"})

    response = staff_client.post(address(charge), {"reference": "check 2"}, follow=True)

    charge.refresh_from_db()
    words = [str(message) for message in response.context["messages"]]
    assert words[-1] == "This can’t be done any more: it is now “paid”."
    assert (charge.reference, heard) == ("check 1", [(charge.pk, PAID)])


@pytest.mark.parametrize("more", ["", "waive/"])
def test_another_associations_charge_is_not_there(staff_client, more):
    charge = ChargeFactory(association=AssociationFactory(slug="psea"))

    response = staff_client.post(address(charge, more), {"reference": "1", "reason": "1"})

    charge.refresh_from_db()
    assert (response.status_code, charge.status) == (404, DUE)


@pytest.mark.parametrize("more", ["", "waive/"])
def test_who_owes_can_not_settle(signed_in, educator, more):
    charge = ChargeFactory(payer=educator)

    response = signed_in.post(address(charge, more), {"reference": "1", "reason": "1"})

    charge.refresh_from_db()
    assert (response.status_code, charge.status) == (404, DUE)


def test_the_page_of_a_charge_shows_person_and_amount(staff_client):
    charge = ChargeFactory()

    page = staff_client.get(address(charge)).content.decode()

    assert charge.payer.email in page
    assert page.count("$75.00") == 1


def test_the_back_office_shows_charges_and_changes_none(client, staff):
    charge = ChargeFactory()
    type(staff).objects.filter(pk=staff.pk).update(is_staff=True, is_superuser=True)
    client.force_login(staff)

    listed = client.get("/admin/payments/charge/")
    changed = client.post(f"/admin/payments/charge/{charge.pk}/change/", {"status": "paid"})

    charge.refresh_from_db()
    assert (listed.status_code, changed.status_code) == (200, 403)
    assert charge.status == DUE
