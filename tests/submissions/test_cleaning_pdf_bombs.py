"""PDFs made to exhaust: refused at once, in little memory, whichever way they are packed."""

import io
import struct
import time
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from submissions.cleaning import clean
from submissions.cleaning.pdf_filters import TooBig, lzw_measured, measured, runs_measured
from tests.submissions import samples

MEGABYTE = 1024 * 1024


@pytest.fixture
def run(tmp_path):
    def run(data):
        source, target = tmp_path / "in.pdf", tmp_path / "out.pdf"
        source.write_bytes(data)
        report = clean(source, target, "application/pdf")
        return report, target.read_bytes() if target.exists() else None

    return run


def lzw(width, codes):
    """Codes of one width, packed; the table is cleared before it would need wider ones."""
    bits = "".join(f"{code:0{width}b}" for code in codes)
    return int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8), "big")


def growing():
    """Each code stands for one letter more than the one before."""
    return [256, 65, *range(258, 500)]


FAR = {
    "/FlateDecode": zlib.compress(bytes(70 * MEGABYTE)),
    "/RunLengthDecode": b"\x81x" * 600_000 + b"\x80",
    "/LZWDecode": lzw(9, growing() * 3000),
}


@pytest.mark.parametrize("name", FAR)
@pytest.mark.parametrize("twice", [False, True])
def test_a_page_that_unpacks_too_far_is_refused(run, name, twice):
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    filters = [Name.FlateDecode] * twice + [Name(name)]
    data = zlib.compress(FAR[name]) if twice else FAR[name]
    page.obj.Contents = pdf.make_stream(data, Filter=Array(filters))

    report, copy = run(samples.pdf_bytes(pdf, as_is=True))

    assert (report.outcome, copy) == ("refused", None)
    assert "unpacks to more" in report.reason


@pytest.mark.parametrize("name", FAR)
def test_so_is_any_other_stream(run, name):
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    page.obj.Resources.Font.F1.ToUnicode = pdf.make_stream(FAR[name], Filter=Name(name))

    report, _ = run(samples.pdf_bytes(pdf, as_is=True))

    assert "unpacks to more" in report.reason


def test_measuring_comes_to_the_size_there_is():
    assert measured(zlib.compress(b"abc" * 100_000), MEGABYTE) == 300_000
    assert runs_measured(b"\x02abc\xfex\x80junk", 100) == 6
    assert lzw_measured(b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01", 100) == 10
    assert lzw_measured(lzw(9, growing()), MEGABYTE) == sum(range(1, 244))


@pytest.mark.parametrize("measure", [measured, runs_measured, lzw_measured])
def test_measuring_stops_as_soon_as_it_is_too_much(measure):
    data = {measured: "/FlateDecode", runs_measured: "/RunLengthDecode", lzw_measured: "/LZWDecode"}

    with pytest.raises(TooBig):
        measure(FAR[data[measure]], 10 * MEGABYTE)


def numbered(objects):
    """A PDF written by hand, with a table of where its objects are."""
    data, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    rows = b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    end = f"trailer <</Size {len(objects) + 1} /Root 1 0 R>>\nstartxref\n{len(data)}\n%%EOF"
    return (
        data + f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode() + rows + end.encode()
    )


CATALOG = [b"<</Type /Catalog /Pages 2 0 R>>", b"<</Type /Pages /Kids [3 0 R] /Count 1>>"]
PAGE = b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources <<>> >>"


@pytest.mark.parametrize(
    "kind", [b"/Type /ObjStm", b"/Type /#4fbjStm", b"", b"/Type /ObjStm /Subtype /Image"]
)
def test_a_bomb_among_the_objects_is_refused_before_it_is_opened(run, kind):
    packed = zlib.compress(b"3 0 " + PAGE + bytes(300 * MEGABYTE), 9)
    head = (
        b"<<" + kind + b" /N 1 /First 4 /Filter /FlateDecode /Length %d>>\nstream\n" % len(packed)
    )
    body = numbered([*CATALOG, b"null", head + packed + b"\nendstream"]).partition(b"xref\n0")[0]
    places = [body.index(f"{number} 0 obj".encode()) for number in (1, 2, 4)]
    row = struct.Struct(">BLB")
    rows = [(0, 0, 255), (1, places[0], 0), (1, places[1], 0), (2, 4, 0), (1, places[2], 0)]
    table = b"".join(row.pack(*one) for one in [*rows, (1, len(body), 0)])
    keys = b"/Type /XRef /Size 6 /W [1 4 1] /Root 1 0 R /Length %d" % len(table)
    table = b"5 0 obj\n<<" + keys + b">>\nstream\n" + table + b"\nendstream\nendobj\n"
    begun = time.monotonic()

    report, copy = run(body + table + b"startxref\n%d\n%%%%EOF" % len(body))

    assert (report.outcome, copy) == ("refused", None)
    assert time.monotonic() - begun < 4


@pytest.mark.parametrize("opening", [b"[", b"<</A "])
@pytest.mark.parametrize("depth", [150, 100_000])
def test_objects_nested_without_end_are_refused(run, opening, depth):
    closing = {b"[": b"]", b"<</A ": b">>"}[opening]
    deep = opening * depth + b"1 " + closing * depth

    report, copy = run(numbered([*CATALOG, PAGE, deep]))

    assert (report.outcome, copy) == ("refused", None)
    assert report.reason.endswith("print it to a new PDF and hand that in.")


def test_a_pdf_of_objects_without_number_is_refused(run, monkeypatch):
    monkeypatch.setattr("submissions.cleaning.pdf.MOST_OBJECTS", 1000)

    report, _ = run(numbered([*CATALOG, PAGE] + [b"[]"] * 1000))

    assert "unpacks to more" in report.reason


def test_a_long_chain_of_objects_is_followed_in_time(run):
    chain = [f"<</A {number + 5} 0 R>>".encode() for number in range(20_000)]
    begun = time.monotonic()

    report, _ = run(numbered([*CATALOG, PAGE, *chain, b"<<>>"]))

    assert report.outcome == "clean"
    assert time.monotonic() - begun < 4


def test_the_limits_of_the_library_are_as_before_afterwards(run):
    before = pikepdf.settings.get_qpdf_limits()

    run(samples.plain_pdf())

    assert pikepdf.settings.get_qpdf_limits() == before


def drawn_in_each_other(deep, times):
    """Drawings of which each shows the next so many times."""
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    keys = {"Type": Name.XObject, "Subtype": Name.Form, "BBox": [0, 0, 9, 9]}
    form = pdf.make_stream(b"0 0 1 1 re f", **keys)
    for _ in range(deep):
        form = pdf.make_stream(b"/F Do\n" * times, Resources={"/XObject": {"/F": form}}, **keys)
    page.obj.Resources.XObject = Dictionary(F=form)
    return samples.pdf_bytes(pdf, as_is=True)


@pytest.mark.parametrize(("deep", "times"), [(20, 2), (40, 1), (2, 400)])
def test_drawings_that_show_each_other_without_end_are_refused(run, deep, times):
    begun = time.monotonic()

    report, copy = run(drawn_in_each_other(deep, times))

    assert (report.outcome, copy) == ("refused", None)
    assert "can’t be checked to its end" in report.reason
    assert time.monotonic() - begun < 2


@pytest.mark.parametrize(("deep", "times"), [(10, 2), (25, 1), (1, 400)])
def test_drawings_that_show_each_other_as_programs_nest_them_are_kept(run, deep, times):
    report, _ = run(drawn_in_each_other(deep, times))

    assert report.outcome == "clean"


def test_a_form_drawn_within_itself_is_no_trouble(run):
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    form = pdf.make_stream(b"/F Do", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 9, 9])
    form.Resources = Dictionary(XObject=Dictionary(F=form))
    page.obj.Resources.XObject = Dictionary(F=form)

    report, copy = run(samples.pdf_bytes(pdf))

    assert report.outcome == "clean"
    with pikepdf.open(io.BytesIO(copy)) as again:
        assert again.pages[0].obj.Resources.XObject.F.read_bytes() == b"/F Do"
