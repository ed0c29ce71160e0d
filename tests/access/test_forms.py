"""What a form does not ask for is not taken from it (SAFETY T4)."""

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from portal.accounts.models import User
from submissions.models import Attempt
from tests.access.addresses import address
from tests.access.back_office import TABLE
from tests.access.posts import data_for
from tests.access.state import differences, values

NOON = "2026-11-20 20:00:00+00:00"
ACTS = [name for name, row in TABLE.items() if row.changes]
CODE_IN_MAIL = {"portal.Message.text", "portal.Message.html"}
ONE_CODE_EACH = {"account_signup", "account_email"}


def extra(world):
    """Everything nobody may set by typing it into an address bar or a form."""
    stranger = world.users["stranger"]
    colleague = world.users["colleague"].reviewer
    far = "2099-12-31"
    return {
        "status": "passed",
        "score": "100",
        "verdict": "pass",
        "outcome": "pass",
        "decision": "pass",
        "passed": "on",
        "is_carried": "on",
        "reviewer": str(colleague.pk),
        "reviewer_id": str(colleague.pk),
        "seat": "3",
        "price": "0",
        "amount_cents": "1",
        "application_fee_cents": "1",
        "fee_per_unit_cents": "1",
        "user": str(stranger.pk),
        "user_id": str(stranger.pk),
        "educator": str(stranger.pk),
        "payer": str(stranger.pk),
        "recipient": str(stranger.pk),
        "by": str(stranger.pk),
        "asker": str(stranger.pk),
        "settled_by": str(stranger.pk),
        "deadline": far,
        "due_at": f"{far}T00:00:00Z",
        "due_on": far,
        "result_due_on": far,
        "issued_on": "2020-01-01",
        "was_member": "on",
        "is_staff": "on",
        "is_superuser": "on",
        "is_active": "",
        "public_id": str(stranger.public_id),
        "round": "9",
        "number": "9",
        "revision": "9",
        "hold": "denied",
    }


def after(world, name, role, data):
    """Every value that stands after one post, which is then taken back."""
    cache.clear()
    with transaction.atomic():
        client = world.sign_in(Client(), role)
        answer = client.post(address(name, world), data)
        found = values()
        transaction.set_rollback(True)
    return answer.status_code, found


@pytest.mark.parametrize("name", ACTS)
def test_fields_that_a_form_does_not_have_change_nothing(world, name):
    role = TABLE[name].changes[0]
    with time_machine.travel(NOON, tick=False):
        plain = after(world, name, role, data_for(name, world))
        stuffed = after(world, name, role, extra(world) | data_for(name, world))

    assert stuffed[0] == plain[0]
    by_chance = CODE_IN_MAIL if name in ONE_CODE_EACH else set()
    assert differences(plain[1], stuffed[1]).keys() <= by_chance


def test_the_comparison_sees_a_field_that_was_taken(world):
    with time_machine.travel(NOON, tick=False):
        plain = after(world, "profile", "owner", data_for("profile", world))
        User.objects.filter(pk=world.owner.pk).update(is_staff=True)
        Attempt.objects.filter(pk=world.open.pk).update(was_member=False)
        taken = after(world, "profile", "owner", data_for("profile", world))

    seen = differences(plain[1], taken[1]).keys()
    assert seen == {"accounts.User.is_staff", "submissions.Attempt.was_member"}


@pytest.mark.parametrize("name", ["attempt", "my", "my-credits", "charges", "profile", "reviews"])
def test_the_same_fields_in_an_address_change_nothing(world, name):
    role = "reviewer" if name == "reviews" else "owner"
    before = values()

    answer = world.sign_in(Client(), role).get(address(name, world), extra(world))

    assert answer.status_code == 200
    assert differences(before, values()) == {}


def test_another_persons_id_in_a_list_of_lines_releases_nothing_of_theirs(world):
    client, before = world.sign_in(Client(), "elsewhere"), values()

    answer = client.post(address("hours-release", world), {"entry": [str(world.line.public_id)]})

    assert answer.status_code == 302
    assert differences(before, values()) == {}
