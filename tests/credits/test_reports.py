"""Handing hours to the state: who can be reported, what the state answers."""

import json
from datetime import date

import pytest

from credits import actions
from credits.models import Consent, HoursEntry, StateReport
from portal.accounts.models import User
from portal.models import Entry, Message
from portal.refusal import Refused
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    earn,
    pending,
    psea_member,
    psea_staff,
)

pytestmark = pytest.mark.django_db


def issued(ppid="0123456", consent=True, **fields):
    """Issued Act 48 hours of someone who can be reported."""
    program = Act48Factory()
    entry = earn(psea_member(ppid=ppid, **fields), program=program, kind=HoursEntry.Kind.COMPLETION)
    if consent:
        Consent.objects.create(educator=entry.educator, program=program)
    return entry


def fresh(entry):
    entry.refresh_from_db()
    return entry


def test_a_report_has_one_line_for_each_issued_entry_in_the_columns_of_the_program():
    entry = issued(name="Ana María Cruz")

    report = actions.report(entry.program, by=psea_staff())

    started = entry.attempt.started_at.astimezone(entry.program.association.zone)
    assert json.loads(report.roster) == [
        entry.program.columns,
        [
            "0123456",
            "Cruz",
            "Ana María",
            entry.micro_certification.title,
            entry.micro_certification.slug,
            "",
            f"{started:%m/%d/%Y}",
            "09/01/2026",
            "15.00",
        ],
    ]
    assert (fresh(entry).status, entry.report) == ("reported", report)


def test_the_file_is_kept_encrypted(django_assert_num_queries):
    from django.db import connection

    entry = issued()
    actions.report(entry.program, by=psea_staff())

    with connection.cursor() as cursor:
        cursor.execute("SELECT roster FROM credits_statereport")
        (kept,) = cursor.fetchone()

    assert "0123456" not in kept
    assert kept.startswith("gAAAA")


def test_a_line_goes_into_one_report_only():
    entry = issued()
    staff = psea_staff()
    actions.report(entry.program, by=staff)

    with pytest.raises(Refused, match="No hours are ready to be reported"):
        actions.report(entry.program, by=staff)

    assert StateReport.objects.count() == 1


@pytest.mark.parametrize("ppid", ["", "123456", "12345678", "12345 7", "ABCDEFG"])
def test_a_line_without_a_seven_digit_number_stays_behind(ppid):
    left, goes = issued(ppid=ppid), issued()

    actions.report(goes.program, by=psea_staff())

    assert (fresh(left).status, fresh(goes).status) == ("issued", "reported")


def test_a_line_without_consent_stays_behind():
    left, goes = issued(consent=False), issued()

    actions.report(goes.program, by=psea_staff())

    assert (fresh(left).status, fresh(goes).status) == ("issued", "reported")


def test_a_program_without_consent_reports_everyone():
    Act48Factory(consent_required=False)
    entry = issued(consent=False)

    actions.report(entry.program, by=psea_staff())

    assert fresh(entry).status == "reported"


def test_hours_on_hold_or_pending_are_not_reported():
    entry = issued()
    HoursEntry.objects.update(hold="denied")
    waiting = pending(entry.educator)

    with pytest.raises(Refused):
        actions.report(entry.program, by=psea_staff())

    assert (fresh(entry).status, fresh(waiting).status) == ("issued", "pending")


def test_the_state_accepts_all_but_what_it_sent_back():
    fine, wrong = issued(), issued()
    staff = psea_staff()
    report = actions.report(fine.program, by=staff)
    actions.send_back(fresh(wrong), "Name does not match.", by=staff)

    count = actions.accept(report, by=staff)

    assert (count, fresh(fine).status, fresh(wrong).status) == (1, "accepted", "error")


def test_what_was_sent_back_tells_the_educator_why():
    entry = issued()
    staff = psea_staff()
    actions.report(entry.program, by=staff)

    actions.send_back(fresh(entry), "PPID invalid.", by=staff)

    mail = Message.objects.get(template="hours_sent_back")
    assert mail.to == entry.educator.email
    assert "PPID invalid." in mail.text


def test_sending_back_needs_a_reason():
    entry = issued()
    actions.report(entry.program, by=psea_staff())

    with pytest.raises(Refused, match="Please give a reason"):
        actions.send_back(fresh(entry), "", by=psea_staff())

    assert fresh(entry).status == "reported"


def test_a_corrected_number_puts_the_line_into_the_next_report():
    entry = issued()
    staff = psea_staff()
    actions.report(entry.program, by=staff)
    actions.send_back(fresh(entry), "PPID invalid.", by=staff)
    with pytest.raises(Refused):
        actions.report(entry.program, by=staff)

    actions.give_identifier(entry.program, "7654321", by=entry.educator)
    report = actions.report(entry.program, by=staff)

    assert (fresh(entry).report, entry.status) == (report, "reported")


def test_a_number_is_kept_with_the_consent_and_written_down_without_its_value():
    educator, program = psea_member(), Act48Factory()

    actions.give_identifier(program, "0123456", by=educator)

    assert User.objects.get(pk=educator.pk).ppid == "0123456"
    assert Consent.objects.filter(educator=educator, program=program).count() == 1
    assert Entry.objects.get(event="identifier given").facts == {"field": "ppid"}


def test_a_wrong_number_is_refused_and_the_old_one_stays():
    educator, program = psea_member(ppid="0123456"), Act48Factory()

    with pytest.raises(Refused, match="does not look like a PPID"):
        actions.give_identifier(program, "123", by=educator)

    assert User.objects.get(pk=educator.pk).ppid == "0123456"


def test_withdrawn_consent_keeps_further_hours_back():
    entry = issued()

    actions.withdraw_consent(entry.program, by=entry.educator)

    assert actions.reportable(entry.program) == []


def test_a_downloaded_file_is_written_down():
    report = actions.report(issued().program, by=psea_staff())
    staff = psea_staff()

    actions.content_of(report, by=staff)

    assert Entry.objects.get(event="roster downloaded").by == str(staff.public_id)


def test_a_file_whose_time_is_over_is_refused_with_a_sentence():
    report = actions.report(issued().program, by=psea_staff())
    StateReport.objects.update(roster="")
    report.refresh_from_db()

    with pytest.raises(Refused, match="its time to be kept is over"):
        actions.content_of(report, by=psea_staff())


def test_programs_report_each_for_itself():
    Chapter14Factory()
    entry = issued()

    lines = actions.reportable(entry.program)

    assert (lines, entry.confirmed_on) == ([entry], date(2026, 9, 1))
