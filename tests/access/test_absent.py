"""What belongs to somebody else answers as if it were not there (SAFETY T1)."""

import re

import pytest
from django.test import Client

from tests.access.addresses import ARGUMENTS, absent, address, arguments
from tests.access.back_office import TABLE
from tests.access.posts import data_for

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
OTHERS = ("stranger", "colleague", "elsewhere")
METHODS = ("get", "post")


def refused(name, method):
    """The outsiders whom this address answers with 404."""
    return [role for role in OTHERS if getattr(TABLE[name], method)[role] == 404]


HIDDEN = [(name, method) for name in ARGUMENTS for method in METHODS if refused(name, method)]


def answered(client, method, url, data):
    """Status, headers and body, without the address itself and the form's token."""
    answer = getattr(client, method)(url, data)
    body = TOKEN.sub("", answer.text).replace(url, "HERE")
    return answer.status_code, dict(answer.headers), body


@pytest.mark.parametrize(("name", "method"), HIDDEN)
def test_anothers_row_and_none_at_all_answer_alike(world, name, method):
    told = {}
    for role in refused(name, method):
        client = world.sign_in(Client(), role)
        data = data_for(name, world) if method == "post" else {}
        told[role] = [
            answered(client, method, url, data)
            for url in (address(name, world), absent(name, world))
        ]

    assert [status for (status, _headers, _body), _other in told.values()] == [404] * len(told)
    for theirs, nobodys in told.values():
        assert without_length(theirs) == without_length(nobodys)


def without_length(told):
    """The length of a page differs with the length of its address."""
    status, headers, body = told
    return status, {k: v for k, v in headers.items() if k != "Content-Length"}, body


@pytest.mark.parametrize("name", sorted({name for name, _method in HIDDEN}))
def test_no_answer_to_an_outsider_names_the_owner(world, name):
    client = world.sign_in(Client(), "stranger")

    page = client.get(address(name, world)).text

    owner = world.owner
    told = [owner.name, owner.email, owner.handle, str(owner.public_id)]
    assert [words for words in told if words in page] == []


@pytest.mark.parametrize(
    "name", ["attempt", "evidence", "review", "my-question", "letter", "units-application"]
)
@pytest.mark.parametrize("wrong", ["1", "00000000-0000-0000-0000-000000000000", "%00", "..%2f"])
def test_an_address_that_is_guessed_is_not_there(world, name, wrong):
    client = world.sign_in(Client(), "owner")
    real = address(name, world)

    answer = client.get(real.replace(str(arguments(name, world)[0]), wrong))

    assert answer.status_code == 404
