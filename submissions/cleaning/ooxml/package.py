"""A zip of parts and the relationships between them: read lazily, never trusted."""

import posixpath
import zipfile
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from submissions.cleaning import archive
from submissions.cleaning.archive import BROKEN, ODD, TOO_BIG
from submissions.cleaning.report import NotAccepted

MOST_XML = 32 * 1024 * 1024
MOST_MARKS = 1_200_000  # beginnings and ends of elements in one part
MOST_ATTRIBUTES = 500
OVERLOADED = etree.XPath(f"boolean(//*[count(@*) > {MOST_ATTRIBUTES}])")
ENCODINGS = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "US-ASCII", "ASCII", "ISO-8859-1"}
PROLOG = 64 * 1024
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
TYPES_PART = "[Content_Types].xml"


@dataclass(frozen=True)
class Relation:
    """One relationship: ``kind`` is the last word of its type, ``target`` a part or an address."""

    id: str
    type: str
    target: str
    external: bool

    @property
    def kind(self) -> str:
        """The last word of the type, which all dialects share."""
        return self.type.rstrip("/").rpartition("/")[2]


def parse(data: bytes) -> etree._Element:
    """Read XML without entities, comments or instructions; refuse a document type of its own.

    What no program writes is refused: strange encodings, elements or attributes without number.
    """
    if declares(data):
        raise NotAccepted(ODD)
    if data.count(b"<") > MOST_MARKS:
        raise NotAccepted(TOO_BIG)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,  # the same id twice is no damage
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as damage:
        raise NotAccepted(BROKEN) from damage
    about = root.getroottree().docinfo
    is_usual = about.internalDTD is None and (about.encoding or "UTF-8").upper() in ENCODINGS
    if not is_usual or OVERLOADED(root) or len(root.nsmap) > MOST_ATTRIBUTES:
        raise NotAccepted(ODD)
    return root


def declares(data: bytes) -> bool:
    """Whether XML brings a document type or entities of its own."""
    return b"<!DOCTYPE" in data.replace(b"\x00", b"") or b"<!ENTITY" in data


def refuse_declarations(zipped: zipfile.ZipFile) -> None:
    """Refuse a file with entities in any part, also one that nothing refers to."""
    for name in zipped.namelist():
        if name.lower().endswith((".xml", ".rels", ".vml")):
            with archive.reading(), zipped.open(name) as content:
                if declares(content.read(PROLOG)):
                    raise NotAccepted(ODD)


def serialize(root: etree._Element) -> bytes:
    """Write XML the way Office does."""
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return content


class Package:
    """The parts of one file by name, without the leading slash; case does not matter."""

    def __init__(self, zipped: zipfile.ZipFile) -> None:
        self.zipped = zipped
        self.names = {name.lower(): name for name in zipped.namelist()}
        self.types = self.read_types()

    def has(self, part: str) -> bool:
        """Whether there is such a part."""
        return part.lower() in self.names

    def read(self, part: str, most: int = MOST_XML) -> bytes:
        """The content of a part."""
        if not self.has(part):
            raise NotAccepted(BROKEN)
        return archive.read(self.zipped, self.names[part.lower()], most)

    def xml(self, part: str) -> etree._Element:
        """The content of an XML part."""
        return parse(self.read(part))

    def read_types(self) -> dict[str, str]:
        """The media type of each part, and of each extension under ``.ext``."""
        types = {}
        for item in self.xml(TYPES_PART):
            name = item.get("PartName", "").lstrip("/") or f".{item.get('Extension', '')}"
            types[name.lower()] = item.get("ContentType", "")
        return types

    def type_of(self, part: str) -> str:
        """The media type the file gives for a part."""
        by_extension = f".{part.rpartition('.')[2]}".lower()
        return self.types.get(part.lower()) or self.types.get(by_extension, "")

    def relations(self, part: str) -> list[Relation]:
        """What a part refers to; the empty name is the package itself."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(rels):
            return []
        return [relation_of(item, folder) for item in self.xml(rels)]


def relation_of(item: etree._Element, folder: str) -> Relation:
    """One row of a relationship part, its target made absolute."""
    target = item.get("Target", "")
    external = item.get("TargetMode", "").lower() == "external"
    if not external:
        path = unquote(target.partition("#")[0])
        target = posixpath.normpath(posixpath.join("/", folder, path)).lstrip("/")
    return Relation(item.get("Id", ""), item.get("Type", ""), target, external)
