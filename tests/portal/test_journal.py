"""The journal: written with the change, sealed afterwards, walked by a command."""

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import journal
from portal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(educator):
    Entry.objects.all().delete()
    for number in range(3):
        journal.record("looked", of=educator, by=educator, number=number)
    return educator


def test_an_entry_names_who_did_what_to_which(educator):
    entry = journal.record("looked", of=educator.association, by=educator, page=2)

    assert (entry.event, entry.by) == ("looked", str(educator.public_id))
    assert (entry.subject, entry.subject_id) == (
        "accounts.association",
        str(educator.association.pk),
    )
    assert (entry.facts, entry.sealed) == ({"page": 2}, None)
    assert str(entry) == f"looked accounts.association {educator.association.pk}"


def test_what_was_done_to_many_is_written_down_of_each(educator, django_assert_num_queries):
    people = [educator, educator.association]

    with django_assert_num_queries(1):
        journal.record_all("looked", of=people, by=educator, page=2)

    entries = Entry.objects.filter(event="looked").order_by("pk")
    assert [entry.subject_id for entry in entries] == [
        str(educator.public_id),
        str(educator.association.pk),
    ]
    assert {(entry.by, entry.facts["page"]) for entry in entries} == {(str(educator.public_id), 2)}


def test_what_was_done_to_nobody_is_no_entry(educator):
    before = Entry.objects.count()

    journal.record_all("looked", of=[], by=educator)

    assert Entry.objects.count() == before


def test_what_time_did_is_written_down_as_the_clocks(educator):
    assert journal.record("reset", of=educator).by == "clock"


def test_sealing_gives_every_entry_its_place_once(three):
    assert [journal.seal(), journal.seal()] == [3, 0]

    journal.record("looked", of=three)
    journal.seal()

    assert list(Entry.objects.order_by("pk").values_list("sealed", flat=True)) == [1, 2, 3, 4]
    assert list(journal.breaches()) == []


@pytest.mark.parametrize(
    "change", [{"event": "forged"}, {"by": "nobody"}, {"facts": {"number": 9}}, {"subject_id": "x"}]
)
def test_a_changed_entry_no_longer_fits_the_chain(three, change):
    journal.seal()
    second = Entry.objects.get(sealed=2)
    Entry.objects.filter(pk=second.pk).update(**change)

    assert list(journal.breaches()) == [
        f"Journal entry {second.pk} does not fit the chain at place 2."
    ]


def test_a_missing_entry_is_noticed(three):
    journal.seal()
    Entry.objects.get(sealed=2).delete()

    assert len(list(journal.breaches())) == 1


def test_the_command_walks_the_chain(three, capsys):
    call_command("verify_journal")

    assert capsys.readouterr().out == "3 entries, the chain is whole.\n"


def test_the_command_stops_at_a_forged_entry(three):
    journal.seal()
    Entry.objects.filter(sealed=3).update(event="forged")

    with pytest.raises(CommandError):
        call_command("verify_journal")


@settings(deadline=None)
@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3))
def test_the_hash_depends_on_every_fact(facts):
    entry = Entry(event="looked", by="x", subject="y", subject_id="z", sealed=1, facts=facts)
    entry.at = datetime(2026, 1, 1, tzinfo=UTC)

    before = journal.digest(entry, "")
    entry.facts = facts | {"added later": 1}

    assert (len(before), journal.digest(entry, "") == before) == (64, False)
