"""Places of a PDF that are easily forgotten: labels of layers, properties of tags."""

import pytest
from pikepdf import Array, Dictionary, Name, String, new

from submissions.cleaning import clean
from tests.submissions import samples
from tests.submissions.samples import CANARY


def labels_of_layers(pdf, page):
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer")))
    order = Array([String(CANARY), Array([String(CANARY), layer])])
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(Order=order))


def properties_of_tags(pdf, page):
    author = Dictionary(N=String("Author"), V=String(CANARY))
    told = Dictionary(O=Name.UserProperties, P=Array([author]))
    tag = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.P, A=told))
    pdf.Root.StructTreeRoot = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot, K=tag))


def keys_of_the_tag_tree(pdf, page):
    tree = Dictionary(Type=Name.StructTreeRoot, OwnKey=String(CANARY))
    pdf.Root.StructTreeRoot = pdf.make_indirect(tree)


def names_of_viewports(pdf, page):
    page.obj.VP = Array([Dictionary(Name=String(CANARY))])


def labels_of_pages(pdf, page):
    pdf.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(CANARY))]))


def names_of_stamps(pdf, page):
    box = Array([0, 0, 9, 9])
    stamp = Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Name=Name(f"/{CANARY}"), Rect=box)
    page.obj.Annots = Array([pdf.make_indirect(stamp)])


PLACES = [
    labels_of_layers,
    properties_of_tags,
    keys_of_the_tag_tree,
    names_of_viewports,
    labels_of_pages,
    names_of_stamps,
]


@pytest.mark.parametrize("tell", PLACES)
def test_forgotten_places_tell_nothing_and_the_words_stay(tmp_path, tell):
    pdf = new()
    tell(pdf, samples.page_with_text(pdf))
    (tmp_path / "in").write_bytes(samples.pdf_bytes(pdf))
    assert samples.hits((tmp_path / "in").read_bytes()) != []

    report = clean(tmp_path / "in", tmp_path / "out", "application/pdf")

    copy = (tmp_path / "out").read_bytes()
    assert (report.outcome, samples.hits(copy)) == ("clean", [])
