"""The objects of a PDF, cut down to what shows: the list of SAFETY F7 and section 2.

The root, pages, pictures, forms and layers keep the keys named in ``pdf_keys`` and no other;
everywhere else the keys that tell of people and programs are deleted, at any depth.
"""

import re
import secrets
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Object, Stream, String

from submissions.cleaning import jpeg
from submissions.cleaning.pdf_annotations import cut_to, scrub_annotations
from submissions.cleaning.pdf_keys import (
    DRAWING,
    FOUND,
    INFO,
    LAYER,
    LAYER_USE,
    NEVER,
    PAGE,
    PICTURE,
    ROOT,
    TAG,
    TAG_TREE,
)
from submissions.cleaning.pdf_streams import (
    TooBig,
    clean_picture,
    has_told_picture,
    partly_unpacked,
)
from submissions.cleaning.report import Doubtful, Findings, gettext_noop

PATH = re.compile(
    r"[A-Za-z]:\\|\\\\|^/|/(Users|home)/|\.(jpe?g|png|gif|tiff?|heic|docx?|pdf)$", re.IGNORECASE
)
MOST_ALL = 600 * 1024 * 1024
MOST_ONE = 256 * 1024 * 1024
DEEPEST = 100

INLINE = gettext_noop(
    "A picture inside this PDF carries details of the camera that can’t be taken out there, so our "
    "staff will look at it."
)
DEEP = gettext_noop(
    "This PDF is built in a way that can’t be checked to its end, so our staff will look at it."
)


def scrub(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Cut the whole document down, its trailer first."""
    note_info(pdf, findings)
    cut_to(pdf.trailer, {"/Root", "/Size"})
    pdf.trailer.ID = Array([String(secrets.token_bytes(16)) for _ in range(2)])
    scrub_root(pdf, findings)
    for page in pdf.pages:
        findings.saw("preview pictures", "/Thumb" in page.obj)
        findings.saw("data of the program it was made with", "/PieceInfo" in page.obj)
        cut_to(page.obj, PAGE)
        scrub_annotations(page, findings)
    scrub_objects(pdf, findings)


def note_info(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Note what the document told of itself; keys of one's own count as such."""
    info = pdf.trailer.get("/Info")
    if not isinstance(info, Dictionary):
        return
    for key in set(info.keys()):
        findings.saw(INFO.get(key, "document properties"))


def scrub_root(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Keep pages, tags, layers and the goals of inner links; bookmarks name merged files, so go."""
    root = pdf.Root
    findings.saw("bookmarks", "/Outlines" in root)
    findings.saw("document metadata", "/Metadata" in root)
    findings.saw("scripts and actions", "/OpenAction" in root or "/AA" in root)
    names = root.get("/Names")
    if isinstance(names, Dictionary):
        findings.saw("attached files and media", "/EmbeddedFiles" in names)
        findings.saw("scripts and actions", "/JavaScript" in names)
        cut_to(names, {"/Dests"})
    cut_to(root, ROOT)
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
    configurations = layers.get("/Configs")
    others = list(configurations) if isinstance(configurations, Array) else []
    for configuration in (layers.get("/D"), *others):
        if isinstance(configuration, Dictionary):
            cut_to(configuration, set(configuration.keys()) - {"/Name", "/Creator"})
            configuration.Order = Array(groups)


def scrub_objects(pdf: pikepdf.Pdf, findings: Findings) -> None:
    """Walk every object, also those that hang directly in others."""
    left = MOST_ALL
    for item in pdf.objects:
        for one in with_children(item):
            scrub_dictionary(one, findings)
        if isinstance(item, Stream):
            left -= scrub_stream(item, findings)
            if left < 0:
                raise TooBig


def with_children(item: Object) -> Iterator[Object]:
    """The dictionaries and streams in an object, as deep as it goes without a reference."""
    waiting = [(item, 0)]
    while waiting:
        one, depth = waiting.pop()
        if depth > DEEPEST:
            raise Doubtful(DEEP)
        if isinstance(one, Dictionary | Stream):
            yield one
        waiting += [(child, depth + 1) for child in children(one)]


def children(item: Object) -> list[Object]:
    """The containers that hang directly in a container."""
    if isinstance(item, Dictionary | Stream):
        values = [value for _, value in item.items()]
    elif isinstance(item, Array):
        values = list(item)
    else:
        return []
    inner = [value for value in values if isinstance(value, Dictionary | Array)]
    return [value for value in inner if not value.is_indirect]


def scrub_dictionary(item: Object, findings: Findings) -> None:
    """Delete the keys that tell of people and programs."""
    for key in list(item.keys()):
        if key in NEVER or key.startswith(("/PTEX.", "/ADBE_")):
            findings.saw(FOUND.get(key, "document properties"))
            del item[key]
    scrub_tagging(item)
    if isinstance(item, Stream):
        kind = str(item.get("/Subtype", ""))
        kept = {"/Image": PICTURE, "/Form": DRAWING}.get(kind)
        cut_to(item, kept or set(item.keys()) - {"/F"})


def scrub_tagging(item: Object) -> None:
    """Cut down a tag, the root of all tags, and properties someone gave a tag by hand."""
    kind = str(item.get("/Type", ""))
    if kind == "/StructElem" or "/Pg" in item:
        scrub_tag(item)
    elif kind == "/StructTreeRoot":
        cut_to(item, TAG_TREE)
    elif str(item.get("/O", "")) == "/UserProperties":
        cut_to(item, {"/O"})


def scrub_tag(item: Object) -> None:
    """Keep what a screen reader reads out, unless it is the name of a file."""
    cut_to(item, TAG)
    if isinstance(item.get("/Alt"), String) and PATH.search(str(item.Alt)):
        item.Alt = String("Picture")


def scrub_stream(stream: Stream, findings: Findings) -> int:
    """Measure a stream and free a picture of its details; return how large it unpacks."""
    content, filters = partly_unpacked(stream, MOST_ONE)
    is_picture = str(stream.get("/Subtype", "")) == "/Image"
    if is_picture and filters:
        clean_or_hold(stream, findings)
    elif not is_picture and not filters and has_told_picture(content):
        raise Doubtful(INLINE)
    return len(content)


def clean_or_hold(stream: Stream, findings: Findings) -> None:
    """Free a picture of its details, or hold the file when it can't be read."""
    try:
        had_details = clean_picture(stream)
    except jpeg.NotJpeg as odd:
        raise Doubtful(INLINE) from odd
    if had_details:
        findings.count("details of pictures")
