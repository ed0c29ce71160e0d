"""Calendar files over changes of the clocks, and what each mail of help says."""

import re
from datetime import UTC, date, datetime, time, timedelta
from email import message_from_bytes, policy
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from portal.models import Message
from portal.support import actions, moments
from portal.support.ics import as_calendar
from portal.tasks import envelope
from tests.factories import AssociationFactory, StaffFactory, UserFactory
from tests.support.factories import InformationSessionFactory, asked, asked_by_visitor

pytestmark = pytest.mark.django_db

ZONES = (
    "America/Los_Angeles",
    "America/New_York",
    "America/Phoenix",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "America/Anchorage",
    "Pacific/Guam",
)
LETTERS = st.characters(exclude_categories=["Cs", "Cc"])
DAYS = st.dates(date(2026, 1, 1), date(2032, 12, 31)) | st.sampled_from(
    [date(2027, 3, 14), date(2027, 11, 7), date(2027, 12, 31), date(2028, 2, 29), date(2028, 1, 1)]
)
CLOCKS = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 59]))


def planned(zone="America/Los_Angeles", **fields):
    """A session of an association in a zone, not stored."""
    association = AssociationFactory.build(time_zone=zone)
    facts = {"starts_at": datetime(2027, 9, 22, 23, 0, tzinfo=UTC), "place": ""}
    return InformationSessionFactory.build(association=association, **facts | fields)


def event_of(session, link=""):
    calendar = icalendar.Calendar.from_ical(as_calendar(session, link))
    (event,) = calendar.walk("VEVENT")
    return event


@settings(deadline=None, max_examples=80)
@given(DAYS, CLOCKS, st.integers(15, 600), st.sampled_from(ZONES))
def test_a_session_comes_back_from_its_calendar_file_at_the_same_instants(
    day, clock, minutes, zone
):
    starts_at = moments.instant(day, clock, ZoneInfo(zone))
    assume(starts_at)
    ends_at = starts_at + timedelta(minutes=minutes)
    local = ends_at.astimezone(ZoneInfo(zone))
    assume(moments.instant(local.date(), local.time().replace(fold=0), ZoneInfo(zone)) == ends_at)

    event = event_of(planned(zone, starts_at=starts_at, ends_at=ends_at))

    assert (event.start.astimezone(UTC), event.end.astimezone(UTC)) == (starts_at, ends_at)
    assert event["dtstart"].params["TZID"] == zone


@settings(deadline=None, max_examples=40)
@given(DAYS, CLOCKS, st.sampled_from(ZONES))
def test_the_rules_of_the_zone_in_the_file_alone_give_the_same_instant(day, clock, zone):
    starts_at = moments.instant(day, clock, ZoneInfo(zone))
    assume(starts_at)
    session = planned(zone, starts_at=starts_at)
    calendar = icalendar.Calendar.from_ical(as_calendar(session))
    (rules,) = calendar.walk("VTIMEZONE")

    own = rules.to_tz(lookup_tzid=False)

    wall = starts_at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert wall.replace(tzinfo=own).utcoffset() == starts_at.astimezone(ZoneInfo(zone)).utcoffset()


def as_library(words):
    """Words without ``\\N``, which icalendar writes as the end of a line, whoever typed it."""
    return re.sub(r"\\+N", "N", words)


@settings(deadline=None, max_examples=80)
@given(
    st.text(LETTERS, min_size=1, max_size=120), st.text(LETTERS | st.just("\n"), max_size=300),
    st.text(LETTERS, max_size=120),
)  # fmt: skip
def test_any_words_come_back_from_the_calendar_file_and_add_no_property(title, about, place):
    title, about, place = (as_library(words) for words in (title, about, place))
    event = event_of(planned(title=title, description=about, place=place))

    assert str(event["summary"]) == f"{title} ({AssociationFactory.build().name})"
    assert str(event["description"]) == about
    assert str(event["location"]) == (place or "Online")
    assert set(event) == {
        "UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "LOCATION",
        "URL",
    }  # fmt: skip


@pytest.mark.parametrize("brk", ["\r\n", "\n", "\r"])
def test_a_line_break_in_a_title_starts_no_property_of_its_own(brk):
    content = as_calendar(planned(title=f"Meet{brk}ATTENDEE:mailto:all@school.example"))

    starts = [line.partition(b":")[0] for line in content.splitlines()]

    assert b"ATTENDEE" not in starts


def test_every_line_of_the_file_ends_and_folds_as_the_format_asks():
    content = as_calendar(planned(title="Überraschung 🎓 " * 7, description="Long. " * 200))

    lines = content.split(b"\r\n")

    assert lines[-1] == b""
    assert max(len(line) for line in lines) <= 75
    assert [line for line in lines if b"\n" in line] == []


def texts(message):
    """Both forms of a mail, as a reader gets them."""
    parsed = message_from_bytes(envelope(message).message().as_bytes(), policy=policy.default)
    return [" ".join(parsed.get_body((kind,)).get_content().split()) for kind in ("plain", "html")]


def only(template):
    return Message.objects.get(template=template)


def test_the_mail_of_a_place_tells_when_where_and_how_to_give_it_back():
    session = InformationSessionFactory(place="Room 4 & 5")

    place = actions.register(session, "Vic", "vic@home.example")

    message = only("session_registered")
    text, html = texts(message)
    assert message.subject == f"Your place: {session.title}"
    for words in (session.when, session.link, f"http://testserver{place.get_absolute_url()}"):
        assert (words in text, words in html) == (True, True)
    assert ("Room 4 & 5" in text, "Room 4 &amp; 5" in html) == (True, True)


def test_the_mail_of_a_change_tells_the_new_time_in_the_associations_zone():
    zone = AssociationFactory(slug="psea", time_zone="America/New_York")
    session = InformationSessionFactory(association=zone)
    actions.register(session, "Vic", "vic@home.example")

    actions.change(
        session,
        by=StaffFactory(),
        starts_at=datetime(2027, 11, 7, 5, 30, tzinfo=UTC),
        ends_at=datetime(2027, 11, 7, 7, 30, tzinfo=UTC),
    )

    text, html = texts(only("session_changed"))
    told = "Sunday, November 7, 2027, 1:30 a.m. to 2:30 a.m. EST"
    assert (told in text, told in html) == (True, True)


def test_two_changes_are_two_mails_to_each_and_a_third_without_news_is_none():
    session = InformationSessionFactory()
    for number in range(3):
        actions.register(session, "Vic", f"vic{number}@home.example")

    for place in ("Oakland", "Fresno", "Fresno"):
        actions.change(session, by=StaffFactory(), place=place)

    changed = Message.objects.filter(template="session_changed")
    assert sorted(changed.values_list("to", flat=True)) == [
        f"vic{n}@home.example" for n in range(3) for _mail in range(2)
    ]


def test_who_gave_the_place_back_hears_of_no_change():
    session = InformationSessionFactory()
    place = actions.register(session, "Vic", "vic@home.example")
    actions.unregister(place)

    actions.change(session, by=StaffFactory(), place="Oakland")

    assert Message.objects.filter(template="session_changed").count() == 0


def test_the_answer_carries_question_and_answer_in_both_forms_and_names_nobody():
    staff = StaffFactory(name="Stef Staff")
    question = asked(text="May we plan <together>?")

    actions.answer(question, "Yes & gladly.", by=staff)

    message = only("question_answered")
    text, html = texts(message)
    assert ("May we plan <together>?" in text, "Yes & gladly." in text) == (True, True)
    assert ("May we plan &lt;together&gt;?" in html, "Yes &amp; gladly." in html) == (True, True)
    assert [name in text + html for name in ("Stef Staff", staff.email)] == [False, False]
    assert message.to == question.asker.email


def test_an_educator_gets_a_way_back_to_the_question_and_a_visitor_does_not():
    educators = asked(UserFactory())
    visitors = asked_by_visitor()

    messages = {each.to: texts(each) for each in Message.objects.filter(event=None)}

    address = f"http://testserver{educators.get_absolute_url()}"
    assert [address in form for form in messages[educators.asker.email]] == [True, True]
    assert [str(visitors.public_id) in form for form in messages[visitors.visitor_email]] == [
        False,
        False,
    ]


def test_a_reminder_goes_to_the_support_address_and_leads_to_the_question():
    question = asked()
    type(question).objects.update(due_at=question.asked_at)

    done = [actions.remind_staff(), actions.remind_staff()]

    message = only("question_due")
    assert (done, message.to) == ([1, 0], "help@cta.example")
    assert f"http://testserver/staff/help/{question.public_id}/" in texts(message)[0]
