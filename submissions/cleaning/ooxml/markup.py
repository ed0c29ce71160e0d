"""What is scrubbed from the XML of every part, whichever program wrote it."""

import re
from collections.abc import Container, Iterable
from functools import lru_cache
from typing import cast

from lxml import etree

from submissions.cleaning.listing import names
from submissions.cleaning.pdf_annotations import is_web
from submissions.cleaning.report import Findings

RELATIONSHIP = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
NEUTRAL = "Author"
ONE_ONLY = {"author": NEUTRAL, "userName": NEUTRAL, "lastGuid": ""}
DROPPED = names(
    "initials date dateUtc userId providerId presenceId paraId textId durableId rsid",
    "refreshedBy refreshedDate refreshedDateIso reservationPassword documentId user gfxdata",
    "anchorId editId codeName macro tplc docLocation tgtFrame src",
)
ALWAYS_TEXT = {"descr", "title", "alt", "tooltip", "display"}
LINKS = {"href", "hlinkHref"}
VML = "{urn:schemas-microsoft-com:office:office}"
OF_VML = {f"{VML}title", f"{VML}href"}
FILE_NAME = re.compile(
    r"[A-Za-z]:\\|\\\\|file:|/(Users|home)/"
    r"|\.(jpe?g|png|gif|bmp|tiff?|heic|webp|svg|emf|wmf|docx?|xlsx?|pptx?|pdf|mp4|mov)$",
    re.IGNORECASE,
)
NAMED = {"cNvPr", "docPr"}
OBJECTS = {"oleObj", "oleObject"}
HOLDERS = ("drawing", "pict", "pic", "graphicFrame", "object", "AlternateContent")
UNWRAPPED = {"hyperlink"}
CLIMBED = {"blip", "imagedata"}
IN_EXTENSION = {"svgBlip", "imgLayer"}
HOOK_ONLY = {"pageSetup", "worksheetSource"}


IS_REFERENCE = " or ".join(
    [*(f"namespace-uri()='{space}'" for space in RELATIONSHIP)]
    + [f"local-name()='{word}'" for word in ("relid", "relId")]
)
REFERENCES = etree.XPath(f"//@*[{IS_REFERENCE}]", smart_strings=False)
REFERRING = etree.XPath(f"//*[@*[{IS_REFERENCE}]]")


def local(item: etree._Element) -> str:
    """The name of an element without its namespace."""
    return str(item.tag).rpartition("}")[2]


def local_name(attribute: object) -> str:
    """The name of an attribute without its namespace."""
    return str(attribute).rpartition("}")[2]


def elements(root: etree._Element, names: Iterable[str]) -> list[etree._Element]:
    """The elements with one of these names, in the order of the document."""
    return list(root.iter(*(f"{{*}}{name}" for name in names)))


def remove(item: etree._Element) -> None:
    """Take an element and all in it out; text that follows it stays."""
    parent = item.getparent()
    if parent is None:
        return
    keep_tail(item, parent)
    parent.remove(item)


def keep_tail(item: etree._Element, parent: etree._Element) -> None:
    """Hand the text behind an element to whatever stands before it."""
    if not item.tail:
        return
    before = item.getprevious()
    if before is None:
        parent.text = (parent.text or "") + item.tail
    else:
        before.tail = (before.tail or "") + item.tail
    item.tail = None


def unwrap(item: etree._Element) -> None:
    """Put an element's children in its place."""
    parent = item.getparent()
    if parent is None:
        return
    place = parent.index(item)
    for child in reversed(list(item)):
        parent.insert(place, child)
    remove(item)


def remove_all(root: etree._Element, names: Iterable[str]) -> int:
    """Take out all elements with these names; return how many there were."""
    found = elements(root, names)
    for item in found:
        remove(item)
    return len(found)


def references(root: etree._Element) -> set[str]:
    """The relationship ids that a part mentions."""
    return set(cast("list[str]", REFERENCES(root)))


def is_reference(name: str) -> bool:
    """Whether an attribute holds a relationship id."""
    space, _, word = name.lstrip("{").rpartition("}")
    return space in RELATIONSHIP or word in ("relid", "relId")


def unhook(root: etree._Element, cut: set[str]) -> None:
    """Take out whatever refers to a relationship that was cut."""
    if not cut:
        return
    for item in cast("list[etree._Element]", REFERRING(root)):
        hooks = [str(name) for name in item.attrib if is_reference(str(name))]
        if any(item.attrib[name] in cut for name in hooks):
            unhook_one(item, [name for name in hooks if item.attrib[name] in cut], len(hooks))


def unhook_one(item: etree._Element, hooks: list[str], references_here: int) -> None:
    """A link keeps its words, a lost picture goes with its frame, anything else by itself."""
    name = local(item)
    if name in UNWRAPPED and len(item):
        unwrap(item)
    elif references_here > len(hooks) or name in HOOK_ONLY:
        for hook in hooks:
            del item.attrib[hook]
    elif name in CLIMBED:
        remove(holder_of(item, HOLDERS))
    elif name in IN_EXTENSION:
        remove(holder_of(item, ("ext",)))
    else:
        remove(item)


def holder_of(item: etree._Element, holders: Container[str]) -> etree._Element:
    """The frame around a picture or object: what a reader sees as one thing."""
    for around in item.iterancestors():
        if local(around) in holders:
            return around
    return item


def scrub_attributes(root: etree._Element, findings: Findings) -> None:
    """Neutral authors, no dates of changes, no ids of saves, no file names in descriptions."""
    for item in elements(root, NAMED):
        item.set("name", f"Item {item.get('id', '')}".strip())
    for item in elements(root, OBJECTS):
        item.attrib.pop("name", "")
    for item in root.iter("*"):
        for name in map(str, item.keys()):
            if is_telling(name):
                scrub_attribute(item, name, findings)


@lru_cache(maxsize=4096)
def is_telling(name: str) -> bool:
    """Whether an attribute of this name may tell of a person, a program or a path."""
    word = local_name(name)
    return (
        word.startswith("rsid")
        or word in DROPPED | ALWAYS_TEXT | LINKS | ONE_ONLY.keys()
        or is_revision_id(name)
    )


def scrub_attribute(item: etree._Element, name: str, findings: Findings) -> None:
    """Neutralize one attribute where it tells of a person, a program or a path."""
    word, value = local_name(name), str(item.get(name)).strip()
    if word in ONE_ONLY:
        item.set(name, ONE_ONLY[word])
    elif word in LINKS and name not in OF_VML:
        if not value.startswith("#") and not is_web(value):
            del item.attrib[name]
    elif word not in ALWAYS_TEXT or name in OF_VML:
        del item.attrib[name]
    elif FILE_NAME.search(value):
        findings.saw("file names in descriptions of pictures")
        del item.attrib[name]


def is_revision_id(name: str) -> bool:
    """Whether an attribute numbers a save of a workbook."""
    return "/revision" in name and name.startswith("{")


def keep_only(root: etree._Element, names: Iterable[str]) -> None:
    """Keep these children of a part's root and no other."""
    kept = set(names)
    for child in list(root):
        if local(child) not in kept:
            remove(child)
