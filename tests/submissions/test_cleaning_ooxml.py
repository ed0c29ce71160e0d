import io
import re
import struct
import time
import zipfile
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from submissions.cleaning import clean
from submissions.cleaning.formats import SHEETS, SLIDES, WORD
from submissions.cleaning.ooxml.fields import fate_of
from tests.submissions import office, samples
from tests.submissions.samples import CANARY, KEPT

MAKERS = {WORD: office.word, SLIDES: office.slides, SHEETS: office.sheets}
MAIN = {WORD: "word/document.xml", SLIDES: "ppt/presentation.xml", SHEETS: "xl/workbook.xml"}


@pytest.fixture
def run(tmp_path):
    def run(data, media_type=WORD):
        source, target = tmp_path / "in", tmp_path / "out"
        source.write_bytes(data)
        report = clean(source, target, media_type)
        return report, target.read_bytes() if target.exists() else None

    return run


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def words(data):
    """The text of all parts, run together."""
    xml = b" ".join(content for name, content in parts(data).items() if name.endswith(".xml"))
    return " ".join(re.sub(rb"<[^>]*>", b" ", xml).decode().split())


@pytest.mark.parametrize("media_type", MAKERS)
def test_an_office_file_tells_nothing_of_who_made_it(run, media_type):
    data = MAKERS[media_type]()
    assert len(samples.hits(data)) > 10

    report, copy = run(data, media_type)

    assert (report.outcome, report.reason) == ("clean", "")
    assert samples.hits(copy) == []


def test_the_words_of_a_document_stay_as_they_read(run):
    _, copy = run(office.word())

    for kept in (
        KEPT,
        "Inserted words",
        "Moved words",
        "Formatted",
        "Commented words",
        "Fetched",
        "Plain words of a link",
        "Linked words",
        "Nested words",
        "Mail words",
        "Web words",
        "Smart words",
        "Cell words",
        "Header words",
    ):
        assert (kept, words(copy).count(kept)) == (kept, 1)


def test_deleted_paragraphs_and_rows_are_gone(run):
    _, copy = run(office.word())

    body = parts(copy)["word/document.xml"].decode()
    assert body.count("<w:tr>") == 1
    assert len(re.findall("<w:p/?>", body)) == office.word_body().count("<w:p>") - 2


def test_comments_leave_no_anchors_behind(run):
    _, copy = run(office.word())

    body = parts(copy)["word/document.xml"].decode()
    assert re.findall("comment[RA]|w:ins |w:del|w:rsid|w:permStart|w:dataBinding", body) == []


def test_the_report_of_a_document_counts_what_was_taken_out(run):
    report, _ = run(office.word())

    assert report.removed == [
        "author name",
        "building blocks",
        "comments (3)",
        "company and manager",
        "custom data",
        "custom properties",
        "details of pictures (1)",
        "document properties",
        "document variables",
        "embedded files cleaned (1)",
        "fields with names and paths",
        "file names in descriptions of pictures",
        "ids of editing sessions",
        "links to files and mail addresses",
        "links to other files",
        "mail merge source",
        "names of commenters",
        "path of the template",
        "preview picture",
        "printer settings",
        "tracked changes (9)",
    ]
    assert report.warnings == ["Tracked changes were accepted: text marked as deleted is gone."]


def test_descriptions_of_pictures_stay_for_those_who_listen(run):
    _, copy = run(office.word())

    body = parts(copy)["word/document.xml"].decode()
    assert body.count('descr="A class at work"') == 1
    assert body.count("<pic:pic>") == 1


def test_slides_keep_words_links_pictures_and_notes(run):
    report, copy = run(office.slides(), SLIDES)

    slide = parts(copy)["ppt/slides/slide1.xml"].decode()
    assert (KEPT in slide, "Speaker words" in words(copy)) == (True, True)
    assert (slide.count("a:hlinkClick"), slide.count("svgBlip"), slide.count("r:link")) == (1, 0, 0)
    assert b"https://example.org/web" in parts(copy)["ppt/slides/_rels/slide1.xml.rels"]
    assert report.warnings == ["Speaker notes are kept: reviewers can read them."]


def test_sheets_keep_values_formulas_and_hidden_sheets(run):
    report, copy = run(office.sheets(), SHEETS)

    sheet = parts(copy)["xl/worksheets/sheet1.xml"].decode()
    assert re.findall("<s:f>(.*?)</s:f>", sheet) == ["SUM(1,2)", "Table1[1]"]
    assert re.findall("<s:v>(.*?)</s:v>", sheet) == ["3", "84", "5"]
    assert 'orientation="landscape"' in sheet
    assert b'state="hidden"' in parts(copy)["xl/workbook.xml"]
    assert b"far" not in parts(copy)["xl/workbook.xml"]
    assert b"''!$A$1" not in parts(copy)["xl/charts/chart1.xml"]
    assert report.warnings == ["Hidden sheets are kept: reviewers can show them."]


@pytest.mark.parametrize("media_type", MAKERS)
def test_a_copy_has_neutral_names_dates_and_properties(run, media_type):
    _, copy = run(MAKERS[media_type](), media_type)

    with zipfile.ZipFile(io.BytesIO(copy)) as zipped:
        assert {member.date_time for member in zipped.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {member.extra for member in zipped.infolist()} == {b""}
        assert zipped.namelist()[0] == "[Content_Types].xml"
        assert {MAIN[media_type], "docProps/core.xml", "docProps/app.xml"} < set(zipped.namelist())


@pytest.mark.parametrize("media_type", MAKERS)
def test_a_clean_copy_cleans_to_itself(run, media_type):
    _, copy = run(MAKERS[media_type](), media_type)

    report, again = run(copy, media_type)

    kinds = {name.rpartition(".")[2] for name in parts(again)} - {"rels", "xml"}
    assert report.outcome == "clean"
    assert parts(again).keys() == parts(copy).keys()
    assert kinds <= {"jpg", "xlsx"}
    assert words(again) == words(copy)


def with_relation(kind, target, body="", **changes):
    """A Word file whose main part refers to one more thing."""
    rows = (("rIdX", kind, target), ("rIdPic", "image", "media/x.jpg"))
    return office.word(
        **{
            "word__document.xml": office.part("w:document", f"<w:body>{body}</w:body>"),
            "word__media__x.jpg": samples.jpeg(),
            "word___rels__document.xml.rels": office.rels(*rows),
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (f"{office.MS}/2006/relationships/vbaProject", "vbaProject.bin"),
        (f"{office.MS}/2006/relationships/keyMapCustomizations", "customizations.xml"),
    ],
)
def test_macros_are_refused(run, kind, target):
    report, copy = run(with_relation(kind, target))

    assert (report.outcome, copy) == ("refused", None)
    assert report.reason.startswith("This file holds macros;")


@pytest.mark.parametrize("kind", ["video", "audio", f"{office.MS}/2007/relationships/media"])
def test_a_film_inside_is_refused_with_what_to_do(run, kind):
    report, _ = run(with_relation(kind, "media/film.mp4"))

    assert report.outcome == "refused"
    assert "hand the video or sound in as a file of its own or as a link" in report.reason


def test_a_film_of_the_web_is_only_a_link_and_goes(run):
    report, _ = run(with_relation("video", "+https://example.org/film"))

    assert report.outcome == "clean"


@pytest.mark.parametrize("kind", ["control", "aFChunk", "oleObject"])
def test_what_acts_when_it_is_clicked_is_refused(run, kind):
    packed = b"\xd0\xcf\x11\xe0" + "\x01Ole10Native".encode("utf-16-le")

    report, copy = run(with_relation(kind, "object.bin", **{"word__object.bin": packed}))

    assert (report.outcome, copy) == ("refused", None)
    assert report.reason.endswith("or print the file to a PDF, and hand that in.")


@pytest.mark.parametrize("kind", ["oleObject", "ctrlProp", "subDocument"])
def test_objects_nobody_can_look_into_are_held(run, kind):
    report, copy = run(with_relation(kind, "embeddings/object.bin"))

    assert (report.outcome, copy) == ("held", None)
    assert report.reason.endswith("handing in a PDF of it is faster.")


@pytest.mark.parametrize("content", [b"no zip at all", samples.archive({"a.txt": b"x"})])
def test_an_embedded_file_that_is_no_office_file_is_held(run, content):
    body = '<w:p><w:r><w:object r:id="rIdX"/></w:r></w:p>'

    report, _ = run(
        with_relation("package", "embeddings/x.bin", body, **{"word__embeddings__x.bin": content})
    )

    assert report.outcome == "held"


def test_files_in_files_in_files_are_refused(run):
    inner = office.sheets()
    body = '<w:p><w:r><w:object r:id="rIdX"/></w:r></w:p>'
    for _ in range(4):
        inner = with_relation(
            "package", "embeddings/x.bin", body, **{"word__embeddings__x.bin": inner}
        )

    report, _ = run(inner)

    assert (report.outcome, "one by one" in report.reason) == ("refused", True)


@pytest.mark.parametrize("content", [samples.jpeg()[:300], b"<svg/>", b"\x01\x00\x00\x00", b"x"])
def test_a_picture_that_cant_be_cleaned_holds_the_file(run, content):
    body = f"<w:p><w:r>{office.picture()}</w:r></w:p>"

    report, copy = run(with_relation("styles", "none.xml", body, **{"word__media__x.jpg": content}))

    assert (report.outcome, copy) == ("held", None)
    assert report.reason.startswith("A picture inside this file")


def emf():
    """A drawing with a description, a telling comment, and one line."""
    description = CANARY.encode("utf-16-le")
    header = (
        struct.pack("<LL", 1, 88 + 28)
        + bytes(32)
        + b" EMF"
        + struct.pack("<LLLHHLLL", 0x10000, 0, 4, 1, 0, 14, 88, 0)
    )
    header = (header.ljust(88, b"\0") + description).ljust(116, b"\0")
    comment = struct.pack("<LLL", 70, 28, 13) + samples.RAW + b"\0\0\0"
    drawing = struct.pack("<LLL", 70, 20, 4) + b"EMF+" + b"\0\0\0\0"
    line = struct.pack("<LLll", 54, 16, 5, 5)
    end = struct.pack("<LLLLL", 14, 20, 0, 0, 20)
    return header + comment + drawing + line + end + samples.RAW


def wmf(placeable=True):
    escape = struct.pack("<LHHH", 12, 0x0626, 15, 13) + samples.RAW + b"\0"
    line = struct.pack("<LHHH", 5, 0x0213, 5, 5)
    head = b"\xd7\xcd\xc6\x9a" + bytes(18) if placeable else b""
    return (
        head
        + b"\x01\x00\x09\x00"
        + bytes(14)
        + escape
        + line
        + struct.pack("<LH", 3, 0)
        + samples.RAW
    )


@pytest.mark.parametrize(
    ("content", "extension"), [(emf(), "emf"), (wmf(), "wmf"), (wmf(placeable=False), "wmf")]
)
def test_drawings_of_windows_lose_descriptions_and_comments(run, content, extension):
    body = f"<w:p><w:r>{office.picture()}</w:r></w:p>"

    report, copy = run(with_relation("styles", "none.xml", body, **{"word__media__x.jpg": content}))

    assert (report.outcome, samples.hits(copy)) == ("clean", [])
    assert parts(copy)[f"word/media/image1.{extension}"].endswith(
        (struct.pack("<L", 20), b"\x03\0\0\0\0\0")
    )


def test_a_drawing_that_hides_a_photo_is_held(run):
    line = struct.pack("<LHHH", 8, 0x0213, 5, 5) + b"Exif\0\0"
    content = b"\x01\x00\x09\x00" + bytes(14) + line + struct.pack("<LH", 3, 0)
    body = f"<w:p><w:r>{office.picture()}</w:r></w:p>"

    report, _ = run(with_relation("styles", "none.xml", body, **{"word__media__x.jpg": content}))

    assert report.outcome == "held"


def test_parts_of_unknown_types_are_refused(run):
    report, _ = run(with_relation("header", "printer.bin"))

    assert report.outcome == "refused"


@pytest.mark.parametrize(
    "members",
    [
        {"../outside.xml": b"x"},
        {"/root.xml": b"x"},
        {"word/Document.xml": b"x"},
        {"c:\\x.xml": b"x"},
    ],
)
def test_a_zip_that_no_office_program_writes_is_refused(run, members):
    report, copy = run(office.word(**members))

    assert (report.outcome, copy) == ("refused", None)


@pytest.mark.parametrize(
    "body",
    [
        '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w>&b;</w>',
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]><w>&x;</w>',
        "<w><unclosed></w>",
        "",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_and_broken_xml_are_refused(run, body, encoding):
    report, copy = run(office.word(**{"word__document.xml": body.encode(encoding)}))

    assert (report.outcome, copy) == ("refused", None)


def test_a_missing_part_is_refused_and_a_missing_picture_left_out(run):
    assert (
        run(office.word(**{"_rels/.rels": office.rels(("a", "officeDocument", "gone.xml"))}))[
            0
        ].outcome
        == "refused"
    )

    report, copy = run(
        office.word(
            **{"word___rels__document.xml.rels": office.rels(("rIdPic", "image", "media/no.jpg"))}
        )
    )

    assert report.outcome == "clean"
    assert b"pic:pic" not in parts(copy)["word/document.xml"]


def test_a_zip_of_too_many_members_is_refused(run):
    report, _ = run(office.word(**{f"junk/{number}": b"" for number in range(2001)}))

    assert "unpacks to more" in report.reason


@cache
def zip_bomb():
    return office.word(**{"word__bomb.xml": b"\0" * (201 * 1024 * 1024)})


@pytest.mark.parametrize("honest", [True, False])
def test_a_zip_bomb_is_refused_fast_whatever_it_declares(run, honest):
    data = zip_bomb()
    if not honest:
        data = data.replace(struct.pack("<L", 201 * 1024 * 1024), struct.pack("<L", 1000))
    begun = time.monotonic()

    report, copy = run(data)

    assert (report.outcome, copy) == ("refused", None)
    assert time.monotonic() - begun < 5


def test_a_single_part_that_is_too_long_is_refused(run):
    report, _ = run(office.word(**{"word__styles.xml": b" " * (33 * 1024 * 1024)}))

    assert "unpacks to more" in report.reason


def test_a_member_that_only_points_elsewhere_is_refused(run):
    stream = io.BytesIO(office.word())
    with zipfile.ZipFile(stream, "a") as zipped:
        pointer = zipfile.ZipInfo("word/media/link.png")
        pointer.create_system, pointer.external_attr = 3, 0o120777 << 16
        zipped.writestr(pointer, "/etc/passwd")

    report, copy = run(stream.getvalue())

    assert (report.outcome, copy) == ("refused", None)


def test_a_locked_member_is_refused(run):
    data = bytearray(office.word())
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1

    report, _ = run(bytes(data))

    assert "password" in report.reason


def test_a_directory_larger_than_any_office_file_has_is_not_read(run):
    data = bytearray(office.word())
    place = data.rindex(b"PK\x05\x06")
    data[place + 12 : place + 16] = struct.pack("<L", 2**31)

    report, _ = run(bytes(data))

    assert "unpacks to more" in report.reason


def test_a_large_directory_behind_a_second_end_record_is_not_read_either(run):
    data = office.word()
    place = data.rindex(b"PK\x05\x06")
    record = b"PK\x06\x06" + bytes(36) + struct.pack("<Q", 2**40) + bytes(8)
    locator = b"PK\x06\x07" + bytes(4) + struct.pack("<Q", place) + bytes(4)

    report, _ = run(data[:place] + record + locator + data[place:])

    assert "unpacks to more" in report.reason


def test_a_copy_that_would_not_open_is_held(run, monkeypatch):
    monkeypatch.setattr("submissions.cleaning.ooxml.rebuild.unhook", lambda root, cut: None)

    report, copy = run(office.word())

    assert (report.outcome, copy) == ("held", None)
    assert "does not open as it should" in report.reason


def test_text_between_elements_survives_what_is_taken_out_around_it(run):
    body = "<w:p>one<w:proofErr/>two<w:r/>three<w:proofErr/>four<w:ins>five</w:ins>six</w:p>"

    _, copy = run(with_relation("styles", "none.xml", body))

    assert words(copy) == "onetwo threefoursix"


def test_the_last_paragraph_of_a_cell_stays_even_when_deleted(run):
    mark = office.mark("del")
    gone = f"<w:p><w:pPr><w:rPr>{mark}</w:rPr></w:pPr></w:p>"
    body = f"<w:tbl><w:tr><w:tc>{gone}</w:tc></w:tr></w:tbl>"

    _, copy = run(with_relation("styles", "none.xml", body))

    assert parts(copy)["word/document.xml"].count(b"<w:p>") == 1


def test_a_title_control_keeps_its_words_without_its_tie(run):
    body = (
        '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/cp:coreProperties/dc:title"/></w:sdtPr>'
        "<w:sdtContent><w:r><w:t>My title</w:t></w:r></w:sdtContent></w:sdt>"
    )

    _, copy = run(with_relation("styles", "none.xml", body))

    assert words(copy) == "My title"
    assert b"dataBinding" not in parts(copy)["word/document.xml"]


@pytest.mark.parametrize(
    ("code", "fate"),
    [
        ("PAGE", "kept"),
        ('TOC \\o "1-3"', "kept"),
        ("HYPERLINK \\l bookmark", "kept"),
        ('HYPERLINK "https://example.org"', "kept"),
        ("HYPERLINK https://example.org", "kept"),
        ('HYPERLINK "mailto:a@example.org"', "unlinked"),
        ("HYPERLINK", "unlinked"),
        ("hyperlink \\\\server\\share", "unlinked"),
        ("INCLUDEPICTURE x", "unlinked"),
        ('IF "a" = "a" "shown" "hidden"', "unlinked"),
        ("PRIVATE hidden", "unlinked"),
        (" author \\* MERGEFORMAT", "dropped"),
        ("", "kept"),
    ],
)
def test_fields_that_name_people_are_told_from_those_that_count_pages(code, fate):
    assert fate_of(code) == fate


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    kind=st.sampled_from(sorted(MAKERS)),
    place=st.floats(0, 1),
    junk=st.binary(min_size=1, max_size=8),
)
def test_a_damaged_office_file_always_has_an_outcome(run, kind, place, junk):
    data = bytearray(MAKERS[kind]())
    start = int(place * len(data))
    data[start : start + len(junk)] = junk

    report, copy = run(bytes(data), kind)

    assert report.outcome in ("clean", "refused", "held")
    assert (copy is not None) == (report.outcome == "clean")
    assert copy is None or samples.hits(copy) == []


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(place=st.floats(0, 1), junk=st.text(st.characters(codec="utf-8"), min_size=1, max_size=4))
def test_a_damaged_main_part_always_has_an_outcome(run, place, junk):
    body = office.part("w:document", f"<w:body>{office.word_body()}</w:body>")
    start = int(place * len(body))

    report, _ = run(office.word(**{"word__document.xml": body[:start] + junk + body[start + 2 :]}))

    assert report.outcome in ("clean", "refused", "held")
