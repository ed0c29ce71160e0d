"""The fonts embedded in a PDF: their files are freed of words, and their names are numbers.

A font that is not embedded keeps its name, by which viewers find one of their own.
"""

import struct
from typing import Any

from pikepdf import Dictionary, Name, Object, Stream

from submissions.cleaning import font_files
from submissions.cleaning.pdf_content import scrub_drawing
from submissions.cleaning.pdf_filters import fully_unpacked
from submissions.cleaning.report import Findings

MOST_FONT = 64 * 1024 * 1024
NAMES = ("/BaseFont", "/FontName")
READ_BY_NAME = ("symbol", "dingbats", "webdings", "wingdings")  # viewers encode them their own way


def plain_font(item: Object, held: dict[str, Any], findings: Findings) -> None:
    """Number a font or its descriptor, and clean the file it is embedded with."""
    if isinstance(held.get("/CharProcs"), Dictionary):
        scrub_glyphs(held["/CharProcs"], findings)
    file = file_of(item)
    if file is None:
        return
    for key in NAMES:
        if key in held and not any(word in str(held[key]).lower() for word in READ_BY_NAME):
            item[key] = Name(f"/AAAAAA+Font{file.objgen[0]}")
    if any(key in held for key in font_files.FILES):
        clean_file(file)


def scrub_glyphs(glyphs: Dictionary, findings: Findings) -> None:
    """Clean the drawings of a font that is drawn glyph by glyph."""
    for drawing in dict(glyphs.items()).values():
        if isinstance(drawing, Stream):
            scrub_drawing(drawing, findings)


def file_of(item: Object) -> Stream | None:
    """The file of a font, wherever it hangs: at its descriptor, or at that of its descendant."""
    below = item.get("/DescendantFonts")
    if below is not None and len(below) and isinstance(below[0], Dictionary):
        item = below[0]
    descriptor = item.get("/FontDescriptor", item)
    if not isinstance(descriptor, Dictionary):
        return None
    files = (descriptor.get(key) for key in font_files.FILES)
    return next((file for file in files if isinstance(file, Stream)), None)


def clean_file(file: Stream) -> None:
    """Blank the words in a font's file; one that is broken draws nothing and goes."""
    data = fully_unpacked(file, MOST_FONT)
    try:
        plain = font_files.plain(data)
    except (struct.error, IndexError):
        plain = b""
    if plain != data:
        file.write(plain)
