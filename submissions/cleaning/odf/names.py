"""The namespaces of OpenDocument under the short names everyone knows them by."""

from functools import lru_cache

from lxml import etree

from submissions.cleaning.ooxml.markup import unwrap

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
TDF = "urn:org:documentfoundation:names:experimental:"
SPACES = {
    "office": f"{OASIS}office:1.0",
    "style": f"{OASIS}style:1.0",
    "text": f"{OASIS}text:1.0",
    "table": f"{OASIS}table:1.0",
    "draw": f"{OASIS}drawing:1.0",
    "fo": f"{OASIS}xsl-fo-compatible:1.0",
    "number": f"{OASIS}datastyle:1.0",
    "presentation": f"{OASIS}presentation:1.0",
    "svg": f"{OASIS}svg-compatible:1.0",
    "chart": f"{OASIS}chart:1.0",
    "dr3d": f"{OASIS}dr3d:1.0",
    "smil": f"{OASIS}smil-compatible:1.0",
    "anim": f"{OASIS}animation:1.0",
    "form": f"{OASIS}form:1.0",
    "script": f"{OASIS}script:1.0",
    "config": f"{OASIS}config:1.0",
    "meta": f"{OASIS}meta:1.0",
    "manifest": f"{OASIS}manifest:1.0",
    "of": f"{OASIS}of:1.2",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": "http://purl.org/dc/elements/1.1/",
    "math": "http://www.w3.org/1998/Math/MathML",
    "xml": "http://www.w3.org/XML/1998/namespace",
    "css3t": "http://www.w3.org/TR/css3-text/",
    "loext": f"{TDF}office:xmlns:loext:1.0",
    "calcext": f"{TDF}calc:xmlns:calcext:1.0",
    "field": "urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0",
    "officeooo": "http://openoffice.org/2009/office",
    "tableooo": "http://openoffice.org/2009/table",
    "drawooo": "http://openoffice.org/2010/draw",
    "ooo": "http://openoffice.org/2004/office",
    "oooc": "http://openoffice.org/2004/calc",
    "ooow": "http://openoffice.org/2004/writer",
}
SHORT = {space: name for name, space in SPACES.items()}
IN_VALUES = ["of", "oooc", "ooow"]  # written in front of formulas


def name_of(item: etree._Element) -> str:
    """The name of an element as ``text:p``."""
    return short(str(item.tag))


@lru_cache(maxsize=8192)
def short(name: str) -> str:
    """The short form of a name: ``:p`` without a space, ``?:p`` in one that is not known."""
    space, _, word = name.lstrip("{").rpartition("}")
    return f"{SHORT.get(space, '?') if space else ''}:{word}"


@lru_cache(maxsize=1024)
def full(name: str) -> str:
    """The name lxml knows for ``text:p``."""
    space, _, word = name.partition(":")
    return f"{{{SPACES[space]}}}{word}"


def get(item: etree._Element, name: str) -> str:
    """An attribute by its short name."""
    return str(item.get(full(name), ""))


def all_of(root: etree._Element, *names: str) -> list[etree._Element]:
    """The elements with these names, in the order of the document."""
    return list(root.iter(*map(full, names)))


def in_our_spaces(root: etree._Element) -> etree._Element:
    """The same document, its spaces under our names and no others told of.

    Built element by element: to move them over takes a time that grows with their square.
    """
    fresh = etree.Element(root.tag, nsmap={name: SPACES[name] for name in SPACES if name != "xml"})
    pairs = [(root, fresh)]
    while pairs:
        old, new = pairs.pop()
        new.text = old.text
        for name, value in old.attrib.items():
            new.set(name, value)
        for child in old:
            pairs.append((child, etree.SubElement(new, child.tag)))
            pairs[-1][1].tail = child.tail
    etree.cleanup_namespaces(fresh, keep_ns_prefixes=IN_VALUES)
    return fresh


def dissolve(item: etree._Element) -> None:
    """Leave of an element only what it shows: its words and what is in it."""
    parent, before = item.getparent(), item.getprevious()
    if parent is not None and item.text:
        if before is None:
            parent.text = (parent.text or "") + item.text
        else:
            before.tail = (before.tail or "") + item.text
    unwrap(item)
