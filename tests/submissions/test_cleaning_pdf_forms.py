"""Forms in a PDF: what one sees in them stays, on the page, and nothing else does."""

import io
import subprocess

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from submissions.cleaning import clean
from tests.submissions import samples
from tests.submissions.samples import CANARY

TYPED = "Typed by hand"


@pytest.fixture
def run(tmp_path):
    def run(pdf):
        source, target = tmp_path / "in.pdf", tmp_path / "out.pdf"
        source.write_bytes(samples.pdf_bytes(pdf))
        report = clean(source, target, "application/pdf")
        return report, target if target.exists() else None

    return run


def form(*fields, **keys):
    """A page with these fields, each one above the other."""
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf).obj
    page.Annots = Array([pdf.make_indirect(one) for one in fields])
    for number, one in enumerate(page.Annots):
        one.Rect = Array([10, 20 + number * 30, 250, 40 + number * 30])
    fonts = Dictionary(Font=Dictionary(Helv=page.Resources.Font.F1))
    pdf.Root.AcroForm = Dictionary(
        Fields=Array(list(page.Annots)), DA=String("/Helv 12 Tf 0 g"), DR=fonts, **keys
    )
    return pdf


def field(value=TYPED, kind=Name.Tx, **keys):
    given = {"V": String(value)} if value is not None else {}
    return Dictionary(
        Type=Name.Annot, Subtype=Name.Widget, FT=kind, T=String(CANARY), F=4, **given, **keys
    )


def drawn(pdf, words):
    content = f"BT /F1 12 Tf 2 5 Td ({words}) Tj ET" if words else "/Tx BMC EMC"
    fonts = Dictionary(Font=pdf.pages[0].obj.Resources.Font)
    stream = pdf.make_stream(content.encode(), Type=Name.XObject, Subtype=Name.Form)
    stream.BBox, stream.Resources = Array([0, 0, 240, 20]), fonts
    return Dictionary(N=stream)


def seen(target):
    told = subprocess.run(["pdftotext", target, "-"], capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


def test_what_is_drawn_becomes_part_of_the_page(run):
    pdf = form(field(CANARY))
    pdf.pages[0].obj.Annots[0].AP = drawn(pdf, TYPED)

    report, copy = run(pdf)

    assert (TYPED in seen(copy), samples.hits(copy.read_bytes())) == (True, [])
    assert report.warnings == ["What was filled into form fields is now part of the page."]


@pytest.mark.parametrize("asks", [True, False])
@pytest.mark.parametrize("empty", [True, False])
def test_a_value_that_is_not_drawn_is_left_out_and_said_so(run, asks, empty):
    pdf = form(field(CANARY), NeedAppearances=asks)
    if empty:
        pdf.pages[0].obj.Annots[0].AP = drawn(pdf, "")

    report, copy = run(pdf)

    assert (report.outcome, samples.hits(copy.read_bytes())) == ("clean", [])
    assert report.warnings[1].endswith("print the form to a new PDF and hand that in.")


def test_a_choice_that_is_drawn_is_seen_and_what_was_not_chosen_is_not(run):
    pdf = form(field("second", Name.Ch, Opt=Array([String(CANARY), String("second")])))
    pdf.pages[0].obj.Annots[0].AP = drawn(pdf, "second")

    _, copy = run(pdf)

    assert ("second" in seen(copy), samples.hits(copy.read_bytes())) == (True, [])


def test_a_value_is_missed_at_the_field_it_belongs_to(run):
    pdf = form(field(None))
    widget = pdf.pages[0].obj.Annots[0]
    del widget["/FT"], widget["/T"]
    widget.Parent = pdf.make_indirect(
        Dictionary(FT=Name.Tx, T=String(CANARY), V=String(CANARY), Kids=Array([widget]))
    )
    pdf.Root.AcroForm.Fields = Array([widget.Parent])

    report, copy = run(pdf)

    assert (len(report.warnings), samples.hits(copy.read_bytes())) == (2, [])


def test_a_parent_that_is_its_own_parent_is_left_in_the_end(run):
    pdf = form(field(None))
    widget = pdf.pages[0].obj.Annots[0]
    del widget["/FT"]
    widget.Parent = widget

    report, _ = run(pdf)

    assert report.outcome == "clean"


@pytest.mark.filterwarnings("ignore::pikepdf.PageCopyWarning")
def test_fields_without_a_form_around_them_are_seen(run):
    pdf = form(field())
    pdf.pages[0].obj.Annots[0].AP = drawn(pdf, TYPED)
    del pdf.Root["/AcroForm"]

    _, copy = run(pdf)

    assert TYPED in seen(copy)


def test_a_ticked_box_stays_ticked(run):
    pdf = form(field(None, Name.Btn, AS=Name.Yes))
    on, off = drawn(pdf, "ticked").N, drawn(pdf, "").N
    pdf.pages[0].obj.Annots[0].AP = Dictionary(N=Dictionary(Yes=on, Off=off))

    _, copy = run(pdf)

    assert "ticked" in seen(copy)


def test_no_field_is_left_behind_the_page(run):
    _, copy = run(form(field()))

    with pikepdf.open(io.BytesIO(copy.read_bytes())) as pdf:
        assert ("/AcroForm" in pdf.Root, "/Annots" in pdf.pages[0].obj) == (False, False)
