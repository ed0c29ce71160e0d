"""An educator's application for units: drafted, sent, taken back; money and hours exact."""

import uuid
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from credits import actions
from credits.models import HoursEntry, Term, UnitApplication, UnitItem
from credits.requests import Confirmation
from portal.models import Message
from portal.payments.models import Charge
from portal.refusal import Refused
from tests.credits.factories import (
    ChicoFactory,
    TermFactory,
    applied,
    batched,
    earn,
    paid,
    verified,
    wish,
)
from tests.factories import MemberFactory, StaffFactory

pytestmark = pytest.mark.django_db


def apply(educator, **fields):
    return actions.apply(uuid.uuid4(), wish(**fields), by=educator)


def free(educator):
    return sum((lot.hours for lot in HoursEntry.objects.owned_by(educator).lots()), Decimal(0))


def test_a_sent_application_holds_its_hours_and_copies_the_fee():
    educator = MemberFactory()
    earn(educator)

    application = apply(educator, term=TermFactory(fee_per_unit_cents=8500))

    assert (application.status, application.fee_cents) == ("submitted", 8500)
    assert [(item.hours, item.state) for item in application.items.all()] == [(15, "held")]
    assert free(educator) == 0


def test_a_later_fee_leaves_sent_applications_as_they_are():
    application = applied()

    actions.change_term(application.term, by=StaffFactory(), fee_per_unit_cents=9900)

    application.refresh_from_db()
    assert application.fee_cents == 7500


def test_no_unit_below_fifteen_hours():
    educator = MemberFactory()
    earn(educator, Decimal("14.99"))

    with pytest.raises(Refused, match="worth 0 units"):
        apply(educator)

    assert UnitApplication.objects.count() == 0


@pytest.mark.parametrize("units", [3, 99])
def test_no_more_units_than_the_hours_are_worth(units):
    educator = MemberFactory()
    earn(educator), earn(educator)

    with pytest.raises(Refused, match="worth 2 units"):
        apply(educator, units=units)

    assert free(educator) == 30


def test_hours_are_never_spent_twice():
    educator = MemberFactory()
    earn(educator)
    apply(educator)

    with pytest.raises(Refused, match="worth 0 units"):
        apply(educator)

    assert UnitItem.objects.count() == 1


def test_units_may_be_spread_over_terms():
    educator = MemberFactory()
    earn(educator), earn(educator)
    fall, winter = TermFactory(), TermFactory()

    apply(educator, term=fall)
    apply(educator, term=winter)

    assert sorted(educator.unit_applications.values_list("term__name", flat=True)) == sorted(
        [fall.name, winter.name]
    )


def test_a_remainder_stays_in_the_ledger_until_the_university_has_enrolled():
    educator = MemberFactory()
    earn(educator, 20)
    staff = StaffFactory()
    earn(educator, 10)
    batch, application = batched(staff, educator=educator)
    assert free(educator) == 25 - 0
    reference = str(application.public_id)

    actions.confirm(batch, [Confirmation(reference, "", "")], by=staff)

    assert free(educator) == 20 + 10


def test_a_partly_used_line_waits_while_its_application_is_alive():
    educator = MemberFactory()
    earn(educator, 20)
    apply(educator)

    left = HoursEntry.objects.with_left().get()

    assert (left.spent, left.left, free(educator)) == (15, 5, 0)


def test_the_same_form_sent_twice_is_one_application():
    educator = MemberFactory()
    earn(educator), earn(educator)
    key, asked = uuid.uuid4(), wish()

    first = actions.apply(key, asked, by=educator)
    second = actions.apply(key, asked, by=educator)

    assert first == second
    assert Message.objects.filter(template="units_received").count() == 1
    assert free(educator) == 15


def test_the_key_of_another_educator_is_refused():
    application = applied()

    with pytest.raises(Refused, match="out of date"):
        actions.draft(application.public_id, wish(application.term), by=MemberFactory())


def test_a_draft_holds_nothing_until_it_is_sent():
    educator = MemberFactory()
    earn(educator)
    draft = actions.draft(uuid.uuid4(), wish(), by=educator)
    assert (draft.status, free(educator)) == ("draft", 15)

    actions.submit(draft, by=educator)

    draft.refresh_from_db()
    assert (draft.status, free(educator)) == ("submitted", 0)


def test_a_missing_date_of_birth_does_not_block():
    application = applied(MemberFactory(date_of_birth=""))

    assert (application.status, application.date_of_birth) == ("submitted", "")


def test_the_date_of_birth_comes_from_the_form_or_else_from_the_profile():
    typed = applied(MemberFactory(date_of_birth="1980-01-31"), date_of_birth="1979-02-28")
    known = applied(MemberFactory(date_of_birth="1980-01-31"))

    assert (typed.date_of_birth, known.date_of_birth) == ("1979-02-28", "1980-01-31")


def test_what_identifies_a_student_is_never_plain_text_in_the_table():
    educator = MemberFactory(date_of_birth="1980-01-31", university_id="012345678")
    applied(educator)

    with connection.cursor() as cursor:
        cursor.execute("SELECT date_of_birth, student_id FROM credits_unitapplication")
        birth, student = cursor.fetchone()

    assert "1980" not in birth
    assert "012345678" not in student
    application = UnitApplication.objects.get()
    assert (application.date_of_birth, application.student_id) == ("1980-01-31", "012345678")


def test_withdrawing_frees_the_hours():
    educator = MemberFactory()
    application = applied(educator)

    actions.withdraw(application, by=educator)

    assert free(educator) == 15
    assert application.items.get().state == UnitItem.State.FREED


def test_withdrawing_a_verified_application_ends_its_charge():
    educator = MemberFactory()
    application = verified(StaffFactory(), educator=educator)

    actions.withdraw(application, by=educator)

    application.refresh_from_db()
    assert (application.status, application.charge.status) == ("withdrawn", Charge.Status.WAIVED)


def test_a_paid_application_can_not_be_withdrawn():
    educator = MemberFactory()
    application = paid(StaffFactory(), educator=educator)

    with pytest.raises(Refused, match="fee paid"):
        actions.withdraw(application, by=educator)

    assert free(educator) == 0


def test_freed_hours_can_be_used_again():
    educator = MemberFactory()
    actions.withdraw(applied(educator), by=educator)

    again = apply(educator)

    assert again.status == "submitted"
    assert UnitItem.objects.filter(entry=again.items.get().entry).count() == 2


def test_a_term_may_cap_the_units_of_one_educator():
    educator = MemberFactory()
    term = TermFactory(unit_cap=2)
    for _number in range(3):
        earn(educator)
    apply(educator, term=term)

    with pytest.raises(Refused, match="allows each educator 2 units"):
        apply(educator, term=term, units=2)

    assert apply(educator, term=term).status == "submitted"


def test_pending_void_and_held_hours_can_not_be_spent():
    educator = MemberFactory()
    earn(educator, status="pending", issued_on=None)
    earn(educator, status="void", reason="Not own work.")
    earn(educator, hold="denied")

    assert free(educator) == 0


LAST_SECOND = [
    (date(2021, 12, 1), datetime(2021, 12, 2, 7, 59, 59, tzinfo=UTC)),
    (date(2022, 1, 21), datetime(2022, 1, 22, 7, 59, 59, tzinfo=UTC)),
    (date(2022, 5, 9), datetime(2022, 5, 10, 6, 59, 59, tzinfo=UTC)),
    (date(2026, 11, 1), datetime(2026, 11, 2, 7, 59, 59, tzinfo=UTC)),  # clocks go back that day
    (date(2027, 3, 14), datetime(2027, 3, 15, 6, 59, 59, tzinfo=UTC)),  # clocks go forward
]


@pytest.mark.parametrize(("deadline", "last_second"), LAST_SECOND)
def test_an_application_is_in_time_until_the_last_second_of_the_local_day(deadline, last_second):
    educator = MemberFactory()
    earn(educator), earn(educator)
    term = TermFactory(opens_on=date(2021, 8, 1), application_deadline=deadline)

    with time_machine.travel(last_second, tick=False):
        in_time = apply(educator, term=term)
    too_late = time_machine.travel(last_second + timedelta(seconds=1), tick=False)
    with too_late, pytest.raises(Refused, match="takes applications from"):
        apply(educator, term=term)

    assert in_time.status == "submitted"
    assert term.closes_at == last_second + timedelta(microseconds=999_999)


def test_no_application_before_the_term_opens():
    educator = MemberFactory()
    earn(educator)
    term = TermFactory(opens_on=date(2026, 8, 1))

    early = time_machine.travel("2026-08-01T06:59:59Z", tick=False)
    with early, pytest.raises(Refused, match="August 1, 2026"):
        apply(educator, term=term)

    assert UnitApplication.objects.count() == 0


def test_a_draft_of_a_closed_term_can_not_be_sent():
    educator = MemberFactory()
    earn(educator)
    draft = actions.draft(uuid.uuid4(), wish(), by=educator)
    Term.objects.update(application_deadline=date(2020, 2, 1))

    with pytest.raises(Refused, match="choose another term"):
        actions.submit(draft, by=educator)

    assert (UnitApplication.objects.get().status, free(educator)) == ("draft", 15)


class EveryWallet(TestCase):
    """Whatever the hours and wishes: units exact, nothing overspent, money in whole cents."""

    @settings(max_examples=15, deadline=None)
    @given(
        st.lists(st.integers(min_value=1, max_value=40), min_size=1, max_size=4),
        st.lists(st.integers(min_value=0, max_value=4), min_size=1, max_size=4),
        st.integers(min_value=0, max_value=20_000),
    )
    def test_no_hour_is_spent_twice_and_every_fee_is_units_times_fee(self, amounts, wishes, fee):
        educator = MemberFactory()
        program = ChicoFactory()
        earned = [earn(educator, hours, program) for hours in amounts]
        term = TermFactory(program=program, fee_per_unit_cents=fee)

        for units in wishes:
            worth = program.units_in(free(educator))
            if 1 <= units <= worth:
                application = apply(educator, term=term, units=units)
                assert application.fee_cents == units * fee
            else:
                with pytest.raises(Refused):
                    apply(educator, term=term, units=max(units, worth + 1))

        spent = sum(educator.unit_applications.values_list("units", flat=True)) * 15
        items = UnitItem.objects.filter(application__educator=educator)
        assert sum(item.hours for item in items) == spent <= sum(amounts)
        assert list(HoursEntry.objects.overspent()) == []
        assert items.values("entry").distinct().count() == items.count() <= len(earned)
