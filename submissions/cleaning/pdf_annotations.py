"""What lies on a PDF's pages: links to the web and marks stay, their authors and actions go."""

from urllib.parse import urlsplit

import pikepdf
from pikepdf import Array, Dictionary, Name, Object

from submissions.cleaning.listing import names
from submissions.cleaning.pdf_links import Goals, is_plain, plain_goal
from submissions.cleaning.report import Findings

KEPT = names(
    "/Type /Subtype /Rect /F /AP /AS /Border /BS /BE /C /IC /CA /ca /H /QuadPoints /L /LE /LL",
    "/LLE /Vertices /InkList /Path /DA /Q /RD /CL /IT /Sy /Contents /Open /OC",
    "/StructParent /Lang /BM",
)
MARKS = names(
    "/Text /FreeText /Line /Square /Circle /Polygon /PolyLine /Highlight /Underline /Squiggly",
    "/StrikeOut /Stamp /Caret /Ink",
)
TURNS = {"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"}
LONGEST_LINK = 2000


def annotations_of(page: pikepdf.Page) -> list[Object]:
    """The annotations of a page that are what they should be."""
    given = page.obj.get("/Annots")
    return [one for one in given if is_plain(one)] if isinstance(given, Array) else []


def subtype(annotation: Object) -> str:
    """What kind of annotation this is."""
    return str(annotation.get("/Subtype", ""))


def scrub_annotations(page: pikepdf.Page, goals: Goals, findings: Findings) -> None:
    """Keep links and marks, each cut down to what it shows and where it leads."""
    kept = [one for one in annotations_of(page) if keeps(one, goals, findings)]
    if kept:
        page.obj.Annots = Array(kept)
    elif "/Annots" in page.obj:
        del page.obj.Annots


def keeps(annotation: Object, goals: Goals, findings: Findings) -> bool:
    """Cut one annotation down; return whether anything worth keeping is left."""
    kind = subtype(annotation)
    findings.saw("names of those who marked the pages", "/T" in annotation)
    if kind == "/Link":
        return keeps_link(annotation, goals, findings)
    if kind not in MARKS:
        findings.saw("attached files and media", kind not in ("/Popup", "/Widget"))
        return False
    cut_to(annotation, KEPT)
    return True


def keeps_link(annotation: Object, goals: Goals, findings: Findings) -> bool:
    """Keep a link that leads to the web or within the document."""
    action = annotation.get("/A")
    if not isinstance(action, Dictionary):
        action = Dictionary(S=Name.GoTo, D=annotation.get("/Dest"))
    cut_to(annotation, KEPT - {"/Contents"})
    plain = plain_action(action, goals)
    if plain is None:
        findings.count("links to files and mail addresses")
        return False
    annotation.A = plain
    return True


def plain_action(action: Object, goals: Goals) -> Dictionary | None:
    """The action anew, when it opens a web address or turns to a page."""
    kind = str(action.get("/S", ""))
    if kind == "/URI" and is_web(str(action.get("/URI", ""))):
        return Dictionary(S=Name.URI, URI=action.URI)
    if kind == "/GoTo" and (place := plain_goal(action.get("/D"), goals)):
        return Dictionary(S=Name.GoTo, D=place)
    if kind == "/Named" and str(action.get("/N")) in TURNS:
        return Dictionary(S=Name.Named, N=action.N)
    return None


def is_web(address: str) -> bool:
    """Whether an address is one of the web, without anyone's name and password in it."""
    if len(address) > LONGEST_LINK:
        return False
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc) and "@" not in parts.netloc


def cut_to(dictionary: Object, kept: set[str]) -> None:
    """Delete every key that is not among those kept."""
    for key in list(dictionary.keys()):
        if key not in kept:
            del dictionary[key]
