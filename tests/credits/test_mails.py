"""The mails of credit: what they say, where they lead, and whom they leave out."""

import re
from datetime import date

import pytest
import time_machine

from credits import actions
from credits.models import HoursEntry
from credits.requests import Confirmation
from portal.models import Message
from tests.credits.factories import (
    Act48Factory,
    TermFactory,
    applied,
    batched,
    earn,
    pending,
    psea_member,
    psea_staff,
    verified,
)
from tests.factories import MemberFactory, StaffFactory

pytestmark = pytest.mark.django_db

HOME = "http://testserver"
LEDGER = f"{HOME}/my/credits/"
SECRETS = {"date_of_birth": "1980-01-31", "university_id": "012345678", "ppid": "7654321"}


def received(world):
    application = applied(world, units=2, term=TermFactory(name="Fall"))
    return f"{HOME}{application.get_absolute_url()}"


def verified_by_staff(world):
    application = verified(StaffFactory(), educator=world, units=2, term=TermFactory(name="Fall"))
    return f"{HOME}{application.get_absolute_url()}"


def rejected(world):
    application = applied(world, term=TermFactory(name="Fall"))
    actions.reject(application, "Please <call> us & ask.", by=StaffFactory())
    return f"{HOME}{application.get_absolute_url()}"


def enrolled(world):
    staff = StaffFactory()
    batch, application = batched(staff, educator=world, term=TermFactory(name="Fall"))
    line = Confirmation(str(application.public_id), "876543210", "")
    actions.confirm(batch, [line], by=staff)
    return LEDGER


def issued(world):
    actions.issue(pending(world), by=psea_staff())
    return LEDGER


def sent_back(world):
    line = earn(world, program=Act48Factory(), kind="completion", status="reported")
    actions.send_back(line, "No such <number>.", by=psea_staff())
    return LEDGER


def closing(world):
    with time_machine.travel("2026-11-25T12:00:00Z", tick=False):
        earn(world)
        TermFactory(name="Fall", application_deadline=date(2026, 12, 1))
        actions.remind_closing()
    return f"{HOME}/my/credits/units/apply/"


MAILS = {
    "units_received": (
        received,
        "We have your application for Fall",
        (
            "You asked for units of Fall: 2. Staff check your hours in the portal; "
            "you need not send anything."
        ),
    ),
    "units_verified": (
        verified_by_staff,
        "Your hours for Fall are verified",
        (
            "Your hours for Fall are verified. The fee is $150.00; once it is paid, "
            "your application goes to the university."
        ),
    ),
    "units_rejected": (
        rejected,
        "Your application for Fall",
        (
            "Your application for Fall could not be accepted: Please <call> us & ask. "
            "Your hours are free again."
        ),
    ),
    "units_enrolled": (
        enrolled,
        "You are enrolled for Fall",
        (
            "The university has enrolled you for Fall. Your student ID stands in your profile; "
            "your credits page shows the steps to see your grades."
        ),
    ),
    "hours_issued": (
        issued,
        "15 hours are yours",
        "15 hours for “{title}” are released: Act 48 hours.",
    ),
    "hours_sent_back": (
        sent_back,
        "Your hours need a look",
        (
            "The state sent back your 15 hours for “{title}”. It said: No such <number>. "
            "Please check your number and how your name is spelled."
        ),
    ),
    "term_closing": (
        closing,
        "Fall closes on December 1, 2026",
        "units: 1. Fall takes applications until the end of December 1, 2026.",
    ),
}


@pytest.fixture
def person():
    return MemberFactory(name="Erin O’Neil", email="erin@school.example", **SECRETS)


def plain(text):
    return " ".join(text.split())


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_says_in_text_what_happened_and_where_to_look(template, person):
    happen, subject, words = MAILS[template]

    link = happen(person)

    mail = Message.objects.get(template=template)
    title = person.hours.first().micro_certification.title
    assert (mail.to, mail.subject) == ("erin@school.example", subject)
    assert words.format(title=title) in plain(mail.text)
    assert re.findall(r"https?://\S+", mail.text) == [link]


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_has_the_same_link_in_html_and_lets_no_markup_in(template, person):
    happen, subject, _words = MAILS[template]

    link = happen(person)

    html = Message.objects.get(template=template).html
    assert re.findall(r'href="([^"]+)"', html) == [link, f"{HOME}/help/"]
    assert f"<title>{subject}</title>" in html
    assert ("<call>" in html, "<number>" in html, "<script" in html) == (False, False, False)


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_tells_no_secret_and_names_nobody_else(template, person):
    other = applied(MemberFactory(name="Sam Stranger", email="sam@school.example"))

    MAILS[template][0](person)

    mail = Message.objects.get(template=template, to=person.email)
    whole = mail.subject + mail.text + mail.html
    hidden = [*SECRETS.values(), "876543210", "Sam Stranger", "sam@school.example"]
    assert [word for word in [*hidden, str(other.public_id)] if word in whole] == []


@pytest.mark.parametrize("template", MAILS)
def test_a_mail_holds_no_database_key_and_no_unfilled_blank(template, person):
    MAILS[template][0](person)

    mail = Message.objects.get(template=template)
    paths = re.findall(rf"{HOME}(/\S*?)[\"\s]", mail.text + mail.html)
    assert [path for path in paths if re.search(r"/\d+/", path)] == []
    assert [mark for mark in ("{{", "}}", "{%", "None", "&amp;lt;") if mark in mail.text] == []


def test_the_staffs_reminder_names_numbers_and_no_educator():
    educator, staff = psea_member(name="Erin O’Neil"), psea_staff()
    with time_machine.travel("2026-09-30T16:00:00Z", tick=False):
        pending(educator, due_on=date(2026, 9, 29))
        pending(educator, due_on=date(2026, 10, 5))
        pending(educator, due_on=date(2026, 10, 30))
        actions.remind_staff()

    mail = Message.objects.get(template="hours_due")
    assert (mail.to, mail.subject) == (staff.email, "Hours to release: 2")
    assert (
        "2 lines of Act 48 hours must be released within a week; 1 of them are overdue."
        in plain(mail.text)
    )
    assert re.findall(r"https?://\S+", mail.text) == [f"{HOME}/staff/credits/"]
    assert "O’Neil" not in mail.text + mail.html
    assert HoursEntry.objects.pending().count() == 3
