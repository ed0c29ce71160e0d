"""Hostile input in every field of help and sessions: taken as text, or named; never an error."""

import csv
import io

import pytest
from django.core.management import call_command
from django.db.models import F
from django.test import Client
from django.utils.http import url_has_allowed_host_and_scheme
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.models import Message
from portal.support import actions, attendance, pages, search
from portal.support.models import InformationSession, Question, Registration
from tests.factories import StaffFactory
from tests.support.factories import (
    FrequentQuestionFactory,
    InformationSessionFactory,
    asked,
)
from tests.support.test_staff import TYPED

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert(1)</script>"
HOSTILE = [
    SCRIPT,
    "'; DROP TABLE support_question; --",
    "{{ 7|add:7 }}{% now 'Y' %}",
    "%s %(name)s {0} {x}",
    "\u202etxet\u202c \u200b\ufeff",
    "a\r\nBcc: all@school.example",
    "=HYPERLINK(1)",
    "🎓" * 40,
    '"><img src=x onerror=alert(1)>',
]
LETTERS = st.characters(exclude_categories=["Cs"])
ANY = st.text(LETTERS, max_size=80)
ASK = {"text": "Hello?", "visitor_name": "Vic", "visitor_email": "vic@home.example", "page": "/"}
PLACE = {"visitor_name": "Vic", "visitor_email": "vic@home.example"}


def is_harmless(page):
    """Whether nothing that was typed became a tag or an attribute of the page."""
    return "<script>alert" not in page and "<img src=x" not in page and "1414" not in page


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_question_is_kept_as_it_is_and_shown_as_text(client, signed_in, educator, text):
    signed_in.post("/help/ask/", {"text": text, "page": "/help/"})

    question = Question.objects.get()
    own = signed_in.get(question.get_absolute_url()).content.decode()
    client.force_login(StaffFactory())
    staffs = client.get(f"/staff/help/{question.public_id}/").content.decode()
    assert question.text == text.strip()
    assert [is_harmless(own), is_harmless(staffs)] == [True, True]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_name_of_a_visitor_harms_neither_page_mail_nor_file(client, text):
    session = InformationSessionFactory()

    client.post(session.get_absolute_url(), PLACE | {"visitor_name": text})

    place, message = Registration.objects.get(), Message.objects.get()
    client.force_login(StaffFactory())
    listed = client.get(f"/staff/sessions/{session.public_id}/registrations/").content.decode()
    row = list(csv.reader(io.StringIO(attendance.as_csv(session))))[1]
    assert (place.name, message.to) == (text.strip(), "vic@home.example")
    assert [is_harmless(listed), is_harmless(message.html)] == [True, True]
    assert row[0] in {text.strip(), f"'{text.strip()}"}
    assert row[0][0] not in "=+-@\t\r"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["title", "description", "place"])
def test_hostile_words_about_a_session_are_shown_as_text_everywhere(staff_client, field, text):
    staff_client.post("/staff/sessions/new/", TYPED | {field: text})

    session = InformationSession.objects.get()
    addresses = ["/sessions/", session.get_absolute_url(), f"/staff/sessions/{session.public_id}/"]
    shown = [staff_client.get(address).content.decode() for address in addresses]
    assert getattr(session, field) == text.strip()
    assert [is_harmless(page) for page in shown] == [True] * 3


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_answer_goes_out_as_text(staff_client, text):
    question = asked(text="How do I begin?")

    staff_client.post(f"/staff/help/{question.public_id}/", {"answer": text})

    message = Message.objects.get(template="question_answered")
    assert Question.objects.get().answer == text.strip()
    assert " ".join(text.split()) in " ".join(message.text.split())
    assert is_harmless(message.html)
    assert message.subject == "The answer to your question"


@pytest.mark.parametrize(
    "value", ["nul\0", "x" * 4001, "\0", "vic@", "a@b", "<vic@home.example>", "a@b.example, c@d.ee"]
)
@pytest.mark.parametrize("field", ["text", "visitor_name", "visitor_email", "association", "page"])
def test_what_no_field_can_hold_is_named_and_nothing_is_stored_half(client, field, value):
    response = client.post("/help/ask/", ASK | {field: value})

    stored = Question.objects.count()
    assert (response.status_code, stored) in {(200, 0), (302, 1)}
    assert Message.objects.count() == stored


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.sampled_from([*ASK, "website", "from"]), ANY, max_size=6))
def test_whatever_is_sent_to_the_question_box_gets_an_answer(typed):
    response = Client().post("/help/ask/", typed, REMOTE_ADDR=f"10.0.0.{len(str(typed)) % 250}")

    assert response.status_code in {200, 302}
    assert response.headers.get("Location", "/").startswith("/")
    assert not response.headers.get("Location", "/").startswith("//")


@settings(deadline=None, max_examples=40)
@given(st.dictionaries(st.sampled_from([*TYPED]), ANY, max_size=6))
def test_whatever_staff_type_about_a_session_gets_an_answer(typed):
    client = Client()
    client.force_login(StaffFactory())

    response = client.post("/staff/sessions/new/", TYPED | typed)

    assert response.status_code in {200, 302}
    assert InformationSession.objects.filter(ends_at__lte=F("starts_at")).count() == 0


@settings(deadline=None, max_examples=200)
@given(ANY | ANY.map("/{}".format) | ANY.map("//{}".format) | ANY.map("/\\{}".format))
def test_any_address_becomes_one_of_ours_without_a_secret(address):
    path = pages.own_path(address)

    assert path.startswith("/")
    assert url_has_allowed_host_and_scheme(path, None)
    assert (len(path) <= 300, "?" in path, "#" in path) == (True, False, False)
    assert pages.own_path(f"/accounts/{address}") == "/accounts/"


@settings(deadline=None, max_examples=60)
@given(ANY)
def test_any_search_among_the_answers_finds_some_of_them(query):
    entries = [
        FrequentQuestionFactory.build(question="What does it cost?"),
        FrequentQuestionFactory.build(question="What is a micro-certification?"),
    ]

    found = search.find(entries, query)

    assert [entry for entry in found if entry not in entries] == []
    assert len(found) == len(set(map(id, found)))


@pytest.mark.parametrize("name", ["page", "q", "association", "from", "status"])
@pytest.mark.parametrize(
    "value", ["\0", "9" * 5000, "-1", "٣", "1e9", "%00", "' OR 1=1", "x" * 9000]
)
def test_any_value_in_an_address_gets_a_page(staff_client, name, value):
    addresses = ["/help/", "/help/faq/", "/help/ask/", "/sessions/", "/my/questions/",
                 "/staff/help/", "/staff/sessions/"]  # fmt: skip

    codes = [staff_client.get(address, {name: value}).status_code for address in addresses]

    assert codes == [200] * len(addresses)


def test_a_template_in_a_title_is_never_run_in_a_mail():
    session = InformationSessionFactory(title="{{ base_url }}{% url 'help' %}")

    actions.register(session, "Vic", "vic@home.example")

    message = Message.objects.get()
    assert message.subject == "Your place: {{ base_url }}{% url 'help' %}"
    assert "{{ base_url }}{% url 'help' %}" in message.text


def test_hostile_rows_break_no_rule(staff_client):
    for text in HOSTILE:
        asked(text=text)
        staff_client.post("/staff/sessions/new/", TYPED | {"title": text})

    call_command("sweep")
    call_command("invariants")

    assert Question.objects.count() == InformationSession.objects.count() == len(HOSTILE)
