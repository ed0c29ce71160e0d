"""Each rule that is always true finds the row that breaks it, and only that."""

from decimal import Decimal

import pytest

from credits import invariants
from credits.models import HoursEntry, Letter, UnitApplication, UnitItem
from portal.duties import registry
from portal.payments.models import Charge
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    applied,
    batched,
    earn,
    paid,
    pending,
    psea_member,
    psea_staff,
    verified,
)
from tests.factories import MemberFactory, StaffFactory, decided_round

pytestmark = pytest.mark.django_db


def breaches():
    """How many sentences each rule of this app yields."""
    found = {
        rule.name: len(list(rule.breaches()))
        for rule in registry.invariants
        if rule.breaches.__module__ == "credits.invariants"
    }
    return {name: count for name, count in found.items() if count}


def test_nothing_is_broken_by_the_stories_the_portal_can_tell():
    from credits import actions

    Act48Factory(), Chapter14Factory()
    staff = StaffFactory()
    decided_round(educator=psea_member())
    actions.release(HoursEntry.objects.pending(), by=psea_staff())
    batched(staff, units=2)
    actions.withdraw(applied(educator := MemberFactory()), by=educator)

    assert breaches() == {}


def test_a_wrong_sum_of_hours_is_found():
    entry = pending(psea_member())
    HoursEntry.objects.update(hours=Decimal(17))

    assert breaches() == {"hours-sums": 1}
    assert entry.micro_certification.slug in next(invariants.hours_sums())


def test_void_hours_are_no_part_of_the_sum():
    pending(psea_member())
    HoursEntry.objects.update(hours=Decimal(17), status="void", reason="Wrong.")

    assert breaches() == {}


def test_hours_spent_beyond_their_line_are_found():
    applied()
    UnitItem.objects.update(hours=Decimal(16))

    assert breaches() == {"overspent-hours": 1, "unit-hours": 1}


def test_spent_hours_that_are_void_are_found():
    applied()
    HoursEntry.objects.update(status="void", reason="Wrong.")

    assert breaches() == {"overspent-hours": 1}


def test_an_application_without_its_hours_is_found():
    applied()
    UnitItem.objects.all().delete()

    assert breaches() == {"unit-hours": 1}


def test_an_ended_application_that_keeps_hours_is_found():
    applied()
    UnitApplication.objects.update(status="rejected")

    assert breaches() == {"freed-hours": 1}


def test_a_wrong_amount_is_found():
    verified(StaffFactory())
    Charge.objects.update(amount_cents=7499)

    assert breaches() == {"unit-fees": 1}


def test_an_unpaid_application_on_its_way_is_found():
    paid(StaffFactory())
    Charge.objects.update(status="due", settled_at=None)

    assert breaches() == {"unpaid-batches": 1}


def test_a_letter_of_other_hours_than_the_ledger_is_found():
    from credits import actions

    actions.issue(pending(psea_member(), Chapter14Factory()), by=psea_staff())
    Letter.objects.update(hours=Decimal(20))

    assert breaches() == {"wrong-letters": 1}


def test_the_table_does_not_let_hours_be_held_twice():
    item = applied().items.get()

    assert list(invariants.doubly_held_hours()) == []
    assert UnitItem._meta.constraints[1].name == "credits_unititem_one_live_application"
    assert (item.state, str(item)) == ("held", f"15 of {item.entry}")


def test_plain_earned_hours_break_nothing():
    earn(MemberFactory())

    assert breaches() == {}
