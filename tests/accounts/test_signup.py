"""Signing up, confirming the address, signing in: allauth's pages, our rows and mails."""

import re

import pytest
from django.urls import reverse

from portal.accounts.models import Membership, User
from portal.models import Entry, Message
from tests.factories import PASSWORD, AssociationFactory, UserFactory

pytestmark = pytest.mark.django_db


def answers(**changes):
    association = AssociationFactory()
    return {
        "email": "Kim@School.example",
        "password1": "a long and odd sentence",
        "name": "Kim Kind",
        "association": association.pk,
        "member_number": "104211",
        "school": "Lincoln Elementary",
        "district": "Lake District",
    } | changes


def sign_up(client, **changes):
    return client.post("/accounts/signup/", answers(**changes))


def test_signing_up_keeps_name_association_and_work_site(client):
    response = sign_up(client)

    user = User.objects.get()
    assert response.status_code == 302
    assert (user.email, user.name, user.association.slug) == (
        "kim@school.example",
        "Kim Kind",
        "cta",
    )
    assert (user.school, user.district) == ("Lincoln Elementary", "Lake District")


def test_signing_up_with_a_member_number_claims_membership(client):
    sign_up(client)

    membership = Membership.objects.get()
    assert (membership.number, membership.status) == ("104211", Membership.Status.CLAIMED)
    assert Entry.objects.filter(event="membership claimed").count() == 1


def test_signing_up_without_a_member_number_claims_nothing(client):
    sign_up(client, member_number="")

    assert Membership.objects.count() == 0


def test_the_code_from_the_mail_signs_the_new_person_in(client):
    sign_up(client)
    message = Message.objects.get()
    code = re.search(r"^[A-Z0-9-]{6,9}$", message.text, re.MULTILINE).group()

    response = client.post("/accounts/confirm-email/", {"code": code})

    assert (message.to, message.template) == ("kim@school.example", "email_confirmation_signup")
    assert (response.status_code, response.url) == (302, "/my/")


def test_a_mail_of_allauths_is_a_row_in_text_and_html(client):
    sign_up(client)

    message = Message.objects.get()
    assert message.subject == "Your code to confirm your address"
    assert message.text.startswith("Hello,\n")
    assert (message.html.count("<table"), message.html.count("Hello,")) == (2, 1)


def test_a_mail_of_allauths_goes_out(
    client, mailoutbox, settings, django_capture_on_commit_callbacks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    with django_capture_on_commit_callbacks(execute=True):
        sign_up(client)

    assert [mail.to for mail in mailoutbox] == [["kim@school.example"]]


def test_nobody_is_signed_in_before_the_address_is_confirmed(client):
    sign_up(client)

    response = client.get("/my/profile/")

    assert (response.status_code, response.url) == (302, "/accounts/login/?next=/my/profile/")


def test_a_known_address_is_told_by_mail_only(client):
    UserFactory(email="kim@school.example")

    response = sign_up(client)

    assert response.status_code == 302
    assert Message.objects.get().template == "account_already_exists"
    assert User.objects.get().name != "Kim Kind"


def test_hidden_fields_added_to_the_form_are_ignored(client):
    sign_up(client, is_staff="1", is_superuser="1", status="active", handle="mine")

    user = User.objects.get()
    assert (user.is_staff, user.is_superuser) == (False, False)
    assert user.handle != "mine"
    assert user.memberships.get().status == Membership.Status.CLAIMED


@pytest.mark.parametrize("missing", ["name", "association", "email", "password1"])
def test_signing_up_needs_name_association_address_and_password(client, missing):
    response = sign_up(client, **{missing: ""})

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [missing]
    assert User.objects.count() == 0


def test_a_name_of_300_characters_is_refused_with_a_sentence(client):
    response = sign_up(client, name="ü" * 300)

    assert response.context["form"].errors["name"] == [
        "Ensure this value has at most 120 characters (it has 300)."
    ]


def test_signing_in_with_the_address_in_any_case(client):
    UserFactory(email="kim@school.example")

    response = client.post(
        "/accounts/login/", {"login": "KIM@school.example", "password": PASSWORD}
    )

    assert (response.status_code, response.url) == (302, "/my/")


PAGES = [
    "account_login",
    "account_signup",
    "account_reset_password",
    "account_logout",
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
]


@pytest.mark.parametrize("name", PAGES)
def test_every_page_of_allauth_stands_in_our_frame(client, name):
    UserFactory(email="kim@school.example")
    if name not in PAGES[:3]:
        client.post("/accounts/login/", {"login": "kim@school.example", "password": PASSWORD})

    response = client.get(reverse(name), follow=True)

    page = response.content.decode()
    assert response.status_code == 200
    assert page.count('<main id="main"') == 1
    assert page.count("<h1>") == 1
    assert page.count("style=") == 0


@pytest.mark.parametrize(
    ("address", "sent", "words"),
    [
        ("/accounts/login/", {"login": "kim@school.example"}, "That did not work:"),
        ("/accounts/password/reset/", {"email": "kim"}, "That did not work:"),
        ("/verify/", {}, "That did not work:"),
        ("/accounts/signup/", {}, "No account was made yet. Please look at:"),
    ],
)
def test_an_error_is_headed_by_what_did_not_happen(client, address, sent, words):
    page = client.post(address, sent).content.decode()

    assert page.count(f'<p class="notice-title">{words}</p>') == 1
    assert "Not saved yet" not in page
