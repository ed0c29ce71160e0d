"""Every no of credit in its own words: what happened, what was kept, what to do next."""

import uuid
from datetime import date
from decimal import Decimal

import pytest

from credits import actions
from credits.models import HoursEntry
from credits.requests import Wish
from portal.refusal import Refused
from tests.credits.factories import (
    Act48Factory,
    applied,
    earn,
    pending,
    psea_member,
    psea_staff,
)
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

REASON = "Please give a reason: the educator will read it. Nothing was changed."
MOVED = "This can’t be done any more: it is now “{}”."


def words_of(act, *args, **kwargs):
    with pytest.raises(Refused) as caught:
        act(*args, **kwargs)
    return caught.value.words


def apply(educator, term, units=1):
    return words_of(actions.apply, uuid.uuid4(), Wish(term, units), by=educator)


@pytest.mark.parametrize("reason", ["", "   ", "\n\t"])
@pytest.mark.parametrize("name", ["hold", "void", "send_back"])
def test_a_reason_of_blanks_is_none(name, reason):
    line = pending(psea_member())

    assert words_of(getattr(actions, name), line, reason, by=psea_staff()) == REASON
    line.refresh_from_db()
    assert (line.status, line.hold, line.reason) == ("pending", "", "")


def test_a_correction_without_a_reason_says_so():
    line = pending(psea_member())

    assert words_of(actions.correct, line, Decimal(20), " ", by=psea_staff()) == REASON
    assert HoursEntry.objects.count() == 1


def test_a_rejection_without_a_reason_says_so():
    application = applied()

    assert words_of(actions.reject, application, " ", by=StaffFactory()) == REASON


def test_a_line_on_hold_names_itself_and_the_way_on():
    line = pending(psea_member(), hold="staff")

    assert words_of(actions.issue, line, by=psea_staff()) == (
        f"“{line}” is on hold. Take it off hold first. Nothing was changed."
    )


def test_the_five_hours_name_the_fifteen_they_wait_for():
    first = pending(educator := psea_member())
    second = pending(educator, attempt=first.attempt, kind="attainment")

    assert words_of(actions.issue, second, by=psea_staff()) == (
        f"Release the hours for the complete submission first: “{first}”. Nothing was changed."
    )


def test_void_hours_can_not_be_issued_and_say_what_they_are():
    line = pending(psea_member())
    actions.void(line, "Twice.", by=psea_staff())

    assert words_of(actions.issue, line, by=psea_staff()) == MOVED.format("void")


def test_void_hours_can_not_be_taken_off_hold_and_keep_their_reason():
    line = pending(psea_member(), hold="staff")
    actions.void(line, "Twice.", by=psea_staff())

    assert words_of(actions.resume, line, by=psea_staff()) == (
        "These hours are void and stay so. Nothing was changed."
    )
    line.refresh_from_db()
    assert (line.status, line.reason) == ("void", "Twice.")


def test_a_line_that_is_not_on_hold_keeps_its_reason_when_it_is_taken_off():
    line = pending(psea_member())
    new = actions.correct(line, Decimal(20), "Recounted.", by=psea_staff())

    actions.resume(new, by=psea_staff())

    new.refresh_from_db()
    assert (new.reason, new.hold) == ("Recounted.", "")


@pytest.mark.parametrize("status", ["issued", "reported", "accepted", "error", "void"])
def test_only_waiting_hours_can_be_held(status):
    line = pending(psea_member())
    HoursEntry.objects.update(status=status, issued_on=date(2026, 9, 2), reason="Known.")

    assert words_of(actions.hold, line, "Look.", by=psea_staff()) == (
        "Only hours that wait for release can be put on hold."
    )


@pytest.mark.parametrize(
    ("status", "words"),
    [("reported", "reported to the state"), ("accepted", "accepted by the state")],
)
def test_what_the_state_has_says_where_it_stands(status, words):
    line = earn(psea_member(), program=Act48Factory(), kind="completion", status=status)

    assert words_of(actions.void, line, "Twice.", by=psea_staff()) == MOVED.format(words)


def test_hours_of_an_application_say_what_to_do_first():
    application = applied()
    line = application.items.get().entry

    assert words_of(actions.void, line, "Twice.", by=StaffFactory()) == (
        "These hours are in an application for units, so they can’t be taken out. "
        "Reject the application first. Nothing was changed."
    )


@pytest.mark.parametrize("hours", ["0.01", "14.99", "15.01", "19", "20.01", "9999.99"])
def test_a_wrong_sum_names_the_sums_the_program_awards(hours):
    line = pending(psea_member())

    assert words_of(actions.correct, line, Decimal(hours), "Off.", by=psea_staff()) == (
        f"With {hours} hours the sum would not be one that Act 48 hours awards (0, 15, 20). "
        "Nothing was changed."
    )
    line.refresh_from_db()
    assert (line.status, HoursEntry.objects.count()) == ("pending", 1)


@pytest.mark.parametrize("hours", ["0", "-15"])
def test_a_correction_to_nothing_is_no_correction(hours):
    line = pending(psea_member())

    words = words_of(actions.correct, line, Decimal(hours), "Off.", by=psea_staff())

    assert words.startswith(f"With {hours} hours the sum would not be one")
