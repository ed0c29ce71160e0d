"""How often one may write, what each page costs, whose questions and sessions are whose."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.models import Entry
from portal.support import actions, limits
from portal.support.models import InformationSession, Question, Registration
from tests.factories import AssociationFactory, StaffFactory, UserFactory
from tests.support.factories import (
    FrequentQuestionFactory,
    InformationSessionFactory,
    ResourceFactory,
    answered,
    asked,
)
from tests.support.test_staff import TYPED

pytestmark = pytest.mark.django_db

ASK = "/help/ask/"
NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
TOO_OFTEN = b"That was a lot in one hour."


def ask(client, number, email="vic@home.example", **extra):
    return client.post(ASK, {"text": f"Question {number}?", "visitor_email": email}, **extra)


def used_up(client, email="vic@home.example"):
    """All places of this visitor's hour."""
    for number in range(limits.EACH_ADDRESS):
        ask(client, number, email)


@pytest.mark.parametrize(("minutes", "stored"), [(59, 5), (61, 6)])
def test_the_hour_of_a_visitor_ends_after_an_hour(client, minutes, stored):
    with time_machine.travel(NOON, tick=False):
        used_up(client)
    with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
        ask(client, "later")

    assert Question.objects.count() == stored


def test_capital_letters_do_not_make_another_address(client):
    used_up(client)

    response = ask(client, "more", email="VIC@Home.Example")

    assert TOO_OFTEN in response.content
    assert Question.objects.count() == limits.EACH_ADDRESS


def test_a_network_named_by_the_visitor_is_not_believed(client):
    for number in range(limits.EACH_PLACE + 3):
        ask(client, number, f"v{number}@home.example", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")

    assert Question.objects.count() == limits.EACH_PLACE


def test_one_who_used_up_the_hour_holds_up_nobody_else(client):
    used_up(client)

    ask(client, "other", email="val@home.example")

    assert Question.objects.filter(visitor_email="val@home.example").count() == 1


def test_what_was_wrong_or_trapped_uses_up_no_place(client):
    for _time in range(limits.EACH_PLACE + 1):
        client.post(ASK, {"text": "", "visitor_email": "vic@home.example"})
        client.post(ASK, {"text": "x", "visitor_email": "vic@home.example", "website": "spam"})

    ask(client, "first")

    assert Question.objects.count() == 1


def test_places_in_sessions_and_questions_count_together(client):
    used_up(client)
    session = InformationSessionFactory()

    response = client.post(
        session.get_absolute_url(),
        {"visitor_name": "Vic", "visitor_email": "vic@home.example"},
    )

    assert TOO_OFTEN in response.content
    assert Registration.objects.count() == 0


def test_someone_signed_in_has_an_hour_of_their_own_wherever_they_write_from(educator):
    clients = [Client(REMOTE_ADDR=f"192.0.2.{n}") for n in range(2)]
    for client in clients:
        client.force_login(educator)
    for number in range(limits.EACH_EDUCATOR):
        clients[number % 2].post(ASK, {"text": f"Question {number}?"})

    response = clients[0].post(ASK, {"text": "One more?"})

    assert TOO_OFTEN in response.content
    assert Question.objects.count() == limits.EACH_EDUCATOR


def grow(count):
    """So many rows of everything that help shows, of one educator and one association."""
    educator, association = UserFactory(), AssociationFactory()
    for number in range(count):
        FrequentQuestionFactory(association=association if number % 2 else None)
        ResourceFactory(association=association if number % 2 else None)
        session = InformationSessionFactory(association=association)
        actions.register(session, "Vic", f"vic{number}@home.example", None)
        answered(educator, f"Answered {number}?")
        asked(educator, f"Open {number}?")
    crowded = InformationSessionFactory(association=association, title="Crowded")
    for number in range(count):
        actions.register(crowded, "Vic", f"vic{number}@home.example", UserFactory())
    return educator, crowded


def cost(client, address):
    """How many queries a page takes, the second time it is asked for."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


PAGES = ["/help/", "/help/faq/", "/help/faq/?q=question", "/sessions/", "/my/questions/"]
STAFF_PAGES = [
    "/staff/help/",
    "/staff/help/?status=answered",
    "/staff/sessions/",
    "/staff/sessions/{crowded}/registrations/",
    "/staff/sessions/{crowded}/registrations.csv",
    "/sessions/{crowded}/",
]


def costs(client, person, addresses, crowded):
    client.force_login(person)
    return {
        address: cost(client, address.format(crowded=crowded.public_id)) for address in addresses
    }


def wiped():
    for model in (Registration, InformationSession, Question):
        model.objects.all().delete()


def test_every_page_of_help_takes_the_same_queries_for_1_3_and_30_rows(client):
    seen = []
    for count in (1, 3, 30):
        wiped()
        educator, crowded = grow(count)
        seen.append(
            costs(client, educator, PAGES, crowded)
            | costs(client, StaffFactory(), STAFF_PAGES, crowded)
        )

    assert seen[0] == seen[1] == seen[2]
    assert max(seen[0].values()) <= 12


@pytest.fixture
def neighbor():
    """Staff of another association."""
    return StaffFactory(association=AssociationFactory(slug="psea"), name="Nell Neighbor")


def test_staff_of_another_association_change_nothing_of_a_session(client, neighbor):
    session = InformationSessionFactory(title="Ours")
    client.force_login(neighbor)
    journaled = Entry.objects.count()

    codes = [
        client.post(f"/staff/sessions/{session.public_id}/", TYPED).status_code,
        client.post("/staff/sessions/new/", TYPED).status_code,
    ]

    assert codes == [404, 200]
    assert list(InformationSession.objects.values_list("title", "revision")) == [("Ours", 0)]
    assert Entry.objects.count() == journaled


def test_a_session_cannot_be_pushed_over_to_another_association(staff_client):
    AssociationFactory(slug="psea")
    session = InformationSessionFactory()

    response = staff_client.post(
        f"/staff/sessions/{session.public_id}/", TYPED | {"association": "psea"}
    )

    session.refresh_from_db()
    assert b"Select a valid choice." in response.content
    assert (session.association.slug, session.revision) == ("cta", 0)


def test_the_lists_of_other_staff_hold_none_of_our_rows(client, neighbor):
    asked(text="Our question?")
    InformationSessionFactory(title="Our session")
    client.force_login(neighbor)

    shown = [client.get(address).content for address in ("/staff/help/", "/staff/sessions/")]

    assert [b"Our question" in shown[0], b"Our session" in shown[1]] == [False, False]


def test_staff_of_two_associations_see_both_and_a_third_sees_neither(client, neighbor):
    AssociationFactory(slug="cta").staff.add(neighbor)
    outsider = StaffFactory(association=AssociationFactory(slug="ctq"))
    asked(text="From California?")
    asked(UserFactory(association=AssociationFactory(slug="psea")), "From Pennsylvania?")

    pages = []
    for person in (neighbor, outsider):
        client.force_login(person)
        pages.append(client.get("/staff/help/").content.decode())

    names = ("California", "Pennsylvania")
    assert [[name in page for name in names] for page in pages] == [[True] * 2, [False] * 2]


def test_who_leaves_the_staff_finds_no_staff_page_any_more(client, staff):
    question = asked(text="How do I begin?")
    client.force_login(staff)
    before = client.get("/staff/help/").status_code

    staff.association.staff.remove(staff)

    paths = ["/staff/help/", f"/staff/help/{question.public_id}/", "/staff/sessions/"]
    assert (before, [client.get(path).status_code for path in paths]) == (200, [404] * 3)
