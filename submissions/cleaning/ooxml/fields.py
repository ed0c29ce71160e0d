"""Word's fields: those that print names and paths go.

Those that fetch, or hold words that do not show, keep only their text.
"""

import re
from dataclasses import dataclass, field

from lxml import etree

from submissions.cleaning.listing import names
from submissions.cleaning.ooxml.markup import elements, local, remove, unwrap
from submissions.cleaning.pdf_annotations import is_web
from submissions.cleaning.report import Findings

NAMING = names(
    "AUTHOR LASTSAVEDBY USERNAME USERINITIALS USERADDRESS FILENAME TEMPLATE DOCPROPERTY",
    "DOCVARIABLE INFO",
)
FETCHING = names(
    "INCLUDEPICTURE INCLUDETEXT INCLUDE LINK DDE DDEAUTO IMPORT DATABASE MERGEFIELD RD",
    "MACROBUTTON GOTOBUTTON EMBED CONTROL ADDIN PRINT ASK FILLIN SET COMMENTS KEYWORDS",
    "SUBJECT TITLE CITATION BIBLIOGRAPHY PRIVATE IF COMPARE NEXTIF SKIPIF QUOTE",
)
KEPT, UNLINKED, DROPPED = "kept", "unlinked", "dropped"
QUOTED = re.compile(r'"([^"]*)"|(\S+)')


@dataclass
class Field:
    """A field under way: its marks and code, and what it shows."""

    marks: list[etree._Element] = field(default_factory=list)
    code: str = ""
    shown: list[etree._Element] = field(default_factory=list)
    showing: bool = False


def scrub_fields(root: etree._Element, findings: Findings) -> None:
    """Settle every field of a part, the simple and the complex ones."""
    for simple in elements(root, {"fldSimple"}):
        code = next((v for k, v in simple.attrib.items() if str(k).endswith("instr")), "")
        settle_simple(simple, fate_of(str(code)), findings)
    open_fields: list[Field] = []
    for run in elements(root, {"r"}):
        for child in list(run):
            follow(child, open_fields, findings)


def settle_simple(simple: etree._Element, fate: str, findings: Findings) -> None:
    """Settle a field that stands in one element."""
    findings.saw("fields with names and paths", fate != KEPT)
    if fate == DROPPED:
        remove(simple)
    elif fate == UNLINKED:
        unwrap(simple)


def follow(child: etree._Element, open_fields: list[Field], findings: Findings) -> None:
    """Take in one element of a run: a mark of a field, its code, or what it shows."""
    kind = next((v for k, v in child.attrib.items() if str(k).endswith("fldCharType")), "")
    if local(child) == "fldChar" and kind == "begin":
        open_fields.append(Field(marks=[child]))
    elif not open_fields:
        return
    elif local(child) == "fldChar":
        open_fields[-1].marks.append(child)
        open_fields[-1].showing = True
        if kind == "end":
            settle(open_fields.pop(), open_fields, findings)
    else:
        take_in(child, open_fields[-1])


def take_in(child: etree._Element, current: Field) -> None:
    """Put an element to the field it belongs to."""
    if local(child) == "instrText":
        current.code += child.text or ""
        current.marks.append(child)
    elif current.showing and local(child) != "rPr":
        current.shown.append(child)


def settle(done: Field, open_fields: list[Field], findings: Findings) -> None:
    """Settle a field that has come to its end."""
    fate = fate_of(done.code)
    findings.saw("fields with names and paths", fate != KEPT)
    if fate != KEPT:
        for mark in done.marks:
            remove(mark)
    if fate == DROPPED:
        for shown in done.shown:
            remove(shown)
    if open_fields:
        hand_on(done, open_fields[-1])


def hand_on(done: Field, outer: Field) -> None:
    """Give a field to the one around it: what it shows is shown there, or is part of its code."""
    if outer.showing:
        outer.shown += done.shown
    else:
        outer.marks += done.marks + done.shown


def fate_of(code: str) -> str:
    """What becomes of a field with this code."""
    word, _, rest = code.strip().partition(" ")
    if word.upper() in NAMING:
        return DROPPED
    if word.upper() == "HYPERLINK":
        return KEPT if leads_nowhere_private(rest.strip()) else UNLINKED
    return UNLINKED if word.upper() in FETCHING else KEPT


def leads_nowhere_private(goal: str) -> bool:
    """Whether a link's code leads to the web or to a bookmark."""
    if goal.startswith("\\l"):
        return True
    found = QUOTED.match(goal)
    return bool(found) and is_web((found[1] or found[2] or "") if found else "")
