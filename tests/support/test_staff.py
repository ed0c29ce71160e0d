"""The staff's side: the queue of questions, sessions, who comes."""

import csv
import io
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from portal.support import actions, attendance
from portal.support.models import InformationSession, Question
from tests.factories import AssociationFactory, StaffFactory, UserFactory
from tests.support.factories import (
    InformationSessionFactory,
    answered,
    asked,
    asked_by_visitor,
)

pytestmark = pytest.mark.django_db

TYPED = {
    "association": "cta",
    "title": "Meet micro-certifications",
    "description": "What it is *about*.",
    "day": "2027-09-22",
    "starts": "16:00",
    "ends": "17:30",
    "place": "",
    "link": "meet.example.org/room",
    "capacity": "60",
}


def elsewhere():
    return AssociationFactory(slug="psea")


def test_the_queue_shows_what_is_due_soonest_first_and_marks_what_is_late(staff_client):
    later = asked(text="Asked today")
    sooner = asked(text="Asked long ago")
    Question.objects.filter(pk=sooner.pk).update(due_at=timezone.now() - timedelta(hours=3))

    page = staff_client.get("/staff/help/").content.decode()

    assert page.index("Asked long ago") < page.index("Asked today")
    assert page.count("overdue</span>") == 1
    assert later.is_overdue is False


def test_the_queue_holds_ones_own_associations_and_those_without_one(staff_client):
    asked(text="From California")
    asked_by_visitor("From nowhere")
    asked(UserFactory(association=elsewhere()), "From Pennsylvania")

    page = staff_client.get("/staff/help/").content.decode()

    shown = [f"From {place}" in page for place in ("California", "nowhere", "Pennsylvania")]
    assert shown == [True, True, False]


@pytest.mark.parametrize(
    ("status", "shown"), [("answered", True), ("open", False), ("closed", False), ("x", False)]
)
def test_the_queue_can_be_seen_by_standing(staff_client, status, shown):
    answered(text="Answered already")

    page = staff_client.get(f"/staff/help/?status={status}").content.decode()

    assert ("Answered already" in page) == shown


def test_staff_answer_a_question(staff_client, staff):
    question = asked(text="How do I begin?")

    response = staff_client.post(
        f"/staff/help/{question.public_id}/", {"answer": "Press Start."}, follow=True
    )

    question.refresh_from_db()
    assert (question.status, question.answered_by) == ("answered", staff)
    assert b"Answered. The mail is on its way." in response.content


def test_an_empty_answer_keeps_the_question_open(staff_client):
    question = asked(text="How do I begin?")

    response = staff_client.post(f"/staff/help/{question.public_id}/", {"answer": "  "})

    assert b"How do I begin?" in response.content
    assert Question.objects.get().status == "open"


def test_staff_close_an_answered_question(staff_client):
    question = answered()

    page = staff_client.get(f"/staff/help/{question.public_id}/").content.decode()
    staff_client.post(f"/staff/help/{question.public_id}/close/")

    assert "Press Start." in page
    assert Question.objects.get().status == "closed"


def test_closing_an_open_question_is_refused_in_words(staff_client):
    question = asked()

    staff_client.post(f"/staff/help/{question.public_id}/close/")
    page = staff_client.get("/staff/help/").content.decode()

    assert "This can’t be done any more" in page
    assert Question.objects.get().status == "open"


@pytest.mark.parametrize("path", ["", "close/"])
def test_staff_of_another_association_find_no_such_question(client, path):
    question = asked(text="How do I begin?")
    client.force_login(StaffFactory(association=elsewhere()))

    response = client.post(f"/staff/help/{question.public_id}/{path}", {"answer": "Hm"})

    assert response.status_code == 404
    assert Question.objects.get().status == "open"


@pytest.mark.parametrize("path", ["/staff/help/", "/staff/sessions/", "/staff/sessions/new/"])
def test_educators_find_no_staff_pages(signed_in, path):
    assert signed_in.get(path).status_code == 404


def test_what_was_typed_is_shown_as_text(staff_client):
    question = asked(text="<script>alert(1)</script>")

    page = staff_client.get(f"/staff/help/{question.public_id}/").content

    assert b"<script>alert" not in page
    assert b"&lt;script&gt;alert(1)" in page


def test_the_queue_takes_the_same_queries_however_long(staff_client, django_assert_num_queries):
    asked()
    with CaptureQueriesContext(connection) as for_one:
        staff_client.get("/staff/help/")
    asked()
    asked_by_visitor()

    with django_assert_num_queries(len(for_one)):
        response = staff_client.get("/staff/help/")

    assert response.content.count(b'data-status="due"') == 3


def test_staff_announce_a_session_on_their_own_clocks(staff_client):
    response = staff_client.post("/staff/sessions/new/", TYPED, follow=True)

    session = InformationSession.objects.get()
    assert session.starts_at == datetime(2027, 9, 22, 23, 0, tzinfo=UTC)
    assert session.ends_at == datetime(2027, 9, 23, 0, 30, tzinfo=UTC)
    assert (session.link, session.capacity) == ("https://meet.example.org/room", 60)
    assert b"Announced: Wednesday, September 22, 2027, 4 p.m. to 5:30 p.m. PDT." in response.content


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "This field is required."),
        ("title", "x" * 121, "at most 120 characters"),
        ("day", "the day after", "Enter a valid date."),
        ("starts", "25:00", "Enter a valid time."),
        ("ends", "16:00", "The end must come after the start."),
        ("ends", "15:00", "The end must come after the start."),
        ("capacity", "0", "greater than or equal to 1"),
        ("capacity", "many", "Enter a whole number."),
        ("link", "javascript:alert(1)", "Enter a valid URL."),
        ("association", "psea", "Select a valid choice."),
        ("association", "", "This field is required."),
    ],
)
def test_a_session_with_bad_input_is_not_announced(staff_client, field, value, words):
    elsewhere()

    response = staff_client.post("/staff/sessions/new/", TYPED | {field: value})

    assert words in response.content.decode()
    assert InformationSession.objects.count() == 0


def test_a_time_that_the_clocks_skip_is_named(staff_client):
    typed = TYPED | {"day": "2027-03-14", "starts": "02:30", "ends": "04:00"}

    response = staff_client.post("/staff/sessions/new/", typed)

    assert b"The clocks skip this time that night." in response.content
    assert InformationSession.objects.count() == 0


def test_the_form_of_a_session_shows_its_local_times(staff_client):
    actions.plan(
        by=StaffFactory(),
        association=AssociationFactory(),
        title="Meet us",
        starts_at=datetime(2027, 12, 2, 1, 0, tzinfo=UTC),
        ends_at=datetime(2027, 12, 2, 2, 30, tzinfo=UTC),
    )
    session = InformationSession.objects.get()

    page = staff_client.get(f"/staff/sessions/{session.public_id}/").content.decode()

    for value in ("2027-12-01", "17:00", "18:30"):
        assert f'value="{value}"' in page


def test_staff_change_a_session(staff_client):
    session = InformationSessionFactory()

    response = staff_client.post(f"/staff/sessions/{session.public_id}/", TYPED, follow=True)

    session.refresh_from_db()
    assert (session.title, session.revision) == ("Meet micro-certifications", 1)
    assert b"Changed: Wednesday, September 22, 2027" in response.content


@pytest.mark.parametrize("path", ["", "registrations/", "registrations.csv"])
def test_staff_of_another_association_find_no_such_session(client, path):
    session = InformationSessionFactory()
    client.force_login(StaffFactory(association=elsewhere()))

    response = client.get(f"/staff/sessions/{session.public_id}/{path}")

    assert response.status_code == 404


def test_staff_see_who_comes(staff_client):
    session = InformationSessionFactory()
    nobody = staff_client.get(f"/staff/sessions/{session.public_id}/registrations/").content
    actions.register(session, "Vic Visitor", "vic@home.example")

    somebody = staff_client.get(f"/staff/sessions/{session.public_id}/registrations/").content

    assert b"Nobody has registered yet" in nobody
    assert b"vic@home.example" in somebody


def test_the_file_of_registrations_is_safe_to_open(staff_client):
    session = InformationSessionFactory()
    actions.register(session, '=HYPERLINK("http://evil.example")', "zoé@home.example")

    response = staff_client.get(f"/staff/sessions/{session.public_id}/registrations.csv")

    text = response.content.decode("utf-8-sig")
    header, row = csv.reader(io.StringIO(text))
    assert header == ["name", "email", "registered_at"]
    assert row[:2] == ['\'=HYPERLINK("http://evil.example")', "zoé@home.example"]
    assert row[2].endswith(("PST", "PDT"))


@given(st.text())
def test_no_text_begins_as_a_formula(text):
    cell = attendance.harmless(text)

    assert cell.endswith(text)
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r"))


def test_the_staffs_sessions_take_the_same_queries_however_many(
    staff_client, django_assert_num_queries
):
    InformationSessionFactory()
    with CaptureQueriesContext(connection) as for_one:
        staff_client.get("/staff/sessions/")
    InformationSessionFactory.create_batch(2)

    with django_assert_num_queries(len(for_one)):
        response = staff_client.get("/staff/sessions/")

    assert response.content.count(b"/registrations/") == 3


def test_the_registrations_take_the_same_queries_however_many(
    staff_client, django_assert_num_queries
):
    session = InformationSessionFactory()
    address = f"/staff/sessions/{session.public_id}/registrations/"
    actions.register(session, "Vic", "vic@home.example")
    with CaptureQueriesContext(connection) as for_one:
        staff_client.get(address)
    for number in range(2):
        actions.register(session, "Vic", f"vic{number}@home.example")

    with django_assert_num_queries(len(for_one)):
        response = staff_client.get(address)

    assert response.content.count(b"@home.example") == 3


def test_staff_without_a_session_are_told_what_to_do(staff_client):
    response = staff_client.get("/staff/sessions/")

    assert b"No session yet" in response.content
