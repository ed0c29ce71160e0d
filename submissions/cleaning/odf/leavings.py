"""What an OpenDocument file brings along beside its content, told for the report."""

import zipfile

from submissions.cleaning import archive
from submissions.cleaning.odf.names import name_of
from submissions.cleaning.ooxml.package import MOST_XML, parse
from submissions.cleaning.report import Findings

LEFT = (
    ("Thumbnails/", "preview picture"),
    ("Configurations2/", "settings of the program"),
    ("META-INF/documentsignatures", "signatures"),
    ("META-INF/macrosignatures", "signatures"),
    ("manifest.rdf", "custom data"),
    ("layout-cache", "settings of the program"),
    ("settings.xml", "settings of the program"),
    ("Fonts/", "embedded fonts"),
    ("Versions/", "earlier versions"),
    ("VersionList.xml", "earlier versions"),
)
PROPERTIES = "meta.xml"
AUTHORS = ("dc:creator", "meta:initial-creator", "meta:printed-by")
OTHERS = {"meta:template": "path of the template", "meta:user-defined": "custom properties"}


def note_leavings(zipped: zipfile.ZipFile, findings: Findings) -> None:
    """Note for the report what is left behind."""
    names = zipped.namelist()
    for start, words in LEFT:
        findings.saw(words, any(name.startswith(start) for name in names))
    if PROPERTIES in names:
        note_properties(zipped, findings)


def note_properties(zipped: zipfile.ZipFile, findings: Findings) -> None:
    """Note which properties told of someone."""
    for item in parse(archive.read(zipped, PROPERTIES, MOST_XML)).iter("*"):
        name = name_of(item)
        findings.saw("author name", name in AUTHORS)
        findings.saw(OTHERS.get(name, "document properties"), name in OTHERS or item.text)
