"""Which relationships are followed, which lead outside, and which are cut."""

import re
from collections.abc import Iterable

from submissions.cleaning.listing import names
from submissions.cleaning.ooxml.package import Package, Relation, parse
from submissions.cleaning.pdf_annotations import is_web
from submissions.cleaning.report import Doubtful, Findings, NotAccepted, gettext_noop

FOLLOWED = names(
    "styles theme settings fontTable numbering footnotes endnotes header footer image chart",
    "chartUserShapes themeOverride chartStyle chartColorStyle chartEx package diagramData",
    "diagramLayout diagramQuickStyle diagramColors diagramDrawing slide slideLayout",
    "slideMaster notesMaster notesSlide handoutMaster presProps tableStyles worksheet",
    "chartsheet sharedStrings drawing vmlDrawing table pivotTable pivotCacheDefinition",
    "pivotCacheRecords slicer slicerCache timeline timelineCache sheetMetadata rdRichValue",
    "rdRichValueStructure rdRichValueTypes rdArray richStyles richValueRel",
)
BY_NEED = {"image", "package", "chart", "vmlDrawing", "diagramData", "chartEx"}
REFUSED = {"vbaProject", "wordVbaData", "keyMapCustomizations", "xlMacrosheet", "xlIntlMacrosheet"}
ACTIVE = {"control", "activeXControlBinary", "aFChunk"}
HELD = {"oleObject", "ctrlProp", "subDocument"}
PACKED_FILE = "Ole10Native".encode("utf-16-le")  # any file at all, behind an icon
MOVING = {"video", "audio", "media"}
WORDS = {
    "core-properties": "document properties",
    "extended-properties": "document properties",
    "custom-properties": "custom properties",
    "customXml": "custom data",
    "customXmlProps": "custom data",
    "thumbnail": "preview picture",
    "people": "names of commenters",
    "person": "names of commenters",
    "commentAuthors": "names of commenters",
    "authors": "names of commenters",
    "printerSettings": "printer settings",
    "attachedTemplate": "path of the template",
    "mailMergeSource": "mail merge source",
    "mailMergeHeaderSource": "mail merge source",
    "externalLinkPath": "links to other files",
    "externalLink": "links to other files",
    "hyperlink": "links to files and mail addresses",
    "connections": "data connections",
    "queryTable": "data connections",
    "tags": "custom data",
    "changesInfo": "history of changes",
    "revisionHeaders": "history of changes",
    "usernames": "history of changes",
    "font": "embedded fonts",
    "glossaryDocument": "building blocks",
    "slideUpdateInfo": "links to other files",
    "origin": "signatures",
}
MOST_OBJECT = 100 * 1024 * 1024
COMMENTS = {"comments", "threadedComment", "threadedComments", "comment"}
COMMENT_TAGS = ("{*}comment", "{*}cm", "{*}threadedComment")
NAMES = {
    "creator": "author name",
    "lastModifiedBy": "author name",
    "Company": "company and manager",
}

MACROS = gettext_noop(
    "This file holds macros; save it as a plain Word, PowerPoint or Excel file, or as a PDF, and "
    "hand that in."
)
EMBEDDED = gettext_noop(
    "This file has another program’s object inside that can’t be cleaned, so our staff will look "
    "at it; handing in a PDF of it is faster."
)
ACTIVE_INSIDE = gettext_noop(
    "This file has a control, a web page or another program’s file inside; take it out, or print "
    "the file to a PDF, and hand that in."
)
VIDEO_INSIDE = gettext_noop(
    "This file has a video or sound inside; take it out, hand the file in again, and hand the "
    "video or sound in as a file of its own or as a link."
)


def sift(
    relations: Iterable[Relation], package: Package, findings: Findings
) -> tuple[list[Relation], list[Relation]]:
    """Part the relationships into those kept and those cut; refuse what may not be inside."""
    kept, cut = [], []
    for relation in relations:
        refuse_or_hold(relation, package)
        if keeps(relation, package):
            kept.append(relation)
        else:
            cut.append(relation)
            note(relation, package, findings)
    return kept, cut


def refuse_or_hold(relation: Relation, package: Package) -> None:
    """Stop at macros, at films, at what acts and at objects nobody here can look into."""
    if relation.kind in REFUSED:
        raise NotAccepted(MACROS)
    if relation.kind in ACTIVE or is_packed_file(relation, package):
        raise NotAccepted(ACTIVE_INSIDE)
    if relation.kind in MOVING and not is_link_to_web(relation):
        raise NotAccepted(VIDEO_INSIDE)
    if relation.kind in HELD:
        raise Doubtful(EMBEDDED)


def is_packed_file(relation: Relation, package: Package) -> bool:
    """Whether an object is a file that opens with a click on its icon."""
    if relation.kind != "oleObject" or not package.has(relation.target):
        return False
    return PACKED_FILE in package.read(relation.target, MOST_OBJECT)


def is_link_to_web(relation: Relation) -> bool:
    """Whether a relationship leads to a page of the web."""
    return relation.external and is_web(relation.target)


def keeps(relation: Relation, package: Package) -> bool:
    """Whether a relationship is carried over: inner ones of known kinds, links to the web."""
    if relation.kind == "hyperlink":
        return is_link_to_web(relation) or (not relation.external and is_jump(relation, package))
    if relation.external or relation.kind not in FOLLOWED:
        return False
    return package.has(relation.target) and not relation.target.lower().endswith(".svg")


def is_jump(relation: Relation, package: Package) -> bool:
    """Whether a link leads to another slide of the same file."""
    return bool(re.search(r"slides/[^/]+\.xml$", relation.target)) and package.has(relation.target)


def note(relation: Relation, package: Package, findings: Findings) -> None:
    """Note for the report what was left behind."""
    if relation.kind in COMMENTS:
        findings.count("comments", how_many(relation, package))
    elif relation.kind in WORDS:
        findings.saw(WORDS[relation.kind])
        if relation.kind in ("core-properties", "extended-properties"):
            note_names(relation, package, findings)
    elif relation.external:
        findings.saw("links to other files")


def how_many(relation: Relation, package: Package) -> int:
    """How many comments a part of comments holds."""
    if not package.has(relation.target):
        return 0
    root = package.xml(relation.target)
    return sum(1 for _ in root.iter(*COMMENT_TAGS)) or 1


def note_names(relation: Relation, package: Package, findings: Findings) -> None:
    """Note which names the properties told."""
    if relation.external or not package.has(relation.target):
        return
    for item in parse(package.read(relation.target)):
        name = str(item.tag).rpartition("}")[2]
        findings.saw(NAMES.get(name, "document properties"), item.text)
