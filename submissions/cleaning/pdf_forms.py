"""Forms in a PDF: what shows in their fields becomes part of the page, everything else goes."""

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream, String

from submissions.cleaning.pdf_annotations import annotations_of, subtype
from submissions.cleaning.pdf_filters import fully_unpacked
from submissions.cleaning.pdf_links import is_plain
from submissions.cleaning.report import Findings, gettext_noop

DEEPEST = 20
MOST_DRAWING = 8 * 1024 * 1024
WRITTEN = ("/Tx", "/Ch")
SHOWS_WORDS = (b"Tj", b"TJ", b"'")

FLATTENED = gettext_noop("What was filled into form fields is now part of the page.")
LEFT_OUT = gettext_noop(
    "Some values of form fields are not drawn on the page and were left out: if they matter, print "
    "the form to a new PDF and hand that in."
)


def flatten_forms(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Make what shows in form fields part of the page; signatures and hidden values go."""
    others, fields = {}, []
    for number, page in enumerate(pdf.pages):
        annotations = annotations_of(page)
        others[number] = [one for one in annotations if subtype(one) != "/Widget"]
        widgets = [one for one in annotations if is_field(one)]
        findings.saw("signatures", len(others[number]) + len(widgets) < len(annotations))
        page.obj.Annots = Array(widgets)
        fields += widgets
    if fields:
        findings.count("form fields", len(fields))
        findings.warn(FLATTENED)
        flatten(pdf, fields)
    if any(map(is_undrawn, fields)):
        findings.warn(LEFT_OUT)
    for number, page in enumerate(pdf.pages):
        page.obj.Annots = Array(others[number])


def flatten(pdf: pikepdf.Pdf, fields: list[Object]) -> None:
    """Put what is drawn in the fields onto the pages, also where no form is around them."""
    form = pdf.Root.get("/AcroForm")
    if not is_plain(form):
        pdf.Root.AcroForm = Dictionary(Fields=Array(fields))
    elif "/NeedAppearances" in form:
        del form["/NeedAppearances"]
    pdf.flatten_annotations("screen")


def is_field(annotation: Object) -> bool:
    """Whether this shows a form field that no signature fills."""
    return subtype(annotation) == "/Widget" and str(inherited(annotation, "/FT")) != "/Sig"


def inherited(field: Object, key: str) -> Object | None:
    """What a field says of itself, or else the one it belongs to."""
    for _ in range(DEEPEST):
        if key in field:
            return field.get(key)
        above = field.get("/Parent")
        if not is_plain(above):
            break
        field = above
    return None


def is_undrawn(field: Object) -> bool:
    """Whether words were typed or chosen here that are not drawn on the page."""
    value = inherited(field, "/V")
    if str(inherited(field, "/FT")) not in WRITTEN or not isinstance(value, String):
        return False
    return bool(str(value).strip()) and not shows_words(field)


def shows_words(field: Object) -> bool:
    """Whether a field is drawn with words in it."""
    drawing = field.get("/AP")
    normal = drawing.get("/N") if isinstance(drawing, Dictionary) else None
    if not isinstance(normal, Stream):
        return False
    content = fully_unpacked(normal, MOST_DRAWING)
    return any(mark in content for mark in SHOWS_WORDS)
