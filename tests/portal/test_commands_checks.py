"""``invariants``, ``verify_journal``, ``reconcile``, ``diagrams``: what they say and exit with."""

import json
import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from badges import pictures
from portal import duties, journal
from portal.management.commands import diagrams
from portal.management.commands.reconcile import YOUNG
from portal.models import Entry
from submissions.models import Evidence
from tests.factories import finished_attempt

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules(monkeypatch):
    """A registry of rules of its own."""
    monkeypatch.setattr(duties.registry, "invariants", [])


def told(capsys):
    """What a command printed, read as JSON."""
    return json.loads(capsys.readouterr().out)


def keep(key, age=timedelta()):
    """A file in the store, as old as that."""
    default_storage.save(key, ContentFile(b"x"))
    moment = (timezone.now() - age).timestamp()
    os.utime(default_storage.path(key), (moment, moment))
    return key


def test_a_broken_rule_turns_the_exit_code_to_1_and_names_the_rule(rules, capsys):
    duties.invariant("whole", "This holds.", list)
    duties.invariant("broken", "This does not.", lambda: ["Row 1.", "Row 2."])

    with pytest.raises(CommandError) as stopped:
        call_command("invariants")

    assert (stopped.value.returncode, str(stopped.value)) == (1, "Broken: broken")
    assert told(capsys) == {
        "whole": {"rule": "This holds.", "holds": True, "breaches": []},
        "broken": {"rule": "This does not.", "holds": False, "breaches": ["Row 1.", "Row 2."]},
    }


def test_every_broken_rule_is_named_and_not_only_the_first(rules, capsys):
    for name in ("one", "two", "three"):
        duties.invariant(name, f"Rule {name}.", lambda: iter(["A row."]))

    with pytest.raises(CommandError, match=r"^Broken: one, two, three$"):
        call_command("invariants")

    assert [row["holds"] for row in told(capsys).values()] == [False, False, False]


def test_of_endless_breaches_the_first_twenty_are_shown(rules, capsys):
    def endless():
        while True:
            yield "Again."

    duties.invariant("endless", "It never ends.", endless)

    with pytest.raises(CommandError):
        call_command("invariants")

    assert told(capsys)["endless"]["breaches"] == ["Again."] * 20


def test_a_row_that_breaks_a_real_rule_is_found_among_all_of_them(educator, capsys):
    journal.record("looked", of=educator)
    journal.seal()
    first = Entry.objects.get(sealed=1)
    Entry.objects.filter(pk=first.pk).update(by="someone else")

    with pytest.raises(CommandError) as stopped:
        call_command("invariants")

    report = told(capsys)
    assert str(stopped.value) == "Broken: journal"
    assert [name for name, row in report.items() if not row["holds"]] == ["journal"]
    assert report["journal"]["breaches"] == [
        f"Journal entry {first.pk} does not fit the chain at place 1."
    ]


def test_verify_journal_seals_what_waits_and_counts_it(educator, capsys):
    for _time in range(3):
        journal.record("looked", of=educator)

    call_command("verify_journal")

    assert capsys.readouterr().out == f"{Entry.objects.count()} entries, the chain is whole.\n"
    assert Entry.objects.filter(sealed=None).count() == 0


def test_verify_journal_of_an_empty_journal_is_whole(capsys):
    Entry.objects.all().delete()

    call_command("verify_journal")

    assert capsys.readouterr().out == "0 entries, the chain is whole.\n"


def test_verify_journal_stops_with_1_at_the_first_entry_that_does_not_fit(educator):
    for _time in range(3):
        journal.record("looked", of=educator)
    journal.seal()
    Entry.objects.filter(sealed__in=[2, 3]).update(event="forged")
    second = Entry.objects.get(sealed=2)

    with pytest.raises(CommandError) as stopped:
        call_command("verify_journal")

    assert stopped.value.returncode == 1
    assert str(stopped.value) == f"Journal entry {second.pk} does not fit the chain at place 2."


def test_reconcile_of_an_empty_store_finds_nothing(capsys):
    call_command("reconcile")

    assert told(capsys) == {"rows_without_files": [], "files_without_rows": []}


def test_a_file_of_an_upload_under_way_is_no_orphan_and_an_old_one_is(capsys):
    keep("vault/aa/young", age=YOUNG - timedelta(minutes=5))
    keep("vault/aa/old", age=YOUNG + timedelta(minutes=5))
    keep("clean/bb/cc/deep", age=timedelta(days=9))

    call_command("reconcile")

    assert told(capsys) == {
        "rows_without_files": [],
        "files_without_rows": ["vault/aa/old", "clean/bb/cc/deep"],
    }
    assert default_storage.exists("vault/aa/old")


def test_reconcile_deletes_old_orphans_only_when_told_to(capsys):
    young, old = keep("vault/aa/young"), keep("vault/aa/old", age=timedelta(days=1))
    elsewhere = keep("other/room", age=timedelta(days=400))

    call_command("reconcile", "--delete")
    first = told(capsys)
    call_command("reconcile", "--delete")

    assert first["files_without_rows"] == [old]
    assert told(capsys)["files_without_rows"] == []
    assert [default_storage.exists(key) for key in (young, old, elsewhere)] == [True, False, True]


def test_a_file_that_a_row_names_stays_however_old_it_is(capsys):
    attempt = finished_attempt()
    row = attempt.evidence.get(kind=Evidence.Kind.FILE)
    for key in (row.vault_key, row.clean_key):
        keep(key, age=timedelta(days=900))

    call_command("reconcile", "--delete")

    assert told(capsys) == {"rows_without_files": [], "files_without_rows": []}
    assert [default_storage.exists(key) for key in (row.vault_key, row.clean_key)] == [True, True]


def test_a_row_whose_file_is_lost_is_named_and_never_deleted(capsys):
    row = finished_attempt().evidence.get(kind=Evidence.Kind.FILE)
    keep(row.clean_key)

    call_command("reconcile", "--delete")

    assert told(capsys)["rows_without_files"] == [row.vault_key]
    assert Evidence.objects.filter(pk=row.pk, vault_key=row.vault_key).count() == 1


def test_every_room_of_the_store_is_reconciled():
    assert set(duties.registry.rooms) == {"vault", "clean", "parts", pictures.ROOM}


@pytest.fixture
def docs(settings, tmp_path):
    """A place of its own for the drawn page."""
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    return tmp_path / "docs" / "lifecycles.md"


@pytest.mark.parametrize("stale", [None, "", "# Lifecycles\n"])
def test_diagrams_check_stops_with_1_where_the_page_is_missing_or_stale(docs, stale, capsys):
    if stale is not None:
        docs.write_text(stale)

    with pytest.raises(SystemExit) as stopped:
        call_command("diagrams", "--check")

    assert (stopped.value.code, capsys.readouterr().out) == (1, "stale: run manage.py diagrams\n")
    assert (docs.read_text() if docs.exists() else None) == stale


def test_diagrams_writes_the_page_and_then_finds_it_fresh(docs, capsys):
    call_command("diagrams")
    with pytest.raises(SystemExit) as stopped:
        call_command("diagrams", "--check")

    count = len(duties.registry.lifecycles)
    assert capsys.readouterr().out == f"lifecycles.md: {count} lifecycles\nfresh\n"
    assert (stopped.value.code, docs.read_text()) == (0, diagrams.document())


def test_the_page_that_is_kept_in_the_docs_is_fresh():
    page = Path(configured.BASE_DIR) / "docs" / "lifecycles.md"

    assert page.read_text() == diagrams.document()


def test_the_page_names_every_lifecycle_once_in_order_of_the_alphabet():
    headings = re.findall(r"^## (\w+)$", diagrams.document(), re.MULTILINE)

    assert headings == sorted(model.__name__ for model in duties.registry.lifecycles)
