"""What stands between the drawing of a PDF's pages: remarks, and words beside marked content."""

import re

import pikepdf
from pikepdf import ContentStreamInlineImage, ContentStreamInstruction, Dictionary, Stream

from submissions.cleaning.listing import names
from submissions.cleaning.pdf_annotations import cut_to
from submissions.cleaning.pdf_filters import fully_unpacked
from submissions.cleaning.pdf_strings import drop_words
from submissions.cleaning.report import Doubtful, Findings, gettext_noop

MOST_UNPACKED = 64 * 1024 * 1024
MOST_REWRITTEN = 8 * 1024 * 1024
REMARK = re.compile(rb"(?:^|[\s\])>])%")
MARKED = re.compile(rb"<<([^<>]*(?:<[^<>]*>[^<>]*)*)>>\s*(?:BDC|DP)\b")
NESTED = re.compile(rb">>\s*>>\s*(?:BDC|DP)\b")
KEY = re.compile(rb"/(\w+)")
PROPERTIES = names(
    "/MCID /Lang /Alt /ActualText /E /Type /Subtype /Attached /BBox /Placement",
)
PLAIN = {key.lstrip("/").encode() for key in PROPERTIES} | {
    *b"Pagination Layout Page Background Header Footer Watermark Top Bottom Left Right".split(),
    *b"Block Inline PageNum Bates".split(),
}

Instruction = ContentStreamInstruction | ContentStreamInlineImage

REMARKS = gettext_noop(
    "The pages of this PDF hold remarks of the program it was made with that can’t be taken out, "
    "so our staff will look at it; printing it to a new PDF is faster."
)


def scrub_page(pdf: pikepdf.Pdf, page: pikepdf.Page, content: bytes, findings: Findings) -> None:
    """Write a page's drawing anew when something is told between it."""
    if has_told(content):
        page.obj.Contents = pdf.make_stream(rewritten(page, content))
        findings.saw("remarks between the drawing")


def scrub_drawing(stream: Stream, findings: Findings) -> None:
    """The same for a drawing that pages share."""
    content = fully_unpacked(stream, MOST_UNPACKED)
    if has_told(content):
        stream.write(rewritten(stream, content))
        findings.saw("remarks between the drawing")


def has_told(content: bytes) -> bool:
    """Whether there may be a remark, or a property that no reader is shown."""
    if REMARK.search(content) or NESTED.search(content):
        return True
    return any(set(KEY.findall(found[1])) - PLAIN for found in MARKED.finditer(content))


def rewritten(drawing: pikepdf.Page | Stream, content: bytes) -> bytes:
    """The same drawing without remarks and words beside it."""
    if len(content) > MOST_REWRITTEN:
        raise Doubtful(REMARKS)
    instructions = pikepdf.parse_content_stream(drawing)
    return pikepdf.unparse_content_stream([plain(one) for one in instructions])


def plain(instruction: Instruction) -> Instruction:
    """One instruction, the properties of marked content cut down to what is read out."""
    if isinstance(instruction, ContentStreamInlineImage) or not is_mark(instruction):
        return instruction
    operands = list(instruction.operands)
    for one in operands:
        if isinstance(one, Dictionary):
            cut_to(one, PROPERTIES)
            drop_words(one)
    return ContentStreamInstruction(operands, instruction.operator)


def is_mark(instruction: ContentStreamInstruction) -> bool:
    """Whether an instruction marks content, with properties that may be written right there."""
    return str(instruction.operator) in ("BDC", "DP")
