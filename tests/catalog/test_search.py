"""Search and facets: words, synonyms, typos, counts, pages; on SQLite and on PostgreSQL."""

import pytest
from django.db import connection
from django.utils.html import escape

from catalog import facets, search
from catalog.forms import SearchForm
from catalog.models import MicroCertification
from tests.catalog.factories import a_collection, a_row, some_rows
from tests.factories import AssociationFactory, StackFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/micro-certifications/"


def found(**query):
    """The titles a search finds, best first."""
    return [str(row) for row in SearchForm(query).results()]


@pytest.fixture
def circles():
    return a_row("Restorative Circles", "talking pieces, community, IEP")


@pytest.fixture
def feedback():
    return a_row("Descriptive Feedback", "assessment, comments that students use, circles")


def test_a_word_in_the_title_comes_before_a_word_elsewhere(circles, feedback):
    assert found(q="circles") == ["Restorative Circles", "Descriptive Feedback"]


def test_every_word_must_fit(circles, feedback):
    assert found(q="circles community") == ["Restorative Circles"]


def test_small_and_capital_letters_are_alike(circles, feedback):
    assert found(q="iep") == found(q="IEP") == ["Restorative Circles"]


@pytest.mark.parametrize("typo", ["restoritive", "Restoratve", "restorativ circels"])
def test_a_typo_still_finds(circles, feedback, typo):
    assert found(q=typo) == ["Restorative Circles"]


def test_postgresql_knows_the_forms_of_a_word(circles, feedback):
    knows_forms = connection.vendor == "postgresql"

    assert found(q="assessing") == (["Descriptive Feedback"] if knows_forms else [])


def test_words_that_nothing_is_like_find_nothing(circles, feedback):
    assert found(q="xylophone") == []
    assert found(q="xyl") == []


@pytest.mark.parametrize(
    "name",
    [
        "micro-certification",
        "micro-credential",
        "micro-credentials",
        "Microcredential",
        "micro credential",
        "micro-certificate",
        "micro–certificates",
        "micro-course",
    ],
)
def test_every_name_for_the_same_thing_finds_the_same(circles, feedback, name):
    everything = ["Descriptive Feedback", "Restorative Circles"]

    assert found(q=name) == found() == everything
    assert found(q=f"{name} feedback") == ["Descriptive Feedback"]


def test_marks_and_quotes_are_harmless(circles):
    assert found(q="circles'); DROP TABLE & | ! : * %") == []
    assert found(q="“circles”") == ["Restorative Circles"]


def test_a_very_long_query_uses_its_first_words():
    assert len(search.terms_of("word " * 30)) == search.MAX_TERMS


@pytest.mark.parametrize("bad", ["\x00", "x" * 101])
def test_a_query_that_cannot_be_is_taken_as_none(circles, bad):
    assert found(q=bad) == ["Restorative Circles"]


def test_what_has_no_published_edition_is_not_found(circles):
    circles.editions.update(status="retired")

    assert found(q="circles") == []


def test_facets_narrow_the_search():
    association = AssociationFactory(slug="psea")
    literacy, arts = StackFactory(topic="Literacy"), StackFactory(topic="Arts")
    literacy.associations.add(association)
    a_row(
        "Reading",
        stack=literacy,
        audience="Teachers",
        evidence_kinds=["video"],
        requires_classroom_data=False,
    )
    a_row("Drawing", stack=arts, audience="Artists", evidence_kinds=["image", "document"])
    a_collection(counts_for_units=True).stacks.add(arts)

    assert found(topic="Literacy") == ["Reading"]
    assert found(association="PSEA") == ["Reading"]
    assert found(audience="Artists") == ["Drawing"]
    assert found(evidence="image") == ["Drawing"]
    assert found(no_data="on") == ["Reading"]
    assert found(units="on") == ["Drawing"]
    assert found(topic="Arts", no_data="on") == []
    assert found(topic="Nothing") == []


def test_a_micro_certification_can_count_for_units_by_itself():
    row = a_row("Reading")
    a_row("Drawing")
    a_collection(row, counts_for_units=True)

    assert found(units="on") == ["Reading"]


def test_each_choice_says_how_many_it_would_find():
    literacy, arts = StackFactory(topic="Literacy"), StackFactory(topic="Arts")
    a_row("Reading", stack=literacy, audience="Teachers", evidence_kinds=["video", "link"])
    a_row("Writing", stack=literacy, evidence_kinds=["link"])
    a_row("Drawing", stack=arts, audience="Teachers", evidence_kinds=["image"])

    counts = facets.count(SearchForm({"topic": "Literacy"}))

    assert facets.total(counts) == 2
    assert counts["topic"] == {"Literacy": 2, "Arts": 1}
    assert counts["audience"] == {"Teachers": 1}
    assert counts["evidence"] == {"video": 1, "link": 2}


def test_one_in_two_stacks_of_a_topic_counts_once():
    row = a_row("Reading", stack=StackFactory(topic="Literacy"))
    StackFactory(topic="Literacy").items.create(micro_certification=row, position=1)

    counts = facets.count(SearchForm({}))

    assert counts["topic"] == {"Literacy": 1}
    assert found(topic="Literacy") == ["Reading"]


def test_the_page_shows_choices_with_counts_and_filters_in_force(client):
    a_row("Reading", stack=StackFactory(topic="Arts & Letters"), requires_classroom_data=False)

    response = client.get(
        ADDRESS, {"topic": "Arts & Letters", "no_data": "on", "evidence": "image"}
    )

    page = response.content.decode()
    assert escape("Arts & Letters (1)") in page
    assert "Image (1)" in page
    assert escape("Topic: Arts & Letters") in page
    assert 'href="?no_data=on&amp;evidence=image"' in page
    assert "1 micro-certification\n" in page


def test_a_choice_nobody_knows_is_shown_and_can_be_taken_away(client):
    a_row("Reading")

    page = client.get(ADDRESS, {"topic": "Astrology", "evidence": "hologram"}).content.decode()

    assert "Astrology (0)" in page
    assert "hologram (0)" in page
    assert "Nothing fits all of that" in page
    assert "0 micro-certifications" in page


def test_what_was_searched_for_is_shown_and_escaped(client):
    a_row("Reading")

    page = client.get(ADDRESS, {"q": "<script>"}).content.decode()

    assert "<script>" not in page.replace('<script src="', "")
    assert "&lt;script&gt;" in page


def test_pages_turn_and_keep_the_search(client):
    some_rows(30, stack=StackFactory(topic="Arts"))

    first = client.get(ADDRESS, {"topic": "Arts"}).content.decode()
    second = client.get(ADDRESS, {"topic": "Arts", "page": "2"}).content.decode()

    assert (first.count('class="card"'), second.count('class="card"')) == (24, 6)
    assert 'href="?topic=Arts&amp;page=2"' in first
    assert "30 micro-certifications" in second


@pytest.mark.parametrize("page", ["0", "-1", "99", "abc", ""])
def test_a_page_that_is_not_there_is_the_nearest_one(client, page):
    a_row("Reading")

    response = client.get(ADDRESS, {"page": page})

    assert response.content.count(b'class="card"') == 1


@pytest.mark.parametrize("count", [1, 3, 100])
def test_browsing_takes_the_same_queries_however_long(client, count, django_assert_num_queries):
    some_rows(count)

    with django_assert_num_queries(4):
        response = client.get(ADDRESS)

    assert response.content.count(b'class="card"') == min(count, 24)


@pytest.mark.parametrize("count", [1, 3, 100])
def test_searching_takes_no_more(client, count, django_assert_num_queries):
    some_rows(count)

    with django_assert_num_queries(4):
        response = client.get(ADDRESS, {"q": "row", "evidence": "document"})

    assert response.content.count(b'class="card"') == min(count, 24)


def test_a_row_without_a_stack_is_listed_too(client):
    row = a_row("Reading")
    row.items.all().delete()

    page = client.get(ADDRESS).content.decode()

    assert MicroCertification.objects.get().stack is None
    assert "Reading" in page
