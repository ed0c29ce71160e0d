"""The objects of a PDF, cut down to what shows: the list of SAFETY F7 and section 2.

The root, pages, pictures, forms, fonts and layers keep the keys named in ``pdf_keys`` and no
other; everywhere else the keys that tell of people and programs are deleted, at any depth, and
with them all words that nobody is shown.
"""

import secrets
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Stream, String

from submissions.cleaning.pdf_annotations import cut_to, scrub_annotations
from submissions.cleaning.pdf_content import scrub_drawing
from submissions.cleaning.pdf_filters import TooBig
from submissions.cleaning.pdf_fonts import plain_font
from submissions.cleaning.pdf_keys import (
    BY_TYPE,
    DRAWING,
    FOUND,
    INFO,
    LAYER,
    LAYER_USE,
    LAYERS,
    LAYERS_SHOWN,
    MARKED,
    NEVER,
    PAGE,
    PICTURE,
    RESOURCES,
    ROOT,
    TAB_ORDERS,
    VIEW,
)
from submissions.cleaning.pdf_links import goals_of
from submissions.cleaning.pdf_streams import clean_profile, scrub_stream
from submissions.cleaning.pdf_strings import REFERENCES, is_layer_name, tells
from submissions.cleaning.pdf_tags import Tags, is_tag
from submissions.cleaning.report import Findings, NotAccepted, gettext_noop

MOST_ALL = 600 * 1024 * 1024
DEEPEST = 100
PROFILED = Name.ICCBased
Held = dict[str, Any]
CUT_IN_ROOT = {"/ViewerPreferences": VIEW, "/MarkInfo": MARKED, "/OCProperties": LAYERS}

DEEP = gettext_noop(
    "This PDF is built in a way that can’t be checked to its end; print it to a new PDF and hand "
    "that in."
)


def scrub(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Cut the whole document down, its trailer first."""
    note_info(pdf, findings)
    cut_to(pdf.trailer, {"/Root", "/Size"})
    pdf.trailer.ID = Array([String(secrets.token_bytes(16)) for _ in range(2)])
    goals = goals_of(pdf)
    scrub_root(pdf, findings)
    for page in pdf.pages:
        findings.saw("preview pictures", "/Thumb" in page.obj)
        findings.saw("data of the program it was made with", "/PieceInfo" in page.obj)
        cut_to(page.obj, PAGE if str(page.obj.get("/Tabs")) in TAB_ORDERS else PAGE - {"/Tabs"})
        scrub_annotations(page, goals, findings)
    scrub_objects(pdf, findings)


def note_info(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Note what the document told of itself; keys of one's own count as such."""
    info = pdf.trailer.get("/Info")
    if not isinstance(info, Dictionary):
        return
    for key in set(info.keys()):
        findings.saw(INFO.get(key, "document properties"))


def scrub_root(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Keep pages, tags and layers; bookmarks name merged files and goals name chapters, so go."""
    root = pdf.Root
    findings.saw("bookmarks", "/Outlines" in root)
    findings.saw("document metadata", "/Metadata" in root)
    findings.saw("scripts and actions", "/OpenAction" in root or "/AA" in root)
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        findings.saw("attached files and media", "/EmbeddedFiles" in names)
        findings.saw("scripts and actions", "/JavaScript" in names)
    cut_to(root, ROOT)
    for key, kept in CUT_IN_ROOT.items():
        if isinstance(root.get(key), Dictionary):
            cut_to(root[key], kept)
    layers = root.get("/OCProperties")
    if isinstance(layers, Dictionary):
        rename_layers(layers)


def rename_layers(layers: Dictionary) -> None:
    """Number the layers: their names may name people, and so may the labels between them."""
    given = layers.get("/OCGs")
    groups = list(given) if isinstance(given, Array) else []
    for number, layer in enumerate(groups, start=1):
        if isinstance(layer, Dictionary):
            cut_to(layer, LAYER)
            layer.Name = String(f"Layer {number}")
            if isinstance(layer.get("/Usage"), Dictionary):
                cut_to(layer.Usage, LAYER_USE)
    shown = layers.get("/D")
    if isinstance(shown, Dictionary):
        cut_to(shown, LAYERS_SHOWN)
        shown.Order = Array(groups)


def scrub_objects(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Walk every object, also those that hang directly in others."""
    tags = Tags(pdf)
    if "/StructTreeRoot" in pdf.Root:
        tags.gather(pdf.objects)
    left = MOST_ALL
    for item in pdf.objects:
        for one, held in with_children(item):
            scrub_dictionary(one, held, tags, findings)
        if isinstance(item, Stream):
            left -= scrub_stream(pdf, item, findings)
            if left < 0:
                raise TooBig
    tags.finish()


def with_children(item: Object) -> Iterator[tuple[Object, Held]]:
    """The dictionaries in an object and what each holds, as deep as it goes without a reference.

    What they hold is asked for once: there may be hundreds of thousands. Color profiles are
    cleaned on the way.
    """
    waiting = [(item, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST:
            raise NotAccepted(DEEP)
        values: Iterable[Any] = ()
        if isinstance(one, Dictionary | Stream):
            held = dict(one.items())
            yield one, held
            values = held.values()
        elif isinstance(one, Array):
            values = list(one)
            if is_color_space(values):
                clean_profile(one)
        waiting += [(child, depth + 1) for child in values if hangs_here(child)]


def hangs_here(value: object) -> bool:
    """Whether this is a container that no other object can refer to."""
    return isinstance(value, Dictionary | Array) and not value.is_indirect


def is_color_space(values: list[Any]) -> bool:
    """Whether these are the values of a color space with a profile."""
    return len(values) > 1 and values[0] == PROFILED


def scrub_dictionary(item: Object, held: Held, tags: Tags, findings: Findings) -> None:
    """Delete the keys that tell of people and programs, and words that nobody is shown."""
    for key in held:
        if key in NEVER or key.startswith(("/PTEX.", "/ADBE_")):
            findings.saw(FOUND.get(key, "document properties"))
            del item[key]
        elif tells(key, held[key]) and not is_layer_name(key, held):
            findings.saw("document properties")
            del item[key]
    scrub_known(item, held, tags, findings)
    if isinstance(item, Dictionary):
        plain_font(item, held, findings)
    if isinstance(held.get("/Resources"), Dictionary):
        cut_to(held["/Resources"], RESOURCES)


def scrub_known(item: Object, held: Held, tags: Tags, findings: Findings) -> None:
    """Cut down what says what it is: a drawing, a picture, a font, a layer, a tag."""
    if isinstance(item, Stream):
        cut_stream(item, str(held.get("/Subtype", "")), findings)
    elif is_tag(held):
        tags.scrub(item)
    elif str(held.get("/Type")) in BY_TYPE:
        cut_to(item, BY_TYPE[str(held["/Type"])])
    elif str(held.get("/O")) == "/UserProperties":
        cut_to(item, {"/O"})
    if isinstance(held.get(REFERENCES), Array):
        tags.rename_headers(item)


def cut_stream(item: Stream, kind: str, findings: Findings) -> None:
    """Cut down the head of a stream, and what a drawing that pages share says beside it."""
    kept = {"/Image": PICTURE, "/Form": DRAWING}.get(kind)
    cut_to(item, kept or set(item.keys()) - {"/F"})
    if kind == "/Form" or "/PatternType" in item:
        scrub_drawing(item, findings)
    elif kind == "/PS":
        item.write(b"")
