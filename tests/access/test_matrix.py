"""The matrix: every address, every role, GET and POST (SAFETY T1, T2, T5)."""

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from portal.accounts.models import User
from tests.access.addresses import address, names
from tests.access.back_office import TABLE
from tests.access.posts import data_for
from tests.access.state import differences, digest, values
from tests.access.world import ROLES

JOURNAL = "portal_entry"
LOOKS_ARE_WRITTEN_DOWN = {
    "batch-roster",
    "hours-report-roster",
    "staff-evidence-file",
}  # SAFETY 7.5


def ask(world, role, method, name):
    """The status one role is answered, as if nobody had asked before."""
    cache.clear()
    client = world.sign_in(Client(), role)
    data = data_for(name, world) if method == "post" else {}
    answer = getattr(client, method)(address(name, world), data)
    answer.close()
    return answer.status_code


def test_every_named_address_stands_in_the_table():
    in_project, in_table = set(names()), set(TABLE)

    assert (in_project - in_table, in_table - in_project) == (set(), set())


@pytest.mark.parametrize("name", TABLE)
def test_every_role_opens_what_the_table_says_and_changes_nothing(world, name):
    before = digest(without={JOURNAL} if name in LOOKS_ARE_WRITTEN_DOWN else ())

    seen = {role: ask(world, role, "get", name) for role in ROLES}
    again = {role: ask(world, role, "get", name) for role in openers(name)[:1]}

    assert (seen, again) == (TABLE[name].get, dict.fromkeys(again, 200))
    assert digest(without={JOURNAL} if name in LOOKS_ARE_WRITTEN_DOWN else ()) == before


def openers(name):
    """The roles that get to see the page."""
    return [role for role, status in TABLE[name].get.items() if status == 200]


@pytest.mark.parametrize("name", TABLE)
def test_every_role_posts_what_the_table_says_and_a_refused_post_changes_nothing(world, name):
    row, before = TABLE[name], digest()

    seen, changed = {}, set()
    for role in ROLES:
        with transaction.atomic():
            seen[role] = ask(world, role, "post", name)
            changed |= {role} if digest() != before else set()
            transaction.set_rollback(True)

    assert seen == row.post
    assert changed == set(row.changes)


def test_the_digest_sees_one_changed_value(world):
    before, told = digest(), values()

    User.objects.filter(pk=world.owner.pk).update(phone="555-0100")

    assert digest() != before
    assert differences(told, values()) == {"accounts.User.phone": ({"": 1}, {"555-0100": 1})}
