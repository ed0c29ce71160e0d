import io
import subprocess
import zlib

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name

from submissions.cleaning import clean, jpeg
from tests.submissions import samples

PDF = "application/pdf"


@pytest.fixture
def run(tmp_path):
    def run(data):
        source, target = tmp_path / "in.pdf", tmp_path / "out.pdf"
        source.write_bytes(data)
        report = clean(source, target, PDF)
        return report, target.read_bytes() if target.exists() else None

    return run


def opened(data):
    return pikepdf.open(io.BytesIO(data))


def first_picture(data):
    with opened(data) as pdf:
        return pdf.pages[0].obj.Resources.XObject.X1.read_raw_bytes()


def with_stream(data, **keys):
    """A PDF of one page with one more stream that the page names."""
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    page.obj.Resources.XObject = Dictionary(X1=pdf.make_stream(data, **keys))
    return samples.pdf_bytes(pdf, as_is=True)


def picture(data, kind, **keys):
    keys |= {"Type": Name.XObject, "Subtype": Name.Image, "Width": 60, "Height": 40}
    return with_stream(data, Filter=kind, ColorSpace=Name.DeviceRGB, BitsPerComponent=8, **keys)


def test_a_pdf_tells_nothing_of_who_made_it(run):
    data = samples.telling_pdf()
    assert samples.hits(data) != []

    report, copy = run(data)

    assert report.outcome == "clean"
    assert samples.hits(copy) == []


def test_the_report_names_what_was_there(run):
    report, _ = run(samples.telling_pdf())

    assert report.removed == [
        "attached files and media",
        "author name",
        "bookmarks",
        "data of the program it was made with",
        "details of pictures (1)",
        "document metadata",
        "document properties",
        "document title",
        "links to files and mail addresses (6)",
        "names of those who marked the pages",
        "preview pictures",
        "scripts and actions",
        "software name",
    ]


def test_text_and_pages_stay_as_they_were(run, tmp_path):
    _, copy = run(samples.telling_pdf())

    (tmp_path / "copy.pdf").write_bytes(copy)
    told = subprocess.run(
        ["pdftotext", "-q", tmp_path / "copy.pdf", "-"], capture_output=True, check=True, text=True
    )
    assert told.stdout.count(samples.KEPT) == 2
    assert len(opened(copy).pages) == 2


def test_links_to_the_web_and_marks_on_the_page_stay(run):
    _, copy = run(samples.telling_pdf())

    pdf = opened(copy)
    kept = pdf.pages[0].obj.Annots
    actions = [str(one.A.S) for one in kept if "/A" in one]
    assert [str(one.Subtype) for one in kept if one.Subtype != Name.Link] == [
        "/Text",
        "/FreeText",
        "/Highlight",
    ]
    assert actions == ["/URI", "/GoTo", "/Named", "/GoTo"]
    assert [str(one.A.URI) for one in kept if "/URI" in one.get("/A", {})] == [
        "https://example.org/lesson"
    ]
    assert [str(one.Contents) for one in kept if "/Contents" in one] == [
        "A note on the lesson",
        "Typed on the page",
    ]


def test_only_the_present_revision_is_left(run):
    _, copy = run(samples.telling_pdf())

    assert (copy.count(b"startxref"), b"/Prev" in copy) == (1, False)


def test_each_copy_gets_an_id_that_is_not_the_originals(run):
    data = samples.plain_pdf()

    _, copy = run(data)

    with opened(copy) as new, opened(data) as old:
        assert new.trailer.ID[0] != old.trailer.ID[0]


def test_a_filled_form_becomes_part_of_the_page(run):
    report, copy = run(samples.filled_form())

    pdf = opened(copy)
    page = pdf.pages[0].obj
    assert report.warnings[0] == "What was filled into form fields is now part of the page."
    assert "signatures" in report.removed
    assert samples.hits(copy) == []
    assert ("/AcroForm" in pdf.Root, "/Annots" in page) == (False, False)
    assert len([one for one, _ in page.Resources.XObject.items() if "Fxo" in one]) == 1


def test_a_pasted_photo_keeps_its_pixels_and_loses_its_details(run):
    photo = samples.jpeg()

    _, copy = run(picture(photo, Name.DCTDecode))

    kept = first_picture(copy)
    assert samples.hits(kept) == []
    assert pixels(kept) == pixels(photo)


def pixels(data):
    from PIL import Image

    return Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_blocks": 1}, {}])
def test_every_kind_of_jpeg_survives_stripping(options):
    noise = samples.pattern((200, 100)).effect_spread(9)
    data = samples.saved(noise, "JPEG", comment=samples.RAW, **options)

    plain = jpeg.stripped(data + samples.RAW)

    assert samples.hits(plain) == []
    assert pixels(plain) == pixels(data)


def test_the_colors_of_a_print_jpeg_survive_stripping():
    data = samples.saved(samples.pattern(mode="CMYK"), "JPEG")

    assert pixels(jpeg.stripped(data)) == pixels(data)


def test_a_packed_jpeg_is_unpacked_to_be_stripped(run):
    _, copy = run(picture(zlib.compress(samples.jpeg()), Array([Name.FlateDecode, Name.DCTDecode])))

    assert samples.hits(copy) == []


def test_a_jpeg_2000_loses_its_boxes_of_words(run):
    box = (8 + len(samples.RAW)).to_bytes(4, "big") + b"xml " + samples.RAW
    start = b"\x00\x00\x00\x0cjP  \r\n\x87\n" + b"\x00\x00\x00\x0cftypjp2 "
    data = start + box + b"\x00\x00\x00\x00jp2c\xff\x4f"

    report, copy = run(picture(data, Name.JPXDecode))

    assert (report.outcome, samples.hits(copy)) == ("clean", [])
    assert b"jp2c\xff\x4f" in first_picture(copy)


def test_a_picture_that_is_not_what_it_says_is_held(run):
    report, copy = run(picture(b"\xff\xd8nonsense" + samples.RAW, Name.DCTDecode))

    assert (report.outcome, copy) == ("held", None)


def test_details_of_an_inline_picture_are_held_for_a_look(run):
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    page.obj.Contents = pdf.make_stream(b"BI /W 1 /H 1 /F /DCT ID Exif\x00\x00secret EI")

    report, copy = run(samples.pdf_bytes(pdf))

    assert (report.outcome, copy) == ("held", None)
    assert report.reason.endswith("our staff will look at it.")


def test_a_pdf_of_several_content_streams_keeps_them_all(run):
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    page.obj.Contents = Array([pdf.make_stream(b"q"), pdf.make_stream(b"Q")])

    report, copy = run(samples.pdf_bytes(pdf))

    assert report.outcome == "clean"
    with opened(copy) as pdf:
        assert [one.read_bytes() for one in pdf.pages[0].obj.Contents] == [b"q", b"Q"]


def test_predictors_and_other_filters_are_understood(run):
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    page.obj.Contents = pdf.make_stream(b"7120510A>", Filter=Name.ASCIIHexDecode)

    report, _ = run(samples.pdf_bytes(pdf, as_is=True))

    assert report.outcome == "clean"


@pytest.mark.parametrize("name", [Name.LZWDecode, Name.RunLengthDecode])
def test_a_page_packed_another_way_may_not_unpack_too_far_either(run, monkeypatch, name):
    monkeypatch.setattr("submissions.cleaning.pdf.MOST_UNPACKED", 2000)
    packed = {
        "/LZWDecode": b"\x80\x0b\x60\x50\x22\x0c\x0c\x85\x01",
        "/RunLengthDecode": b"\x81x" * 20 + b"\x80",
    }
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    page.obj.Contents = pdf.make_stream(packed[str(name)], Filter=name)

    report, _ = run(samples.pdf_bytes(pdf, as_is=True))

    assert report.outcome == ("clean" if name == Name.LZWDecode else "refused")


def test_color_settings_of_a_packed_jpeg_are_kept(run):
    parameters = Array([Dictionary(), Dictionary(ColorTransform=0)])
    filters = Array([Name.FlateDecode, Name.DCTDecode])

    _, copy = run(picture(zlib.compress(samples.jpeg()), filters, DecodeParms=parameters))

    with opened(copy) as pdf:
        kept = pdf.pages[0].obj.Resources.XObject.X1
        assert (kept.DecodeParms.ColorTransform, samples.hits(copy)) == (0, [])


def test_pictures_of_other_kinds_stay_as_they_are(run):
    for kind in (Name.JPXDecode, Name.CCITTFaxDecode):
        _, copy = run(picture(b"\xff\x4fbare code stream", kind))

        assert first_picture(copy) == b"\xff\x4fbare code stream"


def test_a_box_of_a_jpeg_2000_may_be_long(run):
    start = b"\x00\x00\x00\x0cjP  \r\n\x87\n"
    telling = b"\x00\x00\x00\x01uuid" + (16 + len(samples.RAW)).to_bytes(8, "big") + samples.RAW

    _, copy = run(picture(start + telling + b"\x00\x00\x00\x00jp2c\xff\x4f", Name.JPXDecode))

    assert first_picture(copy) == start + b"\x00\x00\x00\x00jp2c\xff\x4f"


@pytest.mark.parametrize("passwords", [{"user": "x", "owner": "y"}, {"user": "", "owner": "y"}])
def test_a_locked_pdf_is_refused(run, passwords):
    pdf = opened(samples.plain_pdf())

    report, copy = run(samples.pdf_bytes(pdf, encryption=pikepdf.Encryption(**passwords)))

    assert (report.outcome, copy) == ("refused", None)
    assert "protected with a password" in report.reason


def test_500_pages_are_fine_and_501_too_many(run):
    assert run(samples.plain_pdf(500))[0].outcome == "clean"

    report, copy = run(samples.plain_pdf(501))

    assert (report.outcome, copy) == ("refused", None)
    assert "more than 500 pages" in report.reason


def test_a_pdf_without_pages_is_refused(run):
    report, _ = run(samples.pdf_bytes(pikepdf.new()))

    assert report.outcome == "refused"


@pytest.mark.parametrize("megabytes", [70])
def test_a_stream_that_unpacks_too_far_is_refused(run, megabytes):
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    page.obj.Contents = pdf.make_stream(
        zlib.compress(b"\0" * megabytes * 1024 * 1024), Filter=Name.FlateDecode
    )

    report, copy = run(samples.pdf_bytes(pdf, as_is=True))

    assert (report.outcome, copy) == ("refused", None)
    assert "unpacks to more" in report.reason


def test_streams_that_unpack_too_far_together_are_refused(run, monkeypatch):
    monkeypatch.setattr("submissions.cleaning.pdf_objects.MOST_ALL", 1000)

    report, _ = run(with_stream(b"x" * 2000))

    assert "unpacks to more" in report.reason


def test_objects_nested_without_end_are_held_or_refused(run):
    deep = b"[" * 400 + b"]" * 400
    data = samples.plain_pdf().replace(b"/Type /Page ", b"/Deep " + deep + b" /Type /Page ")

    report, copy = run(data)

    assert report.outcome in ("clean", "held", "refused")
    assert copy is None or deep not in copy


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\ntrailer<</Root 1 0 R>>"])
def test_a_broken_pdf_is_refused_with_a_sentence(run, data):
    report, copy = run(data)

    assert (report.outcome, copy) == ("refused", None)
    assert report.reason.startswith("This PDF ")


def test_a_copy_that_shows_something_else_is_held(run, monkeypatch):
    answers = iter([["one"], ["another"]])
    monkeypatch.setattr("submissions.cleaning.pdf.digests", lambda pdf: next(answers))

    report, copy = run(samples.plain_pdf())

    assert (report.outcome, copy) == ("held", None)


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(place=st.floats(0, 1), junk=st.binary(min_size=1, max_size=12))
def test_a_damaged_pdf_always_has_an_outcome(run, place, junk):
    data = bytearray(samples.telling_pdf())
    start = int(place * len(data))
    data[start : start + len(junk)] = junk

    report, copy = run(bytes(data))

    assert report.outcome in ("clean", "refused", "held")
    assert (copy is not None) == (report.outcome == "clean")
