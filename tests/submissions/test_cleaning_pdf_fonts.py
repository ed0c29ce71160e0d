"""Fonts inside a PDF: their shapes stay, the names of those who made them go."""

import io
import struct

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from submissions.cleaning import clean, font_files
from tests.submissions import samples
from tests.submissions.samples import RAW

LONG = b"\0" * 8


def sfnt(**tables):
    """A font of these tables, one after the other."""
    place, head, body = 12 + 16 * len(tables), b"", b""
    for tag, data in tables.items():
        name = tag.encode().ljust(4)
        head += struct.pack(">4sLLL", name, 0, place + len(body), len(data))
        body += data
    return b"\0\1\0\0" + struct.pack(">HHHH", len(tables), 0, 0, 0) + head + body


def packed(*items):
    """A list as compact fonts write it."""
    ends = [1]
    for item in items:
        ends.append(ends[-1] + len(item))
    return struct.pack(">HB", len(items), 1) + bytes(ends) + b"".join(items)


def number(value):
    return b"\x1c" + struct.pack(">h", value)


def compact(head, *strings):
    return b"\1\0\4\1" + packed(RAW) + packed(head) + packed(*strings) + LONG


TYPE1 = (
    b"%!PS-AdobeFont-1.0: " + RAW + b"\n% " + RAW + b"\n/FullName (" + RAW + b") def\n"
    b"/FontName /" + RAW + b" def\n/FontMatrix [0.001 0 0 0.001 0 0] def\neexec 123"
)
FONTS = {
    "TrueType": sfnt(glyf=b"shapes", name=b"\0\0\0\1\0\6" + RAW, DSIG=RAW),
    "OpenType": sfnt(CFF=compact(number(391) + b"\1", RAW)),
    "compact": compact(number(391) + b"\2" + number(392) + b"\x0c\0", RAW, RAW, b"glyph"),
    "compact, by number": compact(
        number(391) + number(392) + number(0) + b"\x0c\x1e", b"Adobe", b"Identity", RAW
    ),
    "Type 1": TYPE1,
}
STAYS = {
    "TrueType": b"shapes",
    "OpenType": LONG,
    "compact": b"glyph",
    "compact, by number": b"AdobeIdentity",
    "Type 1": b"/FontMatrix [0.001 0 0 0.001 0 0] def\neexec 123",
}


@pytest.mark.parametrize("kind", FONTS)
def test_a_font_keeps_its_shapes_and_loses_the_names_in_it(kind):
    font = FONTS[kind]

    plain = font_files.plain(font)

    assert (RAW in font, RAW in plain, STAYS[kind] in plain) == (True, False, True)
    assert len(plain) == len(font)


def test_numbers_of_every_width_are_read_in_the_head_of_a_compact_font():
    head = bytes([139, 5, 247, 0, 5, 251, 0, 5, 30, 0x12, 0xF0, 5]) + b"\x1d\0\0\1\x87\1"

    assert list(font_files.operators(head)) == [
        (5, [0]),
        (5, [108]),
        (5, [-108]),
        (5, [0]),
        (1, [391]),
    ]


def embedded(font, name):
    pdf = pikepdf.new()
    page = samples.page_with_text(pdf)
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=Name(f"/{name}"),
            Flags=4,
            FontFile2=pdf.make_stream(font),
        )
    )
    below = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{name}"))
    below.FontDescriptor = descriptor
    page.obj.Resources.Font.F9 = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=Name(f"/{name}"),
        DescendantFonts=Array([pdf.make_indirect(below)]),
    )
    return samples.pdf_bytes(pdf, as_is=True)


@pytest.fixture
def cleaned(tmp_path):
    def cleaned(data):
        source, target = tmp_path / "in.pdf", tmp_path / "out.pdf"
        source.write_bytes(data)
        report = clean(source, target, "application/pdf")
        return report.outcome, target.read_bytes()

    return cleaned


def font_in(data):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        fonts = pdf.pages[0].obj.Resources.Font
        below = fonts.F9.DescendantFonts[0]
        names = {str(fonts.F9.BaseFont), str(below.BaseFont), str(below.FontDescriptor.FontName)}
        return names, below.FontDescriptor.FontFile2.read_bytes(), str(fonts.F1.BaseFont)


def test_an_embedded_font_is_called_by_a_number_and_one_of_the_viewer_by_its_name(cleaned):
    outcome, copy = cleaned(embedded(FONTS["TrueType"], RAW.decode()))

    names, file, other = font_in(copy)
    assert (outcome, samples.hits(copy), other) == ("clean", [], "/Helvetica")
    assert (len(names), b"shapes" in file) == (1, True)


def test_a_font_of_signs_keeps_the_name_by_which_viewers_read_it(cleaned):
    _, copy = cleaned(embedded(FONTS["TrueType"], "ABCDEF+Wingdings"))

    assert font_in(copy)[0] == {"/ABCDEF+Wingdings"}


def test_a_font_that_breaks_off_is_left_out(cleaned):
    outcome, copy = cleaned(embedded(b"\0\1\0\0\0\5" + RAW, "Font"))

    assert (outcome, font_in(copy)[1]) == ("clean", b"")
