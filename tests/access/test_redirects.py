"""No address of ours sends anyone to a stranger's site; no host but ours is believed (T16)."""

from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.models import Message
from tests.access.addresses import address
from tests.access.posts import data_for
from tests.access.table import TABLES
from tests.factories import PASSWORD

EVIL = "evil.example"
AWAY = [
    f"//{EVIL}/",
    f"///{EVIL}/",
    f"https://{EVIL}/",
    f"http:///{EVIL}/",
    f"/\\{EVIL}/",
    f"\\\\{EVIL}/",
    f"https://testserver@{EVIL}/",
    f"javascript:alert('{EVIL}')",
]


def is_ours(answer):
    """Whether an answer keeps its reader here."""
    target = answer.headers.get("Location", "/")
    away = urlsplit(target.replace("\\", "/"))
    return away.netloc in {"", "testserver"} and away.scheme in {"", "http"}


@pytest.mark.parametrize("target", AWAY)
def test_signing_in_leads_to_no_other_site(world, target):
    cache.clear()
    data = {"login": world.owner.email, "password": PASSWORD, "next": target}

    answers = [
        Client().post(reverse("account_login"), data),
        world.sign_in(Client(), "owner").get(reverse("account_login"), {"next": target}),
        world.sign_in(Client(), "owner").get(reverse("account_signup"), {"next": target}),
        world.sign_in(Client(), "administrator").get(reverse("admin:login"), {"next": target}),
    ]

    assert [(answer.status_code, is_ours(answer)) for answer in answers] == [(302, True)] * 4


@pytest.mark.parametrize("target", AWAY)
@pytest.mark.parametrize(
    "name", ["account_logout", "account_reauthenticate", "profile", "question-ask", "attempt-start"]
)
def test_no_form_leads_to_another_site(world, name, target):
    cache.clear()
    data = data_for(name, world) | {"next": target, "page": target, "back": target}

    answer = world.sign_in(Client(), "owner").post(address(name, world), data)

    assert (answer.status_code, is_ours(answer)) == (302, True)


@pytest.mark.parametrize("target", AWAY)
def test_a_refusal_leads_back_to_no_other_site(world, target):
    client = world.sign_in(Client(), "owner")

    answer = client.post(address("part-complete", world), headers={"Referer": target})
    refused = client.post(
        reverse("attempt-submit", args=[world.open.public_id]), headers={"Referer": target}
    )

    assert [is_ours(answer), is_ours(refused), refused.status_code] == [True, True, 302]


@pytest.mark.parametrize("role", ["visitor", "owner"])
def test_the_page_of_a_lost_session_links_to_no_other_site(world, role):
    client = world.sign_in(Client(enforce_csrf_checks=True), role)

    page = client.post(
        reverse("profile"), {"name": "words"}, headers={"Referer": f"https://{EVIL}/form"}
    )

    assert page.status_code == 403
    assert EVIL not in page.text


def test_the_page_of_a_lost_session_links_back_to_our_own_page(world):
    client = world.sign_in(Client(enforce_csrf_checks=True), "owner")

    page = client.post(
        reverse("profile"), {"name": "words"}, headers={"Referer": "http://testserver/my/profile/"}
    )

    assert 'href="http://testserver/my/profile/"' in page.text


@pytest.mark.parametrize("name", [name for name in TABLES if name != "account_logout"])
def test_a_foreign_host_is_answered_nothing(world, name):
    answer = Client().get(address(name, world), headers={"Host": EVIL})

    assert answer.status_code == 400
    assert EVIL not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"X-Forwarded-Host": EVIL},
        {"Forwarded": f"host={EVIL}"},
        {"X-Host": EVIL, "X-Original-Host": EVIL},
        {"Host": "localhost"},
    ],
)
def test_links_in_mail_name_our_own_host_whatever_a_request_says(world, headers):
    cache.clear()

    Client().post(reverse("account_reset_password"), {"email": world.owner.email}, headers=headers)

    mail = Message.objects.latest("pk")
    assert mail.to == world.owner.email
    assert "http://testserver/accounts/password/reset/key/" in mail.text
    assert [word for word in (EVIL, "localhost") if word in mail.text + mail.html] == []
