import io
import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from catalog.models import ArtifactRequirement
from portal.refusal import Refused
from submissions.uploads import MOST_DOCUMENT_BYTES, check_file, check_link, takes_links
from tests.files import photo
from tests.submissions import office, samples

EVERY = ArtifactRequirement.Medium.values


def asking(*kinds):
    return ArtifactRequirement(kinds=list(kinds or EVERY))


def sent(content, name="work", content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type=content_type)


def refusal_of(file, requirement=None):
    with pytest.raises(Refused) as refusal:
        check_file(file, requirement or asking())
    return refusal.value.words


def old_container(stream):
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000) + stream.encode("utf-16-le")


def office_of(main, **members):
    return office.word(
        **{"[Content_Types].xml": office.types(**{"word/document.xml": main}), **members}
    )


def ftyp(brand):
    return struct.pack(">L", 24) + b"ftyp" + brand + bytes(12)


GOOD = {
    "photo.jpg": samples.jpeg(),
    "photo.JPEG": samples.jpeg(),
    "drawing.png": samples.png(),
    "old.gif": samples.gif(),
    "new.webp": samples.webp(),
    "scan.tif": samples.tiff(),
    "plan.pdf": samples.plain_pdf(),
    "plan.docx": office.word(),
    "talk.pptx": office.slides(),
    "grades.xlsx": office.sheets(),
    "notes.txt": b"Dear reader, this is only text.\n",
    "notes.md": "# Élan\n\n* one\n".encode(),
    "old notes.txt": "Élan — “quoted”\r\n".encode("cp1252"),
    "notepad.txt": "Dear reader\r\n".encode("utf-16"),
    "grades.csv": b"name,score\na,1\nb,2\n",
    "no ending": samples.plain_pdf(),
    "plan.exe.pdf": samples.plain_pdf(),
    "plan.pdf.": samples.plain_pdf(),
}

REFUSED = {
    "nothing at all": (b"", "This file is empty"),
    "video without an index": (ftyp(b"isom"), "This file is damaged"),
    "label without sound": (b"ID3\x04" + bytes(400), "Recordings in this format"),
    "WAV": (b"RIFF\x24\0\0\0WAVEfmt " + bytes(40), "export it as an MP4 video or an MP3"),
    "Ogg": (b"OggS\0\2" + bytes(200), "export it as an MP4 video or an MP3"),
    "macros": (office_of("application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
    "macro part": (office.word(**{"word__vbaProject.bin": b"x"}), "macros"),
    "template": (
        office_of(f"{office.TYPE}.wordprocessingml.template.main+xml"),
        "save it as an ordinary Word",
    ),
    "slide show": (
        office_of(f"{office.TYPE}.presentationml.slideshow.main+xml"),
        "save it as an ordinary Word",
    ),
    "binary workbook": (
        office_of("application/vnd.ms-excel.sheet.binary.main"),
        "of this program",
    ),
    "package of something else": (office_of("application/x"), "This is an archive"),
    "zip": (samples.archive({"a.txt": b"x"}), "unpack it and hand in the files one by one"),
    "unknown OpenDocument": (samples.archive({"mimetype": b"x"}), "such as Pages"),
    "Pages": (samples.archive({"Index/Document.iwa": b"x"}), "such as Pages"),
    "cut-off zip": (office.word()[:500], "This file is damaged"),
    "old Word": (old_container("WordDocument"), "in an old Office format"),
    "old Excel": (old_container("Workbook"), "in an old Office format"),
    "old PowerPoint": (old_container("PowerPoint Document"), "in an old Office format"),
    "locked Office": (old_container("EncryptedPackage"), "protected with a password"),
    "other container": (old_container("Something"), "does not know this kind"),
    "PDF and zip in one": (
        samples.plain_pdf() + samples.archive({"a": b"b"}),
        "has another file hidden behind it",
    ),
    "SVG": (b"<?xml version='1.0'?><svg xmlns='x'/>", "export the drawing as a PNG"),
    "HTML": (b"<!DOCTYPE html><p>Hi</p>", "print the page to a PDF"),
    "HTML in 16 bits": ("<html><script>".encode("utf-16"), "print the page to a PDF"),
    "HTML before a PDF": (b"<script>alert(1)</script>%PDF-1.7", "print the page to a PDF"),
    "rich text": (b"{\\rtf1 hi}", "save it as a Word document"),
    "calendar": (b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n", "does not know this kind"),
    "flat XML": (b"<?xml version='1.0'?>\n<office:document/>", "does not know this kind"),
    "playlist": (b"#EXTM3U\nfile:///etc/passwd\n", "only a playlist"),
    "playlist with a mark": (b"\xef\xbb\xbf#EXTM3U\nhttp://a/\n", "only a playlist"),
    "playlist in 16 bits": ("#EXTM3U\nhttp://a/\n".encode("utf-16"), "only a playlist"),
    "list of pieces": (b"ffconcat version 1.0\nfile /etc/passwd\n", "only a playlist"),
    "other playlist": (b"\n[playlist]\nFile1=http://a/\n", "only a playlist"),
    "streaming list": (b"<?xml version='1.0'?><MPD xmlns='x'/>", "only a playlist"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n", "save it as a JPEG or PNG"),
    "bitmap": (samples.saved(samples.pattern(), "BMP"), "save it as a JPEG or PNG"),
    "program": (b"MZ" + bytes(200), "can’t be taken"),
    "script": (b"#!/bin/sh\nrm -rf /\n", "Programs and scripts"),
    "7z": (b"7z\xbc\xaf\x27\x1c" + bytes(50), "This is an archive"),
    "noise": (b"\x00\x01\x02\x03" * 50, "does not know this kind"),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_is_asked_for_is_taken(name):
    check_file(sent(GOOD[name], name), asking())


@pytest.mark.parametrize("what", REFUSED)
def test_what_cant_be_taken_is_refused_with_one_sentence_that_helps(what):
    content, words = REFUSED[what]

    sentence = refusal_of(sent(content))

    assert words in sentence
    assert (sentence[-1], sentence.count(". ")) == (".", 0)


def test_the_file_can_still_be_read_from_its_start_after_the_check():
    for content in (office.word(), samples.plain_pdf(), samples.jpeg()):
        file = sent(content)

        check_file(file, asking())

        assert file.read() == content


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("photo.pdf", "is a JPEG picture inside, but its name ends in “.pdf”"),
        ("photo.exe", "rename it to end in “.jpg”"),
        ("photo.jpg.exe", "rename it to end in “.jpg”"),
    ],
)
def test_a_name_that_says_something_else_is_refused(name, words):
    assert words in refusal_of(sent(samples.jpeg(), name))


def test_a_file_sent_as_something_else_is_refused():
    sentence = refusal_of(sent(samples.plain_pdf(), "plan.pdf", "image/png"))

    assert "is a PDF document inside, but was sent as a PNG picture" in sentence


@pytest.mark.parametrize("declared", ["", "image/png", "application/wps-office.docx", "text/plain"])
def test_what_a_browser_guesses_within_a_family_does_not_matter(declared):
    check_file(sent(samples.jpeg(), "photo.jpg", declared), asking())


@pytest.mark.parametrize("name", ["é" * 300 + ".jpg", "写真" * 150 + ".jpg", "a\u202egpj.jpg"])
def test_long_and_foreign_names_are_fine(name):
    check_file(photo(name), asking())


@pytest.mark.parametrize("content", [samples.jpeg(), samples.plain_pdf()])
def test_25_megabytes_are_the_limit(content):
    check_file(sent(content.ljust(MOST_DOCUMENT_BYTES, b" ")), asking())

    sentence = refusal_of(sent(content.ljust(MOST_DOCUMENT_BYTES + 1, b" ")))

    assert sentence.startswith("This file is larger than 25 MB;")


@pytest.mark.parametrize(
    ("content", "kinds", "words"),
    [
        (
            samples.jpeg(),
            ["document"],
            "This is a JPEG picture, but what is asked for here is: document.",
        ),
        (
            samples.plain_pdf(),
            ["image", "link"],
            "is a PDF document, but what is asked for here is: image or link.",
        ),
        (office.sheets(), ["document", "presentation"], "is: document or slides."),
        (office.word(), ["spreadsheet"], "is: spreadsheet."),
        (b"Just words.\n", ["image"], "This is a plain text file, but what is asked for here"),
    ],
)
def test_a_kind_that_is_not_asked_for_is_refused_with_what_is(content, kinds, words):
    assert words in refusal_of(sent(content), asking(*kinds))


@pytest.mark.parametrize(
    ("kinds", "formats"),
    [
        (["document"], "PDF, DOCX, ODT, TXT or CSV"),
        (["spreadsheet"], "XLSX, ODS, TXT or CSV"),
        (["image", "link"], "JPG, PNG, WEBP, GIF, TIF, HEIC or AVIF"),
    ],
)
@pytest.mark.parametrize("what", ["noise", "old Word", "Pages"])
def test_a_kind_that_is_never_taken_is_refused_with_the_formats_taken_here(what, kinds, formats):
    content, words = REFUSED[what]

    sentence = refusal_of(sent(content), asking(*kinds))

    assert words in sentence
    assert sentence.endswith(f"save it as {formats} and hand that in.")


def test_where_only_a_link_is_taken_an_unknown_file_is_told_so():
    content, _words = REFUSED["noise"]

    sentence = refusal_of(sent(content), asking("link"))

    assert sentence == "This is a file, but what is asked for here is: link."


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.plain_pdf(), "document"),
        (samples.plain_pdf(), "presentation"),
        (office.word(), "document"),
        (office.slides(), "presentation"),
        (office.sheets(), "spreadsheet"),
        (samples.png(), "image"),
        (b"Just words.\n", "document"),
        (b"name,score\na,1\nb,2\n", "spreadsheet"),
    ],
)
def test_each_kind_is_met_by_its_files(content, kind):
    check_file(sent(content), asking(kind))


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/lesson",
        "http://www.school.example.org:8080/a?b=c#d",
        "https://bücher.example.org/",
        "https://docs.google.com/document/d/1/edit?usp=sharing",
        "https://example.org./",
        "https://example.org/@someone",
    ],
)
def test_links_to_the_web_are_taken(url):
    check_link(url, asking("link"))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("", "must start with https://"),
        ("example.org", "must start with https://"),
        ("https:///path", "must start with https://"),
        ("ftp://example.org/", "must start with https://"),
        ("javascript:alert(1)", "must start with https://"),
        ("data:text/html,x", "must start with https://"),
        ("https://me:secret@example.org/", "has a name or password in it"),
        ("https://example.org@evil.example/", "has a name or password in it"),
        ("https://localhost/", "only you can reach"),
        ("https://intranet/", "only you can reach"),
        ("https://printer.local/", "only you can reach"),
        ("https://127.0.0.1/", "only you can reach"),
        ("https://8.8.8.8/", "only you can reach"),
        ("https://[::1]/", "only you can reach"),
        ("https://[::ffff:127.0.0.1]/", "only you can reach"),
        ("https://0x7f.1/", "only you can reach"),
        ("https://127.0x1/", "only you can reach"),
        ("https://example..org/", "only you can reach"),
        ("https://example.org:99999/", "can’t be read"),
        ("https://exa mple.org/", "can’t be read"),
        ("https://example.org\\@evil.example/", "can’t be read"),
        ("https://example.org/\n", "can’t be read"),
        ("https://[::1", "can’t be read"),
        ("https://example.org/" + "a" * 500, "longer than 500 characters"),
    ],
)
def test_links_that_reviewers_cant_open_are_refused_with_one_sentence(url, words):
    with pytest.raises(Refused) as refusal:
        check_link(url, asking())

    assert words in refusal.value.words
    assert refusal.value.words.count(". ") == 0


def test_a_link_where_none_is_asked_for_is_refused():
    with pytest.raises(Refused) as refusal:
        check_link("https://example.org/", asking("document"))

    assert refusal.value.words == "This is a link, but what is asked for here is: document."


@pytest.mark.parametrize(
    ("kinds", "taken"), [(["video"], True), (["audio"], True), (["link"], True), (["image"], False)]
)
def test_recordings_may_come_as_links(kinds, taken):
    assert takes_links(asking(*kinds)) == taken


def test_a_stream_name_that_straddles_two_chunks_is_found():
    content = old_container("")
    padding = 1024 * 1024 - len(content) - 5
    file = io.BytesIO(content + bytes(padding) + "EncryptedPackage".encode("utf-16-le"))

    assert "password" in refusal_of(sent(file.getvalue()))
