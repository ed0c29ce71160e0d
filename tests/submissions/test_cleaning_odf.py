"""OpenDocument: nothing that tells is left, what it says stays, and it still opens."""

import io
import re
import zipfile

import pytest
from lxml import etree

from submissions.cleaning import clean
from submissions.cleaning.odf.output import check
from submissions.cleaning.recognition import recognize
from submissions.cleaning.report import Doubtful
from tests.submissions import odf, samples
from tests.submissions.samples import CANARY, KEPT, RAW

MAKERS = {odf.TEXT: odf.text, odf.SLIDES: odf.slides, odf.SHEETS: odf.sheets}


@pytest.fixture
def run(tmp_path):
    def run(data, media_type=odf.TEXT):
        source, target = tmp_path / "in", tmp_path / "out"
        source.write_bytes(data)
        report = clean(source, target, media_type)
        return report, target.read_bytes() if target.exists() else None

    return run


def names(copy):
    return zipfile.ZipFile(io.BytesIO(copy)).namelist()


def xml(copy, part="content.xml"):
    return zipfile.ZipFile(io.BytesIO(copy)).read(part).decode()


def words(copy, part="content.xml"):
    return "".join(etree.fromstring(xml(copy, part).encode()).itertext())


@pytest.mark.parametrize("media_type", MAKERS)
def test_a_document_tells_nothing_of_who_made_it(run, media_type):
    data = MAKERS[media_type]()
    assert samples.hits(data) != []

    report, copy = run(data, media_type)

    assert (report.outcome, report.reason) == ("clean", "")
    assert samples.hits(copy) == []


@pytest.mark.parametrize("media_type", MAKERS)
def test_only_what_is_needed_comes_along_with_what_it_is_first(run, media_type):
    _, copy = run(MAKERS[media_type](), media_type)

    first = zipfile.ZipFile(io.BytesIO(copy)).infolist()[0]
    assert (first.filename, first.compress_type, first.date_time[0]) == ("mimetype", 0, 1980)
    assert zipfile.ZipFile(io.BytesIO(copy)).read("mimetype").decode() == media_type
    assert sorted(names(copy)) == [
        "META-INF/manifest.xml",
        "Pictures/picture1.jpg",
        "content.xml",
        "mimetype",
        "settings.xml",
        "styles.xml",
    ]


def test_the_list_of_parts_is_that_of_the_parts(run):
    _, copy = run(odf.with_objects(), odf.SHEETS)

    told = re.findall(r'full-path="([^"]+)"', xml(copy, "META-INF/manifest.xml"))
    inside = {name for name in names(copy) if name not in ("mimetype", "META-INF/manifest.xml")}
    assert set(told) - {"/", "Object 1/", "Object 2/"} == inside


def test_the_words_of_a_text_stay_and_fields_keep_what_they_show(run):
    _, copy = run(odf.text())

    assert words(copy) == (
        f"{KEPT} inserted tailPlace Shown titleSet wordsGot wordsChosenRow words1"
        "Open webMail wordsFile words!Near wordsJump wordsSection wordsMeta words"
    )
    assert words(copy, "styles.xml") == "Header words "


def test_only_links_to_the_web_and_to_places_inside_stay_links(run):
    _, copy = run(odf.text())

    links = re.findall(r'<text:a xlink:href="([^"]+)"', xml(copy))
    assert links == ["https://example.org/lesson", "#Item 1"]
    assert 'text:name="Item 1"' in xml(copy)


def test_pictures_are_drawn_again_and_shown_where_they_were(run):
    _, copy = run(odf.text())

    assert re.findall(r'<draw:image xlink:href="([^"]+)"', xml(copy)) == ["Pictures/picture1.jpg"]
    assert 'xlink:href="Pictures/picture1.jpg"' in xml(copy, "styles.xml")


def test_switches_that_place_the_lines_stay_and_no_other_setting(run):
    _, copy = run(odf.text())

    items = re.findall(r'config:name="([A-Za-z]+)"', xml(copy, "settings.xml"))
    assert items == ["AddParaTableSpacing"]


def test_numbers_and_formulas_stay_and_ties_to_other_files_keep_their_value(run):
    report, copy = run(odf.sheets(), odf.SHEETS)

    assert words(copy) == "247Linked"
    assert re.findall(r'table:formula="([^"]+)"', xml(copy)) == ["of:=[.A1]*2"]
    assert re.findall(r'<table:table table:name="([^"]+)"', xml(copy)) == ["Grades", "Hidden"]
    assert report.warnings == [
        "Tracked changes were accepted: text marked as deleted is gone.",
        "Hidden sheets are kept: reviewers can show them.",
    ]


def test_slides_and_notes_stay_and_notes_are_told_of(run):
    report, copy = run(odf.slides(), odf.SLIDES)

    assert words(copy) == f"{KEPT}Spoken wordsSecond slide"
    assert re.findall(r'<draw:page draw:name="(\w+)"', xml(copy)) == ["page1", "page2"]
    assert "Speaker notes are kept: reviewers can read them." in report.warnings


def test_charts_formulas_and_files_inside_are_cleaned_in_turn(run):
    report, copy = run(odf.with_objects(), odf.SHEETS)

    assert (report.outcome, samples.hits(copy)) == ("clean", [])
    assert sorted(name for name in names(copy) if name.startswith(("Object", "Pictures"))) == [
        "Object 1/content.xml",
        "Object 1/settings.xml",
        "Object 2/content.xml",
        "Object 3",
        "Object 4",
        "Pictures/picture1.jpg",
        "Pictures/picture1.png",
    ]
    assert words(copy, "Object 1/content.xml") == "Chart words"
    assert 'xlink:href=".."' in xml(copy, "Object 1/content.xml")
    assert words(copy, "Object 2/content.xml") == "x"
    assert "embedded files cleaned (2)" in report.removed


def test_the_report_names_what_was_there(run):
    report, _ = run(odf.text())

    assert report.removed == [
        "author name",
        "comments (1)",
        "custom data",
        "custom properties",
        "details of pictures (1)",
        "document properties",
        "document variables",
        "earlier versions",
        "embedded fonts",
        "fields with names and paths",
        "file names in descriptions of pictures",
        "form fields (1)",
        "ids of editing sessions",
        "links to files and mail addresses",
        "links to other files",
        "path of the template",
        "preview picture",
        "settings of the program",
        "signatures",
        "tracked changes (2)",
    ]


def test_an_odd_name_of_a_space_does_not_come_along(run):
    content = odf.part("office:document-content", "<office:body><office:text/></office:body>")
    odd = content.replace("xmlns:text=", f"xmlns:{CANARY}=").replace(
        "<office:text/>", f"<office:text><{CANARY}:p>Words</{CANARY}:p></office:text>"
    )

    report, copy = run(odf.zipped(odf.TEXT, {"content.xml": odd}))

    assert (report.outcome, samples.hits(copy), words(copy)) == ("clean", [], "Words")


def test_a_picture_written_into_the_text_is_drawn_again(run):
    letters = odf.base64.b64encode(samples.jpeg()).decode()
    inline = f"<office:binary-data>{letters}</office:binary-data>"
    body = f"<draw:frame><draw:image>{inline}</draw:image></draw:frame>"

    report, copy = run(odf.text(body=body))

    assert (report.outcome, samples.hits(copy)) == ("clean", [])
    assert "binary-data" not in xml(copy)
    assert "Pictures/picture2.jpg" in names(copy)


@pytest.mark.parametrize(
    "address", ["https://example.org/pixel.png", "file:///tmp/x.png", "Pictures/none.png", ""]
)
def test_a_picture_that_lies_elsewhere_goes_with_its_frame(run, address):
    body = f'<draw:frame><draw:image xlink:href="{address}"/></draw:frame>'

    report, copy = run(odf.text(body=body))

    assert (report.outcome, xml(copy).count("<draw:frame")) == ("clean", 1)


def test_a_drawing_beside_its_picture_goes_and_the_picture_stays(run):
    body = odf.frame("Pictures/a.svg", '<draw:image xlink:href="Pictures/class.jpg"/>')

    report, copy = run(odf.text(body=body, members={"Pictures/a.svg": b"<svg/>"}))

    assert report.outcome == "clean"
    assert [name for name in names(copy) if name.endswith("svg")] == []


def test_the_outline_of_a_shape_still_finds_its_equations(run):
    outline = '<draw:equation draw:name="f1" draw:formula="?f0 *2"/>'
    body = f'<draw:custom-shape><draw:enhanced-geometry draw:text-areas="0 0 ?f1 ?f1">{outline}'

    _, copy = run(odf.text(body=f"{body}</draw:enhanced-geometry></draw:custom-shape>"))

    assert 'draw:equation draw:name="f1"' in xml(copy)


def test_the_preview_of_a_table_goes_and_the_table_stays(run):
    table = "<table:table><table:table-row><table:table-cell/></table:table-row></table:table>"
    body = odf.frame("Pictures/TablePreview1.svm", table)

    report, copy = run(odf.text(body=body, members={"Pictures/TablePreview1.svm": b"VCLMTF"}))

    assert report.outcome == "clean"
    assert [name for name in names(copy) if name.endswith("svm")] == []


def test_shapes_that_refer_to_one_another_still_do(run):
    body = (
        f'<draw:frame draw:name="{CANARY}a" draw:chain-next-name="{CANARY}b"/>'
        f'<draw:frame draw:name="{CANARY}b" draw:id="{CANARY}"/>'
        f'<draw:connector draw:start-shape="{CANARY}"/><text:a xlink:href="#{CANARY}b|frame">x'
        "</text:a>"
    )

    _, copy = run(odf.text(body=body))

    content = xml(copy)
    assert 'draw:name="Item 2" draw:chain-next-name="Item 3"' in content
    assert 'draw:name="Item 3" draw:id="id1"' in content
    assert ('draw:start-shape="id1"' in content, 'xlink:href="#Item 3|frame"' in content) == (
        True,
        True,
    )


LISTENER = '<script:event-listener script:event-name="office:load" xlink:href="x"/>'
MACROS = {
    "module": {"members": {"Basic/Standard/Module1.xml": "<script/>"}},
    "script": {"members": {"Scripts/python/a.py": "print()"}},
    "dialog": {"members": {"Dialogs/Standard/D.xml": "<d/>"}},
    "listener": {"body": f"<office:event-listeners>{LISTENER}</office:event-listeners>"},
    "script in the text": {"body": "<text:script>x</text:script>"},
    "button": {"body": "<text:execute-macro>x</text:execute-macro>"},
    "link": {"body": '<text:a xlink:href="vnd.sun.star.script:a">x</text:a>'},
    "other link": {"body": '<text:a xlink:href=" MACRO:a">x</text:a>'},
    "applet": {"body": '<draw:frame><draw:applet xlink:href="a"/></draw:frame>'},
}


@pytest.mark.parametrize("where", MACROS)
def test_macros_are_refused(run, where):
    report, copy = run(odf.text(**MACROS[where]))

    assert (report.outcome, copy) == ("refused", None)
    assert report.reason.startswith("This file holds macros;")


def test_a_slide_that_starts_a_macro_is_refused(run):
    listener = '<presentation:event-listener presentation:action="execute-macro"/>'

    report, _ = run(odf.slides(page=listener), odf.SLIDES)

    assert report.reason.startswith("This file holds macros;")


def test_a_film_inside_is_refused_and_one_on_the_web_only_left_out(run):
    film = '<draw:frame><draw:plugin xlink:href="{}"/></draw:frame>'

    inside, _ = run(odf.slides(page=film.format("Media/a.mp4")), odf.SLIDES)
    outside, copy = run(odf.slides(page=film.format("https://example.org/a")), odf.SLIDES)

    assert (inside.outcome, inside.reason[:33]) == ("refused", "This file has a video or sound in")
    assert (outside.outcome, "plugin" in xml(copy)) == ("clean", False)


HELD = {
    "object of another program": {
        "body": '<draw:frame><draw:object-ole xlink:href="./Obj1"/></draw:frame>'
    },
    "unknown file": {"body": odf.embedded("Object 9"), "members": {"Object 9": RAW}},
    "zip of something else": {
        "body": odf.embedded("Object 9"),
        "members": {"Object 9": odf.zipped("", {"a": "b"})},
    },
    "object in an object in an object": {
        "body": odf.embedded("Object 9"),
        "members": {
            "Object 9": odf.text(
                body=odf.embedded("Object 9"),
                members={
                    "Object 9": odf.text(
                        body=odf.embedded("Object 9"), members={"Object 9": odf.text()}
                    )
                },
            )
        },
    },
    "picture nobody can draw": {
        "body": odf.frame("Pictures/a.svm"),
        "members": {"Pictures/a.svm": b"VCLMTF" + RAW},
    },
}


@pytest.mark.parametrize("what", HELD)
def test_what_nobody_here_can_look_into_is_held(run, what):
    report, copy = run(odf.text(**HELD[what]))

    assert (report.outcome, copy) == ("held", None)
    assert "so our staff will look at it" in report.reason


def test_a_locked_file_is_refused(run):
    locked = odf.manifest("content.xml", extra="<manifest:encryption-data/>")

    report, _ = run(odf.text(members={"META-INF/manifest.xml": locked}))

    assert report.reason.startswith("This file is protected with a password")


ENTITY = '<!DOCTYPE a [<!ENTITY x "aaaa"><!ENTITY y "&x;&x;">]><a>&y;</a>'
BROKEN = {
    "entities in the content": odf.text(members={"content.xml": ENTITY}),
    "entities in the settings": odf.text(members={"settings.xml": ENTITY}),
    "entities in the properties": odf.text(members={"meta.xml": ENTITY}),
    "no XML": odf.text(members={"content.xml": "<office"}),
    "no content": odf.zipped(odf.TEXT, {"styles.xml": odf.part("office:document-styles")}),
    "no body": odf.text(members={"content.xml": odf.part("office:document-content")}),
    "another kind": odf.text(members={"content.xml": odf.CHART}),
    "cut off": odf.text()[:3000],
    "says another kind": odf.zipped(odf.SHEETS, {"content.xml": "<a/>"}),
    "says nothing": odf.zipped("", {"content.xml": "<a/>"}),
    "way out": odf.text(members={"../../evil.xml": "<a/>"}),
    "letters that are none": odf.text(
        body="<draw:image><office:binary-data>A</office:binary-data></draw:image>"
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_file_is_refused_with_one_sentence(run, what):
    report, copy = run(BROKEN[what])

    assert (report.outcome, copy) == ("refused", None)
    assert (report.reason[-1], report.reason.count(". ")) == (".", 0)


def test_a_bomb_is_refused_before_it_is_unpacked(run, monkeypatch):
    bomb = odf.text(members={"Pictures/a.png": bytes(210 * 1024 * 1024)})

    report, _ = run(bomb)

    assert (len(bomb) < 1024 * 1024, report.reason[:26]) == (True, "This file unpacks to more ")


def test_a_chart_of_numbers_from_another_file_keeps_them_and_loses_the_tie(run):
    chart = odf.CHART.replace('xlink:href=".."', f'xlink:href="file:///home/{CANARY}/a.ods"')
    body = odf.embedded("Object 1")

    report, copy = run(odf.text(body=body, members={"Object 1/content.xml": chart}))

    assert (report.outcome, words(copy, "Object 1/content.xml")) == ("clean", "Chart words")
    assert "xlink:href" not in xml(copy, "Object 1/content.xml")


CONTENT = odf.part(
    "office:document-content", "<office:body><office:text>{}</office:text></office:body>"
)
LOST = CONTENT.replace("{}", '<draw:image xlink:href="Pictures/lost.png"/>')
UNSOUND = {
    "another kind": odf.zipped(odf.SHEETS, {"content.xml": CONTENT}),
    "what it is comes last": odf.zipped("", {"content.xml": CONTENT, "mimetype": odf.TEXT}),
    "picture missing": odf.zipped(odf.TEXT, {"content.xml": LOST}),
    "no XML": odf.zipped(odf.TEXT, {"content.xml": "<a"}),
    "no zip": b"PK" + RAW,
    "damaged member": odf.zipped(odf.TEXT, {"a.txt": bytes(999)}).replace(b"\x63\x60", b"\x63\x61"),
}


@pytest.mark.parametrize("what", UNSOUND)
def test_a_copy_that_would_not_open_is_held(what):
    with pytest.raises(Doubtful, match="does not open as it should"):
        check(UNSOUND[what], odf.TEXT)


def test_a_document_that_only_says_it_is_one_is_known_by_what_it_says():
    kinds = {
        f"{odf.KIND}.text-template": "office template",
        f"{odf.KIND}.graphics": "other office",
        odf.TEXT: odf.TEXT,
    }

    found = {kind: recognize(io.BytesIO(odf.zipped(kind, {"a": "b"}))) for kind in kinds}

    assert found == kinds


def test_slides_are_numbered_and_links_lead_to_the_numbers(run):
    link = f'<text:p><text:a xlink:href="#{CANARY}">Next</text:a></text:p>'
    named = f'<draw:page draw:name="{CANARY}"><text:p>Third</text:p></draw:page>'
    show = f'<presentation:show presentation:name="{CANARY}" presentation:pages="{CANARY}"/>'
    header = f'<presentation:header-decl presentation:name="h">{CANARY}</presentation:header-decl>'
    page = f"{link}</draw:page>{named}{show}{header}<draw:page>"

    report, copy = run(odf.slides(page=page), odf.SLIDES)

    assert (report.outcome, samples.hits(copy)) == ("clean", [])
    assert re.findall('<draw:page draw:name="(.*?)"', xml(copy)) == [
        f"page{n}" for n in range(1, 5)
    ]
    assert 'xlink:href="#page2"' in xml(copy)


def test_styles_lose_the_names_their_owner_calls_them(run):
    style = (
        f'<style:style style:name="Own" style:family="paragraph" style:display-name="{CANARY}"/>'
    )
    styles = odf.part("office:document-styles", f"<office:styles>{style}</office:styles>")

    report, copy = run(odf.text(members={"styles.xml": styles}), odf.TEXT)

    assert (report.outcome, samples.hits(copy)) == ("clean", [])
