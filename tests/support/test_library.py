"""The library of answers and resources: loading, pages, paper."""

import io
import re

import pikepdf
import pytest
import yaml

from portal.accounts.loading import load_associations
from portal.duties import registry
from portal.refusal import Refused
from portal.support import library
from portal.support.models import FrequentQuestion, Resource
from tests.support.factories import ResourceFactory

pytestmark = pytest.mark.django_db

ANSWER = {"slug": "cost", "topic": "Start", "question": "Cost?", "answer": "None."}
SHEET = {
    "slug": "sheet",
    "kind": "fact_sheet",
    "title": "A sheet",
    "description": "What it tells.",
    "sections": [{"title": "One", "text": "First."}],
}


@pytest.fixture
def write(tmp_path):
    """Writes a library file of given entries."""

    def write(answers=(), resources=()):
        file = tmp_path / "library.yaml"
        content = {"frequent_questions": list(answers), "resources": list(resources)}
        file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return file

    return write


def contents():
    return (
        list(FrequentQuestion.objects.values()),
        list(Resource.objects.values()),
    )


def test_the_portals_own_library_loads_and_may_be_loaded_again():
    load_associations()
    first = library.load()
    rows = contents()

    second = library.load()

    assert first == second == f"{len(rows[0]) + len(rows[1])} questions with answers and resources."
    assert contents() == rows


def test_the_library_is_loaded_after_the_associations():
    step = next(step for step in registry.library if step.name == "help")

    assert (step.order, step.run) == (15, library.load)


@pytest.mark.parametrize(
    ("slug", "words"),
    [
        ("cost", "$75"),
        ("choice-of-words", "credential"),
        ("raise", "HR office"),
        ("out-of-time", "resets"),
        ("not-yet", "40 percent"),
        ("units", "15 verified hours"),
        ("act-48", "20 in all"),
        ("how-long-review", "two weeks"),
        ("who-reviews", "third reviewer"),
        ("files", "PDF"),
        ("names", "Leave out your own name"),
        ("accessibility", "screen readers"),
        ("privacy", "encrypted"),
    ],
)
def test_what_people_ask_most_is_answered(slug, words):
    load_associations()
    library.load()

    answer = FrequentQuestion.objects.get(slug=slug).answer

    assert words in " ".join(answer.split())


def test_nobody_is_told_that_they_did_not_make_it():
    text = library.FILE.read_text(encoding="utf-8")

    assert re.findall(r"\bfail\w*", text, re.IGNORECASE) == []


def test_an_entry_is_known_by_its_slug(write):
    library.load(write([ANSWER], [SHEET]))

    library.load(write([ANSWER | {"answer": "Nothing at all."}], [SHEET | {"title": "Better"}]))

    assert FrequentQuestion.objects.get().answer == "Nothing at all."
    assert Resource.objects.get().title == "Better"


@pytest.mark.parametrize(
    ("answers", "resources", "fault"),
    [
        ([ANSWER | {"answer": ""}], [], "frequent question cost, answer: "),
        ([{**ANSWER, "slug": "not a slug"}], [], "frequent question not a slug, slug: "),
        ([ANSWER | {"question": "x" * 201}], [], "frequent question cost, question: "),
        ([ANSWER | {"anwser": "x"}], [], "frequent question cost, anwser: is not a field"),
        ([ANSWER | {"association": "nea"}], [], "cost, association: there is no “nea”"),
        ([{"topic": "Start"}], [], "frequent question number 1, slug: "),
        (["words"], [], "frequent question number 1, entry: is not a set of named fields"),
        ([ANSWER, ANSWER], [], "library.yaml, cost: two entries"),
        ([], [SHEET | {"kind": "poster"}], "resource sheet, kind: "),
        ([], [SHEET | {"url": "no address"}], "resource sheet, url: "),
        ([], [SHEET | {"sections": []}], "resource sheet, sections: "),
        ([], [SHEET | {"sections": "text"}], "resource sheet, sections: Give a list"),
        ([], [SHEET | {"sections": ["text"]}], "sections: Section 1 needs a title and a text"),
        ([], [SHEET | {"sections": [{"title": 1, "text": "x"}]}], "sections: Section 1"),
        ([], [SHEET | {"sections": [{"title": "x"}]}], "sections: Section 1"),
    ],
)
def test_a_fault_names_file_entry_and_field_and_nothing_is_loaded(write, answers, resources, fault):
    good = ANSWER | {"slug": "good"}

    with pytest.raises(Refused) as refusal:
        library.load(write([*answers, good], resources))

    assert "library.yaml" in refusal.value.words
    assert fault in refusal.value.words
    assert FrequentQuestion.objects.count() == 0


@pytest.mark.parametrize("content", ["[", "just words", "faq: []", "", b"\xff\xfe\x00"])
def test_a_file_of_another_form_is_refused(tmp_path, content):
    file = tmp_path / "library.yaml"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())

    with pytest.raises(Refused, match=r"library\.yaml"):
        library.load(file)

    assert FrequentQuestion.objects.count() == 0


def test_all_faults_are_told_at_once(write):
    file = write([ANSWER | {"topic": ""}], [SHEET | {"kind": "poster"}])

    with pytest.raises(Refused) as refusal:
        library.load(file)

    assert len(refusal.value.words.splitlines()) == 2


def test_the_training_is_a_page_with_sections_and_time_marks(client):
    load_associations()
    library.load()

    page = client.get("/help/resources/how-micro-certifications-work/").content.decode()

    marks = re.findall(r"(\d\d:\d\d) to (\d\d:\d\d) in the recorded training", page)
    assert marks == [
        ("00:00", "11:22"),
        ("11:22", "24:51"),
        ("24:51", "31:08"),
        ("32:05", "41:37"),
        ("41:37", "46:26"),
        ("46:26", "47:17"),
    ]


def test_every_resource_of_the_library_has_its_page_and_its_paper(client):
    load_associations()
    library.load()

    for resource in Resource.objects.all():
        page = client.get(resource.get_absolute_url())
        paper = client.get(f"/help/resources/{resource.slug}.pdf")

        assert resource.title in page.content.decode()
        assert paper.headers["Content-Type"] == "application/pdf"
        with pikepdf.open(io.BytesIO(paper.content)) as pdf:
            assert str(pdf.docinfo["/Title"]) == resource.title


def test_a_flyer_is_one_page_to_pin_up(client):
    flyer = ResourceFactory(kind=Resource.Kind.FLYER)

    response = client.get(f"/help/resources/{flyer.slug}.pdf")

    with pikepdf.open(io.BytesIO(response.content)) as pdf:
        assert len(pdf.pages) == 1


def test_a_paper_is_drawn_once_for_each_version(client):
    resource = ResourceFactory()
    address = f"/help/resources/{resource.slug}.pdf"
    first = client.get(address).content
    same = client.get(address).content

    Resource.objects.update(title="Another title")
    other = client.get(address).content

    assert (first == same, first == other) == (True, False)


def test_a_recording_is_linked_where_there_is_one(client):
    with_one = ResourceFactory(url="https://video.example.org/intro")
    without = ResourceFactory()

    pages = [client.get(one.get_absolute_url()).content for one in (with_one, without)]

    assert [b"Watch the recording" in page for page in pages] == [True, False]


def test_a_resource_that_is_not_there_is_404(client):
    pages = [client.get(f"/help/resources/nothing{end}").status_code for end in ("/", ".pdf")]

    assert pages == [404, 404]


def test_text_of_the_library_brings_no_script(client):
    resource = ResourceFactory(
        sections=[{"title": "<b>x</b>", "text": "<script>alert(1)</script> [x](javascript:alert)"}]
    )

    page = client.get(resource.get_absolute_url()).content

    assert b"<script>alert" not in page
    assert b'href="javascript' not in page


def test_rows_are_told_by_their_titles():
    entry = FrequentQuestion(slug="cost", question="What does it cost?")

    assert (str(entry), entry.get_absolute_url()) == ("What does it cost?", "/help/faq/#cost")
    assert str(Resource(title="A sheet")) == "A sheet"
