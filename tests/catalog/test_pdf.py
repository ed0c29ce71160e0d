"""The print version: a PDF with page numbers and links that can be clicked."""

from io import BytesIO

import pikepdf
import pytest
from django.urls import reverse

from tests.factories import EditionFactory, StackFactory

pytestmark = pytest.mark.django_db


def links_of(paper):
    """Every address that can be clicked in a PDF."""
    return {
        str(note.A.URI)
        for page in paper.pages
        for note in page.get("/Annots", [])
        if "/A" in note and "/URI" in note.A
    }


@pytest.fixture
def edition():
    edition = EditionFactory(
        stack=StackFactory(slug="assessment-literacy"),
        micro_certification__slug="reading-aloud",
        micro_certification__title="Reading Aloud",
        method_components=[{"heading": "Stops", "text": "See [here](https://example.org/method)."}],
    )
    edition.references.create(
        kind="resource", position=1, text="A page", url="https://example.org/resource"
    )
    return edition


@pytest.fixture
def response(client, edition):
    return client.get(reverse("micro-certification-pdf", args=["reading-aloud"]))


def test_it_is_shown_in_the_browser_under_its_own_name(response):
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="reading-aloud.pdf"'


def test_its_links_can_be_clicked(response, settings):
    with pikepdf.open(BytesIO(response.content)) as paper:
        links = links_of(paper)

    assert links == {
        "https://example.org/method",
        "https://example.org/resource",
        f"{settings.PUBLIC_BASE_URL}/micro-certifications/reading-aloud/",
    }


def test_it_carries_its_title_and_language(response):
    with pikepdf.open(BytesIO(response.content)) as paper:
        title, language = str(paper.docinfo.Title), str(paper.Root.Lang)

    assert title.strip() == "Reading Aloud"
    assert language == "en-us"


def test_without_a_published_edition_there_is_none(client, edition):
    edition.micro_certification.editions.update(status="retired")

    assert client.get("/micro-certifications/reading-aloud.pdf").status_code == 404


def test_options_and_one_outside_every_stack_can_be_printed(client, edition):
    edition.micro_certification.items.all().delete()
    part = edition.parts.get(kind="artifacts")
    part.options = {"A": "With a class"}
    part.save(update_fields=["options"])

    response = client.get("/micro-certifications/reading-aloud.pdf")

    assert response.content.startswith(b"%PDF-")
