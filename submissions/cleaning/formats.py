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
