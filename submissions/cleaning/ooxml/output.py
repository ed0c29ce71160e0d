"""The new Office file: neutral names and dates, its relationships, and the check that it opens."""

import io
import posixpath
import re
import zipfile
from collections import Counter

from lxml import etree

from submissions.cleaning import archive
from submissions.cleaning.ooxml.markup import references
from submissions.cleaning.ooxml.package import (
    RELATIONS,
    TYPES,
    TYPES_PART,
    Package,
    Relation,
    parse,
    serialize,
)
from submissions.cleaning.report import Doubtful, NotAccepted, gettext_noop

NO_DATE = (1980, 1, 1, 0, 0, 0)
FOLDERS = (
    "theme charts diagrams drawings slides slideLayouts slideMasters notesSlides notesMasters "
    "handoutMasters worksheets chartsheets tables pivotTables pivotCache slicers slicerCaches "
    "timelines timelineCaches richData"
).replace(" ", "|")
PARTS = (
    "styles settings fontTable numbering footnotes endnotes header footer theme chart style colors "
    "themeOverride data layout quickStyle drawing slide slideLayout slideMaster notesSlide "
    "notesMaster handoutMaster presProps tableStyles sheet sharedStrings table pivotTable "
    "pivotCacheDefinition pivotCacheRecords vmlDrawing metadata slicer slicerCache timeline "
    "timelineCache rdrichvalue rdrichvaluestructure rdRichValueTypes rdarray richStyles "
    "richValueRel"
).replace(" ", "|")
STANDARD = re.compile(rf"(word|ppt|xl)/(({FOLDERS})/)?({PARTS})\d*\.(xml|vml)")
CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
APP_TYPE = "application/vnd.openxmlformats-officedocument.extended-properties+xml"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
CORE_REL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
APP_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties"
CORE = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
    b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)
APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties '
    b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)

UNSOUND = gettext_noop(
    "The cleaned copy of this file does not open as it should, so our staff will look at it; "
    "handing in a PDF of it is faster."
)


class Output:
    """A new package: parts are added one by one, ``finish`` writes them."""

    def __init__(self, top: str) -> None:
        self.top = top
        self.parts: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        self.taken: set[str] = set()
        self.numbers: Counter[str] = Counter()

    def take(self, name: str) -> None:
        """Reserve a name."""
        self.taken.add(name.lower())

    def fresh(self, pattern: str) -> str:
        """The next free name of a kind; ``{}`` stands for the number."""
        while True:
            self.numbers[pattern] += 1
            name = pattern.format(self.numbers[pattern])
            if name.lower() not in self.taken:
                self.take(name)
                return name

    def name_for(self, old: str, kind: str) -> str:
        """A part keeps a name that every such file has; any other may name someone."""
        if STANDARD.fullmatch(old) and old.lower() not in self.taken:
            self.take(old)
            return old
        extension = "vml" if kind == "vmlDrawing" else "xml"
        return self.fresh(f"{self.top}/{kind}{{}}.{extension}")

    def add(self, name: str, content: bytes, media_type: str) -> None:
        """Add a part."""
        self.parts[name] = content
        self.types[name] = media_type

    def add_media(self, content: bytes, media_type: str, extension: str) -> str:
        """Add a picture under the next number."""
        name = self.fresh(f"{self.top}/media/image{{}}.{extension}")
        self.add(name, content, media_type)
        return name

    def add_embedded(self, content: bytes, media_type: str, extension: str) -> str:
        """Add an embedded file under the next number."""
        name = self.fresh(f"{self.top}/embeddings/file{{}}.{extension}")
        self.add(name, content, media_type)
        return name

    def relate(self, part: str, targets: list[tuple[Relation, str]]) -> None:
        """Write the relationships of a part."""
        if not targets:
            return
        folder, name = posixpath.split(part)
        root = etree.fromstring(f'<Relationships xmlns="{RELATIONS}"/>')
        for relation, target in targets:
            row = etree.SubElement(
                root, f"{{{RELATIONS}}}Relationship", Id=relation.id, Type=relation.type
            )
            row.set("Target", target if relation.external else posixpath.relpath(target, folder))
            if relation.external:
                row.set("TargetMode", "External")
        self.parts[posixpath.join(folder, "_rels", f"{name}.rels")] = serialize(root)

    def finish(self, main: str, main_rel: str) -> bytes:
        """Write everything, with neutral properties, as one file."""
        self.add("docProps/core.xml", CORE, CORE_TYPE)
        self.add("docProps/app.xml", APP, APP_TYPE)
        rows = [("rId1", main_rel, main), ("rId2", CORE_REL, "docProps/core.xml")]
        rows.append(("rId3", APP_REL, "docProps/app.xml"))
        self.relate("", [(Relation(one, kind, name, False), name) for one, kind, name in rows])
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
            write(zipped, TYPES_PART, self.type_list())
            for name, content in self.parts.items():
                write(zipped, name, content)
        return out.getvalue()

    def type_list(self) -> bytes:
        """The media types of all parts, each named by itself."""
        root = etree.fromstring(f'<Types xmlns="{TYPES}"/>')
        for extension, kind in (("rels", RELATIONS_TYPE), ("xml", "application/xml")):
            etree.SubElement(root, f"{{{TYPES}}}Default", Extension=extension, ContentType=kind)
        for name, kind in self.types.items():
            etree.SubElement(root, f"{{{TYPES}}}Override", PartName=f"/{name}", ContentType=kind)
        return serialize(root)


def write(zipped: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Write one member without the date and the system it was written on."""
    member = zipfile.ZipInfo(name, NO_DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.create_system = 0
    zipped.writestr(member, content)


def check(content: bytes) -> None:
    """Open the new file: every member, every part, every relationship; else hold it."""
    try:
        with archive.opened(io.BytesIO(content)) as zipped:
            if zipped.testzip() is not None:
                raise Doubtful(UNSOUND)
            package = Package(zipped)
            for name in zipped.namelist():
                if name.endswith((".xml", ".vml")):
                    check_part(package, name)
    except NotAccepted as damage:
        raise Doubtful(UNSOUND) from damage


def check_part(package: Package, name: str) -> None:
    """Parse one part and follow all it refers to."""
    root = parse(package.read(name))
    relations = package.relations(name)
    missing = [one for one in relations if not one.external and not package.has(one.target)]
    if missing or references(root) - {one.id for one in relations} - {""}:
        raise Doubtful(UNSOUND)
