"""Build an OpenDocument file anew from its content, its styles, and what these refer to."""

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from submissions.cleaning import archive
from submissions.cleaning.formats import FORMATS, ODF, ODF_SHEETS, ODF_SLIDES, ODF_TEXT
from submissions.cleaning.odf import links, markup
from submissions.cleaning.odf.fields import scrub_fields
from submissions.cleaning.odf.inside import from_base64, office_type
from submissions.cleaning.odf.kinds import kind_of_document
from submissions.cleaning.odf.leavings import note_leavings
from submissions.cleaning.odf.names import all_of, in_our_spaces, name_of
from submissions.cleaning.odf.numbers import renumber
from submissions.cleaning.odf.output import Output, check, switches
from submissions.cleaning.ooxml import rebuild as ooxml
from submissions.cleaning.ooxml.embedded import picture as picture_of
from submissions.cleaning.ooxml.markup import remove
from submissions.cleaning.ooxml.package import MOST_XML, parse, serialize
from submissions.cleaning.ooxml.relations import EMBEDDED, MACROS
from submissions.cleaning.report import Doubtful, Findings, NotAccepted, Report

DEEPEST = 2
ROOTS = {"content.xml": "office:document-content", "styles.xml": "office:document-styles"}
CONTENT, STYLES, SETTINGS = "content.xml", "styles.xml", "settings.xml"
OASIS = "application/vnd.oasis.opendocument"
BODIES = {
    "office:text": ODF_TEXT,
    "office:spreadsheet": ODF_SHEETS,
    "office:presentation": ODF_SLIDES,
    "office:drawing": f"{OASIS}.graphics",
    "office:chart": f"{OASIS}.chart",
    "math:math": f"{OASIS}.formula",
}


def clean_odf(source: Path, target: Path, media_type: str) -> Report:
    """Write the file anew, open it again, and report what stayed behind."""
    findings = Findings()
    with source.open("rb") as file:
        content = rebuilt(file, media_type, findings)
    target.write_bytes(content)
    return findings.report(media_type, FORMATS[media_type].extensions[0])


def rebuilt(file: BinaryIO, media_type: str, findings: Findings, depth: int = 0) -> bytes:
    """The new content of a file, checked to open; files inside files only so deep."""
    if depth > DEEPEST:
        raise Doubtful(EMBEDDED)
    with archive.opened(file) as zipped:
        archive.measure(zipped)
        check_kind(zipped, media_type)
        content = Rebuild(zipped, findings, Output(media_type), depth).run()
    check(content, media_type)
    return content


def check_kind(zipped: zipfile.ZipFile, media_type: str) -> None:
    """Refuse what is locked, brings programs along, or is another kind than it was taken for."""
    names = {name.lower(): name for name in zipped.namelist()}
    kind = kind_of_document(zipped, names) if "mimetype" in names else ""
    if kind == "locked":
        raise NotAccepted(archive.LOCKED)
    if kind == "macros":
        raise NotAccepted(MACROS)
    if kind != media_type:
        raise NotAccepted(archive.ODD)


@dataclass
class Rebuild:
    """One way through a file, from its main document to the objects in it."""

    zipped: zipfile.ZipFile
    findings: Findings
    output: Output
    depth: int = 0
    placed: dict[str, str] = field(default_factory=dict)

    def run(self) -> bytes:
        """Carry the main document over, and return the new file."""
        self.names = set(self.zipped.namelist())
        note_leavings(self.zipped, self.findings)
        if self.carry("", "", self.depth) != self.output.media_type:
            raise NotAccepted(archive.ODD)
        return self.output.finish()

    def xml(self, name: str) -> etree._Element:
        """One part as XML."""
        return parse(archive.read(self.zipped, name, MOST_XML))

    def carry(self, old: str, new: str, depth: int) -> str:
        """Carry over the document in a folder; return what kind it is."""
        if depth > DEEPEST or f"{old}{CONTENT}" not in self.names:
            raise Doubtful(EMBEDDED) if old else NotAccepted(archive.BROKEN)
        kind = ""
        for part in (CONTENT, STYLES):
            if f"{old}{part}" in self.names:
                root = self.scrubbed(self.xml(f"{old}{part}"), old, new, depth)
                kind = kind or kind_of(root)
                self.output.add(f"{new}{part}", serialize(in_our_spaces(root)))
        if f"{old}{SETTINGS}" in self.names:
            self.output.add(f"{new}{SETTINGS}", switches(self.xml(f"{old}{SETTINGS}")))
        if new:
            self.output.add_folder(new, kind)
        return kind

    def scrubbed(self, root: etree._Element, old: str, new: str, depth: int) -> etree._Element:
        """One part without what tells, its references led to where their targets come to lie."""
        links.refuse_players(root)
        markup.scrub(root, self.findings)
        scrub_fields(root, self.findings)
        for item in links.referring(root):
            self.settle(item, Place(old, new, depth))
        renumber(root)
        return root

    def settle(self, item: etree._Element, place: "Place") -> None:
        """Settle one reference: take its target along, leave it, or cut it."""
        name, goal = name_of(item), ""
        if name in links.PICTURES:
            goal = self.picture(item, place)
        elif name == links.OBJECT:
            goal = self.take_object(item, place)
        elif links.may_stay(item):
            return
        else:
            self.findings.saw("links to files and mail addresses")
        if goal:
            item.set(links.HREF, goal.removeprefix(place.new))
        else:
            links.cut(item)

    def picture(self, item: etree._Element, place: "Place") -> str:
        """Take a picture along; nothing where there is none of its own, or another stands in."""
        data = self.picture_data(item, place)
        if not data:
            self.findings.saw("links to other files")
            return ""
        key = links.target_of(item.get(links.HREF) or str(id(item)), place.old)
        if key in self.placed and self.placed[key].startswith(place.new):
            return self.placed[key]
        try:
            content, media_type, extension = picture_of(data, self.findings)
        except Doubtful:
            if links.stands_in(item):
                return ""
            raise
        self.placed[key] = self.output.fresh(f"{place.new}Pictures/picture{{}}.{extension}")
        self.output.add(self.placed[key], content, media_type)
        return self.placed[key]

    def picture_data(self, item: etree._Element, place: "Place") -> bytes:
        """The bytes of a picture, from the zip or from the text itself."""
        for inline in all_of(item, "office:binary-data"):
            data = from_base64(inline.text or "")
            remove(inline)
            return data
        target = links.target_of(item.get(links.HREF) or "", place.old)
        return archive.read(self.zipped, target, MOST_XML) if target in self.names else b""

    def take_object(self, item: etree._Element, place: "Place") -> str:
        """Take along a chart, a formula, or another document; hold what can't be cleaned."""
        target = links.target_of(item.get(links.HREF) or "", place.old)
        if target in self.placed:
            return self.placed[target]
        fresh = self.output.fresh(f"{place.new}Object {{}}")
        if f"{target}/{CONTENT}" in self.names:
            self.carry(f"{target}/", f"{fresh}/", place.depth + 1)
        elif target in self.names:
            self.take_file(archive.read(self.zipped, target, MOST_XML), fresh)
        else:
            return ""
        self.placed[target] = fresh
        return fresh

    def take_file(self, data: bytes, fresh: str) -> None:
        """Clean a file of an office program inside this one in its turn."""
        media_type, inner = office_type(data), Findings()
        clean = rebuilt if media_type in ODF else ooxml.rebuilt
        content = clean(io.BytesIO(data), media_type, inner, self.depth + 1)
        self.findings.count("embedded files cleaned")
        self.output.add(fresh, content, media_type)


@dataclass(frozen=True)
class Place:
    """Which folder of the old file is being read, and where it comes to lie in the new one."""

    old: str
    new: str
    depth: int


def kind_of(root: etree._Element) -> str:
    """What kind of document this content is."""
    if name_of(root) == "math:math":
        return BODIES["math:math"]
    for body in all_of(root, "office:body"):
        for child in body:
            if name_of(child) in BODIES:
                return BODIES[name_of(child)]
    raise NotAccepted(archive.ODD)
