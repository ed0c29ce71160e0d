"""The streams of a PDF: measured, pictures and profiles freed of what was written beside them."""

from pikepdf import Array, Dictionary, Name, Pdf, Stream

from submissions.cleaning import icc, jbig2, jpeg, jpeg2000
from submissions.cleaning.pdf_filters import (
    down_to_last,
    filters_of,
    fully_unpacked,
    parameters_of,
    partly_unpacked,
    size_of,
)
from submissions.cleaning.report import Doubtful, Findings, gettext_noop

MOST_PICTURE = 256 * 1024 * 1024
MOST_OTHER = 64 * 1024 * 1024
KEEPERS = {
    "/DCTDecode": jpeg.stripped,
    "/DCT": jpeg.stripped,
    "/JPXDecode": jpeg2000.stripped,
    "/JBIG2Decode": jbig2.stripped,
}
DRAWN = ("None", "/XObject", "/Pattern")
TELL_TALES = (b"Exif\x00\x00", b"http://ns.adobe.com", b"Photoshop 3.0")

INLINE = gettext_noop(
    "A picture inside this PDF carries details of the camera that can’t be taken out there, so our "
    "staff will look at it."
)


def scrub_stream(pdf: Pdf, stream: Stream, findings: Findings) -> int:
    """Free a stream of what it tells beside its content; return how large it unpacks."""
    if str(stream.get("/Subtype", "")) == "/Image":
        size = size_of(stream, MOST_PICTURE)
        clean_picture(pdf, stream, findings)
        return size
    size = size_of(stream, MOST_OTHER)
    content, filters = partly_unpacked(stream, MOST_OTHER)
    if not filters and may_draw(stream) and has_told_picture(content):
        raise Doubtful(INLINE)
    return size


def may_draw(stream: Stream) -> bool:
    """Whether a stream is drawn; metadata speak of pictures, but nothing refers to them now."""
    return str(stream.get("/Type")) in DRAWN and str(stream.get("/Subtype")) != "/XML"


def has_told_picture(content: bytes) -> bool:
    """Whether a picture drawn inline carries details that can't be taken out there."""
    return b"BI" in content and any(mark in content for mark in TELL_TALES)


def clean_picture(pdf: Pdf, stream: Stream, findings: Findings) -> None:
    """Strip a picture that is coded as a file of its own, or hold the PDF when it can't be read."""
    last = filters_of(stream)[-1:]
    if not last or last[0] not in KEEPERS:
        return
    data = down_to_last(pdf, stream, MOST_PICTURE)
    try:
        plain = KEEPERS[last[0]](data)
    except jpeg.NotJpeg as odd:
        raise Doubtful(INLINE) from odd
    if plain == data and len(filters_of(stream)) == 1:
        return
    parameters = parameters_of(stream)[-1]
    kept = Dictionary(dict(parameters.items())) if parameters is not None else None
    stream.write(plain, filter=Name(last[0]), decode_parms=kept)
    if any(mark in data for mark in TELL_TALES) or len(data) - len(plain) > len(data) // 50:
        findings.count("details of pictures")


def clean_profile(space: Array) -> None:
    """Strip the profile of a color space; without one that can be read viewers have their own."""
    profile = space[1]
    if not isinstance(profile, Stream):
        return
    data = fully_unpacked(profile, MOST_OTHER)
    plain = icc.stripped(data)
    if plain != data:
        profile.write(plain)
