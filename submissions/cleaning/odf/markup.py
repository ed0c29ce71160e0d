"""What is scrubbed from the XML of OpenDocument, whichever part it stands in."""

import re

from lxml import etree

from submissions.cleaning.odf.names import all_of, full, get, name_of, short
from submissions.cleaning.ooxml.markup import FILE_NAME, remove
from submissions.cleaning.ooxml.relations import MACROS
from submissions.cleaning.ooxml.sheets import HIDDEN
from submissions.cleaning.ooxml.slides import NOTES
from submissions.cleaning.ooxml.word import CHANGES
from submissions.cleaning.report import Findings, NotAccepted, gettext_noop

KEPT_SPACES = {
    *("office", "style", "text", "table", "draw", "fo", "number", "presentation", "svg", "chart"),
    *("dr3d", "smil", "anim", "math", "css3t", "loext", "calcext", "tableooo", "drawooo"),
}
KEPT_ATTRIBUTES = {*KEPT_SPACES, "xlink", "xml"}
MATH = (
    *(":mathvariant", ":mathsize", ":mathcolor", ":mathbackground", ":fontfamily", ":fontsize"),
    *(":fontstyle", ":fontweight", ":color", ":stretchy", ":fence", ":form", ":separator"),
    *(":separators", ":lspace", ":rspace", ":accent", ":accentunder", ":columnalign", ":rowalign"),
    *(":columnspacing", ":rowspacing", ":display", ":displaystyle", ":scriptlevel", ":open"),
    *(":close", ":linethickness", ":width", ":height", ":depth", ":symmetric", ":maxsize"),
    *(":minsize", ":movablelimits", ":largeop", ":notation", ":bevelled", ":numalign"),
    *(":denomalign", ":encoding"),
)
PROGRAMS = ("script:event-listener", "office:script", "text:execute-macro", "text:script")
REMOVED = {
    "office:annotation": "comments",
    "office:annotation-end": "",
    "text:change": "",
    "text:change-start": "",
    "text:change-end": "",
    "office:forms": "",
    "draw:control": "form fields",
    "office:scripts": "",
    "office:event-listeners": "",
    "office:meta": "document properties",
    "office:settings": "",
    "office:dde-source": "links to other files",
    "text:dde-connection-decls": "links to other files",
    "table:dde-links": "links to other files",
    "text:section-source": "links to other files",
    "table:table-source": "links to other files",
    "table:cell-range-source": "links to other files",
    "text:alphabetical-index-auto-mark-file": "links to other files",
    "text:database-next": "data connections",
    "text:database-row-select": "data connections",
    "table:database-source-sql": "data connections",
    "table:database-source-table": "data connections",
    "table:database-source-query": "data connections",
    "table:source-service": "data connections",
    "table:error-macro": "",
    "text:variable-decls": "",
    "text:user-field-decls": "document variables",
    "svg:font-face-src": "embedded fonts",
    "svg:definition-src": "",
    "presentation:sound": "",
    "presentation:header-decl": "",
    "presentation:show": "",
    "anim:audio": "",
    "anim:command": "",
}
COUNTED = ("office:annotation", "draw:control")
CHANGES_IN = ("text:tracked-changes", "table:tracked-changes")
DROPPED = {
    *("text:protection-key", "table:protection-key", "style:paper-tray-name", "table:comment"),
    *("draw:filter-name", "table:filter-name", "table:filter-options", "table:database-name"),
    *("text:database-name", "xlink:title", "office:target-frame-name", "loext:alias", "loext:tag"),
    "style:display-name",
}
DESCRIPTIONS = ("svg:title", "svg:desc")
ON_THIS_MACHINE = re.compile(
    r"file:/|(?<![A-Za-z])[A-Za-z]:\\|^\\\\\w|/(Users|home)/|'(?:[^']|'')*'\s*#|"
    r"\b(DDE|WEBSERVICE|IMAGE)\s*\(",
    re.IGNORECASE,
)
CACHED = re.compile(r"'(?:[^']|'')*'#")

FORMS = gettext_noop("Form fields were taken out.")


def scrub(root: etree._Element, findings: Findings) -> None:
    """Scrub one part: programs refused, changes accepted, comments and foreign things out."""
    refuse_programs(root)
    settle_changes(root, findings)
    remove_caches(root, findings)
    for item in all_of(root, *REMOVED):
        note_removed(item, findings)
        remove(item)
    remove_foreign(root)
    scrub_descriptions(root, findings)
    number_slides(root)
    warn(root, findings)
    for item in root.iter("*"):
        scrub_attributes(item, findings)


def remove_foreign(root: etree._Element) -> None:
    """Take out what is in no space of the standard or of LibreOffice."""
    for item in list(root.iterdescendants("*")):
        if name_of(item).partition(":")[0] not in KEPT_SPACES:
            remove(item)


def scrub_descriptions(root: etree._Element, findings: Findings) -> None:
    """Take out descriptions of pictures that only name a file."""
    for item in all_of(root, *DESCRIPTIONS):
        if FILE_NAME.search((item.text or "").strip()):
            findings.saw("file names in descriptions of pictures")
            remove(item)


def refuse_programs(root: etree._Element) -> None:
    """Refuse what runs, or tells another program to run."""
    if all_of(root, *PROGRAMS):
        raise NotAccepted(MACROS)
    for item in root.iter("*"):
        href = get(item, "xlink:href").strip().lower()
        action = get(item, "presentation:action")
        if href.startswith(("vnd.sun.star.script:", "macro:")) or action == "execute-macro":
            raise NotAccepted(MACROS)


def settle_changes(root: etree._Element, findings: Findings) -> None:
    """Accept every tracked change: deleted text is kept apart from the text and goes with it."""
    for changes in all_of(root, *CHANGES_IN):
        if len(changes):
            findings.count("tracked changes", len(changes))
            findings.warn(CHANGES)
        remove(changes)


def remove_caches(root: etree._Element, findings: Findings) -> None:
    """Take out the hidden copies of sheets of other files."""
    for table in all_of(root, "table:table"):
        if CACHED.match(get(table, "table:name")):
            findings.saw("links to other files")
            remove(table)


def note_removed(item: etree._Element, findings: Findings) -> None:
    """Note for the report what is taken out."""
    name = name_of(item)
    words = REMOVED[name]
    if name in COUNTED:
        findings.count(words)
    else:
        findings.saw(words, words)
    if name == "draw:control":
        findings.warn(FORMS)


def number_slides(root: etree._Element) -> None:
    """Number the slides, whose names show nowhere, and let links lead to the numbers."""
    numbered = {}
    for number, slide in enumerate(all_of(root, "draw:page"), start=1):
        numbered["#" + get(slide, "draw:name")] = f"#page{number}"
        slide.set(full("draw:name"), f"page{number}")
    for item in root.iter("*"):
        if (goal := get(item, "xlink:href")) in numbered:
            item.set(full("xlink:href"), numbered[goal])


def warn(root: etree._Element, findings: Findings) -> None:
    """Tell the educator what reviewers can see that is easily forgotten."""
    if any(notes.findtext(f".//{full('text:p')}") for notes in all_of(root, "presentation:notes")):
        findings.warn(NOTES)
    looks = all_of(root, "style:table-properties")
    if any(get(look, "table:display") == "false" for look in looks):
        findings.warn(HIDDEN)


def scrub_attributes(item: etree._Element, findings: Findings) -> None:
    """Drop attributes of foreign spaces, ids of editing sessions, keys, and places on a disk."""
    for name in list(item.attrib):
        called = short(str(name))
        if is_needless(called):
            findings.saw("ids of editing sessions", "rsid" in called)
            del item.attrib[name]
        elif called != "xlink:href" and ON_THIS_MACHINE.search(str(item.attrib[name])):
            findings.saw("links to other files")
            del item.attrib[name]


def is_needless(called: str) -> bool:
    """Whether an attribute says nothing of how the document looks."""
    space, _, word = called.partition(":")
    kept = space in KEPT_ATTRIBUTES or called in MATH
    return not kept or called in DROPPED or "rsid" in word
