"""The question box of every page: who asks, from where, how often."""

import pytest
from django.core.cache import cache
from django.test import Client

from portal.models import Message
from portal.support import limits
from portal.support.models import Question
from tests.factories import AssociationFactory, UserFactory

pytestmark = pytest.mark.django_db

ASK = "/help/ask/"
VISITOR = {
    "text": "What does it cost?",
    "page": "/sessions/",
    "visitor_email": "vic@home.example",
    "website": "",
}


def test_someone_signed_in_asks_with_words_alone(signed_in, educator):
    response = signed_in.post(ASK, {"text": "How do I begin?", "page": "/sessions/"}, follow=True)

    question = Question.objects.get()
    assert (question.asker, question.association) == (educator, educator.association)
    assert question.page == "/sessions/"
    assert response.redirect_chain == [("/sessions/", 302)]
    assert b"An educator answers by e-mail within 48 hours." in response.content


def test_a_visitor_asks_with_an_address(client):
    response = client.post(ASK, VISITOR)

    question = Question.objects.get()
    assert (question.asker, question.visitor_email) == (None, "vic@home.example")
    assert (question.association, response.url) == (None, "/sessions/")


def test_a_visitor_may_say_which_association_is_theirs(client):
    psea = AssociationFactory(slug="psea")

    client.post(ASK, VISITOR | {"association": "psea"})

    assert Question.objects.get().association == psea


def test_a_question_from_an_associations_page_is_in_its_care(client):
    cta = AssociationFactory(slug="cta")

    client.post(ASK, VISITOR | {"page": "/cta/"})

    assert Question.objects.get().association == cta


@pytest.mark.parametrize(
    "page",
    ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)", "", "x"],
)
def test_a_page_of_another_site_becomes_the_help_center(client, page):
    response = client.post(ASK, VISITOR | {"page": page})

    assert Question.objects.get().page == "/help/"
    assert response.url == "/help/"


def test_a_key_in_an_address_is_not_kept(client):
    page = "/accounts/password/reset/key/1-secret/"

    response = client.post(ASK, VISITOR | {"page": page})

    assert Question.objects.get().page == "/accounts/"
    assert response.url == "/help/"


def test_a_query_in_an_address_is_not_kept(client):
    client.post(ASK, VISITOR | {"page": "/help/faq/?q=my+private+matter"})

    assert Question.objects.get().page == "/help/faq/"


def test_a_page_that_is_not_there_leads_to_the_help_center(client):
    response = client.post(ASK, VISITOR | {"page": "/no/such/page/at/all/"})

    assert Question.objects.get().page == "/no/such/page/at/all/"
    assert response.url == "/help/"


def test_an_endless_address_is_cut(client):
    client.post(ASK, VISITOR | {"page": "/" + "a" * 900})

    assert len(Question.objects.get().page) == 300


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("text", "   ", b"This field is required."),
        ("text", "x" * 4001, b"at most 4000 characters"),
        ("visitor_email", "", b"This field is required."),
        ("visitor_email", "not an address", b"Enter a valid email address."),
        ("association", "nea-of-mars", b"That choice is not one of the available choices."),
    ],
)
def test_bad_input_is_named_and_nothing_is_stored(client, field, value, words):
    response = client.post(ASK, VISITOR | {"visitor_name": "Vic V.", field: value})

    assert words in response.content
    assert b"Vic V." in response.content
    assert Question.objects.count() == 0


def test_hidden_fields_added_to_the_form_are_ignored(signed_in, educator):
    stranger = UserFactory()

    signed_in.post(
        ASK,
        {
            "text": "Hello?",
            "page": "/",
            "visitor_email": "other@home.example",
            "asker": stranger.pk,
            "status": "closed",
            "due_at": "2000-01-01",
        },
    )

    question = Question.objects.get()
    assert (question.asker, question.visitor_email, question.status) == (educator, "", "open")
    assert question.due_at > question.asked_at


def test_a_machine_that_fills_in_the_trap_gets_thanks_and_nothing_else(client):
    response = client.post(ASK, VISITOR | {"website": "https://spam.example"})

    assert (response.status_code, response.url) == (302, "/sessions/")
    assert Question.objects.count() == 0
    assert Message.objects.count() == 0


def test_a_double_click_is_one_question(signed_in):
    typed = {"text": "How do I begin?", "page": "/help/"}

    for _click in range(2):
        signed_in.post(ASK, typed)

    assert Question.objects.count() == 1


def test_a_visitor_who_writes_too_often_keeps_the_text_and_waits(client):
    for number in range(limits.EACH_ADDRESS):
        client.post(ASK, VISITOR | {"text": f"Question {number}"})

    response = client.post(ASK, VISITOR | {"text": "One too many"})

    assert b"That was a lot in one hour." in response.content
    assert b"One too many" in response.content
    assert Question.objects.count() == limits.EACH_ADDRESS


def test_changing_the_address_does_not_lift_the_limit_of_a_network(client):
    for number in range(limits.EACH_PLACE + 1):
        typed = {"text": f"Question {number}", "visitor_email": f"v{number}@home.example"}
        client.post(ASK, VISITOR | typed)

    assert Question.objects.count() == limits.EACH_PLACE


def test_changing_the_network_does_not_lift_the_limit_of_an_address(client):
    for number in range(limits.EACH_ADDRESS + 1):
        typed = VISITOR | {"text": f"Question {number}"}
        client.post(ASK, typed, REMOTE_ADDR=f"192.0.2.{number}")

    assert Question.objects.count() == limits.EACH_ADDRESS


def test_an_hour_later_one_may_write_again(signed_in):
    for number in range(limits.EACH_EDUCATOR + 1):
        signed_in.post(ASK, {"text": f"Question {number}", "page": "/help/"})
    cache.clear()

    signed_in.post(ASK, {"text": "Later", "page": "/help/"})

    assert Question.objects.count() == limits.EACH_EDUCATOR + 1


def test_the_ask_page_remembers_where_one_came_from(client):
    response = client.get(f"{ASK}?from=/sessions/")

    assert b'name="page" value="/sessions/"' in response.content


def test_an_empty_post_shows_the_form(client):
    response = client.post(ASK)

    assert response.status_code == 200
    assert b"Your question" in response.content


def test_the_box_stands_on_a_page_with_that_pages_address(client):
    response = client.get("/sessions/")

    assert b'action="/help/ask/"' in response.content
    assert b'name="page" value="/sessions/"' in response.content
    assert b'name="visitor_email"' in response.content


def test_the_box_asks_no_address_of_someone_signed_in(signed_in):
    response = signed_in.get("/sessions/")

    assert b'action="/help/ask/"' in response.content
    assert b'name="visitor_email"' not in response.content


def test_a_form_of_another_site_is_turned_away():
    strict = Client(enforce_csrf_checks=True)

    response = strict.post(ASK, VISITOR | {"label:text": "Your question"})

    assert response.status_code == 403
    assert b"What does it cost?" in response.content
    assert Question.objects.count() == 0
