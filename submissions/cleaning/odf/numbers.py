"""Names and ids that programs and people gave to shapes: replaced by numbers, ties kept."""

from lxml import etree

from submissions.cleaning.odf.links import HREF
from submissions.cleaning.odf.names import full, get, name_of

NAME = full("draw:name")
NAMED_STYLES = {
    *("draw:page", "draw:layer", "draw:gradient", "draw:hatch", "draw:fill-image", "draw:marker"),
    *("draw:stroke-dash", "draw:opacity", "svg:linearGradient", "svg:radialGradient"),
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
NEXT = full("draw:chain-next-name")


def renumber(root: etree._Element) -> None:
    """Number all shapes, and every id that something refers to; other ids go."""
    renumber_shapes(root)
    renumber_ids(root)


def renumber_shapes(root: etree._Element) -> None:
    """Call shapes by numbers, also where links and chains of text name them."""
    new: dict[str, str] = {}
    for item in root.iter("*"):
        if get(item, "draw:name") and name_of(item) not in NAMED_STYLES:
            item.set(NAME, new.setdefault(get(item, "draw:name"), f"Item {len(new) + 1}"))
    for item in root.iter("*"):
        if item.get(NEXT) is not None:
            item.set(NEXT, new.get(get(item, "draw:chain-next-name"), ""))
        href = get(item, "xlink:href")
        name, bar, kind = href.lstrip("#").partition("|")
        if href.startswith("#") and name in new:
            item.set(HREF, f"#{new[name]}{bar}{kind}")


def renumber_ids(root: etree._Element) -> None:
    """Keep only ids that are needed, as numbers."""
    needed = {str(item.get(name)) for name in REFERRING for item in having(root, name)}
    new = {old: f"id{number}" for number, old in enumerate(sorted(needed), start=1)}
    for name in (*IDS, *REFERRING):
        for item in having(root, name):
            if str(item.get(name)) in new:
                item.set(name, new[str(item.get(name))])
            else:
                del item.attrib[name]


def having(root: etree._Element, name: str) -> list[etree._Element]:
    """The elements with this attribute."""
    return [item for item in root.iter("*") if item.get(name) is not None]
