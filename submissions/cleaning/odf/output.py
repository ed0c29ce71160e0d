"""The new OpenDocument file: its list of parts, its settings, and the check that it opens."""

import io
import re
import zipfile
from collections import Counter

from lxml import etree

from submissions.cleaning import archive
from submissions.cleaning.odf.links import AROUND, HREF, target_of
from submissions.cleaning.odf.names import SPACES, all_of, full, get
from submissions.cleaning.ooxml.output import NO_DATE, UNSOUND, write
from submissions.cleaning.ooxml.package import MOST_XML, parse, serialize
from submissions.cleaning.report import Doubtful, NotAccepted

MIMETYPE, MANIFEST = "mimetype", "META-INF/manifest.xml"
VERSION = "1.3"
XML = "text/xml"
# Switches of LibreOffice and its kin that decide how lines and tables fall.
SWITCHES = re.compile(
    r"(Add(Para|Frame|External|Vertical|Table)|Tab(s|Over|At)|Use(Former|Old)|Consider|Ignore|DoNot"
    r"|Unx|Math|Clipped|Collapse|Prop|Subtract|Background|Surround|Floattable|Unbreakable|Styles"
    r"|MsWordComp|Invert|EmptyDb|Apply|Disable|Allow|Auto(Calculate|First)|Is(Kern|Document))"
    r"[A-Za-z]{1,60}"
)


class Output:
    """A new package: parts are added one by one, ``finish`` writes them."""

    def __init__(self, media_type: str) -> None:
        self.media_type = media_type
        self.parts: dict[str, bytes] = {}
        self.types: dict[str, str] = {}
        self.numbers: Counter[str] = Counter()

    def add(self, name: str, content: bytes, media_type: str = XML) -> None:
        """Add a part."""
        self.parts[name] = content
        self.types[name] = media_type

    def add_folder(self, name: str, media_type: str) -> None:
        """Tell of a document in a folder of its own."""
        self.types[name] = media_type

    def fresh(self, pattern: str) -> str:
        """The next name of a kind; ``{}`` stands for the number."""
        self.numbers[pattern] += 1
        return pattern.format(self.numbers[pattern])

    def finish(self) -> bytes:
        """Write everything as one file: first what it is, as it stands, for others to read."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
            first = zipfile.ZipInfo(MIMETYPE, NO_DATE)
            first.create_system = 0
            zipped.writestr(first, self.media_type, zipfile.ZIP_STORED)
            for name, content in self.parts.items():
                write(zipped, name, content)
            write(zipped, MANIFEST, self.manifest())
        return out.getvalue()

    def manifest(self) -> bytes:
        """The list of all parts with their kinds."""
        root = etree.Element(full("manifest:manifest"), nsmap={"manifest": SPACES["manifest"]})
        root.set(full("manifest:version"), VERSION)
        for name, media_type in {"/": self.media_type, **self.types}.items():
            entry = etree.SubElement(root, full("manifest:file-entry"))
            entry.set(full("manifest:full-path"), name)
            entry.set(full("manifest:media-type"), media_type)
        return serialize(root)


def switches(settings: etree._Element) -> bytes:
    """Of a document's settings only known switches that are on or off."""
    kept = {
        get(item, "config:name"): (item.text or "").strip()
        for item in all_of(settings, "config:config-item")
        if get(item, "config:type") == "boolean"
        and SWITCHES.fullmatch(get(item, "config:name"))
        and (item.text or "").strip() in ("true", "false")
    }
    spaces = {name: SPACES[name] for name in ("office", "config", "ooo")}
    root = etree.Element(full("office:document-settings"), nsmap=spaces)
    root.set(full("office:version"), VERSION)
    holder = etree.SubElement(root, full("office:settings"))
    items = etree.SubElement(holder, full("config:config-item-set"))
    items.set(full("config:name"), "ooo:configuration-settings")
    for name, value in kept.items():
        item = etree.SubElement(items, full("config:config-item"))
        item.set(full("config:name"), name)
        item.set(full("config:type"), "boolean")
        item.text = value
    return serialize(root)


def check(content: bytes, media_type: str) -> None:
    """Open the new file: what it says it is, every member, every reference; else hold it."""
    try:
        with archive.opened(io.BytesIO(content)) as zipped:
            first = zipped.infolist()[0]
            told = archive.read(zipped, MIMETYPE, len(media_type)).decode()
            if (first.filename, first.compress_type, told) != (MIMETYPE, 0, media_type):
                raise Doubtful(UNSOUND)
            if zipped.testzip() is not None:
                raise Doubtful(UNSOUND)
            names = set(zipped.namelist())
            for name in sorted(names):
                if name.endswith(".xml"):
                    check_part(parse(archive.read(zipped, name, MOST_XML)), name, names)
    except NotAccepted as damage:
        raise Doubtful(UNSOUND) from damage


def check_part(root: etree._Element, name: str, names: set[str]) -> None:
    """Follow all that one part refers to inside the file."""
    folder = name.rpartition("/")[0]
    for item in root.iter("*"):
        href = str(item.get(HREF, "#"))
        if href in AROUND or href.startswith(("#", "http:", "https:")):
            continue
        target = target_of(href, folder)
        if target not in names and f"{target}/content.xml" not in names:
            raise Doubtful(UNSOUND)
