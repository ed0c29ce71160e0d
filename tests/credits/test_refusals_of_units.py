"""Every no about units, batches and reports in its own words."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
import time_machine

from credits import actions
from credits.models import HoursEntry, StateReport, UnitApplication
from credits.requests import Confirmation, Wish
from portal.refusal import Refused
from tests.credits.factories import (
    Act48Factory,
    ChicoFactory,
    TermFactory,
    applied,
    batched,
    earn,
    paid,
    psea_member,
    psea_staff,
    verified,
)
from tests.factories import MemberFactory, StaffFactory

pytestmark = pytest.mark.django_db

REASON = "Please give a reason: the educator will read it. Nothing was changed."
MOVED = "This can’t be done any more: it is now “{}”."


def words_of(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.words


def apply(educator, term, units=1):
    return words_of(actions.apply, uuid.uuid4(), Wish(term, units), by=educator)


@pytest.mark.parametrize(
    ("moment", "name"), [("2026-07-31T12:00:00Z", "early"), ("2026-12-02T20:00:00Z", "late")]
)
def test_out_of_season_both_days_of_the_term_are_named(moment, name):
    educator = MemberFactory()
    earn(educator)
    term = TermFactory(name=name, opens_on=date(2026, 8, 1), application_deadline=date(2026, 12, 1))

    with time_machine.travel(moment, tick=False):
        words = apply(educator, term)

    assert words == (
        f"{name} takes applications from August 1, 2026 to December 1, 2026. "
        "Your hours are safe: choose another term and use them there."
    )


@pytest.mark.parametrize(
    ("hours", "units", "worth"),
    [(15, 2, "1 unit"), (30, 3, "2 units"), (29, 2, "1 unit"), (14, 1, "0 units")],
)
def test_too_many_units_name_the_number_the_hours_are_worth(hours, units, worth):
    educator = MemberFactory()
    earn(educator, hours)

    assert apply(educator, TermFactory(), units) == (
        f"Your unspent hours are worth {worth} at the moment. "
        "Nothing was sent; please change the number of units."
    )


@pytest.mark.parametrize(("cap", "words"), [(1, "1 unit"), (2, "2 units")])
def test_beyond_the_cap_the_cap_is_named(cap, words):
    educator, term = MemberFactory(), TermFactory(name="Fall", unit_cap=cap)
    for _number in range(cap + 1):
        earn(educator)

    assert apply(educator, term, cap + 1) == (
        f"Fall allows each educator {words}. Nothing was sent; the rest can wait for another term."
    )
    assert UnitApplication.objects.count() == 0


def test_the_form_of_somebody_else_is_out_of_date():
    application = applied()
    other = MemberFactory()
    earn(other)

    words = words_of(actions.apply, application.public_id, Wish(application.term, 1), by=other)

    assert words == "This form is out of date. Please open it again; nothing was sent."


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"status": "pending"}, "“{}” does not count: Waiting for release."),
        ({"status": "void", "reason": "Twice."}, "“{}” does not count: Void."),
        ({"hold": "denied"}, "“{}” does not count: On hold: the attempt was denied."),
        ({"hours": Decimal(10)}, "“{}” is spent more than once."),
    ],
)
def test_what_the_ledger_does_not_bear_out_is_named_at_verification(change, words):
    application = applied()
    HoursEntry.objects.update(**change)
    line = HoursEntry.objects.get()

    assert words_of(actions.verify, application, by=StaffFactory()) == (
        words.format(line) + " Nothing was changed. Reject it with a reason."
    )
    application.refresh_from_db()
    assert (application.status, application.charge) == ("submitted", None)


@pytest.mark.parametrize(
    ("make", "words"),
    [(paid, "fee paid"), (lambda staff: batched(staff)[1], "ready for the university")],
)
def test_past_the_fee_nothing_is_withdrawn_or_rejected(make, words):
    staff = StaffFactory()
    application = make(staff)

    for act, args in ((actions.withdraw, ()), (actions.reject, ("No.",))):
        assert words_of(act, application, *args, by=staff) == MOVED.format(words)


def test_a_verified_application_can_not_be_rejected_any_more():
    staff = StaffFactory()

    assert words_of(actions.reject, verified(staff), "No.", by=staff) == MOVED.format(
        "hours verified, fee due"
    )


def test_a_term_with_nobody_to_send_says_its_name():
    assert words_of(actions.request_batch, TermFactory(name="Fall"), by=StaffFactory()) == (
        "No paid application of Fall waits for a batch."
    )


def test_a_report_of_nothing_names_what_each_line_needs():
    assert words_of(actions.report, Act48Factory(), by=psea_staff()) == (
        "No hours are ready to be reported: each needs a valid PPID and consent."
    )
    assert StateReport.objects.count() == 0


@pytest.mark.parametrize("number", ["", "123456", "12345678", "12345 7", "1234567\n", "١٢٣٤٥٦٧"])
def test_a_number_of_another_shape_is_no_ppid(number):
    educator = psea_member(ppid="7654321")

    words = words_of(actions.give_identifier, Act48Factory(), number, by=educator)

    educator.refresh_from_db()
    assert words == "That does not look like a PPID. Nothing was changed."
    assert educator.ppid == "7654321"


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([], "The file has no lines."),
        (
            [("{ref}", "12", "")],
            "Line 2: that is no Chico State Portal ID.",
        ),
        (
            [("{ref}", "012345678", ""), ("{ref}", "012345678", "")],
            "Line 3 names no application of this batch, or one twice.",
        ),
        (
            [("elsewhere", "x", "")],
            (
                "Line 2 names no application of this batch, or one twice. "
                "Line 2: that is no Chico State Portal ID."
            ),
        ),
    ],
)
def test_an_answer_that_does_not_fit_names_its_lines(lines, words):
    staff = StaffFactory()
    batch, application = batched(staff)
    sent = [
        Confirmation(ref.format(ref=application.public_id), number, grade)
        for ref, number, grade in lines
    ]

    assert words_of(actions.confirm, batch, sent, by=staff) == f"{words} Nothing was changed."
    application.refresh_from_db()
    assert (application.status, application.student_id) == ("batched", "")


def test_five_faults_of_an_answer_are_enough():
    staff = StaffFactory()
    batch, _application = batched(staff)
    lines = [Confirmation(f"nobody {number}", "", "") for number in range(9)]

    words = words_of(actions.confirm, batch, lines, by=staff)

    assert [f"Line {number} " in words for number in range(2, 9)] == [True] * 5 + [False] * 2


def test_a_roster_that_is_not_there_says_why():
    batch, _application = batched(StaffFactory())
    type(batch).objects.update(roster="")
    batch.refresh_from_db()

    assert words_of(actions.content_of, batch, by=StaffFactory()) == (
        "There is no roster here: it is being made, or its time to be kept is over."
    )


def test_a_term_that_is_over_names_itself():
    term = TermFactory(
        program=ChicoFactory(), name="Fall ’21", application_deadline=date(2021, 12, 1)
    )

    words = words_of(actions.change_term, term, by=StaffFactory(), fee_per_unit_cents=1)

    term.refresh_from_db()
    assert words == "The deadline of Fall ’21 has passed, so it stays as it was."
    assert term.fee_per_unit_cents == 7500
