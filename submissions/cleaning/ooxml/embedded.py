"""What sits inside an Office file: pictures are drawn again, Office files cleaned in turn."""

import io

from submissions.cleaning import archive, images, metafiles
from submissions.cleaning.formats import SHEETS, SLIDES, WORD, by_signature
from submissions.cleaning.ooxml.package import Package
from submissions.cleaning.ooxml.relations import EMBEDDED
from submissions.cleaning.report import Doubtful, Findings, NotAccepted, gettext_noop

MAIN = {
    "wordprocessingml.document.main": WORD,
    "presentationml.presentation.main": SLIDES,
    "spreadsheetml.sheet.main": SHEETS,
}
EMF, WMF = (b"\x01\x00\x00\x00", "image/x-emf", "emf"), (b"", "image/x-wmf", "wmf")

LARGE = gettext_noop(
    "A picture inside this file has more than 50 million pixels; put a smaller copy of it in, and "
    "hand the file in again."
)
PICTURE = gettext_noop(
    "A picture inside this file can’t be cleaned, so our staff will look at it; handing in a PDF "
    "of it is faster."
)


def picture(data: bytes, findings: Findings) -> tuple[bytes, str, str]:
    """A picture without its details: content, media type and extension."""
    media_type = "image/bmp" if data.startswith(b"BM") else by_signature(data[:64])
    if media_type not in images.FORMATS:
        return metafile(data)
    inner = Findings()
    try:
        cleaned = images.clean_bytes(data, media_type, inner)
    except NotAccepted as refusal:
        if str(refusal) == images.TOO_LARGE:
            raise NotAccepted(LARGE) from refusal
        raise Doubtful(PICTURE) from refusal
    findings.count("details of pictures", bool(inner.names))
    for words in inner.warnings:
        findings.warn(words)
    return cleaned


def metafile(data: bytes) -> tuple[bytes, str, str]:
    """A drawing of Windows without its description and comments."""
    _, media_type, extension = EMF if data.startswith(EMF[0]) else WMF
    try:
        return metafiles.cleaned(data), media_type, extension
    except metafiles.NotMetafile as odd:
        raise Doubtful(PICTURE) from odd


def office_type(data: bytes) -> str:
    """Which Office file this is; anything else has to be looked at by people."""
    try:
        with archive.opened(io.BytesIO(data)) as zipped:
            package = Package(zipped)
            relations = package.relations("")
    except NotAccepted as refusal:
        raise Doubtful(EMBEDDED) from refusal
    main = [package.type_of(one.target) for one in relations if one.kind == "officeDocument"]
    for words, media_type in MAIN.items():
        if any(words in one for one in main):
            return media_type
    raise Doubtful(EMBEDDED)
