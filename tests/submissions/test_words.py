"""The words inside cleaned files, and that reading them spoils nothing."""

import io
import time

import pikepdf
import pypdfium2
import pytest
from django.core.files.storage import default_storage
from PIL import Image

from portal import pdf
from submissions import tasks, vault
from submissions.cleaning import clean, process, words
from submissions.cleaning.formats import ODF_TEXT, PDF, SHEETS, SLIDES, TEXT, WORD
from submissions.cleaning.words import CUT, UNCHECKED, extract, read_words, words_beside
from submissions.cleaning.words.pdf import joined
from submissions.models import Evidence, EvidenceText
from tests.factories import started_attempt
from tests.submissions import office, samples

NAME = "Dana Whitfield"
STYLED = "office:document-content"
ODF_SPACES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def written(tmp_path, data, name="clean"):
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def said(tmp_path, data, media_type):
    return read_words(written(tmp_path, data), media_type)


def page_of(text):
    requirement = {"label": "Plan", "instructions": "Hand in your plan."}
    return pdf.render("pdf/demo_artifact.html", {"requirement": requirement, "text": text})


def test_a_pdf_says_what_its_pages_say(tmp_path):
    text = said(tmp_path, page_of(f"Planned by {NAME} in May."), PDF)

    assert f"Planned by {NAME} in May." in text
    assert text.startswith("Plan\nHand in your plan.\n")


def test_links_and_descriptions_of_a_pdf_are_read_too(tmp_path):
    text = said(tmp_path, samples.telling_pdf(), PDF)

    assert "https://example.org/lesson" in text
    assert "A note on the lesson" in text


def test_words_cut_by_the_end_of_a_line_are_whole():
    assert joined("Whit\ufffe\r\nfield and\r\nmore\r") == "Whitfield and\nmore\n"


def test_a_word_file_says_everything_a_reader_can_find(tmp_path):
    text = said(tmp_path, office.word(), WORD)

    for words_in_it in ("Header words", "Inserted words", "Cell words", "A class at work"):
        assert words_in_it in text
    assert "https://example.org/web" in text
    assert samples.KEPT in text


def test_a_name_in_several_runs_is_one_word(tmp_path):
    runs = office.run("Dana Whit") + office.run("field") + "<w:r><w:tab/><w:t>x</w:t></w:r>"
    body = f"<w:p>\n  {runs}\n</w:p><w:p>{office.run('Next')}</w:p>"
    document = office.part("w:document", f"<w:body>{body}</w:body>")

    text = said(tmp_path, office.word(**{"word/document.xml": document}), WORD)

    assert "Dana Whitfield\tx\nNext\n" in text


def test_slides_say_their_notes_and_sheets_their_cells(tmp_path):
    slides = said(tmp_path, office.slides(), SLIDES)
    sheets = said(tmp_path, office.sheets(), SHEETS)

    assert samples.KEPT in slides
    assert "Speaker words" in slides
    assert samples.KEPT in sheets
    assert "Grades\n" in sheets  # the name of a sheet
    assert "84\n" in sheets  # a number in a cell


def odf(content):
    return samples.archive(
        {
            "mimetype": ODF_TEXT,
            "content.xml": f"<{STYLED} {ODF_SPACES}>{content}</{STYLED}>",
            "styles.xml": f"<text:p {ODF_SPACES}>Footer words</text:p>",
            "meta.xml": f"<office:meta {ODF_SPACES}>not read</office:meta>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def test_an_opendocument_text_runs_between_its_elements(tmp_path):
    content = (
        "<text:h>Unit</text:h><text:p>Dana <text:span>Whit</text:span>field<text:s/>teaches"
        '<text:line-break/>here<text:a xlink:href="https://example.org/a">a link</text:a></text:p>'
        '<table:table table:name="Roster"/><svg:title>A class</svg:title>'
    )

    text = said(tmp_path, odf(content), ODF_TEXT)

    assert "Unit\nDana Whitfield teaches\nhere" in text
    for words_in_it in ("https://example.org/a", "a link", "Roster", "A class", "Footer words"):
        assert words_in_it in text
    assert "not read" not in text


def test_plain_text_is_its_own_words(tmp_path):
    assert said(tmp_path, f"{NAME}\nÄ\x00!", TEXT) == f"{NAME}\nÄ !"


def test_more_than_a_million_signs_are_cut_with_a_warning(tmp_path):
    path = written(tmp_path, "ab cd " * 200_000)

    warnings = extract(path, TEXT)

    assert warnings == [CUT]
    assert len(words_beside(path).read_text()) == 1_000_000


def test_exactly_a_million_signs_are_kept_whole(tmp_path):
    path = written(tmp_path, "x" * 1_000_000)

    assert extract(path, TEXT) == []
    assert words_beside(path).stat().st_size == 1_000_000


def test_a_picture_has_no_words(tmp_path):
    path = written(tmp_path, samples.jpeg())

    assert extract(path, "image/jpeg") == []
    assert not words_beside(path).exists()


@pytest.mark.parametrize("media_type", [PDF, WORD, ODF_TEXT])
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_what_can_not_be_read_is_a_warning(tmp_path, media_type):
    path = written(tmp_path, b"%PDF-1.4 broken")

    warnings = extract(path, media_type)

    assert warnings == [UNCHECKED]
    assert not words_beside(path).exists()


def test_a_reader_that_comes_to_no_end_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(words, "MOST_SECONDS", 0.2)
    monkeypatch.setitem(words.READERS, TEXT, lambda path: iter([time.sleep(30) or ""]))
    path = written(tmp_path, "x")
    begun = time.monotonic()

    warnings = extract(path, TEXT)

    assert warnings == [UNCHECKED]
    assert time.monotonic() - begun < 10


def test_reading_does_not_change_the_clean_copy(tmp_path):
    source = written(tmp_path, samples.telling_pdf(), "source.pdf")
    target = tmp_path / "target.pdf"
    report = clean(source, target, PDF)
    before = target.read_bytes()

    warnings = extract(target, report.media_type)

    assert (report.outcome, warnings, target.read_bytes() == before) == ("clean", [], True)


def test_the_cleaning_process_leaves_the_words_beside_the_copy(tmp_path):
    source = written(tmp_path, page_of(NAME), "source.pdf")
    target = tmp_path / "target"

    report = process.run(source, target, PDF)

    assert (report.outcome, report.warnings) == ("clean", [])
    assert NAME in words_beside(target).read_text()


def test_a_scan_has_no_words_and_no_warning(tmp_path):
    stream = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(stream, "PDF")
    path = written(tmp_path, stream.getvalue())

    assert extract(path, PDF) == []
    assert words_beside(path).read_text().strip() == ""


def test_two_readers_see_the_same_pages(tmp_path):
    path = written(tmp_path, page_of("One. " * 8000))

    with pikepdf.open(path) as read:
        pages = len(read.pages)

    assert len(pypdfium2.PdfDocument(path)) == pages
    assert read_words(path, PDF).count("One.") == 8000


@pytest.fixture
def received(db):
    attempt = started_attempt()
    plan = attempt.edition.parts.get(kind="artifacts").requirements.get(key="plan")
    key, sha256, size = vault.store(io.BytesIO(page_of(NAME)))
    return Evidence.objects.create(
        attempt=attempt, requirement=plan, kind="file", vault_key=key, sha256=sha256, size=size
    )


def test_a_cleaned_file_keeps_its_words(received):
    tasks.clean_evidence(received.pk)

    received.refresh_from_db()
    assert received.status == Evidence.Status.CLEAN
    assert NAME in received.words.text
    assert default_storage.exists(received.clean_key)


def test_words_come_with_the_row_or_not_at_all(received, tmp_path):
    Evidence.objects.filter(pk=received.pk).update(status=Evidence.Status.REMOVED)
    target = written(tmp_path, b"copy")
    words_beside(target).write_text(NAME)

    tasks.keep(received, tasks.Report(media_type=TEXT, extension="txt"), target)

    assert EvidenceText.objects.count() == 0


def test_words_read_again_replace_those_before(received, tmp_path):
    EvidenceText.objects.create(evidence=received, text="old")
    beside = written(tmp_path, NAME)

    tasks.keep_words(received, beside)
    tasks.keep_words(received, tmp_path / "nothing")

    assert EvidenceText.objects.get().text == NAME
