"""Build an Office file anew from the parts its main part leads to."""

import io
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from lxml import etree

from submissions.cleaning import archive
from submissions.cleaning.formats import FORMATS, SHEETS, SLIDES, WORD
from submissions.cleaning.ooxml import embedded, sheets, slides, word
from submissions.cleaning.ooxml.markup import local, references, scrub_attributes, unhook
from submissions.cleaning.ooxml.names import Names
from submissions.cleaning.ooxml.output import Output, check
from submissions.cleaning.ooxml.package import (
    Package,
    Relation,
    refuse_declarations,
    serialize,
)
from submissions.cleaning.ooxml.relations import BY_NEED, MACROS, sift
from submissions.cleaning.ooxml.themes import scrub_identities, scrub_theme
from submissions.cleaning.report import Findings, NotAccepted, Report, gettext_noop

DEEPEST = 2
PLAIN_TYPE = re.compile(
    r"application/(vnd\.(openxmlformats|ms)-[\w.+-]+\+xml|vnd\.[\w.-]+\.vmlDrawing|xml)",
    re.IGNORECASE,
)

NESTED = gettext_noop(
    "This file has files inside files inside files; hand in the inner ones one by one, or print "
    "it to a PDF and hand that in."
)


@dataclass(frozen=True)
class Family:
    """What differs between the three: folder, main part, and how its parts are scrubbed."""

    top: str
    main: str
    main_type: str
    scrub: Callable[[etree._Element, Findings], None]


FAMILIES = {
    WORD: Family("word", "document", "wordprocessingml.document.main", word.scrub),
    SLIDES: Family("ppt", "presentation", "presentationml.presentation.main", slides.scrub),
    SHEETS: Family("xl", "workbook", "spreadsheetml.sheet.main", sheets.scrub),
}


def clean_ooxml(source: Path, target: Path, media_type: str) -> Report:
    """Write the file anew, open it again, and report what stayed behind."""
    findings = Findings()
    with source.open("rb") as file:
        content = rebuilt(file, media_type, findings)
    target.write_bytes(content)
    return findings.report(media_type, FORMATS[media_type].extensions[0])


def rebuilt(file: BinaryIO, media_type: str, findings: Findings, depth: int = 0) -> bytes:
    """The new content of a file, checked to open; files inside files only so deep."""
    if depth > DEEPEST:
        raise NotAccepted(NESTED)
    with archive.opened(file) as zipped:
        archive.measure(zipped)
        refuse_declarations(zipped)
        content = Rebuild(Package(zipped), FAMILIES[media_type], findings, depth).run()
    check(content)
    return content


@dataclass
class Rebuild:
    """One walk through a package, from the main part to all it leads to."""

    package: Package
    family: Family
    findings: Findings
    depth: int = 0
    names: dict[str, str] = field(default_factory=dict)
    waiting: list[tuple[str, str]] = field(default_factory=list)

    def run(self) -> bytes:
        """Walk, and return the new file."""
        self.output = Output(self.family.top)
        relations = self.package.relations("")
        sift(relations, self.package, self.findings)
        main = next((one for one in relations if one.kind == "officeDocument"), None)
        if main is None or self.family.main_type not in self.package.type_of(main.target):
            raise NotAccepted(archive.ODD)
        name = f"{self.family.top}/{self.family.main}.xml"
        self.names[main.target.lower()] = name
        self.given_names = Names(self.package, main.target)
        self.waiting.append((main.target, name))
        self.output.take(name)
        while self.waiting:
            self.carry(*self.waiting.pop(0))
        return self.output.finish(name, main.type)

    def carry(self, old: str, new: str) -> None:
        """Scrub one part and write it with the relationships it still needs."""
        media_type = self.package.type_of(old)
        if not PLAIN_TYPE.fullmatch(media_type):
            raise NotAccepted(MACROS if "macro" in media_type.lower() else archive.ODD)
        kept, _ = sift(self.package.relations(old), self.package, self.findings)
        root = self.package.xml(old)
        self.scrub(root)
        ids = {relation.id for relation in kept}
        unhook(root, references(root) - ids - {""})
        used = references(root)
        scrub_attributes(root, self.findings)
        needed = [one for one in kept if one.kind not in BY_NEED or one.id in used]
        self.output.relate(new, [(one, self.place(one)) for one in needed])
        self.output.add(new, serialize(root), media_type)

    def scrub(self, root: etree._Element) -> None:
        """Scrub a part by its family; charts are the same in all three."""
        scrub_identities(root)
        if local(root) in ("chartSpace", "chart"):
            sheets.scrub_chart(root)
        elif local(root) == "theme":
            scrub_theme(root)
        else:
            self.family.scrub(root, self.findings)
            self.given_names.settle(root)

    def place(self, relation: Relation) -> str:
        """Where the target of a relationship comes to lie; on first sight it is taken along."""
        if relation.external:
            return relation.target
        key = relation.target.lower()
        if key not in self.names:
            self.names[key] = self.take_along(relation)
        return self.names[key]

    def take_along(self, relation: Relation) -> str:
        """Clean a picture or an embedded file at once; line up a part for its turn."""
        if relation.kind == "image":
            data = self.package.read(relation.target)
            content, media_type, extension = embedded.picture(data, self.findings)
            return self.output.add_media(content, media_type, extension)
        if relation.kind == "package":
            return self.take_file(self.package.read(relation.target))
        name = self.output.name_for(relation.target, relation.kind)
        self.waiting.append((relation.target, name))
        return name

    def take_file(self, data: bytes) -> str:
        """Clean an Office file inside this one in its turn."""
        media_type = embedded.office_type(data)
        inner = Findings()
        content = rebuilt(io.BytesIO(data), media_type, inner, self.depth + 1)
        self.findings.count("embedded files cleaned")
        return self.output.add_embedded(content, media_type, FORMATS[media_type].extensions[0])
