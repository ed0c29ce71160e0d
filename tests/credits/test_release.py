"""What staff do with a line of the ledger: release, hold, void, correct; letters."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from credits import actions
from credits.models import HoursEntry, Letter, UnitItem
from portal.models import Entry, Message
from portal.refusal import Refused
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    ChicoFactory,
    applied,
    earn,
    pending,
    psea_member,
    psea_staff,
)
from tests.factories import decided_round

pytestmark = pytest.mark.django_db


def attained(completion, **fields):
    """The five hours beside a line of fifteen."""
    return pending(
        completion.educator,
        completion.program,
        attempt=completion.attempt,
        kind=HoursEntry.Kind.ATTAINMENT,
        hours=5,
        **fields,
    )


def fresh(entry):
    entry.refresh_from_db()
    return entry


def test_released_hours_are_issued_today_where_the_association_is():
    entry = pending(psea_member())

    with time_machine.travel("2026-09-21T03:00:00Z", tick=False):
        actions.issue(entry, by=psea_staff())

    assert (fresh(entry).status, entry.issued_on) == ("issued", date(2026, 9, 20))


def test_the_educator_is_told_once_however_often_release_is_pressed():
    entry, staff = pending(psea_member()), psea_staff()

    actions.issue(entry, by=staff)
    actions.issue(entry, by=staff)

    assert Message.objects.filter(template="hours_issued", to=entry.educator.email).count() == 1
    assert Entry.objects.filter(event="hours issued").count() == 1


def test_the_five_hours_wait_for_the_fifteen():
    five = attained(pending(psea_member()))

    with pytest.raises(Refused, match="Release the hours for the complete submission first"):
        actions.issue(five, by=psea_staff())

    assert fresh(five).status == "pending"


def test_many_lines_are_released_in_the_right_order():
    fifteen = pending(psea_member())
    five = attained(fifteen)

    done, words = actions.release([five, fifteen], by=psea_staff())

    assert (done, words) == (2, [])
    assert {fresh(five).status, fresh(fifteen).status} == {"issued"}


def test_a_line_on_hold_is_passed_over_and_named():
    held, free = pending(psea_member()), pending(psea_member())
    staff = psea_staff()
    actions.hold(held, "Same text as another.", by=staff)

    done, words = actions.release([held, free], by=staff)

    assert done == 1
    assert words == [f"“{held}” is on hold. Take it off hold first."]


def test_a_line_on_hold_can_not_be_issued_until_it_is_taken_off():
    entry, staff = pending(psea_member()), psea_staff()
    actions.hold(entry, "Looking into it.", by=staff)
    with pytest.raises(Refused, match="on hold"):
        actions.issue(entry, by=staff)

    actions.resume(entry, by=staff)
    actions.issue(entry, by=staff)

    assert fresh(entry).status == "issued"


@pytest.mark.parametrize("act", [actions.hold, actions.void])
def test_nothing_is_held_or_voided_without_a_reason(act):
    entry = pending(psea_member())

    with pytest.raises(Refused, match="Please give a reason"):
        act(entry, "  ", by=psea_staff())

    assert (fresh(entry).status, entry.hold) == ("pending", "")


def test_issued_hours_can_not_be_put_on_hold():
    entry = earn(psea_member(), program=Act48Factory())

    with pytest.raises(Refused, match="wait for release"):
        actions.hold(entry, "Too late.", by=psea_staff())


def test_void_hours_stay_in_the_ledger_and_count_for_nothing():
    entry = pending(psea_member())

    actions.void(entry, "Handed in for another course.", by=psea_staff())

    assert (fresh(entry).status, entry.hours) == ("void", 15)
    assert entry.reason == "Handed in for another course."
    assert HoursEntry.objects.owned_by(entry.educator).total() == 0


def test_the_five_hours_go_with_the_fifteen():
    fifteen = pending(psea_member())
    five = attained(fifteen)

    actions.void(fifteen, "Not own work.", by=psea_staff())

    assert {fresh(five).status, fresh(fifteen).status} == {"void"}


def test_voiding_the_five_leaves_the_fifteen():
    fifteen = pending(psea_member())
    five = attained(fifteen)

    actions.void(five, "Decided in error.", by=psea_staff())

    assert (fresh(five).status, fresh(fifteen).status) == ("void", "pending")


def test_hours_the_state_has_can_not_be_voided():
    entry = earn(psea_member(), program=Act48Factory(), status=HoursEntry.Status.REPORTED)

    with pytest.raises(Refused, match="reported to the state"):
        actions.void(entry, "Too late.", by=psea_staff())

    assert fresh(entry).status == "reported"


def test_hours_in_an_application_can_not_be_voided():
    application = applied()
    entry = application.items.get().entry

    with pytest.raises(Refused, match="in an application for units"):
        actions.void(entry, "Mistake.", by=psea_staff())

    assert application.items.get().state == UnitItem.State.HELD


def test_a_correction_stands_in_the_place_of_a_void_line():
    entry = pending(psea_member())

    correction = actions.correct(entry, Decimal(15), "Booked on a wrong day.", by=psea_staff())

    assert (fresh(entry).status, correction.status) == ("void", "pending")
    assert (correction.kind, correction.due_on) == ("correction", entry.due_on)


def test_a_correction_of_what_the_state_sent_back_is_issued_again():
    entry = earn(psea_member(), program=Act48Factory(), status=HoursEntry.Status.ERROR)

    correction = actions.correct(entry, Decimal(15), "Right now.", by=psea_staff())

    assert correction.status == "issued"


@pytest.mark.parametrize("hours", ["0", "-15", "7", "14.99", "35"])
def test_no_correction_makes_a_sum_the_program_does_not_award(hours):
    entry = pending(psea_member())

    with pytest.raises(Refused, match=r"\(0, 15, 20\)"):
        actions.correct(entry, Decimal(hours), "A guess.", by=psea_staff())

    assert fresh(entry).status == "pending"
    assert HoursEntry.objects.count() == 1


def test_a_letter_affirms_fifteen_hours_once_they_are_released():
    entry = pending(psea_member(), Chapter14Factory())

    with time_machine.travel("2026-09-20T15:00:00Z", tick=False):
        actions.issue(entry, by=psea_staff())

    letter = Letter.objects.get()
    assert (letter.hours, letter.name, letter.educator) == (15, "2026-00001", entry.educator)


def test_the_letter_for_twenty_replaces_the_one_for_fifteen():
    fifteen = pending(psea_member(), Chapter14Factory())
    staff = psea_staff()
    actions.issue(fifteen, by=staff)

    actions.issue(attained(fifteen), by=staff)

    assert list(Letter.objects.valid().values_list("hours", "number")) == [(20, 2)]
    assert list(Letter.objects.exclude(ended_on=None).values_list("hours", flat=True)) == [15]


def test_letters_are_numbered_in_a_row():
    program, staff = Chapter14Factory(), psea_staff()

    for _number in range(3):
        actions.issue(pending(psea_member(), program), by=staff)

    assert sorted(Letter.objects.values_list("number", flat=True)) == [1, 2, 3]


def test_void_hours_end_their_letter():
    entry = pending(psea_member(), Chapter14Factory())
    staff = psea_staff()
    actions.issue(entry, by=staff)

    actions.void(entry, "Not own work.", by=staff)

    assert list(Letter.objects.valid()) == []


def test_corrected_hours_get_a_letter_of_their_own():
    entry = pending(psea_member(), Chapter14Factory())
    staff = psea_staff()
    actions.issue(entry, by=staff)

    actions.correct(entry, Decimal(20), "Both at once.", by=staff)

    assert [letter.hours for letter in Letter.objects.valid()] == [20]


def test_work_that_became_units_can_be_ruled_out_as_state_hours():
    entry = pending(psea_member())
    chico = ChicoFactory(association=entry.program.association)
    entry.program.excludes.add(chico)
    earn(entry.educator, program=chico, attempt=entry.attempt)
    actions.apply(entry.public_id, units_of(chico), by=entry.educator)

    with pytest.raises(Refused, match="used in another program"):
        actions.issue(entry, by=psea_staff())


def test_programs_are_independent_unless_one_excludes_the_other():
    entry = pending(psea_member())
    chico = ChicoFactory(association=entry.program.association)
    earn(entry.educator, program=chico, attempt=entry.attempt)
    actions.apply(entry.public_id, units_of(chico), by=entry.educator)

    actions.issue(entry, by=psea_staff())

    assert fresh(entry).status == "issued"


def units_of(program):
    from tests.credits.factories import TermFactory, wish

    return wish(TermFactory(program=program))


def test_state_hours_can_rule_out_units_of_the_same_work():
    entry = earn(psea_member(), program=Act48Factory())
    chico = ChicoFactory(association=entry.program.association)
    chico.excludes.add(entry.program)
    earn(entry.educator, program=chico, attempt=entry.attempt)

    with pytest.raises(Refused, match="worth 0 units"):
        actions.apply(entry.public_id, units_of(chico), by=entry.educator)


def test_every_release_hold_and_void_is_in_the_journal():
    decided_round(educator=psea_member())
    entry, staff = pending(psea_member()), psea_staff()

    actions.hold(entry, "A look.", by=staff)
    actions.resume(entry, by=staff)
    actions.issue(entry, by=staff)
    actions.void(entry, "After all.", by=staff)

    events = Entry.objects.filter(subject_id=str(entry.public_id)).order_by("pk")
    assert [(one.event, one.by) for one in events] == [
        (event, str(staff.public_id))
        for event in ("hours on hold", "hours off hold", "hours issued", "hours void")
    ]
