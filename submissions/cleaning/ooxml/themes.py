"""Themes and layouts: how they look stays, what a school or a person called them does not."""

import re

from lxml import etree

from submissions.cleaning.listing import names
from submissions.cleaning.ooxml.markup import elements, local, remove, remove_all

SCHEMES = {"clrScheme": "Colors", "fontScheme": "Fonts", "fmtScheme": "Effects"}
OF_ITS_OWN = ("extLst", "custClrLst")
PATTERNS = names("sldMaster sldLayout notesMaster handoutMaster")
LAYOUTS = {
    "Title Slide",
    "Title and Content",
    "Section Header",
    "Two Content",
    "Comparison",
    "Title Only",
    "Blank",
    "Content with Caption",
    "Picture with Caption",
    "Title and Vertical Text",
    "Vertical Title and Text",
    "Blank Slide",
    "Title, Content",
    "Title, 2 Content",
    "Centered Text",
    "Custom Layout",
}
COUNTED = re.compile(r"^\d+_")  # how copies of the same layout are told apart
HINT = "Text"
OF_OFFICE = (
    *("http://schemas.microsoft.com/", "http://schemas.openxmlformats.org/"),
    *("http://purl.oclc.org/ooxml/", "urn:schemas-microsoft-com:", "http://www.w3.org/"),
)
IDENTITIES = ("creationId", "modId", "rowId", "colId", "uniqueId")


def scrub_theme(root: etree._Element) -> None:
    """Neutral names for a theme and its parts."""
    root.set("name", "Theme")
    for scheme in elements(root, SCHEMES):
        scheme.set("name", SCHEMES[local(scheme)])
    remove_all(root, OF_ITS_OWN)


def scrub_slide(root: etree._Element) -> None:
    """Take away the names of slides and layouts, and the hints in patterns, which show nowhere."""
    for content in elements(root, ("cSld",)):
        name = content.attrib.pop("name", "")
        if name and local(root) == "sldLayout":
            content.set("name", str(name) if COUNTED.sub("", str(name)) in LAYOUTS else "Layout")
    if local(root) in PATTERNS:
        for hint in hints(root):
            hint.text = HINT


def hints(root: etree._Element) -> list[etree._Element]:
    """The words in the placeholders of a pattern, but not those that count pages."""
    holders = [item for item in elements(root, ("sp",)) if elements(item, ("ph",))]
    found = [text for holder in holders for text in elements(holder, ("t",))]
    return [text for text in found if local(parent_of(text)) != "fld"]


def parent_of(item: etree._Element) -> etree._Element:
    """The element around this one."""
    parent = item.getparent()
    return item if parent is None else parent


def scrub_identities(root: etree._Element) -> None:
    """Take out the numbers by which programs know a thing again from file to file."""
    for number in elements(root, IDENTITIES):
        holder = parent_of(number)
        remove(holder if local(holder) == "ext" else number)
    for extension in elements(root, ("ext",)):
        if any(is_foreign(item) for item in extension.iterdescendants("*")):
            remove(extension)
    for extensions in elements(root, ("extLst",)):
        if not len(extensions):
            remove(extensions)


def is_foreign(item: etree._Element) -> bool:
    """Whether a program other than Office put this element there."""
    return not str(item.tag).lstrip("{").startswith(OF_OFFICE)
