"""Which kinds of file the portal takes, and which of them satisfies which kind of artifact."""

from dataclasses import dataclass

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"


@dataclass(frozen=True)
class Format:
    """A kind of file that is taken: the words are those its owner reads."""

    media_type: str
    words: str
    extensions: tuple[str, ...]
    media: tuple[str, ...]

    @property
    def family(self) -> str:
        """Images, PDF, or Office: what one module cleans."""
        return self.media_type.partition("/")[0] if "image/" in self.media_type else "document"


FORMATS = {
    one.media_type: one
    for one in (
        Format("image/jpeg", "a JPEG picture", ("jpg", "jpeg", "jpe", "jfif"), ("image",)),
        Format("image/png", "a PNG picture", ("png",), ("image",)),
        Format("image/webp", "a WebP picture", ("webp",), ("image",)),
        Format("image/gif", "a GIF picture", ("gif",), ("image",)),
        Format("image/tiff", "a TIFF picture", ("tif", "tiff"), ("image",)),
        Format(PDF, "a PDF document", ("pdf",), ("document", "presentation")),
        Format(WORD, "a Word document", ("docx",), ("document",)),
        Format(SLIDES, "a PowerPoint presentation", ("pptx",), ("presentation",)),
        Format(SHEETS, "an Excel workbook", ("xlsx",), ("spreadsheet",)),
    )
}
IMAGES = tuple(name for name in FORMATS if name.startswith("image/"))
OFFICE = (WORD, SLIDES, SHEETS)

SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"{\\rtf", "text document"),
    (b"ID3", "audio"),
    (b"#EXTM3U", "playlist"),
    (b"ffconcat", "playlist"),
)
HEIC_BRANDS = b"heic heix heim heis hevc hevx mif1 msf1 avif avis".split()


def by_signature(head: bytes) -> str:
    """Files that say in their first bytes what they are."""
    for signature, kind in SIGNATURES:
        if head.startswith(signature):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in HEIC_BRANDS else "video"
    return ""
