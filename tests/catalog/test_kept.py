"""The whole list kept for a minute: what is kept, for how long, and that nobody sees another."""

import pytest
from django.urls import reverse

from catalog import kept
from catalog.forms import SearchForm
from catalog.models import Edition, MicroCertification
from tests.catalog.factories import a_row, some_rows

pytestmark = pytest.mark.django_db

ADDRESS = "/micro-certifications/"
MEMORY = "django.core.cache.backends.locmem.LocMemCache"


@pytest.fixture(autouse=True)
def memory(settings, request):
    """The cache that the portal has outside of the suite, empty for each test."""
    pages = {"BACKEND": MEMORY, "LOCATION": request.node.name}
    settings.CACHES = settings.CACHES | {kept.PAGES: pages}


def shown(client, **query):
    """The page with the results of a search."""
    return client.get(ADDRESS, query).content.decode()


def test_a_second_visitor_costs_one_query(client, django_assert_num_queries):
    some_rows(3)
    shown(client)

    with django_assert_num_queries(1):
        page = shown(client)

    assert page.count('class="card"') == 3


def test_every_page_of_the_list_is_kept_by_its_number(client):
    some_rows(30)
    first, second = shown(client), shown(client, page=2)

    assert (shown(client).count('class="card"'), first.count('class="card"')) == (24, 24)
    assert (shown(client, page=2).count('class="card"'), second.count('class="card"')) == (6, 6)


def test_what_is_published_shows_at_once(client):
    a_row("Reading Aloud")
    shown(client)

    a_row("Reading Together")

    assert "Reading Together" in shown(client)


def test_what_is_retired_goes_at_once(client):
    row = a_row("Reading Aloud")
    shown(client)

    row.editions.update(status=Edition.Status.RETIRED)

    assert "Reading Aloud" not in shown(client)


def test_a_text_changed_in_the_back_office_waits_until_the_minute_is_over(client, settings):
    row = a_row("Reading Aloud")
    shown(client)

    MicroCertification.objects.filter(pk=row.pk).update(title="Reading in Pairs")

    assert "Reading Aloud" in shown(client)
    settings.CACHES = settings.CACHES | {kept.PAGES: {"BACKEND": MEMORY, "LOCATION": "later"}}
    assert "Reading in Pairs" in shown(client)


@pytest.mark.parametrize("query", [{"q": "reading"}, {"evidence": "document"}, {"no_data": "on"}])
def test_a_search_is_never_kept(query):
    drawn = [kept.results(SearchForm(query), "1", lambda n=n: f"drawn {n}") for n in range(2)]

    assert drawn == ["drawn 0", "drawn 1"]


@pytest.mark.parametrize("number", ["last", "-1", "1.5", "", "1000", "1" * 300])
def test_a_page_that_nobody_links_to_is_never_kept(number):
    drawn = [kept.results(SearchForm({}), number, lambda n=n: f"drawn {n}") for n in range(2)]

    assert drawn == ["drawn 0", "drawn 1"]


def test_facets_that_say_nothing_are_no_search():
    drawn = [
        kept.results(SearchForm({"q": " ", "topic": ""}), "1", lambda n=n: f"drawn {n}")
        for n in range(2)
    ]

    assert drawn == ["drawn 0", "drawn 0"]


def test_what_is_kept_belongs_to_everyone_and_the_frame_to_its_reader(client, educator):
    a_row("Reading Aloud")
    for_visitor = shown(client)
    client.force_login(educator)

    for_educator = shown(client)

    assert reverse("account_login") in for_visitor
    assert reverse("account_login") not in for_educator
    assert "Reading Aloud" in for_educator


def test_nothing_that_is_kept_tells_of_a_reader(client, educator):
    a_row("Reading Aloud")
    client.force_login(educator)

    shown(client)
    client.logout()
    page = shown(client)

    assert educator.name not in page
    assert educator.email not in page
    assert "csrfmiddlewaretoken" not in kept.results(SearchForm({}), "1", lambda: "not kept")
