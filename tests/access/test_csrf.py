"""No form is taken without its token, whoever sends it (SAFETY T5)."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.access.addresses import address
from tests.access.back_office import TABLE
from tests.access.posts import data_for
from tests.access.state import digest
from tests.access.world import ROLES

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
FORMS = [name for name, row in TABLE.items() if min(row.post.values()) < 400]


def poster(name):
    """Whose post has an effect, else who is answered kindly."""
    row = TABLE[name]
    return [*row.changes, *(role for role in ROLES if row.post[role] < 400)][0]


def guarded(world, role):
    """A browser whose posts are checked."""
    return world.sign_in(Client(enforce_csrf_checks=True), role)


@pytest.mark.parametrize("name", FORMS)
def test_a_post_without_its_token_is_refused_and_changes_nothing(world, name):
    cache.clear()
    client, before = guarded(world, poster(name)), digest()

    answer = client.post(address(name, world), data_for(name, world))

    assert answer.status_code == 403
    assert digest() == before


@pytest.mark.parametrize("token", ["", "x" * 64, "x" * 32])
def test_a_made_up_token_is_refused(world, token):
    client, before = guarded(world, "owner"), digest()

    client.get(reverse("profile"))
    data = data_for("profile", world) | {"csrfmiddlewaretoken": token}
    answer = client.post(reverse("profile"), data)

    assert (answer.status_code, digest()) == (403, before)


@pytest.mark.parametrize(
    ("name", "page"),
    [("profile", "profile"), ("attempt-submit", "attempt-submit"), ("review", "review")],
)
def test_the_token_of_the_page_lets_its_form_through(world, name, page):
    client, before = guarded(world, poster(name)), digest()

    token = TOKEN.search(client.get(address(page, world)).text)[1]
    data = data_for(name, world) | {"csrfmiddlewaretoken": token}
    answer = client.post(address(name, world), data)

    assert answer.status_code == 302
    assert digest() != before


def test_a_token_from_another_site_is_refused(world):
    client, before = guarded(world, "owner"), digest()

    token = TOKEN.search(client.get(reverse("profile")).text)[1]
    data = data_for("profile", world) | {"csrfmiddlewaretoken": token}
    answer = client.post(reverse("profile"), data, headers={"Origin": "https://evil.example"})

    assert (answer.status_code, digest()) == (403, before)


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
@pytest.mark.parametrize("name", ["attempt", "part", "review", "evidence", "charge-settle", "term"])
def test_no_other_method_changes_anything(world, name, method):
    role = next(role for role in ROLES if TABLE[name].get[role] == 200)
    client, before = world.sign_in(Client(), role), digest()

    answer = getattr(client, method)(address(name, world))
    answer.close()

    assert answer.status_code in {200, 405}
    assert digest() == before
