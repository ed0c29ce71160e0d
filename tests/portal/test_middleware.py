"""Signing in, refusals, privacy, friendly errors: what happens around every page."""

import json

import pytest
from django.test import Client

from portal import duties
from tests.portal.pages import WORDS

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.pages")]


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_a_visitor_is_sent_to_sign_in_and_back(client):
    response = client.get("/private/")

    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/private/")


def test_a_public_page_needs_no_sign_in_and_asks_the_database_nothing(
    client, django_assert_num_queries
):
    with django_assert_num_queries(0):
        response = client.get("/public/")

    assert response.status_code == 200
    assert "Cache-Control" not in response


def test_the_frame_of_a_signed_in_page_costs_session_person_and_roles(
    signed_in, django_assert_num_queries
):
    with django_assert_num_queries(4):
        response = signed_in.get("/public/")

    assert b"Erin" in response.content


def test_a_page_of_a_signed_in_person_stays_out_of_caches(signed_in):
    assert signed_in.get("/private/")["Cache-Control"] == "no-store, private"


def test_a_page_that_says_how_it_may_be_kept_is_believed(signed_in):
    assert signed_in.get("/keeping/")["Cache-Control"] == "max-age=60"


def test_what_was_typed_after_the_session_ended_is_shown_back(client):
    typed = {"text": "Ten pages of thought <b>", "note": ["one", "two"], "empty": " ", "seen": 3}
    typed |= {"label:text": "What is your setting?", "label:note": "Note", "label:empty": "Empty"}

    response = client.post("/private/", typed, headers={"referer": "http://testserver/my/"})

    assert response.status_code == 403
    assert [(entry["label"], entry["text"]) for entry in response.context["typed"]] == [
        ("What is your setting?", "Ten pages of thought <b>"),
        ("Note", "one"),
        ("Note", "two"),
    ]
    page = response.content.decode()
    assert "Ten pages of thought &lt;b&gt;</textarea>" in page
    assert 'href="/accounts/login/?next=http%3A%2F%2Ftestserver%2Fmy%2F"' in page


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "password1",
        "oldpassword",
        "date_of_birth",
        "ppid",
        "university_id",
        "code",
        "csrfmiddlewaretoken",
        "credential",
        "secret",
        "login",
        "next",
    ],
)
def test_a_secret_is_never_shown_back(client, name):
    sent = {name: "hush-hush", "text": "words", f"label:{name}": name, "label:text": "Text"}

    response = client.post("/private/", sent)

    assert response.context["typed"] == [{"label": "Text", "text": "words"}]
    assert b"hush-hush" not in response.content


def test_a_script_hears_of_the_lost_session_in_json(client):
    response = client.post("/private/", {"text": "words"}, headers={"x-requested-with": "fetch"})

    assert response.status_code == 403
    assert list(json.loads(response.content)) == ["error"]


def test_a_stale_csrf_token_loses_no_word_either(educator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(educator)

    sent = {"text": "My words", "label:text": "Text"}
    response = client.post("/private/", sent, headers={"referer": "http://testserver/my/"})

    assert response.status_code == 403
    assert response.context["typed"] == [{"label": "Text", "text": "My words"}]
    assert b"Back to the page" in response.content


def test_a_refusal_is_a_message_on_the_page_the_form_was_on(signed_in):
    response = signed_in.post(
        "/refusing/", headers={"referer": "http://testserver/public/?page=2"}, follow=True
    )

    assert response.redirect_chain == [("/public/?page=2", 302)]
    assert told(response) == [WORDS]


@pytest.mark.parametrize("referer", ["", "http://evil.example/page/", "javascript:alert(1)"])
def test_a_refusal_never_leads_to_a_strangers_page(signed_in, referer):
    response = signed_in.post("/refusing/", headers={"referer": referer})

    assert (response.status_code, response.url) == (302, "/")


def test_a_page_that_refuses_to_open_does_not_lead_to_itself(signed_in):
    response = signed_in.get("/refusing/", headers={"referer": "http://testserver/refusing/"})

    assert (response.status_code, response.url) == (302, "/")


@pytest.mark.parametrize("headers", [{"x-requested-with": "fetch"}, {"accept": "application/json"}])
def test_a_script_gets_a_refusal_as_json(signed_in, headers):
    response = signed_in.post("/refusing/", headers=headers)

    assert (response.status_code, response.json()) == (409, {"error": WORDS})


def test_any_other_exception_is_left_alone(signed_in):
    with pytest.raises(ZeroDivisionError):
        signed_in.post("/broken/")


def test_what_went_wrong_is_said_kindly(signed_in):
    signed_in.raise_request_exception = False

    response = signed_in.get("/broken/")

    assert response.status_code == 500
    assert b"Something went wrong on our side" in response.content


@pytest.mark.parametrize("debug", [True, False])
@pytest.mark.parametrize("address", ["/missing/", "/no/such/page/here/"])
def test_a_page_that_is_not_there_looks_the_same_while_developing(
    signed_in, settings, debug, address
):
    settings.DEBUG = debug

    response = signed_in.get(address)

    assert response.status_code == 404
    assert b"<h1>This page is not here</h1>" in response.content


def test_an_answer_of_our_own_is_never_replaced(signed_in, settings):
    settings.DEBUG = True

    response = signed_in.get("/missing-json/")

    assert (response.status_code, response.json()) == (404, {"error": "gone"})


def test_a_link_to_an_app_that_is_not_there_is_left_out(client, monkeypatch):
    monkeypatch.setattr(duties.registry, "nav_links", [])
    duties.nav_link("Nowhere", "no-such-page")
    duties.nav_link("Health", "health", order=20)
    duties.nav_link("Ready", "ready", order=10)

    nav = client.get("/public/").context["nav"]

    assert [(link.label, link.url) for link in nav] == [("Ready", "/ready"), ("Health", "/health")]


def test_the_account_menu_is_for_those_signed_in(client, educator):
    visitor = client.get("/public/").content
    client.force_login(educator)
    member = client.get("/public/").content

    assert (b"Sign out" in visitor, b"Create account" in visitor) == (False, True)
    assert (b"Sign out" in member, b"Create account" in member) == (True, False)


def test_ones_work_may_be_taken_home_from_every_page(client, educator):
    visitor = client.get("/public/").content.decode()
    client.force_login(educator)
    member = client.get("/public/").content.decode()

    link = '<a href="/my/takeout/">Take my work home</a>'
    assert (visitor.count(link), member.count(link)) == (0, 1)


@pytest.mark.parametrize(
    ("address", "here"),
    [("/staff/memberships/", ["Staff"]), ("/my/profile/", []), ("/public/", [])],
)
def test_the_header_marks_where_one_is(staff_client, address, here):
    nav = staff_client.get(address).context["nav"]

    assert [link.label for link in nav if link.is_here] == here


def test_a_script_that_only_reads_hears_of_the_lost_session_too(client):
    told = {"X-Requested-With": "fetch"}

    answers = [client.head("/my/", headers=told), client.get("/my/", headers=told)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[1].json()["error"].startswith("You were signed out.")
