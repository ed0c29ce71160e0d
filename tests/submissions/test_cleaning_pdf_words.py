"""Words that nobody is shown: gone wherever they stand in a PDF, while what is read out stays."""

import io

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from submissions.cleaning import clean
from tests.submissions import samples
from tests.submissions.samples import CANARY

WORD, OWN = String(CANARY), Name(f"/{CANARY}")


@pytest.fixture
def run(tmp_path):
    def run(pdf):
        source, target = tmp_path / "in.pdf", tmp_path / "out.pdf"
        source.write_bytes(samples.pdf_bytes(pdf))
        report = clean(source, target, "application/pdf")
        return report, target.read_bytes() if target.exists() else None

    return run


@pytest.fixture
def pdf():
    pdf = pikepdf.new()
    samples.page_with_text(pdf)
    return pdf


def opened(data):
    return pikepdf.open(io.BytesIO(data))


def link(pdf, **keys):
    box = Array([0, 0, 9, 9])
    return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=box, **keys))


def in_resources(pdf, resources):
    resources[f"/{CANARY}"] = Dictionary()


def in_a_setting(pdf, resources):
    resources.ExtGState = Dictionary(GS0=Dictionary(LW=1, Private=WORD, Other=Array([WORD])))


def in_a_font(pdf, resources):
    described = Dictionary(Type=Name.FontDescriptor, FontName=Name.F, FontFamily=WORD, XUID=WORD)
    resources.Font.F1.FontDescriptor = pdf.make_indirect(described)
    resources.Font.F1.Owner = OWN


def in_marked_content(pdf, resources):
    resources.Properties = Dictionary(MC0=Dictionary(Title=WORD, Color=Array([1, 2, 3])))


def in_the_settings_of_the_viewer(pdf, resources):
    pdf.Root.ViewerPreferences = Dictionary(Direction=Name.R2L, ViewArea=OWN)
    pdf.Root.MarkInfo = Dictionary(Marked=True, Owner=WORD)


def in_a_layer_rule(pdf, resources):
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=WORD))
    resources.Properties = Dictionary(MC0=Dictionary(Type=Name.OCMD, OCGs=layer, Note=WORD))
    rules = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer]), Name=WORD))
    pdf.Root.OCProperties = rules
    rules.Configs = Array([Dictionary(Name=WORD)])


def in_lists_of_names(pdf, resources):
    goal = Array([pdf.pages[0].obj, Name.Fit])
    pdf.Root.Names = Dictionary(Dests=Dictionary(Names=Array([WORD, goal])), IDS=Dictionary())
    pdf.Root.Dests = Dictionary({f"/{CANARY}": goal})


PLACES = [
    in_resources,
    in_a_setting,
    in_a_font,
    in_marked_content,
    in_the_settings_of_the_viewer,
    in_a_layer_rule,
    in_lists_of_names,
]


@pytest.mark.parametrize("tell", PLACES)
def test_words_in_an_odd_place_are_gone(run, pdf, tell):
    tell(pdf, pdf.pages[0].obj.Resources)
    assert samples.hits(samples.pdf_bytes(pdf)) != []

    report, copy = run(pdf)

    assert (report.outcome, samples.hits(copy)) == ("clean", [])


def test_the_colors_of_a_palette_are_no_words(run, pdf):
    palette = Array([Name.Indexed, Name.DeviceRGB, 1, String(b"\x00\x00\x00\xff\xff\xff")])
    pdf.pages[0].obj.Resources.ColorSpace = Dictionary(CS0=palette, CS1=Array([palette]))

    _, copy = run(pdf)

    again = opened(copy)
    kept = again.pages[0].obj.Resources.ColorSpace
    assert [bytes(kept.CS0[3]), len(kept.CS1)] == [b"\x00\x00\x00\xff\xff\xff", 1]


@pytest.mark.parametrize("way", ["string", "name", "action", "kids"])
def test_a_link_to_a_named_goal_leads_to_its_page_without_the_name(run, pdf, way):
    samples.page_with_text(pdf)
    goal = Dictionary(D=Array([pdf.pages[1].obj, Name.XYZ, 0, 50, None, WORD]))
    named = Dictionary(Names=Array([WORD, goal]))
    tree = Dictionary(Kids=Array([pdf.make_indirect(named)])) if way == "kids" else named
    pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(tree))
    pdf.Root.Dests = Dictionary({f"/{CANARY}": goal})
    links = {
        "string": {"Dest": WORD},
        "kids": {"Dest": WORD},
        "name": {"Dest": OWN},
        "action": {"A": Dictionary(S=Name.GoTo, D=WORD)},
    }
    pdf.pages[0].obj.Annots = Array([link(pdf, **links[way])])

    _, copy = run(pdf)

    kept = opened(copy)
    assert samples.hits(copy) == []
    assert kept.pages[0].obj.Annots[0].A.D[0].objgen == kept.pages[1].obj.objgen
    assert [str(one) for one in list(kept.pages[0].obj.Annots[0].A.D)[1:4]] == ["/XYZ", "0", "50"]


def test_a_tree_of_names_that_bites_its_tail_ends(run, pdf):
    tree = pdf.make_indirect(Dictionary())
    tree.Kids = Array([tree, 7])
    pdf.Root.Names = Dictionary(Dests=tree)
    pdf.pages[0].obj.Annots = Array([link(pdf, Dest=WORD)])

    report, copy = run(pdf)

    again = opened(copy)
    assert (report.outcome, "/Annots" in again.pages[0].obj) == ("clean", False)


def tagged(pdf):
    """A tree of tags with names of someone's own: a heading, a table, and a tag without a type."""
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    head = pdf.make_indirect(Dictionary(S=OWN, P=tree, T=WORD, ID=String("h"), C=OWN))
    cell = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.TD, P=tree, ID=WORD))
    cell.A = Dictionary(O=Name.Table, Headers=Array([String("h"), WORD, String("none")]))
    odd = pdf.make_indirect(Dictionary(S=Name(f"/{CANARY}2"), P=tree, Alt=String("A map")))
    odd.K = pdf.make_indirect(Dictionary(S=Name.Figure, P=odd, Alt=String(f"/home/{CANARY}/a.png")))
    tree.K = Array([head, cell, odd])
    tree.RoleMap = Dictionary({f"/{CANARY}": Name("/Mine"), "/Mine": Name.H1})
    tree.ClassMap = Dictionary({f"/{CANARY}": Dictionary(O=Name.Layout, SpaceAfter=7)})
    tree.IDTree = Dictionary(Names=Array([WORD, cell]))
    tree.Namespaces = Array([Dictionary(Type=Name.Namespace, NS=WORD, Schema=Dictionary(F=WORD))])
    pdf.Root.StructTreeRoot = tree
    return pdf


def test_tags_tell_nothing_but_what_is_read_out(run, pdf):
    _, copy = run(tagged(pdf))

    again = opened(copy)
    head, cell, odd = again.Root.StructTreeRoot.K
    assert samples.hits(copy) == []
    assert [str(one.S) for one in (head, cell, odd)] == ["/H1", "/TD", "/NonStruct"]
    assert [str(odd.Alt), str(odd.K.Alt)] == ["A map", "Picture"]


def test_cells_still_find_their_headings_and_tags_their_classes(run, pdf):
    _, copy = run(tagged(pdf))

    again = opened(copy)
    tree = again.Root.StructTreeRoot
    head, cell, _ = tree.K
    assert [str(one) for one in cell.A.Headers] == [str(head.ID), str(cell.ID)]
    assert [str(one) for one in list(tree.IDTree.Names)[::2]] == sorted(
        [str(head.ID), str(cell.ID)]
    )
    assert tree.ClassMap[str(head.C[0])].SpaceAfter == 7


def test_a_role_that_leads_to_itself_is_none(run, pdf):
    tree = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    tree.K = pdf.make_indirect(Dictionary(S=Name.A1, P=tree))
    tree.RoleMap = Dictionary(A1=Name.A2, A2=Name.A1)
    pdf.Root.StructTreeRoot = tree

    _, copy = run(pdf)

    again = opened(copy)
    assert str(again.Root.StructTreeRoot.K.S) == "/NonStruct"


TOLD_BETWEEN = [
    f"% {CANARY}\nBT ET",
    f"q\r% {CANARY}\rQ",
    f"/Artifact <</Type /Pagination /Owner ({CANARY})>> BDC EMC",
    f"/Span <</ActualText (a) /Owner <{CANARY.encode().hex()}>>> BDC EMC",
    f"/P <</MCID 0 /X <</Y ({CANARY})>> >> DP",
]


@pytest.mark.parametrize("told", TOLD_BETWEEN)
@pytest.mark.parametrize("place", ["page", "drawing"])
def test_nothing_is_told_between_the_drawing(run, pdf, told, place):
    page = pdf.pages[0].obj
    content = told.encode() + b" BT /F1 12 Tf 20 50 Td (100 % sure) Tj ET"
    if place == "page":
        page.Contents = pdf.make_stream(content)
    else:
        form = pdf.make_stream(content, Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 99, 99])
        page.Resources.XObject = Dictionary(Fm0=form)

    report, copy = run(pdf)

    again = opened(copy)
    kept = again.pages[0].obj
    drawn = kept.Contents if place == "page" else kept.Resources.XObject.Fm0
    assert (report.outcome, samples.hits(copy)) == ("clean", [])
    assert b"(100 % sure) Tj" in drawn.read_bytes()


def tiled(pdf, content):
    """A pattern of tiles drawn with this content."""
    tile = pdf.make_stream(content, PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 9, 9])
    pdf.pages[0].obj.Resources.Pattern = Dictionary(P1=tile)


def lettered(pdf, content):
    """A font whose only letter is drawn with this content."""
    letters = Dictionary(A=pdf.make_stream(content))
    font = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=letters)
    pdf.pages[0].obj.Resources.Font.F8 = font


@pytest.mark.parametrize("drawn", [tiled, lettered])
def test_nothing_is_told_between_the_drawing_of_tiles_and_letters(run, pdf, drawn):
    drawn(pdf, f"% {CANARY}\n0 0 5 5 re f".encode())

    report, copy = run(pdf)

    assert (report.outcome, samples.hits(copy)) == ("clean", [])
    again = opened(copy)
    assert len(drawings(again.pages[0].obj.Resources)) == 1


def drawings(resources):
    """The streams of tiles and letters that draw a rectangle."""
    tiles = list(dict(resources.get("/Pattern", {}).items()).values())
    letters = [
        font.CharProcs.A for font in dict(resources.Font.items()).values() if "/CharProcs" in font
    ]
    return [one for one in tiles + letters if b"0 0 5 5 re" in one.read_bytes()]


def test_languages_and_orders_are_kept_only_where_they_are_such(run, pdf):
    page = pdf.pages[0].obj
    page.Tabs, pdf.Root.Lang = Name(f"/{CANARY}"), CANARY
    pdf.add_blank_page()
    pdf.pages[1].obj.Tabs = Name.S

    _, copy = run(pdf)

    again = opened(copy)
    assert samples.hits(copy) == []
    assert ("/Lang" in again.Root, [str(p.obj.get("/Tabs")) for p in again.pages]) == (
        False,
        ["None", "/S"],
    )


def test_the_language_of_a_document_is_kept(run, pdf):
    pdf.Root.Lang = "en-US"

    _, copy = run(pdf)

    assert str(opened(copy).Root.Lang) == "en-US"


def test_programs_for_printers_go(run, pdf):
    told = pdf.make_stream(CANARY.encode(), Type=Name.XObject, Subtype=Name.PS)
    pdf.pages[0].obj.Resources.XObject = Dictionary(P1=told)

    _, copy = run(pdf)

    assert samples.hits(copy) == []


def test_what_is_read_out_of_marked_content_stays_as_it_was(run, pdf):
    content = b"/Span <</MCID 0 /ActualText (one half) /Lang (en-US)>> BDC EMC"
    pdf.pages[0].obj.Contents = pdf.make_stream(content)

    _, copy = run(pdf)

    again = opened(copy)
    assert again.pages[0].obj.Contents.read_bytes() == content


def test_pictures_drawn_inline_survive_when_remarks_are_taken_out(run, pdf):
    picture = b"BI /W 2 /H 2 /CS /G /BPC 8 ID \x00%\xff\x80 EI"
    pdf.pages[0].obj.Contents = pdf.make_stream(b"% remark\n" + picture + b" Q")

    _, copy = run(pdf)

    again = opened(copy)
    drawn = again.pages[0].obj.Contents.read_bytes()
    assert (b"\x00%\xff\x80" in drawn, b"remark" in drawn) == (True, False)


def test_remarks_in_a_drawing_too_large_to_write_anew_are_held(run, pdf, monkeypatch):
    monkeypatch.setattr("submissions.cleaning.pdf_content.MOST_REWRITTEN", 10)
    pdf.pages[0].obj.Contents = pdf.make_stream(b"% remark\nq Q q Q q Q")

    report, copy = run(pdf)

    assert (report.outcome, copy) == ("held", None)


@pytest.mark.parametrize("flag", [2, 32])
def test_a_field_that_is_not_shown_does_not_become_part_of_the_page(run, pdf, flag):
    page = pdf.pages[0].obj
    drawn = pdf.make_stream(
        f"BT /F1 9 Tf 2 2 Td ({CANARY}) Tj ET".encode(),
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=[0, 0, 90, 20],
        Resources=Dictionary(Font=page.Resources.Font),
    )
    field = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Widget,
        FT=Name.Tx,
        T=WORD,
        V=WORD,
        F=flag,
        Rect=[0, 0, 90, 20],
    )
    field.AP = Dictionary(N=drawn)
    page.Annots = Array([pdf.make_indirect(field)])
    pdf.Root.AcroForm = Dictionary(Fields=Array([page.Annots[0]]))

    _, copy = run(pdf)

    assert samples.hits(copy) == []
