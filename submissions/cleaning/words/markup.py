"""The words of Office and OpenDocument files: every text in every part, notes and headers too."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from submissions.cleaning import archive
from submissions.cleaning.ooxml.package import MOST_XML, parse

RUNS = frozenset(("t", "span", "a", "s", "tab", "br", "line-break", "r", "instrText"))
SIGNS = {"tab": "\t", "br": "\n", "line-break": "\n", "s": " ", "cr": "\n", "noBreakHyphen": "-"}
BLOCKS = frozenset(
    ("p", "h", "si", "tr", "c", "is", "row", "sld", "notes", "hdr", "ftr", "footnote", "endnote")
)
SILENT = frozenset(("posOffset", "align", "pctWidth", "pctHeight", "delText"))
SPOKEN = frozenset(
    ("descr", "title", "alt", "tooltip", "prompt", "promptTitle", "error", "errorTitle", "href")
)
NAMED = frozenset(("sheet", "table", "definedName", "tableColumn", "tag", "alias", "bookmarkStart"))
MAIN = ("word/document.xml", "content.xml", "xl/sharedStrings.xml", "ppt/slides/slide1.xml")
LEFT_OUT = ("[content_types].xml", "meta-inf/", "settings.xml", "meta.xml")


def office_words(path: Path) -> Iterator[str]:
    """Every part of a Word, PowerPoint or Excel file, the main one first."""
    with path.open("rb") as file, archive.opened(file) as zipped:
        for name in in_order(zipped):
            root = parse(archive.read(zipped, name, MOST_XML))
            yield from links(root) if name.endswith(".rels") else part_words(root)


def odf_words(path: Path) -> Iterator[str]:
    """Every part of an OpenDocument file: its text runs between the elements."""
    with path.open("rb") as file, archive.opened(file) as zipped:
        for name in in_order(zipped):
            root = parse(archive.read(zipped, name, MOST_XML))
            yield from part_words(root, is_mixed=True)


def in_order(zipped: zipfile.ZipFile) -> list[str]:
    """The parts with markup in them."""
    names = [
        name
        for name in zipped.namelist()
        if name.lower().endswith((".xml", ".vml", ".rels"))
        and not name.lower().startswith(LEFT_OUT)
        and not name.lower().endswith("/settings.xml")
    ]
    return sorted(names, key=lambda name: (name not in MAIN, name.endswith(".rels"), name))


def links(root: etree._Element) -> Iterator[str]:
    """Where the links of a part lead outside."""
    for item in root:
        if item.get("TargetMode", "").lower() == "external":
            yield f"{item.get('Target', '')}\n"


def part_words(root: etree._Element, *, is_mixed: bool = False) -> Iterator[str]:
    """The texts of one part: runs of a paragraph in one piece, everything else on its own line.

    ``is_mixed`` says that text may stand between elements, too.
    """
    for event, item in etree.iterwalk(root, events=("start", "end")):
        name = etree.QName(item).localname
        if event == "start":
            yield from opening(item, name)
        elif name in BLOCKS or (name not in RUNS and (item.text or "").strip()):
            yield "\n"
        if is_mixed and event == "end" and item is not root:
            yield item.tail or ""


def opening(item: etree._Element, name: str) -> Iterator[str]:
    """What an element says where it begins: its texts for people, its sign, its text."""
    for key, value in item.attrib.items():
        word = etree.QName(key).localname
        if word in SPOKEN or (name in NAMED and word in {"name", "val"}):
            yield f"{value!s}\n"
    if name not in SILENT:
        yield SIGNS.get(name, "")
        yield item.text or "" if name in RUNS or (item.text or "").strip() else ""
