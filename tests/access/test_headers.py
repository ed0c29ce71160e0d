"""What goes with every private page, so that no cache, frame or script gets hold of it."""

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.access.addresses import address
from tests.access.back_office import TABLE
from tests.access.test_absent import OTHERS
from tests.access.world import ROLES

PUBLIC_POLICY = "default-src 'self'"
QUIET = {"same-origin", "no-referrer"}
PRIVATE = [name for name, row in TABLE.items() if row.get["visitor"] == 302]
SEEN = [name for name in PRIVATE if 200 in TABLE[name].get.values()]
PUBLIC = [name for name, row in TABLE.items() if row.get["visitor"] == 200]


def opened(world, name, role):
    """The answer to one role; its body is not read."""
    answer = world.sign_in(Client(), role).get(address(name, world))
    answer.close()
    return answer


def kept(answer):
    """The words of Cache-Control."""
    return {word.strip() for word in answer.headers.get("Cache-Control", "").split(",")}


def policy(answer):
    """The content security policy as a table of directives."""
    parts = (part.split() for part in answer.headers["Content-Security-Policy"].split(";"))
    return {words[0]: words[1:] for words in parts if words}


def faults(answer):
    """Everything that is missing from the headers of a private answer."""
    rules, headers = policy(answer), answer.headers
    told = {
        "cache": {"no-store", "private"} <= kept(answer),
        "sniff": headers.get("X-Content-Type-Options") == "nosniff",
        "referrer": headers.get("Referrer-Policy") in QUIET,
        "frame": "X-Frame-Options" in headers,
        "sources": rules.get("default-src") in (["'self'"], ["'none'"]),
        "unsafe": not any("unsafe" in word for words in rules.values() for word in words),
        "opener": headers.get("Cross-Origin-Opener-Policy") == "same-origin",
    }
    return [name for name, holds in told.items() if not holds]


@pytest.mark.parametrize("name", SEEN)
def test_a_private_page_carries_every_protecting_header(world, name):
    role = next(role for role in ROLES if TABLE[name].get[role] == 200)

    answer = opened(world, name, role)

    assert (answer.status_code, faults(answer)) == (200, [])


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("name", ["attempt", "review", "evidence", "units-check", "badge-record"])
def test_a_refusal_carries_them_too(world, name, role):
    answer = opened(world, name, role)

    assert (answer.status_code, faults(answer)) == (404, [])


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_lets_no_foreign_script_in(world, name):
    answer = opened(world, name, "visitor")

    rules = policy(answer)
    assert [word for words in rules.values() for word in words if "unsafe" in word] == []
    assert rules["default-src"] in (["'self'"], ["'none'"])
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


FILES = {
    "evidence": "owner",
    "evidence-copy": "owner",
    "evidence-copy-view": "owner",
    "review-evidence": "reviewer",
    "review-evidence-view": "reviewer",
    "staff-evidence-file": "staff",
}


@pytest.mark.parametrize(("name", "role"), FILES.items())
def test_a_file_someone_handed_in_runs_nothing(world, name, role):
    answer = opened(world, name, role)

    assert "sandbox" in policy(answer)
    assert policy(answer)["default-src"] == ["'none'"]
    assert "filename" in answer.headers["Content-Disposition"]


def test_the_cookie_of_a_session_is_out_of_reach_of_scripts(world):
    client = Client()

    client.post(
        "/accounts/login/", {"login": world.owner.email, "password": "correct horse battery"}
    )

    cookie = client.cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")


def test_nothing_private_is_marked_public():
    marked = {
        name
        for name, callback in callbacks()
        if not getattr(callback, "login_required", True) and name in PRIVATE
    }

    sent_on = {name for name in PRIVATE if TABLE[name].get["owner"] == 302}
    signed_out = {"account_logout"}  # sends a visitor home
    assert marked - sent_on == signed_out


def callbacks(entries=None):
    """Every name with its view."""
    for entry in entries or get_resolver().url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from callbacks(entry.url_patterns)
        else:
            yield entry.name, entry.callback
