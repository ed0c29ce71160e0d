"""Names that people gave to places, styles and shapes of a file: numbers stand for them.

A bookmark called after its author, a style after a school: the same name gets the same number
in every part, so that what refers to it still finds it.
"""

import re
from collections.abc import Callable

from lxml import etree

from submissions.cleaning.listing import in_order
from submissions.cleaning.ooxml.markup import VML, elements, local, local_name
from submissions.cleaning.ooxml.package import Package

AUTOMATIC = re.compile(
    r"_(Toc|Ref|Hlk|Hlt|MON|Mark)_?[0-9a-f_]*|_GoBack|__RefHeading___(Toc)?[0-9_]+"
)
SHAPE = re.compile(r"_x0000_\w+")
STYLED = in_order("pStyle rStyle tblStyle basedOn next link styleLink numStyleLink")
SHAPES = in_order("shape rect roundrect line oval polyline curve arc group shapetype image")
STYLE_REFERENCE = re.compile(r"^(\s*STYLEREF\s+)(?:\"([^\"]*)\"|(\S+))", re.IGNORECASE)
JUMPS = re.compile(r"^(\s*(?:REF|PAGEREF|NOTEREF)\s+)(\"?)([^\s\"]+)(\"?)", re.IGNORECASE)
SWITCHES = re.compile(r"(\\[lb]\s+)(\"?)([^\s\"]+)(\"?)")
TELLING = {
    "HYPERLINK": re.compile(r"\\[ot]\s+(\"[^\"]*\"|\S+)\s*"),
    "TOC": re.compile(r"\\t\s+(\"[^\"]*\"|\S+)\s*"),
}


class Names:
    """The names given in one file, and what is written in their place."""

    def __init__(self, package: Package, main: str) -> None:
        kinds = ("bookmark", "shape", "style", "style name")
        self.given: dict[str, dict[str, str]] = {kind: {} for kind in kinds}
        for relation in package.relations(main):
            if relation.kind == "styles" and package.has(relation.target):
                self.gather(package.xml(relation.target))

    def gather(self, root: etree._Element) -> None:
        """Take in the styles that no program brings along."""
        for style in elements(root, {"style"}):
            if attribute(style, "customStyle") in ("1", "true", "on"):
                number = self.number("style", attribute(style, "styleId"), "Style{}")
                for name in elements(style, ("name",)):
                    self.given["style name"][attribute(name, "val")] = number

    def number(self, kind: str, name: str, pattern: str) -> str:
        """What is written for a name; on first sight it gets the next number."""
        known = self.given[kind]
        return known.setdefault(name, pattern.format(len(known) + 1))

    def bookmark(self, name: str) -> str:
        """The neutral name of a place in the text; those that programs give say nothing."""
        return name if AUTOMATIC.fullmatch(name) else self.number("bookmark", name, "_Mark{}")

    def style(self, name: str) -> str:
        """The neutral name of a style; those that programs bring along keep theirs."""
        return self.given["style"].get(name, name)

    def shape(self, name: str) -> str:
        """The neutral name of a drawn shape."""
        return name if SHAPE.fullmatch(name) else self.number("shape", name, "_x0000_n{}")

    def settle(self, root: etree._Element) -> None:
        """Put the numbers in, wherever a part gives or uses a name."""
        for mark in elements(root, ("bookmarkStart",)):
            change(mark, "name", self.bookmark)
        for link in elements(root, ("hyperlink",)):
            change(link, "anchor", self.bookmark)
        for use in elements(root, STYLED):
            change(use, "val", self.style)
        for style in elements(root, ("style",)):
            self.settle_style(style)
        for shape in elements(root, (*SHAPES, "OLEObject")):
            self.settle_shape(shape)
        self.settle_codes(root)

    def settle_style(self, style: etree._Element) -> None:
        """Name a style of one's own by its number, for programs and for people alike."""
        given = attribute(style, "styleId")
        if given not in self.given["style"]:
            return
        change(style, "styleId", self.style)
        for name in elements(style, ("name",)):
            change(name, "val", lambda _: self.style(given))

    def settle_shape(self, shape: etree._Element) -> None:
        """Name a shape by its number, and what is drawn after its pattern."""
        for name in ("id", "ShapeID", f"{VML}spid"):
            if name in shape.attrib:
                shape.set(name, self.shape(str(shape.get(name))))
        pattern = str(shape.get("type", ""))
        if pattern.startswith("#"):
            shape.set("type", f"#{self.shape(pattern[1:])}")

    def settle_codes(self, root: etree._Element) -> None:
        """Change the codes of fields, which may be broken over many runs."""
        for simple in elements(root, ("fldSimple",)):
            change(simple, "instr", self.code)
        pieces: list[etree._Element] = []
        for item in elements(root, ("fldChar", "instrText")):
            if local(item) == "instrText":
                pieces.append(item)
                continue
            self.settle_code(pieces)
            pieces = []

    def settle_code(self, pieces: list[etree._Element]) -> None:
        """Write the new code into the first piece when it differs."""
        given = "".join(piece.text or "" for piece in pieces)
        code = self.code(given)
        if code == given:
            return
        for piece in pieces:
            piece.text = ""
        pieces[0].text = code

    def code(self, given: str) -> str:
        """A field's code with numbers for the places it leads to, without words shown nowhere."""
        word = (given.split(maxsplit=1) or [""])[0].upper()
        if word in TELLING:
            given = TELLING[word].sub("", given)
            return SWITCHES.sub(self.numbered, given)
        if word == "STYLEREF":
            return STYLE_REFERENCE.sub(self.styled, given)
        return JUMPS.sub(self.numbered, given)

    def styled(self, found: re.Match[str]) -> str:
        """The same reference to a style by its number."""
        given = found[2] or found[3] or ""
        return f'{found[1]}"{self.given["style name"].get(given, given)}"'

    def numbered(self, found: re.Match[str]) -> str:
        """The same piece of a code with the number for the name."""
        return f"{found[1]}{found[2]}{self.bookmark(found[3])}{found[4]}"


def attribute(item: etree._Element, name: str) -> str:
    """An attribute by its name without a namespace."""
    return next((str(value) for key, value in item.attrib.items() if local_name(key) == name), "")


def change(item: etree._Element, name: str, new: Callable[[str], str]) -> None:
    """Change an attribute, where there is one."""
    for key, value in item.attrib.items():
        if local_name(key) == name and value:
            item.set(key, new(str(value)))
