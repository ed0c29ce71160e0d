"""The pages of signing up and signing in, in a real browser: axe, both schemes, a passkey."""

import re

import pytest
from django.urls import reverse

from portal.models import Message
from tests.factories import AssociationFactory, MemberFactory, StaffFactory
from tests.journeys.browser import Visitor, chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def visitor(live_server, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with chromium() as browser:
        yield Visitor(browser, live_server.url.replace("127.0.0.1", "localhost"))


def put_key_in(visitor):
    """A passkey reader that says yes to everything."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_newcomer_signs_up_and_confirms_the_address(visitor):
    AssociationFactory(full_name="California Teachers Association")
    visitor.go("/accounts/signup/")
    page = visitor.page
    page.get_by_label("Full name").fill("Kim Kind")
    page.locator("main").get_by_label("E-mail address").fill("kim@school.example")
    page.get_by_label("Password").fill("a long and odd sentence")
    page.get_by_label("Association").select_option("CTA")
    visitor.press("Create account")
    code = re.search(r"^[A-Z0-9-]{6,9}$", Message.objects.get().text, re.MULTILINE).group()

    page.get_by_label("Code").fill(code)
    visitor.press("Confirm")

    assert page.url == visitor.base + "/my/"
    assert visitor.troubles == []


def test_a_passkey_is_added_and_signs_in(visitor):
    user = MemberFactory()
    put_key_in(visitor)
    visitor.sign_in(user)
    visitor.go("/accounts/2fa/webauthn/add/")
    if "reauthenticate" in visitor.page.url:
        visitor.page.get_by_label("Password", exact=True).fill("correct horse battery")
        visitor.press("Confirm")
    visitor.page.get_by_label("Sign in with this key alone").check()
    visitor.page.locator("main").get_by_role("button", name="Add").click()
    visitor.page.get_by_text("Recovery codes").first.wait_for()
    visitor.look()
    visitor.page.context.clear_cookies()

    visitor.go("/accounts/login/")
    visitor.page.get_by_role("button", name="Use a passkey").click()
    visitor.page.wait_for_url("**/my/")

    assert visitor.troubles == []


MINE = ["account_email", "account_change_password", "mfa_index", "mfa_activate_totp"]
STAFF = ["staff", "memberships", "roster", "staff-charges", "profile", "charges"]


def test_every_page_of_ones_account_and_of_staff_is_fit_to_be_used(visitor):
    user = StaffFactory()
    visitor.go("/accounts/password/reset/")
    visitor.sign_in(user)

    for name in [*MINE, *STAFF]:
        visitor.go(reverse(name))
    visitor.go("/no/such/page/")

    assert visitor.troubles == []
