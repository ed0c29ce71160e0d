"""Information sessions: what is coming, places, calendars."""

from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.duties import registry
from portal.models import Message
from portal.refusal import Refused
from portal.support import actions
from portal.support.models import InformationSession, Registration
from tests.factories import AssociationFactory, StaffFactory, UserFactory
from tests.support.factories import InformationSessionFactory

pytestmark = pytest.mark.django_db

VIC = {"visitor_name": "Vic Visitor", "visitor_email": "Vic@Home.example", "website": ""}


def afternoon_in_september(**fields):
    return InformationSessionFactory(
        title="Meet us",
        starts_at=datetime(2027, 9, 22, 23, 0, tzinfo=UTC),
        ends_at=datetime(2027, 9, 23, 0, 30, tzinfo=UTC),
        **fields,
    )


@time_machine.travel(datetime(2027, 9, 1, tzinfo=UTC))
def test_sessions_are_told_on_the_clocks_of_their_association(client):
    afternoon_in_september()
    afternoon_in_september(
        association=AssociationFactory(slug="psea", time_zone="America/New_York")
    )

    page = client.get("/sessions/").content.decode()

    assert "Wednesday, September 22, 2027, 4 p.m. to 5:30 p.m. PDT" in page
    assert "Wednesday, September 22, 2027, 7 p.m. to 8:30 p.m. EDT" in page


def test_sessions_that_are_over_are_not_listed_and_those_under_way_are(client):
    now = timezone.now()
    InformationSessionFactory(title="Over", starts_at=now - timedelta(hours=2))
    InformationSessionFactory(title="Under way", starts_at=now - timedelta(minutes=5))

    page = client.get("/sessions/").content.decode()

    assert ("Over" in page, "Under way" in page) == (False, True)


def test_sessions_come_soonest_first(client):
    now = timezone.now()
    InformationSessionFactory(title="Third week", starts_at=now + timedelta(days=20))
    InformationSessionFactory(title="First week", starts_at=now + timedelta(days=5))

    page = client.get("/sessions/").content.decode()

    assert page.index("First week") < page.index("Third week")


def test_members_see_their_associations_sessions_and_may_ask_for_all(signed_in):
    InformationSessionFactory(title="California afternoon")
    InformationSessionFactory(title="Harrisburg", association=AssociationFactory(slug="psea"))

    mine = signed_in.get("/sessions/").content.decode()
    everyones = signed_in.get("/sessions/?association=").content.decode()

    assert ("California afternoon" in mine, "Harrisburg" in mine) == (True, False)
    assert ("California afternoon" in everyones, "Harrisburg" in everyones) == (True, True)


def test_no_session_says_what_to_do_meanwhile(client):
    response = client.get("/sessions/?association=nobody&page=999")

    assert b"No session is planned just now" in response.content


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_the_same_queries_however_long(client, count, django_assert_num_queries):
    InformationSessionFactory.create_batch(count)

    with django_assert_num_queries(3):
        response = client.get("/sessions/")

    assert response.content.count(b'class="row-title"') == count


def test_someone_signed_in_takes_a_place_with_one_click(signed_in, educator):
    session = InformationSessionFactory()

    signed_in.post(session.get_absolute_url(), {"website": ""})

    place = Registration.objects.get()
    assert (place.user, place.name, place.email) == (educator, educator.name, educator.email)
    message = Message.objects.get(template="session_registered")
    assert f"/sessions/places/{place.public_id}.ics" in message.text
    assert "https://meet.example.org/secret-room" in message.text


def test_a_visitor_takes_a_place_with_name_and_address(client):
    session = InformationSessionFactory()

    response = client.post(session.get_absolute_url(), VIC, follow=True)

    assert Registration.objects.get().name == "Vic Visitor"
    assert b"You have a place. The details are on their way by e-mail." in response.content
    assert b"secret-room" not in response.content


@pytest.mark.parametrize("field", ["visitor_name", "visitor_email"])
def test_a_visitor_without_name_or_address_is_asked_for_it(client, field):
    session = InformationSessionFactory()

    response = client.post(session.get_absolute_url(), VIC | {field: " "})

    assert b"This field is required." in response.content
    assert Registration.objects.count() == 0


def test_a_trapped_machine_takes_no_place(client):
    session = InformationSessionFactory()

    response = client.post(session.get_absolute_url(), VIC | {"website": "x"})

    assert response.url == session.get_absolute_url()
    assert Registration.objects.count() == 0


def test_registering_twice_is_one_place_and_one_mail(client):
    session = InformationSessionFactory()

    for email in ("vic@home.example", "VIC@home.example"):
        client.post(session.get_absolute_url(), VIC | {"visitor_email": email})

    assert Registration.objects.count() == 1
    assert Message.objects.count() == 1


def test_a_place_taken_as_a_visitor_is_ones_own_after_signing_in(signed_in, educator):
    session = InformationSessionFactory()
    place = actions.register(session, "Erin", educator.email.upper())

    signed_in.post(session.get_absolute_url(), {"website": ""})

    assert Registration.objects.get() == place
    assert Registration.objects.get().user == educator


def test_the_database_keeps_one_place_for_an_address():
    session = InformationSessionFactory()
    actions.register(session, "Vic", "vic@home.example")

    with pytest.raises(IntegrityError), transaction.atomic():
        session.registrations.create(name="Vic", email="VIC@home.example")

    assert session.registrations.count() == 1


def test_a_full_session_refuses_kindly(client):
    session = InformationSessionFactory(capacity=1)
    actions.register(session, "First", "first@home.example")

    page = client.get(session.get_absolute_url()).content.decode()
    client.post(session.get_absolute_url(), VIC)

    assert "All places are taken." in page
    with pytest.raises(Refused, match="All places of this session are taken"):
        actions.register(session, "Vic", "vic@home.example")
    assert Registration.objects.count() == 1


def test_a_session_under_way_takes_nobody_more(client):
    session = InformationSessionFactory(starts_at=timezone.now() - timedelta(minutes=5))

    page = client.get(session.get_absolute_url()).content.decode()

    assert "This session has begun already." in page
    with pytest.raises(Refused, match="has begun already"):
        actions.register(session, "Vic", "vic@home.example")


def test_who_has_a_place_sees_the_way_to_it(signed_in, educator):
    session = InformationSessionFactory()
    place = actions.register(session, educator.name, educator.email, educator)

    page = signed_in.get(session.get_absolute_url()).content.decode()
    own = signed_in.get(place.get_absolute_url()).content.decode()

    assert place.get_absolute_url() in page
    assert "https://meet.example.org/secret-room" in own


def test_the_link_in_the_mail_gives_the_place_back(client):
    session = InformationSessionFactory()
    place = actions.register(session, "Vic", "vic@home.example")

    response = client.post(place.get_absolute_url(), follow=True)

    assert Registration.objects.count() == 0
    assert b"Your place is free again." in response.content
    assert client.get(place.get_absolute_url()).status_code == 404


def test_a_place_is_not_given_back_after_the_beginning():
    place = actions.register(InformationSessionFactory(), "Vic", "vic@home.example")

    with time_machine.travel(place.session.starts_at), pytest.raises(Refused):
        actions.unregister(place)

    assert Registration.objects.count() == 1


def test_a_place_given_back_is_free_for_the_next():
    session = InformationSessionFactory(capacity=1)
    actions.unregister(actions.register(session, "First", "first@home.example"))

    place = actions.register(session, "Second", "second@home.example")

    assert list(session.registrations.all()) == [place]


@pytest.mark.parametrize(
    "address",
    [
        "/sessions/00000000-0000-4000-8000-000000000000/",
        "/sessions/00000000-0000-4000-8000-000000000000.ics",
        "/sessions/places/00000000-0000-4000-8000-000000000000/",
        "/sessions/places/00000000-0000-4000-8000-000000000000.ics",
        "/sessions/1/",
        "/sessions/places/1.ics",
    ],
)
def test_an_address_that_is_not_there_is_404(client, address):
    assert client.get(address).status_code == 404


def event_of(response):
    calendar = icalendar.Calendar.from_ical(response.content)
    (event,) = calendar.walk("VEVENT")
    return event


def test_the_calendar_file_tells_the_instant_in_the_associations_zone(client):
    session = afternoon_in_september()

    response = client.get(f"/sessions/{session.public_id}.ics")

    event = event_of(response)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert event.start == session.starts_at
    assert event.end == session.ends_at
    assert b"DTSTART;TZID=America/Los_Angeles:20270922T160000" in response.content
    assert b"BEGIN:VTIMEZONE" in response.content


@pytest.mark.parametrize(
    ("starts_at", "wall"),
    [
        (datetime(2027, 3, 13, 18, tzinfo=UTC), b"20270313T100000"),
        (datetime(2027, 3, 15, 18, tzinfo=UTC), b"20270315T110000"),
        (datetime(2027, 11, 6, 18, tzinfo=UTC), b"20271106T110000"),
        (datetime(2027, 11, 8, 18, tzinfo=UTC), b"20271108T100000"),
    ],
)
def test_the_calendar_file_is_right_on_both_sides_of_a_clock_change(client, starts_at, wall):
    session = InformationSessionFactory(starts_at=starts_at)

    response = client.get(f"/sessions/{session.public_id}.ics")

    assert b"DTSTART;TZID=America/Los_Angeles:" + wall in response.content
    assert event_of(response).start == starts_at


def test_a_changed_session_keeps_its_uid_and_counts_its_changes(client):
    session = afternoon_in_september()
    before = event_of(client.get(f"/sessions/{session.public_id}.ics"))
    actions.change(session, by=StaffFactory(), place="Oakland")

    after = event_of(client.get(f"/sessions/{session.public_id}.ics"))

    assert after["uid"] == before["uid"] == f"{session.public_id}@testserver"
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["location"] == "Oakland"


def test_only_who_has_a_place_gets_the_address_to_join(client):
    session = InformationSessionFactory(description="Welcome, all; really.")
    place = actions.register(session, "Vic", "vic@home.example")

    public = client.get(f"/sessions/{session.public_id}.ics")
    own = client.get(f"/sessions/places/{place.public_id}.ics")

    assert event_of(public)["description"] == "Welcome, all; really."
    assert "secret-room" in event_of(own)["description"]


def test_a_new_time_is_mailed_to_everyone_who_has_a_place():
    session = InformationSessionFactory()
    actions.register(session, "Vic", "vic@home.example")
    later = {name: getattr(session, name) + timedelta(days=1) for name in ("starts_at", "ends_at")}

    actions.change(session, by=StaffFactory(), **later)

    message = Message.objects.get(template="session_changed")
    assert message.to == "vic@home.example"
    assert session.when in message.text


def test_a_new_title_is_mailed_to_nobody():
    session = InformationSessionFactory()
    actions.register(session, "Vic", "vic@home.example")

    actions.change(session, by=StaffFactory(), title="Better title")

    assert Message.objects.filter(template="session_changed").count() == 0


def test_fewer_places_than_are_taken_are_refused():
    session = InformationSessionFactory()
    for number in range(2):
        actions.register(session, "Vic", f"vic{number}@home.example")

    with pytest.raises(Refused, match="2 people have a place already"):
        actions.change(session, by=StaffFactory(), capacity=1)

    assert InformationSession.objects.get().capacity is None


def test_the_staffs_day_counts_their_sessions_to_come():
    staff = StaffFactory()
    InformationSessionFactory()
    InformationSessionFactory(association=AssociationFactory(slug="psea"))
    line = next(line for line in registry.staff_lines if line.url_name == "staff-sessions")

    assert line.count(staff) == 1


def test_a_mail_to_a_visitor_does_not_speak_of_an_account():
    actions.register(InformationSessionFactory(), "Vic", "vic@home.example")

    message = Message.objects.get(template="session_registered")
    assert "because the address was given on our pages" in " ".join(message.html.split())
    assert "your account" not in message.html


def test_a_session_that_ends_before_it_starts_is_not_stored():
    now = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        InformationSessionFactory(starts_at=now, ends_at=now)

    assert InformationSession.objects.count() == 0


def test_one_session_takes_the_same_queries_however_many_have_a_place(
    client, django_assert_num_queries
):
    session = InformationSessionFactory(capacity=5)
    actions.register(session, "Vic", "vic@home.example")
    with CaptureQueriesContext(connection) as for_one:
        client.get(session.get_absolute_url())
    for number in range(2):
        actions.register(session, "Vic", f"vic{number}@home.example", UserFactory())

    with django_assert_num_queries(len(for_one)):
        response = client.get(session.get_absolute_url())

    assert b"<dd>2</dd>" in response.content


def test_a_session_and_a_place_are_told_by_their_names():
    place = actions.register(InformationSessionFactory(title="Meet us"), "Vic", "vic@home.example")

    assert str(place) == "Vic: Meet us"
