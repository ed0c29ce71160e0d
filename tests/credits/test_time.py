"""What the passing of time does, and what staff may still change about a term."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db.models.signals import pre_save
from django.utils import timezone

from credits import actions
from credits.models import EnrollmentBatch, HoursEntry, StateReport, Term, UnitApplication
from credits.requests import Confirmation
from portal.models import Message
from portal.refusal import Refused
from tests.credits.factories import (
    Act48Factory,
    TermFactory,
    applied,
    batched,
    earn,
    pending,
    psea_member,
    psea_staff,
)
from tests.factories import MemberFactory, StaffFactory

pytestmark = pytest.mark.django_db

NOON = "2026-09-25T16:00:00Z"


def mails(template):
    return list(
        Message.objects.filter(template=template).order_by("pk").values_list("to", flat=True)
    )


@pytest.mark.parametrize(
    ("due_on", "written"),
    [(date(2026, 10, 3), 0), (date(2026, 10, 2), 1), (date(2026, 9, 1), 1)],
)
def test_staff_are_told_of_hours_due_within_a_week_or_overdue(due_on, written):
    staff = psea_staff()
    pending(psea_member(), due_on=due_on)

    with time_machine.travel(NOON, tick=False):
        count = actions.remind_staff()

    assert (count, mails("hours_due")) == (written, [staff.email] * written)


def test_staff_are_told_once_a_local_day():
    psea_staff()
    pending(psea_member(), due_on=date(2026, 9, 26))

    with time_machine.travel(NOON, tick=False):
        counts = [actions.remind_staff(), actions.remind_staff()]
    with time_machine.travel("2026-09-26T04:30:00Z", tick=False):
        counts.append(actions.remind_staff())

    assert counts == [1, 0, 1]


def test_the_mail_counts_what_is_overdue():
    psea_staff()
    pending(psea_member(), due_on=date(2026, 9, 1))
    pending(psea_member(), due_on=date(2026, 9, 30))

    with time_machine.travel(NOON, tick=False):
        actions.remind_staff()

    assert "2 lines of Act 48 hours" in Message.objects.get(template="hours_due").text
    assert "1 of them are overdue" in Message.objects.get(template="hours_due").text


def test_staff_of_other_associations_hear_nothing():
    StaffFactory()
    psea_staff(is_active=False)
    pending(psea_member(), due_on=date(2026, 9, 1))

    with time_machine.travel(NOON, tick=False):
        actions.remind_staff()

    assert mails("hours_due") == []


def test_whoever_could_apply_is_told_once_that_a_term_closes():
    able, short = MemberFactory(), MemberFactory()
    with time_machine.travel("2026-08-01T16:00:00Z", tick=False):
        earn(able), earn(short, 14)
    TermFactory(application_deadline=date(2026, 10, 9), program=able.hours.get().program)

    with time_machine.travel(NOON, tick=False):
        counts = [actions.remind_closing(), actions.remind_closing()]

    assert (counts, mails("term_closing")) == ([1, 0], [able.email])


@pytest.mark.parametrize("deadline", [date(2026, 10, 10), date(2026, 9, 24)])
def test_nobody_is_told_of_a_term_that_is_far_or_over(deadline):
    earn(MemberFactory())
    TermFactory(application_deadline=deadline)

    with time_machine.travel(NOON, tick=False):
        count = actions.remind_closing()

    assert (count, mails("term_closing")) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_a_clock_that_stops_between_two_reminders_keeps_the_first_and_the_next_writes_the_rest():
    first, second = MemberFactory(), MemberFactory()
    with time_machine.travel("2026-08-01T16:00:00Z", tick=False):
        earn(first), earn(second)
    TermFactory(application_deadline=date(2026, 10, 9), program=first.hours.get().program)

    def stop(sender, instance, **kwargs):
        if instance.to == second.email:
            raise InterruptedError

    pre_save.connect(stop, sender=Message)
    with time_machine.travel(NOON, tick=False), pytest.raises(InterruptedError):
        actions.remind_closing()
    pre_save.disconnect(stop, sender=Message)

    assert (mails("term_closing"), Term.objects.get().reminded_on) == ([first.email], None)
    with time_machine.travel(NOON, tick=False):
        assert actions.remind_closing() == 1
    assert sorted(mails("term_closing")) == sorted([first.email, second.email])
    assert Term.objects.get().reminded_on == date(2026, 9, 25)


def test_a_term_that_is_reminded_of_by_two_clocks_is_reminded_of_once():
    earn(MemberFactory())
    term = TermFactory()
    Term.objects.update(reminded_on=date(2026, 9, 1))

    from credits.actions.time import remind_closing_of

    assert remind_closing_of(term) == 0


def test_what_identified_a_student_is_forgotten_after_the_retention():
    staff = StaffFactory()
    batch, application = batched(staff, educator=MemberFactory(date_of_birth="1980-01-31"))
    actions.confirm(batch, [Confirmation(str(application.public_id), "012345678", "")], by=staff)

    with time_machine.travel(timezone.now() + timedelta(days=89), tick=False):
        assert actions.forget() == 0
    with time_machine.travel(timezone.now() + timedelta(days=91), tick=False):
        assert (actions.forget(), actions.forget()) == (2, 0)

    application.refresh_from_db()
    assert (application.date_of_birth, application.student_id) == ("", "")
    assert EnrollmentBatch.objects.get().roster == ""


def test_what_is_still_under_way_is_not_forgotten():
    application = applied(MemberFactory(date_of_birth="1980-01-31"))

    with time_machine.travel(timezone.now() + timedelta(days=900), tick=False):
        count = actions.forget()

    application.refresh_from_db()
    assert (count, application.date_of_birth) == (0, "1980-01-31")


def test_old_report_files_are_forgotten_and_their_lines_stay():
    entry = earn(psea_member(ppid="0123456"), program=Act48Factory(consent_required=False))
    actions.report(entry.program, by=psea_staff())

    with time_machine.travel(timezone.now() + timedelta(days=400), tick=False):
        actions.forget()

    assert StateReport.objects.get().roster == ""
    assert HoursEntry.objects.get().status == "reported"


def test_a_changed_term_is_the_staffs_own_and_is_announced_again():
    term = TermFactory(reminded_on=date(2026, 9, 1))

    actions.change_term(term, by=StaffFactory(), application_deadline=date(2030, 1, 1))

    term.refresh_from_db()
    assert (term.application_deadline, term.set_by_staff, term.reminded_on) == (
        date(2030, 1, 1),
        True,
        None,
    )


def test_a_term_that_is_over_stays_as_it_was():
    term = TermFactory(application_deadline=date(2021, 12, 1))

    with pytest.raises(Refused, match="has passed"):
        actions.change_term(term, by=StaffFactory(), fee_per_unit_cents=1)

    term.refresh_from_db()
    assert term.fee_per_unit_cents == 7500


def test_a_withdrawn_draft_is_nothing_to_staff():
    application = applied()
    UnitApplication.objects.update(submitted_at=None, status="withdrawn")

    assert list(UnitApplication.objects.in_care_of(StaffFactory())) == []
    assert str(application.term) in str(application)
