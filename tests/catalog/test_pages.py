"""The catalog's pages, as visitors and educators see them."""

import pytest
from django.urls import resolve, reverse

from catalog.models import Stack
from tests.catalog.factories import a_collection, a_row, some_rows
from tests.factories import AssociationFactory, EditionFactory, StackFactory

pytestmark = pytest.mark.django_db


def page(client, address, **query):
    response = client.get(address, query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


@pytest.fixture
def stack():
    return StackFactory(
        title="Reading Together",
        description="Books in many hands.",
        what_you_learn="How to read aloud.",
        developed_with="Nevada Education Association",
        audience_names=["Teachers", "Librarians"],
    )


@pytest.fixture
def edition(stack):
    return EditionFactory(
        stack=stack,
        competency="The educator reads aloud.",
        micro_certification__title="Reading Aloud",
        micro_certification__evidence_summary="Plan and recording",
        micro_certification__audience_names=["Teachers"],
    )


def test_the_front_page_shows_associations_stacks_and_collections(client, edition):
    AssociationFactory(slug="cta", headline="Show your craft")
    StackFactory(title="Empty One")
    a_collection(title="Chosen Few")

    home = page(client, "/")

    assert "CTA Teachers Association" in home
    assert "Show your craft" in home
    assert "Reading Together" in home
    assert "Chosen Few" in home
    assert "Empty One" not in home


def test_an_empty_portal_says_so(client):
    assert "The library is still empty" in page(client, "/")
    assert "The library is still empty" in page(client, "/stacks/")


def test_an_associations_front_page_features_its_stacks_with_pictures(client, edition, stack):
    association = AssociationFactory(
        slug="psea", headline="Growth you choose", support_phone="555-0100"
    )
    stack.associations.add(association)
    other = StackFactory(title="Elsewhere")
    a_collection(title="Theirs", association=association)

    front = page(client, association.get_absolute_url())

    assert "Growth you choose" in front
    assert f'src="{stack.emblem_url}"' in front
    assert other.title not in front
    assert "Theirs" in front
    assert "help@psea.example" in front
    assert "Call 555-0100" in front


def test_an_association_without_stacks_says_what_to_do(client):
    AssociationFactory(slug="cta")

    assert "No stacks are featured here yet" in page(client, "/cta/")


def test_an_association_nobody_knows_is_not_found(client):
    assert client.get("/nobody/").status_code == 404


@pytest.mark.parametrize("name", ["home", "stacks", "micro-certifications", "my", "help"])
def test_association_pages_shadow_no_other_page(name):
    assert resolve(reverse(name)).url_name == name


def test_the_list_of_stacks_puts_those_with_contents_first(client, edition):
    StackFactory(title="Arts Integration", position=0)

    stacks = page(client, "/stacks/")

    assert stacks.index("Reading Together") < stacks.index("Arts Integration")
    assert "1 micro-certification " in stacks
    assert "Nothing to start here yet" in stacks


def test_a_stack_shows_what_it_is_about(client, edition, stack):
    a_collection(counts_for_units=True).stacks.add(stack)

    shown = page(client, stack.get_absolute_url())

    for words in (
        "Books in many hands.",
        "How to read aloud.",
        "Teachers, Librarians",
        "Nevada Education Association",
        "Counts for university units",
    ):
        assert words in shown


def test_a_stacks_table_is_numbered_and_says_what_is_asked(client, edition, stack):
    second = EditionFactory(stack=stack, micro_certification__requires_classroom_data=False)

    shown = page(client, stack.get_absolute_url())

    first_row, second_row = shown.split("<tbody>")[1].split("</tr>")[:2]
    for words in (
        '"ordinal">1<',
        "Reading Aloud",
        "The educator reads aloud.",
        "Plan and recording",
    ):
        assert words in first_row
    assert reverse("micro-certification-pdf", args=[edition.micro_certification.slug]) in first_row
    assert '"ordinal">2<' in second_row
    assert "No classroom data needed" in second_row
    assert second.micro_certification.title in second_row


def test_parts_that_a_stack_lacks_leave_no_empty_headings(client):
    bare = StackFactory()

    shown = page(client, bare.get_absolute_url())

    for words in ("What you’ll learn", "Who should apply", "Developed with"):
        assert words not in shown


def test_a_stack_without_contents_says_what_to_do_and_promises_no_date(client):
    shown = page(client, StackFactory().get_absolute_url())

    assert "Nothing to start here yet" in shown
    assert f'href="{reverse("micro-certifications")}"' in shown
    assert "soon" not in shown.lower()


def test_a_micro_certification_shows_its_whole_rubric_before_start(client, edition):
    shown = page(client, edition.micro_certification.get_absolute_url())

    for words in (
        "The educator reads aloud.",
        "Give feedback, watch it being used, adjust.",
        "<em>specific</em>",
        "What is your setting?",
        "250–500 words",
        "Hand in your plan.",
        "Quality of the proof",
        "Proficient work.",
        "Developing work.",
        "The answer makes the situation clear.",
        "About 10–15 hours of work; 15 hours toward credit",
        "every row of the Part 2 rubric must be proficient",
    ):
        assert words in shown


def test_research_and_resources_are_links_under_their_headings(client, edition):
    edition.references.create(kind="research", position=1, text="Rosenblatt (1978)")
    for position, text in enumerate(("One", "Two"), start=2):
        edition.references.create(
            kind="resource",
            position=position,
            heading="Read",
            text=text,
            url=f"https://example.org/{text}",
        )

    shown = page(client, edition.micro_certification.get_absolute_url())

    assert "Supporting research" in shown
    assert "Rosenblatt (1978)" in shown
    assert shown.count("<h3>Read</h3>") == 1
    assert '<a href="https://example.org/Two" rel="noopener noreferrer">Two</a>' in shown


def test_options_spans_and_alternatives_of_part_2_are_spelled_out(client, edition):
    part = edition.parts.get(kind="artifacts")
    part.options = {"A": "Work with a class", "B": "Work without one"}
    part.save(update_fields=["options"])
    part.requirements.filter(key="plan").update(
        option="B", any_of=["letter", "poster"], span="20-30 days", count=2
    )

    shown = page(client, edition.micro_certification.get_absolute_url())

    for words in (
        "Choose one option",
        "Work without one",
        "Any of: letter, poster.",
        "Span: 20-30 days.",
        "At least 2 items: document, image.",
    ):
        assert words in shown


def test_a_visitor_is_asked_to_sign_in_and_comes_back(client, edition):
    micro = edition.micro_certification

    shown = page(client, micro.get_absolute_url())

    assert f'href="{reverse("account_login")}?next={micro.get_absolute_url()}"' in shown
    assert 'class="start"' not in shown


def test_an_educator_can_start_from_page_and_stack(signed_in, edition, stack):
    action = f'action="{reverse("attempt-start", args=[edition.micro_certification.slug])}"'

    detail = page(signed_in, edition.micro_certification.get_absolute_url())
    table = page(signed_in, stack.get_absolute_url())

    assert action in detail
    assert action in table
    assert "csrfmiddlewaretoken" in detail


def test_without_a_published_edition_there_is_no_start(signed_in, edition, stack):
    edition.micro_certification.editions.update(status="retired")

    detail = page(signed_in, edition.micro_certification.get_absolute_url())
    table = page(signed_in, stack.get_absolute_url())

    assert "This one can’t be started at present" in detail
    assert "Not open at present" in table
    assert 'class="start"' not in detail + table


def test_a_micro_certification_outside_every_stack_has_a_page(client, edition):
    edition.micro_certification.items.all().delete()

    assert "Browse everything" in page(client, edition.micro_certification.get_absolute_url())


@pytest.mark.parametrize(
    "address",
    [
        "/stacks/none/",
        "/micro-certifications/none/",
        "/micro-certifications/none.pdf",
        "/collections/none/",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/", "/stacks/", "/micro-certifications/"])
def test_pages_are_only_read(client, address):
    assert client.post(address).status_code == 405


def test_a_collection_numbers_its_members(client, edition):
    collection = a_collection(a_row("Another"), edition.micro_certification)

    shown = page(client, collection.get_absolute_url())

    second = shown.split("<article")[2]
    for words in ('"ordinal">2<', "Reading Aloud", "Reading Together", "Plan and recording"):
        assert words in second


def test_a_collection_of_stacks_shows_them(client, edition, stack):
    collection = a_collection()
    collection.stacks.add(stack)

    assert "Reading Together" in page(client, collection.get_absolute_url())


def test_an_empty_collection_says_so(client):
    shown = page(client, a_collection().get_absolute_url())

    assert "Nothing is in this collection yet" in shown


@pytest.mark.parametrize("count", [1, 3, 100])
class TestQueries:
    """Goals 1-3 of PERFORMANCE: at most four queries, however many rows."""

    def test_of_the_front_page(self, client, count, django_assert_num_queries):
        for stack in StackFactory.create_batch(count):
            a_row(f"Row of {stack}", stack=stack)

        with django_assert_num_queries(3):
            response = client.get("/")

        assert response.content.count(b"card-badge") == count

    def test_of_an_association(self, client, count, django_assert_num_queries):
        AssociationFactory(slug="cta").stacks.set(StackFactory.create_batch(count))

        with django_assert_num_queries(3):
            response = client.get("/cta/")

        assert response.content.count(b"card-badge") == count

    def test_of_the_stacks(self, client, count, django_assert_num_queries):
        StackFactory.create_batch(count)

        with django_assert_num_queries(1):
            response = client.get("/stacks/")

        assert response.content.count(b"card-badge") == count

    def test_of_a_stack(self, client, count, django_assert_num_queries):
        stack = StackFactory()
        some_rows(count, stack)

        with django_assert_num_queries(2):
            response = client.get(stack.get_absolute_url())

        assert response.content.count(b"ordinal") == count

    def test_of_a_collection(self, client, count, django_assert_num_queries):
        collection = a_collection(*some_rows(count))

        with django_assert_num_queries(4):
            response = client.get(collection.get_absolute_url())

        assert response.content.count(b"ordinal") == count

    def test_of_a_micro_certification(self, client, count, django_assert_num_queries):
        edition = EditionFactory()
        for position in range(count):
            edition.references.create(kind="resource", position=position, text=f"Page {position}")

        with django_assert_num_queries(4):
            response = client.get(edition.micro_certification.get_absolute_url())

        assert response.content.count(b"Page ") == count


def test_every_stack_has_an_emblem_that_may_be_kept(client, django_assert_num_queries):
    stack = Stack(slug="reading-together")

    with django_assert_num_queries(0):
        response = client.get(stack.emblem_url)

    assert response.headers["Content-Type"] == "image/svg+xml"
    assert response.headers["Cache-Control"] == "public, max-age=86400"
    assert response.content.startswith(b"<svg ")
