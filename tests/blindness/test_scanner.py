"""The scanner itself: it turns red when a mark is put where none may stand."""

import base64
import gzip
import io
import zipfile
import zlib
from email.message import EmailMessage

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, PngImagePlugin

from portal import pdf
from reviews import blind
from submissions.models import Evidence, Submission
from tests.blindness.markers import marks, told_by
from tests.blindness.scanner import hits
from tests.blindness.story import FILES, Story
from tests.blindness.witness import Record
from tests.submissions import office, samples

WORD = "markedwordzq"
TOLD = {"word": WORD}


def zipped(data, name="a.txt"):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return stream.getvalue()


def picture(word):
    told = PngImagePlugin.PngInfo()
    told.add_text("Author", word, zip=True)
    stream = io.BytesIO()
    Image.new("RGB", (4, 4)).save(stream, "PNG", pnginfo=told)
    return stream.getvalue()


def letter(word, charset="utf-8", cte="base64"):
    message = EmailMessage()
    message["Subject"] = "News"
    message.set_content(f"{word} – ü", charset=charset, cte=cte)
    return message.as_bytes()


def paper(word):
    return pdf.render("pdf/demo_artifact.html", {"text": f"Written by {word}."})


PACKED = {
    "plain": lambda word: f"<p>{word}</p>".encode(),
    "capitals": lambda word: word.upper().encode(),
    "entities": lambda word: "".join(f"&#{ord(letter)};" for letter in word).encode(),
    "percent": lambda word: "".join(f"%{ord(letter):02x}" for letter in word).encode(),
    "utf-16-le": lambda word: word.encode("utf-16-le"),
    "utf-16-be": lambda word: word.encode("utf-16-be"),
    "hex": lambda word: word.encode().hex().encode(),
    "base64": lambda word: b"token=" + base64.b64encode(f"user {word} 77".encode()),
    "base64 of an address": lambda word: base64.urlsafe_b64encode(f"{word}??>>".encode()),
    "gzip": lambda word: gzip.compress(word.encode()),
    "zlib in the middle": lambda word: b"head" + zlib.compress(word.encode()) + b"tail",
    "zip": zipped,
    "name in a zip": lambda word: zipped("x", name=f"{word}.txt"),
    "zip in a zip": lambda word: zipped(zipped(word), name="b.docx"),
    "text of a PNG": picture,
    "text of a PDF": paper,
    "PDF in a zip": lambda word: zipped(paper(word)),
    "mail in base64": letter,
    "mail in quoted-printable": lambda word: letter(word, cte="quoted-printable"),
}


@pytest.mark.parametrize("how", PACKED)
def test_a_word_is_found_however_it_is_packed(how):
    data = PACKED[how](WORD)

    assert hits(TOLD, [Record("here", "", data)]) == [("word", "here")]


@pytest.mark.parametrize("how", PACKED)
def test_another_word_is_not_taken_for_it(how):
    data = PACKED[how]("harmlesswordyx")

    assert hits(TOLD, [Record("here", "", data)]) == []


@pytest.mark.parametrize("made", [made for _kind, made in FILES] + [samples.png, office.sheets])
def test_the_files_handed_in_are_red_before_they_are_cleaned(made):
    assert hits(told_by("A"), [Record("here", "", made())]) == [("metadata", "here")]


def test_headers_and_addresses_are_looked_at():
    head = f"text/html\nLocation: /x/?u={base64.b64encode(WORD.encode() * 2).decode()}"

    assert hits(TOLD, [Record("here", head, b"")]) == [("word", "here")]


@pytest.fixture
def story(transactional_db):
    told = Story()
    told.write_everything()
    return told


def test_nothing_is_red_before_anything_was_put_in(story):
    story.submit()
    story.look_around()

    assert story.leaks() == []


def test_every_mark_in_an_answer_is_seen(story):
    typed = marks("A")
    story.educator.write(story.attempt, 3, word=" ".join(typed.values()))
    story.intend_everything()
    story.submit()
    story.look_around()

    assert {mark for _to, mark, _where in story.leaks()} == {f"A {name}" for name in typed}


def test_a_mark_in_the_note_or_in_a_link_is_seen(story):
    told = marks("A")
    Evidence.objects.filter(kind="link").update(url=f"https://example.org/{told['handle']}")
    note = f"Thank you, {told['family']}"
    story.intend_everything(note)
    story.submit(note=note)
    story.look_around()

    assert {mark for _to, mark, _where in story.leaks()} == {"A handle", "A family"}


def test_an_original_in_the_place_of_its_clean_copy_is_seen(story):
    story.submit()
    for kind, made in FILES:
        copy = Evidence.objects.get(extension=kind)
        default_storage.delete(copy.clean_key)
        default_storage.save(copy.clean_key, ContentFile(made()))
    story.look_around()

    told = [leak for leak in story.leaks() if leak[0] != "to A"]
    assert {mark for _to, mark, _where in told} == {"A metadata"}
    saved_and_shown = len(FILES) + len({"jpg", "pdf"})  # Word files are there to be saved only
    assert len({where for _to, _mark, where in told}) == saved_and_shown * len(story.panel)


def test_a_given_file_name_in_an_allowed_field_is_seen(story, monkeypatch):
    story.submit()
    monkeypatch.setattr(blind, "name_of", lambda exhibit: exhibit.evidence.given_name)
    story.look_around()

    seen = {mark for _to, mark, _where in story.leaks()}
    headers = {where for _to, _mark, where in story.leaks() if where.endswith("headers")}
    assert seen == {"A file", "A given"}
    assert len(headers) > 0


def test_a_reviewers_name_in_a_comment_is_seen(story):
    submission = story.submit()
    story.score("plan")
    told = marks("B")
    submission.reviews.filter(reviewer__user__email=told["email"]).update(
        comment=f"Call {told['phone']}, {told['family']}"
    )
    story.educator.look_around(f"/my/attempts/{story.attempt.public_id}/feedback/")

    assert Submission.objects.get().outcome == "not_yet"
    assert {leak[:2] for leak in story.leaks()} == {("to A", "B phone"), ("to A", "B family")}
