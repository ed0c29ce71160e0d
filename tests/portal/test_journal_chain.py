"""The journal's chain: whatever is changed in whatever sealed entry, it is found."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import journal
from portal.models import Entry
from tests.factories import AssociationFactory
from tests.races.harness import together

pytestmark = pytest.mark.django_db

LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
WORDS = st.text(LETTERS, max_size=12)
FACTS = st.dictionaries(
    WORDS,
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | WORDS | st.lists(WORDS, max_size=3),
    max_size=4,
)
CHANGES = {
    "at": st.integers(1, 10**9).map(lambda tiny: timedelta(microseconds=tiny)),
    "by": WORDS,
    "event": WORDS,
    "subject": WORDS,
    "subject_id": WORDS,
    "facts": FACTS,
    "hash": st.text("0123456789abcdef", min_size=64, max_size=64),
}
FORGERIES = st.sampled_from(sorted(CHANGES)).flatmap(
    lambda field: st.tuples(st.just(field), CHANGES[field])
)
LENGTH = 5
PLACES = st.integers(1, LENGTH)


def sealed_chain(facts=()):
    """A chain of five entries, some with these facts."""
    Entry.objects.all().delete()
    association = AssociationFactory()
    for number in range(LENGTH):
        entry = journal.record("looked", of=association)
        Entry.objects.filter(pk=entry.pk).update(facts=facts[number] if facts[number:] else {})
    journal.seal()


def forged(place, field, value):
    """Change one field of the entry at a place; return the entry."""
    entry = Entry.objects.get(sealed=place)
    value = entry.at + value if field == "at" else value
    Entry.objects.filter(pk=entry.pk).update(**{field: value})
    return entry


def undone(test):
    """Run a property inside a transaction that leaves nothing behind for the next example."""
    with transaction.atomic():
        test()
        transaction.set_rollback(True)


@settings(deadline=None, max_examples=80)
@given(PLACES, FORGERIES)
def test_any_changed_field_of_any_sealed_entry_is_found_at_its_place(place, forgery):
    def check():
        sealed_chain()
        entry = forged(place, *forgery)

        found = list(journal.breaches())

        expected = f"Journal entry {entry.pk} does not fit the chain at place {place}."
        assert found == [expected]

    if forgery != ("facts", {}):
        undone(check)


@settings(deadline=None, max_examples=30)
@given(st.lists(FACTS, max_size=LENGTH))
def test_a_chain_that_nobody_touched_is_whole_whatever_its_facts(facts):
    def check():
        sealed_chain(facts)

        assert list(journal.breaches()) == []
        assert journal.seal() == 0

    undone(check)


@settings(deadline=None, max_examples=30)
@given(st.sets(PLACES, min_size=1, max_size=LENGTH - 1))
def test_entries_taken_out_are_found_unless_they_were_the_last(places):
    def check():
        sealed_chain()
        Entry.objects.filter(sealed__in=places).delete()

        found = list(journal.breaches())

        left = [place for place in range(1, LENGTH + 1) if place not in places]
        is_tail = left == list(range(1, len(left) + 1))
        assert len(found) == (0 if is_tail else 1)

    undone(check)


@settings(deadline=None, max_examples=20)
@given(st.permutations(range(1, LENGTH + 1)))
def test_entries_put_in_another_order_are_found(order):
    def check():
        sealed_chain()
        pks = list(Entry.objects.order_by("sealed").values_list("pk", flat=True))
        Entry.objects.update(sealed=None)
        for pk, place in zip(pks, order, strict=True):
            Entry.objects.filter(pk=pk).update(sealed=place)

        is_same = list(order) == sorted(order)
        assert len(list(journal.breaches())) == (0 if is_same else 1)

    undone(check)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=5))
def test_sealing_now_or_later_in_any_portions_makes_one_whole_chain(portions):
    def check():
        Entry.objects.all().delete()
        association, sealed = AssociationFactory(), []
        for portion in portions:
            for number in range(portion):
                journal.record("looked", of=association, number=number)
            sealed.append(journal.seal())

        places = Entry.objects.order_by("pk").values_list("sealed", flat=True)
        assert sealed == portions
        assert list(places) == list(range(1, sum(portions) + 1))
        assert list(journal.breaches()) == []

    undone(check)


def test_an_entry_rewritten_with_a_fitting_hash_is_found_at_the_next():
    sealed_chain()
    second, third = Entry.objects.get(sealed=2), Entry.objects.get(sealed=3)
    first = Entry.objects.get(sealed=1)
    second.event = "forged"
    Entry.objects.filter(pk=second.pk).update(
        event="forged", hash=journal.digest(second, first.hash)
    )

    assert list(journal.breaches()) == [
        f"Journal entry {third.pk} does not fit the chain at place 3."
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"by": "ab", "event": "c"}, {"by": "a", "event": "bc"}),
        ({"facts": {"a": 1}}, {"facts": {"a": "1"}}),
        ({"facts": {"a": None}}, {"facts": {}}),
        ({"sealed": 1}, {"sealed": 11}),
    ],
)
def test_two_contents_that_look_alike_have_different_hashes(one, other):
    association = AssociationFactory()
    entry = journal.record("looked", of=association)
    hashes = []
    for fields in (one, other):
        for name, value in fields.items():
            setattr(entry, name, value)
        hashes.append(journal.digest(entry, ""))

    assert hashes[0] != hashes[1]


def test_what_is_rolled_back_leaves_no_line_in_the_journal(educator):
    before = Entry.objects.count()

    with transaction.atomic():
        journal.record("looked", of=educator)
        transaction.set_rollback(True)

    assert Entry.objects.count() == before


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_who_seal_at_the_same_instant_make_one_whole_chain():
    association = AssociationFactory()
    counts = []
    for _round in range(20):
        for _entry in range(3):
            journal.record("looked", of=association)
        counts.append(together(journal.seal, journal.seal, journal.seal))

    assert [sorted(sealed) for sealed in counts] == [[0, 0, 3]] * 20
    assert Entry.objects.filter(sealed=None).count() == 0
    assert list(journal.breaches()) == []
