"""What OpenDocument refers to: places in itself, pages of the web, its own pictures and objects."""

import posixpath
from urllib.parse import unquote

from lxml import etree

from submissions.cleaning.odf.names import all_of, dissolve, full, get, name_of
from submissions.cleaning.ooxml.markup import remove
from submissions.cleaning.ooxml.relations import EMBEDDED, MACROS, VIDEO_INSIDE
from submissions.cleaning.pdf_annotations import is_web
from submissions.cleaning.report import Doubtful, NotAccepted

HREF = full("xlink:href")
LINKS = ("text:a", "draw:a")
OBJECT = "draw:object"
PICTURES = (
    "draw:image",
    "draw:fill-image",
    "style:background-image",
    "text:list-level-style-image",
)
JUMPS = ("presentation:event-listener", "text:bibliography-mark")
CHART, AROUND = "chart:chart", (".", "..")  # a chart takes its numbers from the document around it


def refuse_players(root: etree._Element) -> None:
    """Stop at films, sounds, programs, and at objects nobody here can look into."""
    for item in all_of(root, "draw:plugin"):
        if not is_web(get(item, "xlink:href")):
            raise NotAccepted(VIDEO_INSIDE)
    if all_of(root, "draw:applet"):
        raise NotAccepted(MACROS)
    if all_of(root, "draw:object-ole"):
        raise Doubtful(EMBEDDED)


def referring(root: etree._Element) -> list[etree._Element]:
    """Everything that refers to something, or holds a picture itself."""
    held = [item.getparent() for item in all_of(root, "office:binary-data")]
    return [item for item in root.iter("*") if item.get(HREF) is not None or item in held]


def target_of(href: str, folder: str) -> str:
    """The member of the zip that an address inside a document means."""
    path = posixpath.normpath(posixpath.join("/", folder, unquote(href.strip())))
    return path.lstrip("/")


def may_stay(item: etree._Element) -> bool:
    """Whether a link leads to the web or to a place in the document itself."""
    name, href = name_of(item), get(item, "xlink:href").strip()
    if name == CHART:
        return href in AROUND
    return href.startswith("#") or (name in (*LINKS, *JUMPS) and is_web(href))


STANDS_FOR = (OBJECT, "draw:image", "table:table")


def cut(item: etree._Element) -> None:
    """Take a link away: its words stay; a picture or object goes with its empty frame."""
    if name_of(item) in LINKS:
        dissolve(item)
        return
    if name_of(item) == CHART:
        del item.attrib[HREF]
        return
    frame = item.getparent()
    remove(item)
    if frame is not None and name_of(frame) == "draw:frame" and not len(frame):
        remove(frame)


def stands_in(item: etree._Element) -> bool:
    """Whether a picture only stands in for an object or a table, or beside another of the same."""
    frame = item.getparent()
    if frame is None or name_of(frame) != "draw:frame":
        return False
    return any(name_of(one) in STANDS_FOR for one in frame if one is not item)
