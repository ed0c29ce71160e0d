"""The real library as visitors meet it: every page opens, papers are drawn, nothing is missing."""

import re
from io import BytesIO

import pikepdf
import pytest
from django.core.management import call_command
from django.utils.html import escape

from catalog import actions
from catalog.models import Collection, Edition, MicroCertification, Part, Stack
from tests.factories import AssociationFactory, MemberFactory, started_attempt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library")]
FOUR = (
    "classroom-embedded-performance-assessment",
    "iep-implementation-communication-and-collaboration",
)


@pytest.fixture(scope="module")
def library(django_db_setup, django_db_blocker):
    """The real library, loaded once for this module."""
    with django_db_blocker.unblock():
        AssociationFactory(slug="cta")
        AssociationFactory(slug="psea")
        actions.load_library()
        yield
        call_command("flush", interactive=False, verbosity=0)


def lacking(page, edition):
    """What a reader should find on the page of an edition, and doesn't."""
    parts = edition.parts.prefetch_related("questions", "requirements", "criteria__levels")
    wanted = [edition.micro_certification.title]
    for part in parts:
        wanted += [each.label for each in part.requirements.all()]
        for criterion in part.criteria.all():
            if part.kind == Part.Kind.ARTIFACTS:
                wanted += [criterion.title, *(str(level) for level in criterion.levels.all())]
    return [text for text in wanted if escape(text) not in page]


def test_every_micro_certification_has_a_page_with_its_whole_rubric(client):
    faults = {}
    for edition in Edition.objects.published().select_related("micro_certification"):
        response = client.get(edition.micro_certification.get_absolute_url())
        missing = lacking(response.content.decode(), edition)
        if response.status_code != 200 or missing:
            faults[edition.micro_certification.slug] = missing

    assert faults == {}
    assert Edition.objects.published().count() == 70


def test_every_stack_and_collection_has_a_page_that_lists_what_is_in_it(client):
    faults = []
    for stack in Stack.objects.prefetch_related("micro_certifications"):
        page = client.get(stack.get_absolute_url()).content.decode()
        faults += [
            (stack.slug, row.slug)
            for row in stack.micro_certifications.all()
            if f'href="{row.get_absolute_url()}"' not in page
        ]
    for collection in Collection.objects.all():
        faults += (
            [] if client.get(collection.get_absolute_url()).status_code == 200 else [collection]
        )

    assert faults == []


def test_no_page_of_the_library_shows_marks_of_its_source(client):
    shown = {}
    for row in MicroCertification.objects.startable():
        text = re.sub(r"<[^>]+>", " ", client.get(row.get_absolute_url()).content.decode())
        if marks := re.findall(r"\*\*|\{\{|\{%|\[\]|&lt;/?\w+&gt;", text):
            shown[row.slug] = marks

    assert shown == {}


@pytest.mark.parametrize("slug", [*FOUR, 2, 3])
def test_a_paper_holds_the_title_and_links_that_work(client, slug, settings):
    rows = MicroCertification.objects.startable()
    row = rows.get(slug=slug) if isinstance(slug, str) else rows.order_by("-words")[slug]

    response = client.get(f"/micro-certifications/{row.slug}.pdf")

    with pikepdf.open(BytesIO(response.content)) as paper:
        title, count = str(paper.docinfo.Title), len(paper.pages)
        links = {
            str(note.A.URI)
            for page in paper.pages
            for note in page.get("/Annots", [])
            if "/A" in note and "/URI" in note.A
        }
    assert (title.strip(), 2 <= count <= 15) == (row.title, True)
    assert f"{settings.PUBLIC_BASE_URL}{row.get_absolute_url()}" in links
    assert [link for link in links if not link.startswith(("http://", "https://"))] == []


def test_every_micro_certification_can_be_started_by_a_member():
    educator = MemberFactory()

    attempts = [
        started_attempt(educator, edition)
        for edition in Edition.objects.published().select_related("micro_certification")
    ]

    assert {attempt.status for attempt in attempts} == {"in_progress"}
    assert {attempt.progress.count() for attempt in attempts} == {5}


def test_every_kind_of_evidence_that_is_promised_is_asked_for():
    wrong = [
        row.slug
        for row in MicroCertification.objects.prefetch_related("editions__parts__requirements")
        if set(row.evidence_kinds)
        != {
            kind
            for edition in row.editions.all()
            for part in edition.parts.all()
            for each in part.requirements.all()
            for kind in each.kinds
        }
    ]

    assert wrong == []
