"""The help center, the answers, one's own questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.support import search
from tests.factories import AssociationFactory, UserFactory
from tests.support.factories import (
    FrequentQuestionFactory,
    InformationSessionFactory,
    ResourceFactory,
    answered,
    asked,
)

pytestmark = pytest.mark.django_db


def test_a_visitor_finds_answers_resources_sessions_and_contacts(client):
    FrequentQuestionFactory(question="How much does it cost?")
    ResourceFactory(title="The five requirements")
    InformationSessionFactory(title="Meet us")

    page = client.get("/help/").content.decode()

    for text in ("How much does it cost?", "The five requirements", "Meet us", "help@cta.example"):
        assert text in page


def test_the_help_center_is_whole_without_any_row(client):
    response = client.get("/help/")

    assert response.status_code == 200
    assert b"No answers here yet." in response.content


def test_members_see_what_is_for_all_and_for_their_association(signed_in):
    psea = AssociationFactory(slug="psea")
    FrequentQuestionFactory(question="For everyone?")
    FrequentQuestionFactory(question="Units?", association=AssociationFactory(slug="cta"))
    FrequentQuestionFactory(question="Act 48?", association=psea)
    InformationSessionFactory(title="Harrisburg evening", association=psea)

    page = signed_in.get("/help/").content.decode()

    assert ("For everyone?" in page, "Units?" in page, "Act 48?" in page) == (True, True, False)
    assert "Harrisburg evening" not in page
    assert "help@psea.example" not in page


def test_the_box_of_the_help_center_keeps_the_page_one_came_from(client):
    response = client.get("/help/?from=/sessions/")

    assert b'name="page" value="/sessions/"' in response.content


@pytest.mark.parametrize("count", [1, 3])
def test_the_help_center_takes_the_same_queries_however_long(
    client, count, django_assert_num_queries
):
    cta = AssociationFactory()
    FrequentQuestionFactory.create_batch(count, association=cta)
    ResourceFactory.create_batch(count, association=cta)
    InformationSessionFactory.create_batch(count, association=cta)

    with django_assert_num_queries(5):
        response = client.get("/help/")

    assert response.status_code == 200


def test_answers_stand_by_topic_in_the_order_of_the_library(client):
    FrequentQuestionFactory(topic="Review", question="Who reviews?")
    FrequentQuestionFactory(topic="The idea", question="What is it?", answer="*Proof* of a skill.")

    page = client.get("/help/faq/").content.decode()

    assert page.index("Review") < page.index("Who reviews?") < page.index("The idea")
    assert "<em>Proof</em> of a skill." in page


def test_a_search_shows_what_fits_best_first(client):
    FrequentQuestionFactory(question="How long is it?", answer="The cost of time is high.")
    FrequentQuestionFactory(question="What does it cost?", answer="Nothing.")
    FrequentQuestionFactory(question="Who reviews?", answer="Two people.")

    page = client.get("/help/faq/?q=cost").content.decode()

    assert "2 answers for “cost”" in page
    assert page.index("What does it cost?") < page.index("How long is it?")
    assert "Who reviews?" not in page


def test_a_search_without_a_hit_says_what_to_do_next(client):
    FrequentQuestionFactory()

    response = client.get("/help/faq/?q=zebra")

    assert b"No answer holds these words" in response.content
    assert b'href="/help/ask/"' in response.content


@pytest.mark.parametrize(
    "query", ["<script>alert(1)</script>", "%", "' OR 1=1", "x" * 5000, "\x00", "?*[", "  "]
)
def test_a_strange_search_is_only_a_search(client, query):
    FrequentQuestionFactory()

    response = client.get("/help/faq/", {"q": query})

    assert response.status_code == 200
    assert b"<script>alert" not in response.content


@pytest.mark.parametrize(
    "query", ["micro-credential", "microcredentials", "Micro certificate", "micro-certification"]
)
def test_all_names_of_a_micro_certification_find_the_same(query):
    entry = FrequentQuestionFactory.build(question="What is a micro-certification?")

    found = search.find([entry], query)

    assert found == [entry]


def test_a_search_of_idle_words_shows_everything():
    entries = FrequentQuestionFactory.build_batch(2)

    assert search.find(entries, "how do I") == entries


@pytest.mark.parametrize("count", [1, 3])
def test_answers_take_the_same_queries_however_many(client, count, django_assert_num_queries):
    FrequentQuestionFactory.create_batch(count, association=AssociationFactory())

    with django_assert_num_queries(1):
        response = client.get("/help/faq/")

    assert response.content.count(b'<article class="answer"') == count


def test_one_sees_ones_own_questions_with_their_answers(signed_in, educator):
    question = answered(educator, "How do I begin?")
    asked(text="Someone else asks this")

    overview = signed_in.get("/my/questions/").content.decode()
    page = signed_in.get(question.get_absolute_url()).content.decode()

    assert "How do I begin?" in overview
    assert "Someone else asks this" not in overview
    assert "Press Start." in page


def test_a_question_that_waits_says_so(signed_in, educator):
    question = asked(educator)

    response = signed_in.get(question.get_absolute_url())

    assert b"An educator answers within 48 hours" in response.content


def test_someone_elses_question_is_not_there(client, stranger):
    question = asked(UserFactory())
    client.force_login(stranger)

    response = client.get(question.get_absolute_url())

    assert response.status_code == 404


def test_ones_questions_need_a_sign_in(client):
    response = client.get("/my/questions/")

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


def test_someone_who_asked_nothing_is_told_how_to(signed_in):
    response = signed_in.get("/my/questions/")

    assert b"Nothing asked yet" in response.content


def test_my_questions_take_the_same_queries_however_many(
    signed_in, educator, django_assert_num_queries
):
    asked(educator, "The first?")
    with CaptureQueriesContext(connection) as for_one:
        signed_in.get("/my/questions/")
    for number in range(2):
        asked(educator, f"Question {number}?")

    with django_assert_num_queries(len(for_one)):
        response = signed_in.get("/my/questions/")

    assert response.content.count(b'data-status="open"') == 3
