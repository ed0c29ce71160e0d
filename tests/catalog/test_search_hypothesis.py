"""Search over the real library: any words, any facets together, counted by brute force."""

import random
from itertools import product

import pytest
from django.core.management import call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import actions, facets, search
from catalog.forms import FILTERS, SearchForm
from catalog.models import ArtifactRequirement, Collection, MicroCertification
from tests.factories import AssociationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]

NAMES = (
    "micro-credential",
    "Micro-Credentials",
    "microcredential",
    "micro credential",
    "micro-certificate",
    "micro–certification",
    "micro-credential’s",
    "micro-certification's",
)
LETTERS = st.characters(exclude_categories=["Cs"])
PIECES = st.sampled_from(
    ["%", "_", "\\", "'", '"', "’", "&", "|", "!", ":*", "<->", "(", ")", "--", ";", "\0", "NULL",
     "micro-credential", "assessment", "IEP", "circels", "\u202e", "İ", "ß", "🎓", " ", "\n"]
)  # fmt: skip
QUERIES = st.text(LETTERS, max_size=120) | st.lists(PIECES, max_size=12).map("".join)


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The real library, loaded once for this module."""
    with django_db_blocker.unblock():
        AssociationFactory(slug="cta")
        AssociationFactory(slug="psea")
        actions.load_library()
        yield
        call_command("flush", interactive=False, verbosity=0)


def titles(rows):
    return [row.title for row in rows]


def everything():
    """Every row with what its facets are, told without the search's own queries."""
    rows = MicroCertification.objects.prefetch_related("stacks__associations", "audiences")
    approved = {
        pk
        for collection in Collection.objects.filter(counts_for_units=True)
        for pk in collection.members().values_list("pk", flat=True)
    }
    return [facts_of(row, approved) for row in rows]


def facts_of(row, approved):
    stacks = list(row.stacks.all())
    return {
        "title": row.title,
        "topic": {stack.topic for stack in stacks},
        "association": {one.name for stack in stacks for one in stack.associations.all()},
        "audience": {one.name for one in row.audiences.all()},
        "evidence": set(row.evidence_kinds),
        "no_data": {"on"} if not row.requires_classroom_data else set(),
        "units": {"on"} if row.pk in approved else set(),
    }


def fitting(rows, chosen):
    """The titles that have each chosen value, by going through all of them."""
    return {row["title"] for row in rows if all(value in row[n] for n, value in chosen.items())}


@settings(deadline=None, max_examples=60)
@given(QUERIES)
def test_any_words_find_something_or_nothing_and_are_never_an_error(query):
    found = titles(search.find(MicroCertification.objects.startable(), query.replace("\0", "")))

    assert len(found) == len(set(found)) <= 70


@settings(deadline=None, max_examples=25)
@given(QUERIES)
def test_the_page_answers_any_words(query):
    form = SearchForm({"q": query})

    counts = facets.count(form)

    assert facets.total(counts) == form.results().count()
    assert all(number >= 1 for facet in counts.values() for number in facet.values())


@settings(deadline=None, max_examples=25)
@given(st.dictionaries(st.sampled_from(sorted(FILTERS)), QUERIES, max_size=4))
def test_any_value_of_any_facet_is_never_an_error(chosen):
    form = SearchForm(chosen)

    counts = facets.count(form)

    assert facets.total(counts) == form.results().count()


@pytest.mark.parametrize("name", ["topic", "association", "audience", "evidence"])
@pytest.mark.parametrize("value", ["x" * 201, "x" * 60_000, "\0", "%" * 60_000])
def test_a_value_too_long_to_be_one_is_taken_as_none(client, name, value):
    response = client.get("/micro-certifications/", {name: value})

    assert response.status_code == 200
    assert b"70 micro-certifications" in response.content


@pytest.mark.parametrize("name", NAMES)
def test_every_name_for_the_same_thing_finds_the_same_with_every_title(name):
    rows = MicroCertification.objects.startable()
    different = [
        title
        for title in titles(rows)
        if titles(search.find(rows, f"{name} {title}"))
        != titles(search.find(rows, f"micro-certification {title}"))
    ]

    assert different == []


def test_every_title_finds_its_own_entry_first():
    rows = MicroCertification.objects.startable()
    misses = [title for title in titles(rows) if title not in titles(search.find(rows, title))[:2]]

    assert misses == []


def test_every_title_is_found_in_quotes_and_in_capitals():
    rows = MicroCertification.objects.startable()
    asked = [(row.title, f"‘{row.title.upper()}’") for row in rows]

    assert [title for title, query in asked if title not in titles(search.find(rows, query))] == []


def test_every_other_name_of_an_entry_finds_it():
    rows = MicroCertification.objects.startable()
    misses = [
        (row.title, name)
        for row in rows
        for name in row.also_known_as
        if row.title not in titles(search.find(rows, name))
    ]

    assert misses == []


def test_a_letter_left_out_of_a_long_word_of_a_title_still_finds_something():
    chance = random.Random(7)
    rows = MicroCertification.objects.startable()
    lost = []
    for title in chance.sample(titles(rows), 12):
        word = max(search.terms_of(title), key=len)
        place = chance.randrange(2, len(word) - 1)
        if not search.find(rows, word[:place] + word[place + 1 :]):
            lost.append((title, word))

    assert lost == []


@settings(deadline=None, max_examples=15)
@given(st.data())
def test_facets_together_find_what_brute_force_finds(data):
    rows = everything()
    values = {name: sorted({v for row in rows for v in row[name]}) for name in FILTERS}
    names = data.draw(st.sets(st.sampled_from(sorted(FILTERS)), max_size=4))
    chosen = {name: data.draw(st.sampled_from(values[name])) for name in sorted(names)}

    form = SearchForm(chosen)
    counts = facets.count(form)

    assert set(titles(form.results())) == fitting(rows, chosen)
    assert facets.total(counts) == len(fitting(rows, chosen))
    for name in facets.ANYTHING:
        others = {facet: value for facet, value in chosen.items() if facet != name}
        expected = {v: len(fitting(rows, others | {name: v})) for v in values[name]}
        assert counts.get(name, {}) == {value: n for value, n in expected.items() if n}


def test_every_pair_of_topic_and_evidence_counts_as_brute_force_does():
    rows = everything()
    topics = sorted({topic for row in rows for topic in row["topic"]})
    kinds = ArtifactRequirement.Medium.values

    wrong = [
        (topic, kind)
        for topic, kind in product(topics, kinds)
        if SearchForm({"topic": topic, "evidence": kind}).results().count()
        != len(fitting(rows, {"topic": topic, "evidence": kind}))
    ]

    assert wrong == []


@settings(deadline=None, max_examples=25)
@given(st.sampled_from(["feedback", "learning", "students", "micro-credential", "asessment"]),
       st.sampled_from(["no_data", "units"]))  # fmt: skip
def test_words_and_facets_together_find_what_fits_both(words, facet):
    rows, form = everything(), SearchForm({"q": words, facet: "on"})
    by_words = set(titles(SearchForm({"q": words}).results()))

    assert set(titles(form.results())) == by_words & fitting(rows, {facet: "on"})


def test_pages_together_show_every_row_once(client):
    shown = [
        row.pk
        for number in (1, 2, 3)
        for row in client.get("/micro-certifications/", {"page": number}).context["page"]
    ]

    assert len(shown) == len(set(shown)) == 70
