"""Names and ids that programs and people gave to shapes and places: numbers instead, ties kept."""

from collections.abc import Mapping

from lxml import etree

from submissions.cleaning.odf.links import HREF
from submissions.cleaning.odf.names import full, get, name_of

NAME = full("draw:name")
NAMED_STYLES = {
    *("draw:page", "draw:layer", "draw:gradient", "draw:hatch", "draw:fill-image", "draw:marker"),
    *("draw:stroke-dash", "draw:opacity", "svg:linearGradient", "svg:radialGradient"),
    "draw:equation",  # other equations and the outline of a shape reckon with it by name
}
IDS = (full("xml:id"), full("draw:id"))
REFERRING = tuple(
    map(
        full,
        (
            "smil:targetElement",
            "text:continue-list",
            "draw:start-shape",
            "draw:end-shape",
            "draw:shape-id",
            "draw:caption-id",
        ),
    )
)
TIES = {*IDS, *REFERRING}
NEXT, REFERENCE, MARK = map(full, ("draw:chain-next-name", "text:ref-name", "text:name"))
MARKS = {
    *("text:bookmark", "text:bookmark-start", "text:bookmark-end", "text:reference-mark"),
    *("text:reference-mark-start", "text:reference-mark-end"),
}


def renumber(root: etree._Element) -> None:
    """Number all shapes and marked places, and every id that is referred to; other ids go."""
    new: dict[str, str] = {}
    for item in root.iter("*"):
        name = MARK if name_of(item) in MARKS else NAME
        if item.get(name) and name_of(item) not in NAMED_STYLES:
            item.set(name, new.setdefault(str(item.get(name)), f"Item {len(new) + 1}"))
    for item in root.iter("*"):
        follow(item, new)
    renumber_ids(root)


def follow(item: etree._Element, new: Mapping[str, str]) -> None:
    """Let links, references and chains of text lead to what has a new name."""
    for name in (NEXT, REFERENCE):
        if item.get(name) is not None:
            item.set(name, new.get(str(item.get(name)), str(item.get(name))))
    href = get(item, "xlink:href")
    name, bar, kind = href.lstrip("#").partition("|")
    if href.startswith("#") and name in new:
        item.set(HREF, f"#{new[name]}{bar}{kind}")


def renumber_ids(root: etree._Element) -> None:
    """Keep only ids that are needed, as numbers."""
    told = [(item, name) for item in root.iter("*") for name in item.attrib if name in TIES]
    needed = {str(item.get(name)) for item, name in told if name in REFERRING}
    new = {old: f"id{number}" for number, old in enumerate(sorted(needed), start=1)}
    for item, name in told:
        if str(item.get(name)) in new:
            item.set(name, new[str(item.get(name))])
        else:
            del item.attrib[name]
