"""``load_library`` and ``load_demo``: what they make, that twice is once, that no rule breaks.

The demo is loaded once for all tests of this module, as ``make run`` does, and told as plain data.
"""

import io
import json
from collections import Counter
from contextlib import redirect_stdout
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.test import Client, override_settings

from portal import demo, duties
from portal.accounts.models import User
from portal.refusal import Refused

STAGES = {"just started", "ready to submit", "in review", "not yet", "earned", "fee due"}
MADE_BY_TIME = {"portal.Entry", "portal.Message"}


def said(*command):
    """What a command prints, and the code it ends with."""
    out = io.StringIO()
    with redirect_stdout(out):
        try:
            call_command(*command)
        except (CommandError, SystemExit) as stopped:
            return out.getvalue(), getattr(stopped, "returncode", stopped.args[0])
    return out.getvalue(), 0


def census():
    """How many rows there are of each of our models."""
    ours = {duty.__module__.split(".")[0] for duty in duties.registry.lifecycles}
    models = [model for model in apps.get_models() if model.__module__.split(".")[0] in ours]
    return Counter({model._meta.label: model.objects.count() for model in models})


def looked_at(account, address):
    """The code a person gets at an address of the demo."""
    client = Client()
    client.force_login(User.objects.get(email=account["email"]))
    return client.get(urlsplit(address).path).status_code


@pytest.fixture(scope="module")
def story(django_db_setup, django_db_blocker, tmp_path_factory):
    """The library and the demo, loaded twice, and what was seen on the way."""
    folder, seen = tmp_path_factory.mktemp("demo"), SimpleNamespace()
    places = {"MEDIA_ROOT": folder / "media", "EMAIL_FILE_PATH": folder / "mail"}
    with django_db_blocker.unblock(), override_settings(DEBUG=True, **places):
        seen.library = said("load_library")[0].splitlines()
        seen.first, seen.code = said("load_demo", "--json")
        seen.rows = census()
        seen.second = said("load_demo", "--json")[0]
        seen.library_again = said("load_library")[0].splitlines()
        seen.rows_again = census()
        seen.people = said("load_demo")[0]
        seen.pages = pages(json.loads(seen.first))
        seen.passwords = [user.check_password(demo.PASSWORD) for user in demo_people()]
        seen.stored = said("reconcile")
        said("sweep")
        seen.invariants = said("invariants")
        seen.journal = said("verify_journal")
        call_command("flush", interactive=False, verbosity=0)
    return seen


def demo_people():
    return User.objects.filter(email__endswith="@demo.example")


def pages(told):
    """For every address of the demo, the codes that all its people get there."""
    return {
        name: {account["role"]: looked_at(account, address) for account in told["accounts"]}
        for name, address in told["urls"].items()
    }


def test_the_library_says_a_sentence_for_each_step_in_order(story):
    steps = sorted(duties.registry.library, key=lambda step: step.order)

    assert [line.partition(": ")[0] for line in story.library] == [step.name for step in steps]
    assert "catalog: 18 stacks and 70 micro-certifications, 70 of them in a new edition." in (
        story.library
    )


def test_the_demo_tells_accounts_and_addresses_as_json(story):
    told = json.loads(story.first)

    assert story.code == 0
    assert list(told) == ["accounts", "urls"]
    assert {tuple(account) for account in told["accounts"]} == {
        ("role", "name", "email", "password")
    }
    assert {address.partition("/")[0] for address in told["urls"].values()} == {"http:"}


def test_the_demo_has_people_of_every_role_and_attempts_at_every_stage(story):
    told = json.loads(story.first)

    roles = {account["role"].partition(",")[0].rstrip(" 12") for account in told["accounts"]}
    stages = {name.partition(", ")[2] for name in told["urls"] if name.startswith("attempt")}
    assert {"educator", "reviewer", "staff", "administrator (/admin/)"} <= roles
    assert stages >= STAGES


def test_no_two_people_of_the_demo_share_an_address_or_a_role(story):
    accounts = json.loads(story.first)["accounts"]

    assert len({account["email"] for account in accounts}) == len(accounts)
    assert len({account["role"] for account in accounts}) == len(accounts)


def test_the_password_that_is_printed_opens_every_account(story):
    accounts = json.loads(story.first)["accounts"]

    assert story.passwords == [True] * len(accounts)
    assert {account["password"] for account in accounts} == {demo.PASSWORD}


def test_loading_the_demo_again_tells_the_same(story):
    assert json.loads(story.second) == json.loads(story.first)


def test_loading_library_and_demo_again_makes_no_new_row(story):
    before = {label: n for label, n in story.rows.items() if label not in MADE_BY_TIME}
    after = {label: n for label, n in story.rows_again.items() if label not in MADE_BY_TIME}

    assert after == before
    assert sum(before.values()) > 2000


def test_loading_the_demo_again_writes_no_mail_and_no_line_of_the_journal(story):
    assert [story.rows_again[label] for label in sorted(MADE_BY_TIME)] == [
        story.rows[label] for label in sorted(MADE_BY_TIME)
    ]


def test_loading_the_library_again_makes_no_new_edition(story):
    assert "catalog: 18 stacks and 70 micro-certifications, 0 of them in a new edition." in (
        story.library_again
    )


def test_without_json_a_line_for_each_person_tells_how_to_sign_in(story):
    lines = [line.split() for line in story.people.splitlines() if "@" in line]

    assert [words[-4] for words in lines] == [
        account["email"] for account in json.loads(story.first)["accounts"]
    ]
    assert {" ".join(words[-3:]) for words in lines} == {demo.PASSWORD}
    assert "Sign in at http://testserver/accounts/login/ as" in story.people


def test_every_attempt_of_the_demo_opens_for_one_educator_and_for_nobody_else(story):
    opened = {
        name: sorted(role for role, code in codes.items() if code == 200)
        for name, codes in story.pages.items()
        if name.startswith("attempt")
    }
    codes = {code for name in opened for code in story.pages[name].values()}

    assert {name: len(roles) for name, roles in opened.items()} == dict.fromkeys(opened, 1)
    assert codes == {200, 404}


def test_the_demos_review_opens_for_its_reviewer_alone(story):
    opened = [role for role, code in story.pages["review"].items() if code == 200]

    assert len(opened) == 1
    assert opened[0].startswith("reviewer")


def test_the_demos_session_opens_for_everyone(story):
    assert set(story.pages["session"].values()) == {200}


def test_every_rule_holds_after_the_demo(story):
    report = json.loads(story.invariants[0])

    assert story.invariants[1] == 0
    assert set(report) == {rule.name for rule in duties.registry.invariants}
    assert [row for row in report.values() if not row["holds"]] == []


def test_rows_and_files_agree_after_the_demo(story):
    assert json.loads(story.stored[0]) == {"rows_without_files": [], "files_without_rows": []}


def test_the_journal_of_the_demo_is_whole(story):
    words, code = story.journal

    assert (code, words) == (0, f"{story.rows['portal.Entry']} entries, the chain is whole.\n")


@pytest.mark.django_db
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_where_debug_is_off_the_demo_makes_nothing(settings, options):
    settings.DEBUG = False

    with pytest.raises(CommandError) as stopped:
        call_command("load_demo", *options)

    assert str(stopped.value) == (
        "The demo makes accounts with a known password. Where DEBUG is off it loads only "
        "with --yes. Nothing was made."
    )
    assert User.objects.count() == 0


@pytest.mark.django_db
def test_where_debug_is_off_a_yes_loads_it(settings, monkeypatch, capsys):
    settings.DEBUG = False
    monkeypatch.setattr(duties.registry, "demo", [])
    duties.demo_step(1, "address", lambda made: made.add_url("here", "/here/"))

    call_command("load_demo", "--yes", "--json")

    assert json.loads(capsys.readouterr().out) == {
        "accounts": [],
        "urls": {"here": "http://testserver/here/"},
    }


@pytest.mark.django_db
def test_the_steps_of_the_demo_run_by_their_order_and_share_what_they_made(monkeypatch, educator):
    monkeypatch.setattr(duties.registry, "demo", [])
    duties.demo_step(20, "late", lambda made: made.rows.update(who=made.people["educator"].name))
    duties.demo_step(10, "early", lambda made: made.add_account("educator", educator))

    made = demo.load()

    assert made.rows == {"who": "Erin Educator"}
    assert made.as_json()["accounts"] == [
        {
            "role": "educator",
            "name": "Erin Educator",
            "email": educator.email,
            "password": demo.PASSWORD,
        }
    ]


@pytest.mark.django_db
def test_a_step_of_the_library_that_refuses_undoes_the_steps_before(monkeypatch, educator, capsys):
    def rename():
        User.objects.filter(pk=educator.pk).update(name="Half Loaded")
        return "renamed."

    def refuse():
        raise Refused("people.yaml, entry 1: the field “name” is missing.")

    monkeypatch.setattr(duties.registry, "library", [])
    duties.library_step(1, "first", rename)
    duties.library_step(2, "second", refuse)

    with pytest.raises(CommandError) as stopped:
        call_command("load_library")

    assert str(stopped.value) == (
        "Nothing was loaded. Please mend this first:\n"
        "people.yaml, entry 1: the field “name” is missing."
    )
    assert (User.objects.get().name, capsys.readouterr().out) == ("Erin Educator", "")
