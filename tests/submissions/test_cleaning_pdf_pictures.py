"""Pictures and color profiles inside a PDF: what draws stays, what is written beside it goes."""

import base64
import io
import struct
import zlib

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from submissions.cleaning import clean, icc, jbig2, jpeg2000
from tests.submissions import samples
from tests.submissions.samples import RAW


@pytest.fixture
def run(tmp_path):
    def run(pdf):
        source, target = tmp_path / "in.pdf", tmp_path / "out.pdf"
        source.write_bytes(samples.pdf_bytes(pdf, as_is=True))
        report = clean(source, target, "application/pdf")
        return report, target.read_bytes() if target.exists() else None

    return run


def with_picture(data, filters, **keys):
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    keys |= {"Subtype": Name.Image, "Width": 60, "Height": 40, "BitsPerComponent": 8}
    keys.setdefault("ColorSpace", Name.DeviceRGB)
    page.obj.Resources.XObject = Dictionary(X1=pdf.make_stream(data, Filter=filters, **keys))
    return pdf


def picture_in(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return pdf.pages[0].obj.Resources.XObject.X1.read_raw_bytes()


WRAPPINGS = {
    "ASCII85Decode": lambda data: base64.a85encode(data) + b"~>",
    "ASCIIHexDecode": lambda data: data.hex().encode() + b">",
    "FlateDecode": zlib.compress,
}


@pytest.mark.parametrize("outer", WRAPPINGS)
@pytest.mark.parametrize("twice", [False, True])
def test_a_photo_is_found_however_it_is_wrapped(run, outer, twice):
    data = WRAPPINGS[outer](samples.jpeg())
    filters = [Name(f"/{outer}"), Name.DCTDecode]
    if twice:
        data, filters = zlib.compress(data), [Name.FlateDecode, *filters]

    report, copy = run(with_picture(data, Array(filters)))

    assert (report.outcome, report.removed) == ("clean", ["details of pictures (1)"])
    assert (samples.hits(copy), Image.open(io.BytesIO(picture_in(copy))).size) == ([], (60, 40))


def test_metadata_that_speak_of_pictures_are_no_reason_to_hold_a_file(run):
    pdf = pikepdf.new()
    samples.page_with_text(pdf)
    told = b"<x:xmpmeta>BI http://ns.adobe.com/xap/1.0/ " + RAW + b"</x:xmpmeta>"
    pdf.Root.Metadata = pdf.make_stream(told, Type=Name.Metadata, Subtype=Name.XML)

    report, copy = run(pdf)

    assert (report.outcome, samples.hits(copy)) == ("clean", [])


def comment(words):
    return struct.pack(">HHH", 0xFF64, len(words) + 4, 1) + words


def code_stream(*, told):
    """A code stream of two tile parts as it is built, with remarks in every head or without."""
    remark = comment(RAW) if told else b""
    tiles = b""
    for number, data in enumerate((b"first data", b"second")):
        head = remark + struct.pack(">H", 0xFF93)
        size = 12 + len(head) + len(data)
        tiles += struct.pack(">HHHLBB", 0xFF90, 10, number, size, 0, 1) + head + data
    start = struct.pack(">HHH", 0xFF4F, 0xFF51, 6) + b"size"
    return start + remark + tiles + b"\xff\xd9"


def box(kind, content):
    return struct.pack(">L", len(content) + 8) + kind + content


def jp2(codes, *, told):
    header = box(b"ihdr", b"x" * 14) + (box(b"uuid", RAW) if told else b"")
    data = box(b"jP  ", b"\r\n\x87\n") + box(b"jp2h", header)
    return data + (box(b"xml ", RAW) if told else b"") + box(b"jp2c", codes)


def test_a_jpeg_2000_has_no_remarks_in_any_head():
    told, plain = code_stream(told=True), code_stream(told=False)

    assert jpeg2000.stripped(told) == plain
    assert jpeg2000.stripped(jp2(told, told=True)) == jp2(plain, told=False)


def test_a_real_jpeg_2000_keeps_its_pixels():
    data = samples.saved(samples.pattern(), "JPEG2000")

    stripped = jpeg2000.stripped(data)

    assert b"OpenJPEG" in data
    assert b"OpenJPEG" not in stripped
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(stripped))
    assert after.tobytes() == before.tobytes()


@pytest.mark.parametrize("cut", range(0, 90, 7))
def test_a_cut_off_jpeg_2000_is_left_as_far_as_it_goes(cut):
    data = jp2(code_stream(told=False), told=False)[:cut]

    assert len(jpeg2000.stripped(data)) <= len(data) + 8


def segment(number, kind, data, refers=(), *, size=None):
    counted = bytes((len(refers) << 5,)) + bytes(refers)
    length = len(data) if size is None else size
    return struct.pack(">LB", number, kind) + counted + b"\x01" + struct.pack(">L", length) + data


def test_a_scan_loses_the_segment_of_words():
    page, words, region = segment(0, 48, b"page"), segment(1, 62, RAW), segment(2, 38, b"ink", [0])

    assert jbig2.stripped(page + words + region) == page + region


def test_a_scan_may_refer_to_many_and_its_last_segment_be_open():
    long_form = struct.pack(">LB", 300, 6) + struct.pack(">L", 0xE0000000 | 6) + b"\x00"
    many = long_form + bytes(12) + b"\x01" + struct.pack(">L", 3) + b"ink"
    last = segment(2, 38, b"ink and " + RAW, size=0xFFFFFFFF)

    assert jbig2.stripped(many + last) == many + last


@pytest.mark.parametrize("cut", range(0, 30, 3))
def test_a_cut_off_scan_is_left_as_it_is(cut):
    data = (segment(0, 48, b"page") + segment(2, 38, b"ink"))[:cut]

    assert jbig2.stripped(data) == data


def profile(version=4):
    """A real color profile that names whose screen it was made for."""
    given = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    given[8] = version
    given[48:56] = RAW[:8]
    return bytes(given) + RAW


@pytest.mark.parametrize("version", [2, 4])
def test_a_color_profile_keeps_its_numbers_under_a_neutral_name(version):
    stripped = icc.stripped(profile(version))

    again = ImageCms.ImageCmsProfile(io.BytesIO(stripped))
    assert (samples.hits(stripped), RAW[:8] in stripped) == ([], False)
    assert ImageCms.getProfileDescription(again).strip() == "Colors"
    assert len(stripped) == int.from_bytes(stripped[:4], "big")
    assert again.profile.red_primary is not None


def test_colors_look_the_same_by_the_stripped_profile():
    given, plain = profile(), ImageCms.createProfile("LAB")
    image = samples.pattern()

    seen = [
        ImageCms.profileToProfile(
            image, ImageCms.ImageCmsProfile(io.BytesIO(data)), plain, outputMode="LAB"
        ).tobytes()
        for data in (given, icc.stripped(given))
    ]

    assert seen[0] == seen[1]


@pytest.mark.parametrize("data", [b"", RAW, bytes(200), profile()[:130]])
def test_a_profile_that_cant_be_read_is_left_out(run, data):
    pdf = with_picture(zlib.compress(bytes(60 * 40 * 3)), Name.FlateDecode)
    space = Array([Name.ICCBased, pdf.make_stream(data, N=3)])
    pdf.pages[0].obj.Resources.XObject.X1.ColorSpace = space

    report, copy = run(pdf)

    assert (report.outcome, samples.hits(copy)) == ("clean", [])


def test_the_profile_of_a_picture_in_a_pdf_names_nobodys_screen(run):
    pdf = with_picture(zlib.compress(bytes(60 * 40 * 3)), Name.FlateDecode)
    pdf.pages[0].obj.Resources.XObject.X1.ColorSpace = Array(
        [Name.ICCBased, pdf.make_stream(profile(), N=3)]
    )

    _, copy = run(pdf)

    assert samples.hits(copy) == []
