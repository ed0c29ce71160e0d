"""The words of a PDF: on its pages, in its links, and those its pictures are described with."""

from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pypdfium2

SAID = ("/Alt", "/ActualText", "/E", "/Contents", "/TU", "/URI")
BROKEN_WORD = "\ufffe"  # how the reader marks a hyphen that only the end of a line calls for


def pdf_words(path: Path) -> Iterator[str]:
    """Page by page, then what is written into the objects behind the pages."""
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage().get_text_range(errors="replace")
        yield joined(text) + "\n\n"
    document.close()
    with pikepdf.open(path) as pdf:
        for item in pdf.objects:
            yield from said_in(item)


def joined(text: str) -> str:
    """Words that the end of a line cut in two, in one piece again."""
    for line_end in ("\r\n", "\n", ""):
        text = text.replace(BROKEN_WORD + line_end, "")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def said_in(item: pikepdf.Object) -> Iterator[str]:
    """Texts in one object, and in the action that hangs on it."""
    if not isinstance(item, pikepdf.Dictionary):
        return
    for holder in (item, item.get("/A")):
        if isinstance(holder, pikepdf.Dictionary):
            for key in SAID:
                if isinstance(value := holder.get(key), pikepdf.String):
                    yield f"{value}\n"
