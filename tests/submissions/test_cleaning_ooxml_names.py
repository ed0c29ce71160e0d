"""Names people give inside Office files: to bookmarks, styles, shapes; and where they lead."""

import io
import re
import time
import zipfile

import pytest

from submissions.cleaning import clean
from tests.submissions import office, samples
from tests.submissions.office import TYPE, field, part, run
from tests.submissions.samples import CANARY

WORD = f"{TYPE}.wordprocessingml.document"
SLIDES = f"{TYPE}.presentationml.presentation"
SHEETS = f"{TYPE}.spreadsheetml.sheet"


@pytest.fixture
def cleaned(tmp_path):
    def cleaned(data, media_type=WORD):
        (tmp_path / "in").write_bytes(data)
        report = clean(tmp_path / "in", tmp_path / "out", media_type)
        copy = (tmp_path / "out").read_bytes() if report.outcome == "clean" else None
        return report, copy

    return cleaned


def text_of(data, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return zipped.read(name).decode()


def word(body, **changes):
    """A Word file with this body, that refers to nothing but its styles."""
    return office.word(
        **{
            "word__document.xml": part("w:document", f"<w:body>{body}</w:body>"),
            "word___rels__document.xml.rels": office.rels(("rIdSty", "styles", "styles.xml")),
            **changes,
        }
    )


def test_a_font_keeps_its_name_and_loses_what_its_owner_calls_it(cleaned):
    font = f'<w:font w:name="Georgia"><w:altName w:val="{CANARY}"/></w:font>'
    links = office.rels(("rIdSty", "styles", "styles.xml"), ("rIdF", "fontTable", "fontTable.xml"))
    told = {"word__fontTable.xml": part("w:fonts", font)}

    _, copy = cleaned(word(run("Kept"), **told, **{"word___rels__document.xml.rels": links}))

    assert samples.hits(copy) == []
    assert 'w:name="Georgia"' in text_of(copy, "word/fontTable.xml")


def bookmark(name):
    start = f'<w:bookmarkStart w:id="1" w:name="{name}"/>'
    return f'<w:p>{start}{run("Marked")}<w:bookmarkEnd w:id="1"/></w:p>'


JUMPS = {
    f"REF {CANARY} \\h": "REF _Mark1 \\h",
    f'PAGEREF "{CANARY}" \\h': 'PAGEREF "_Mark1" \\h',
    f'HYPERLINK \\l "{CANARY}" \\o "To {CANARY}"': 'HYPERLINK \\l "_Mark1" ',
    f'HYPERLINK "https://example.org/" \\l "{CANARY}"': (
        'HYPERLINK "https://example.org/" \\l "_Mark1"'
    ),
    f'TOC \\o "1-3" \\t "{CANARY},1" \\b {CANARY}': 'TOC \\o "1-3" \\b _Mark1',
    "PAGEREF _Toc123 \\h": "PAGEREF _Toc123 \\h",
}


@pytest.mark.parametrize("code", JUMPS)
@pytest.mark.parametrize("form", ["simple", "broken"])
def test_what_refers_to_a_bookmark_finds_it_under_its_number(cleaned, code, form):
    if form == "simple":
        escaped = code.replace('"', "&quot;")
        use = f'<w:fldSimple w:instr=" {escaped} ">{run("Shown")}</w:fldSimple>'
    else:
        halves = f"{code[:7]}</w:instrText></w:r><w:r><w:instrText>{code[7:]}"
        use = field(halves, "Shown")

    _, copy = cleaned(word(bookmark(CANARY) + f"<w:p>{use}</w:p>"))

    body = text_of(copy)
    codes = re.findall(r"<w:instrText[^>]*>([^<]*)", body) or re.findall('w:instr="([^"]*)"', body)
    assert samples.hits(copy) == []
    assert "".join(codes).replace("&quot;", '"').strip() == JUMPS[code].strip()
    assert ('w:name="_Mark1"' in body, "Shown" in body) == (True, True)


def test_a_link_within_the_text_finds_its_bookmark_in_another_part_too(cleaned):
    where = f'w:anchor="{CANARY}" w:docLocation="{CANARY}"'
    link = f"<w:p><w:hyperlink {where}>{run('a')}</w:hyperlink></w:p>"
    data = word(
        bookmark(CANARY),
        **{
            "word___rels__document.xml.rels": office.rels(("rIdH", "header", "header1.xml")),
            "word__header1.xml": part("w:hdr", link),
        },
    )

    _, copy = cleaned(data)

    assert 'w:anchor="_Mark1"' in text_of(copy, "word/header1.xml")
    assert samples.hits(copy) == []


@pytest.mark.parametrize("name", ["_Toc123", "_Ref99", "_GoBack", "_Hlk7", "_Mark3"])
def test_bookmarks_that_programs_set_keep_their_names(cleaned, name):
    _, copy = cleaned(word(bookmark(name)))

    assert f'w:name="{name}"' in text_of(copy)


def styles(*, own):
    kind = 'w:customStyle="1"' if own else ""
    return part(
        "w:styles",
        f'<w:style w:type="paragraph" {kind} w:styleId="{CANARY}s"><w:name w:val="{CANARY} s"/>'
        f'<w:aliases w:val="{CANARY}"/><w:basedOn w:val="Normal"/></w:style>'
        f'<w:style w:type="paragraph" w:styleId="Next1"><w:name w:val="Next 1"/>'
        f'<w:basedOn w:val="{CANARY}s"/></w:style>',
    )


def test_a_style_of_ones_own_goes_by_a_number_wherever_it_is_used(cleaned):
    body = f'<w:p><w:pPr><w:pStyle w:val="{CANARY}s"/></w:pPr>{run("Styled")}</w:p>'
    use = f"<w:p>{field(f'STYLEREF &quot;{CANARY} s&quot;', 'Shown')}</w:p>"

    _, copy = cleaned(word(body + use, **{"word__styles.xml": styles(own=True)}))

    told = text_of(copy, "word/styles.xml")
    assert samples.hits(copy) == []
    assert 'w:pStyle w:val="Style1"' in text_of(copy)
    assert 'STYLEREF "Style1"' in text_of(copy)
    assert (told.count('"Style1"'), 'w:name w:val="Next 1"' in told) == (3, True)


def test_styles_that_programs_bring_along_keep_their_names(cleaned):
    _, copy = cleaned(word("", **{"word__styles.xml": styles(own=False)}))

    assert f'w:styleId="{CANARY}s"' in text_of(copy, "word/styles.xml")


def test_drawn_shapes_go_by_numbers_and_still_find_their_pattern(cleaned):
    body = (
        f'<w:p><w:r><w:pict><v:shapetype id="{CANARY}t"/><v:shape id="{CANARY}" o:spid="{CANARY}"'
        f' type="#{CANARY}t" o:title="{CANARY}" href="mailto:{CANARY}@example.org" alt="A map"/>'
        f'<v:shape id="_x0000_s7" href="https://example.org/" o:href="https://{CANARY}.example/"/>'
        "</w:pict></w:r></w:p>"
    )

    _, copy = cleaned(word(body))

    shapes = re.findall("<v:shape[^>]*>", text_of(copy))
    assert samples.hits(copy) == []
    assert shapes == [
        '<v:shapetype id="_x0000_n1"/>',
        '<v:shape id="_x0000_n2" o:spid="_x0000_n2" type="#_x0000_n1" alt="A map"/>',
        '<v:shape id="_x0000_s7" href="https://example.org/"/>',
    ]


def test_form_fields_keep_what_they_show(cleaned):
    asked = "".join(f'<w:{one} w:val="{CANARY}"/>' for one in ("name", "helpText", "entryMacro"))
    ticked = f'<w:ffData>{asked}<w:checkBox><w:default w:val="1"/></w:checkBox></w:ffData>'
    typed = f'<w:ffData>{asked}<w:textInput><w:default w:val="{CANARY}"/></w:textInput></w:ffData>'
    body = "".join(
        f'<w:p><w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r></w:p>'
        for data in (ticked, typed)
    )

    _, copy = cleaned(word(body))

    assert samples.hits(copy) == []
    assert '<w:checkBox><w:default w:val="1"/></w:checkBox>' in text_of(copy)


def test_a_field_in_the_code_of_another_goes_with_that_code(cleaned):
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    code = "<w:r><w:instrText>{}</w:instrText></w:r>".format
    inner = field("MERGEFIELD Name", CANARY)
    body = (
        f"<w:p>{mark('begin')}{code('IF ')}{inner}{code(f'= {CANARY} {CANARY}')}"
        f"{mark('separate')}{run('Shown')}{mark('end')}</w:p>"
    )

    _, copy = cleaned(word(body))

    assert (samples.hits(copy), "Shown" in text_of(copy)) == ([], True)


@pytest.mark.parametrize("kind", ["dropDownList", "comboBox"])
def test_a_list_to_choose_from_keeps_only_what_was_chosen(cleaned, kind):
    item = f'<w:listItem w:displayText="{CANARY}" w:value="{CANARY}"/>'
    body = (
        f'<w:sdt><w:sdtPr><w:{kind} w:lastValue="{CANARY}">{item}</w:{kind}></w:sdtPr>'
        f"<w:sdtContent><w:p>{run('Chosen')}</w:p></w:sdtContent></w:sdt>"
    )

    _, copy = cleaned(word(body))

    assert (samples.hits(copy), f"<w:{kind}/>" in text_of(copy)) == ([], True)
    assert "Chosen" in text_of(copy)


def test_controls_and_lists_tell_nothing_but_their_words(cleaned):
    control = (
        f'<w:sdt><w:sdtPr><w:id w:val="77"/><w:alias w:val="{CANARY}"/><w:tag w:val="{CANARY}"/>'
        f"<w14:checkbox/></w:sdtPr><w:sdtContent><w:p>{run('Ticked')}</w:p></w:sdtContent></w:sdt>"
    )
    lists = part(
        "w:numbering",
        f'<w:abstractNum><w:nsid w:val="{CANARY}"/><w:tmpl w:val="{CANARY}"/>'
        f'<w:name w:val="{CANARY}"/><w:lvl w:ilvl="0" w:tplc="{CANARY}"/></w:abstractNum>',
    )
    rows = office.rels(("rIdN", "numbering", "numbering.xml"))

    data = word(control, **{"word___rels__document.xml.rels": rows, "word__numbering.xml": lists})

    _, copy = cleaned(data)

    assert samples.hits(copy) == []
    assert ("Ticked" in text_of(copy), "w14:checkbox" in text_of(copy)) == (True, True)


def test_a_theme_of_a_school_has_a_neutral_name_and_its_colors(cleaned):
    theme = part(
        "a:theme",
        f'<a:themeElements><a:clrScheme name="{CANARY}"><a:dk1/></a:clrScheme>'
        f'<a:fontScheme name="{CANARY}"/><a:fmtScheme name="{CANARY}"/></a:themeElements>'
        f'<a:custClrLst><a:custClr name="{CANARY}"/></a:custClrLst>'
        f'<a:extLst><a:ext uri="x"><a:family name="{CANARY}"/></a:ext></a:extLst>',
        name=CANARY,
    )
    rows = office.rels(("rIdT", "theme", "theme/theme1.xml"))
    data = word("", **{"word___rels__document.xml.rels": rows, "word__theme__theme1.xml": theme})

    _, copy = cleaned(data)

    told = text_of(copy, "word/theme/theme1.xml")
    assert samples.hits(copy) == []
    assert ('name="Theme"' in told, '<a:clrScheme name="Colors"><a:dk1/>' in told) == (True, True)


def layout(name, words, extra=""):
    holder = f'<p:sp><p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr>{words}</p:sp>'
    tree = f"<p:spTree>{holder}{extra}</p:spTree>"
    return part("p:sldLayout", f'<p:cSld name="{name}">{tree}</p:cSld>')


def deck(slide="", **changes):
    rows = office.rels(("rIdL", "slideLayout", "../slideLayouts/slideLayout1.xml"))
    return office.slides(
        **{
            "ppt__slides__slide1.xml": part("p:sld", slide),
            "ppt__slides___rels__slide1.xml.rels": rows,
            **changes,
        }
    )


@pytest.mark.parametrize(
    ("name", "kept"),
    [(CANARY, "Layout"), ("Title Slide", "Title Slide"), ("3_Custom Layout", "3_Custom Layout")],
)
def test_a_layout_shows_its_words_but_not_the_hints_in_its_placeholders(cleaned, name, kept):
    hint = f"<a:p><a:r><a:t>{CANARY}</a:t></a:r><a:fld><a:t>7</a:t></a:fld></a:p>"
    shown = "<p:sp><a:p><a:r><a:t>Room 12</a:t></a:r></a:p></p:sp>"

    _, copy = cleaned(
        deck(**{"ppt__slideLayouts__slideLayout1.xml": layout(name, hint, shown)}), SLIDES
    )

    told = text_of(copy, "ppt/slideLayouts/slideLayout1.xml")
    assert samples.hits(copy) == []
    assert re.findall("<a:t>(.*?)</a:t>", told) == ["Text", "7", "Room 12"]
    assert f'<p:cSld name="{kept}">' in told


def test_slides_can_not_be_known_again_from_file_to_file(cleaned):
    number = f'<p:extLst><p:ext uri="a"><p:creationId val="{CANARY}"/></p:ext></p:extLst>'
    other = '<p:extLst><p:ext uri="b"><p:guides/></p:ext></p:extLst>'

    _, copy = cleaned(
        deck(
            f'<p:cSld name="{CANARY}"><p:oleObj name="{CANARY}"/>{number}</p:cSld>{other}',
            **{"ppt__slideLayouts__slideLayout1.xml": layout("Blank", "")},
        ),
        SLIDES,
    )

    slide = text_of(copy, "ppt/slides/slide1.xml")
    assert samples.hits(copy) == []
    assert (slide.count("p:extLst>"), slide.count("p:guides")) == (2, 1)


@pytest.mark.parametrize("kind", ["author", "file1"])
def test_fields_of_slides_that_print_names_and_paths_go(cleaned, kind):
    fields = "".join(
        f'<a:fld type="{one}"><a:t>{shown}</a:t></a:fld>'
        for one, shown in ((kind, CANARY), ("slidenum", "7"))
    )

    report, copy = cleaned(deck(f"<p:cSld><a:p>{fields}</a:p></p:cSld>"), SLIDES)

    slide = text_of(copy, "ppt/slides/slide1.xml")
    assert "fields with names and paths" in report.removed
    assert (samples.hits(copy), slide.count("<a:fld ")) == ([], 1)


def test_shows_of_chosen_slides_are_numbered(cleaned):
    show = f'<p:custShow name="{CANARY}" id="0"><p:sldLst/></p:custShow>'
    told = part("p:presentation", f"<p:custShowLst>{show}</p:custShowLst>")

    _, copy = cleaned(deck("<p:cSld/>", **{"ppt__presentation.xml": told}), SLIDES)

    assert samples.hits(copy) == []
    assert '<p:custShow name="Show 1" id="0">' in text_of(copy, "ppt/presentation.xml")


def test_what_other_programs_add_to_slides_goes(cleaned):
    foreign = f'<p:ext uri="a"><x:data xmlns:x="http://maker.example/" v="{CANARY}"/></p:ext>'
    own = '<p:ext uri="b"><p:guides/></p:ext>'

    _, copy = cleaned(deck(f"<p:cSld/><p:extLst>{foreign}{own}</p:extLst>"), SLIDES)

    slide = text_of(copy, "ppt/slides/slide1.xml")
    assert (samples.hits(copy), slide.count("<p:ext "), slide.count("p:guides")) == ([], 1, 1)


FORMULAS = {
    f'HYPERLINK("file:///C:/Users/{CANARY}/a.xlsx","a")': ("", "5"),
    f'HYPERLINK("mailto:{CANARY}@example.org")': ("", "5"),
    f"'C:\\{CANARY}\\[a.xlsx]Sheet1'!A1": ("", "5"),
    f'WEBSERVICE("http://{CANARY}.example/")': ("", "5"),
    f'_xlfn.IMAGE("http://{CANARY}.example/a.png")': ("", "5"),
    f"cmd|'/c {CANARY}'!A0": ("", "5"),
    'CELL("filename",A1)': ("", ""),
    'INFO("directory")': ("", ""),
    'HYPERLINK("https://example.org/","a")': ('HYPERLINK("https://example.org/","a")', "5"),
    "SUM(A1:A3)": ("SUM(A1:A3)", "5"),
    'CELL("row",A1)': ('CELL("row",A1)', "5"),
}


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_that_reaches_out_leaves_only_its_value(cleaned, formula):
    cell = f"<s:c><s:f>{formula}</s:f><s:v>5</s:v></s:c>"
    data = office.sheets(
        **{
            "xl__worksheets__sheet1.xml": part(
                "s:worksheet", f'<s:sheetPr codeName="{CANARY}"/><s:sheetData>{cell}</s:sheetData>'
            )
        }
    )

    _, copy = cleaned(data, SHEETS)

    sheet = text_of(copy, "xl/worksheets/sheet1.xml")
    found = [re.findall(f"<s:{name}>(.*?)</s:{name}>", sheet) for name in ("f", "v")]
    assert samples.hits(copy) == []
    assert tuple("".join(one) for one in found) == FORMULAS[formula]


ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
SEVEN_BIT = "<?xml version='1.0' encoding='UTF-7'?>+ADwAIQ-DOCTYPE x+AD4APA-x/+AD4-"


@pytest.mark.parametrize("content", [ENTITY, ENTITY.encode("utf-16"), SEVEN_BIT])
@pytest.mark.parametrize("name", ["word__document.xml", "docProps__core.xml"])
def test_entities_are_refused_however_they_are_written(cleaned, content, name):
    report, copy = cleaned(office.word(**{name: content}))

    assert (report.outcome, copy) == ("refused", None)


def test_entities_are_refused_in_parts_that_nothing_refers_to(cleaned):
    report, _ = cleaned(office.word(**{"word__unused.xml": ENTITY}))

    assert "not built the way Office files are" in report.reason


OVERLOADED = {
    "elements": "<w:p/>" * 2_100_000,
    "attributes": "<w:p " + " ".join(f'a{number}="1"' for number in range(100_000)) + "/>",
    "depth": "<w:p>" * 5_000 + "</w:p>" * 5_000,
}


@pytest.mark.parametrize("what", OVERLOADED)
def test_a_part_overloaded_with_marks_is_refused_at_once(cleaned, what):
    data = office.word(
        **{"word__document.xml": part("w:document", f"<w:body>{OVERLOADED[what]}</w:body>")}
    )
    begun = time.monotonic()

    report, _ = cleaned(data)

    assert report.outcome == "refused"
    assert time.monotonic() - begun < 4


def test_namespaces_without_number_are_refused(cleaned):
    spaces = {f"xmlns:n{number}": "u" for number in range(1000)}

    report, _ = cleaned(office.word(**{"word__document.xml": part("w:document", **spaces)}))

    assert report.outcome == "refused"


def test_a_pixel_bomb_inside_is_refused_and_not_left_to_staff(cleaned):
    data = office.word(**{f"word__media__{CANARY}.jpg": samples.bomb(13_000, 13_000)})

    report, copy = cleaned(data)

    assert (report.outcome, copy) == ("refused", None)
    assert "put a smaller copy of it in" in report.reason


def test_a_large_table_is_cleaned_in_the_time_of_its_size(cleaned):
    row = '<s:row r="1">' + '<s:c r="A1" t="n"><s:v>1</s:v></s:c>' * 10 + "</s:row>"
    sheet = part("s:worksheet", f"<s:sheetData>{row * 10_000}</s:sheetData>")
    begun = time.monotonic()

    report, _ = cleaned(office.sheets(**{"xl__worksheets__sheet1.xml": sheet}), SHEETS)

    assert report.outcome == "clean"
    assert time.monotonic() - begun < 6
