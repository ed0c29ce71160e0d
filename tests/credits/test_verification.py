"""Staff check an application against the ledger; its fee is charged and paid."""

import pytest

from credits import actions
from credits.models import HoursEntry, UnitItem
from portal.models import Entry, Message
from portal.payments import actions as payments
from portal.payments.models import Charge
from portal.refusal import Refused
from tests.credits.factories import TermFactory, applied, paid, psea_staff, verified
from tests.factories import MemberFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


def fresh(row):
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(("units", "cents"), [(1, 7500), (2, 15000)])
def test_verified_hours_are_charged_at_units_times_the_fee(units, cents):
    staff = StaffFactory()

    application = verified(staff, units=units)

    assert (application.status, application.verified_by) == ("verified", staff)
    assert application.verified_hours == units * 15
    assert (application.charge.amount_cents, application.charge.purpose) == (cents, "units")


def test_the_educator_is_asked_for_the_fee_by_mail():
    application = verified(StaffFactory())

    mail = Message.objects.get(template="units_verified", to=application.educator.email)
    assert "$75.00" in mail.text


def test_verifying_twice_charges_once():
    application, staff = applied(), StaffFactory()

    actions.verify(application, by=staff)
    actions.verify(application, by=staff)

    assert Charge.objects.filter(purpose="units").count() == 1
    assert Entry.objects.filter(event="application verified").count() == 1


def test_hours_voided_behind_its_back_stop_the_verification():
    application = applied()
    HoursEntry.objects.update(status="void", reason="Not own work.")

    with pytest.raises(Refused, match="does not count: Void"):
        actions.verify(application, by=StaffFactory())

    assert (fresh(application).status, Charge.objects.count()) == ("submitted", 0)


def test_hours_on_hold_stop_the_verification():
    application = applied()
    HoursEntry.objects.update(hold="denied")

    with pytest.raises(Refused, match="the attempt was denied"):
        actions.verify(application, by=StaffFactory())


def test_hours_that_do_not_add_up_stop_the_verification():
    application = applied()
    UnitItem.objects.update(hours=10)

    with pytest.raises(Refused, match="don’t add up"):
        actions.verify(application, by=StaffFactory())


def test_hours_spent_beyond_the_line_stop_the_verification():
    application = applied()
    UnitItem.objects.update(hours=16)

    with pytest.raises(Refused, match="spent more than once"):
        actions.verify(application, by=StaffFactory())


def test_a_paid_fee_lets_the_application_go_on():
    application = verified(StaffFactory())

    payments.pay(application.charge, "check 12", by=StaffFactory())

    assert fresh(application).status == "paid"


def test_a_waived_fee_lets_it_go_on_too():
    application = verified(StaffFactory())

    payments.waive(application.charge, "Hardship", by=StaffFactory())

    assert fresh(application).status == "paid"


def test_a_term_without_fee_asks_for_nothing():
    application = verified(StaffFactory(), term=TermFactory(fee_per_unit_cents=0))

    assert (application.status, application.charge.status) == ("paid", "waived")


def test_other_charges_are_nothing_to_credit():
    application = verified(StaffFactory())
    payer = UserFactory()
    other = payments.charge(
        payer,
        association=payer.association,
        purpose="application",
        description="Start",
        amount_cents=7500,
    )

    payments.pay(other, "check 13", by=StaffFactory())

    assert fresh(application).status == "verified"


def test_a_rejected_application_frees_its_hours_and_says_why():
    educator = MemberFactory()
    application = applied(educator)

    actions.reject(application, "Please finish your profile first.", by=StaffFactory())

    assert (fresh(application).status, application.reason) == (
        "rejected",
        "Please finish your profile first.",
    )
    assert [lot.hours for lot in HoursEntry.objects.owned_by(educator).lots()] == [15]
    mail = Message.objects.get(template="units_rejected")
    assert "Please finish your profile first." in mail.text


def test_rejecting_needs_a_reason():
    application = applied()

    with pytest.raises(Refused, match="Please give a reason"):
        actions.reject(application, " ", by=StaffFactory())

    assert fresh(application).status == "submitted"


def test_a_verified_application_can_not_be_rejected():
    application = verified(StaffFactory())

    with pytest.raises(Refused, match="hours verified, fee due"):
        actions.reject(application, "Too late.", by=StaffFactory())

    assert application.items.get().state == UnitItem.State.HELD


def test_a_paid_application_stays_paid_when_it_is_verified_again():
    application = paid(StaffFactory())

    actions.verify(application, by=StaffFactory())

    assert fresh(application).status == "paid"


def test_a_look_at_date_of_birth_and_id_is_written_down_without_their_values():
    application = applied(MemberFactory(date_of_birth="1980-01-31"))
    staff = psea_staff()

    shown = actions.reveal(application, by=staff)

    assert shown == {"date_of_birth": "1980-01-31", "student_id": ""}
    look = Entry.objects.get(event="identity revealed")
    assert (look.by, look.facts) == (str(staff.public_id), {})
