"""Word: changes accepted, comments and their anchors gone, settings cut down, fields looked at."""

import re

from lxml import etree

from submissions.cleaning.listing import in_order, names
from submissions.cleaning.ooxml.fields import scrub_fields
from submissions.cleaning.ooxml.markup import (
    elements,
    keep_only,
    local,
    remove,
    remove_all,
    unwrap,
)
from submissions.cleaning.report import Findings, gettext_noop

SETTINGS = in_order(
    "zoom mirrorMargins alignBordersAndEdges bordersDoNotSurroundHeader",
    "bordersDoNotSurroundFooter gutterAtTop defaultTabStop autoHyphenation",
    "consecutiveHyphenLimit hyphenationZone evenAndOddHeaders bookFoldPrinting",
    "characterSpacingControl displayBackgroundShape footnotePr endnotePr compat mathPr",
    "themeFontLang clrSchemeMapping decimalSymbol",
    "listSeparator",
)
ACCEPTED = {"ins", "moveTo", "conflictIns"}
REJECTED = {"del", "moveFrom", "conflictDel"}
MARKS_OF_CHANGE = names(
    "rPrChange pPrChange sectPrChange tblPrChange tblPrExChange trPrChange tcPrChange",
    "tblGridChange numberingChange cellIns cellDel cellMerge moveFromRangeStart",
    "moveFromRangeEnd moveToRangeStart moveToRangeEnd customXmlInsRangeStart",
    "customXmlInsRangeEnd customXmlDelRangeStart customXmlDelRangeEnd",
    "customXmlMoveFromRangeStart customXmlMoveFromRangeEnd customXmlMoveToRangeStart",
    "customXmlMoveToRangeEnd",
)
ANCHORS = {"commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef"}
WRAPPERS = {"smartTag", "customXml"}
NEEDLESS = names(
    "rsid smartTagPr customXmlPr permStart permEnd proofErr placeholder alias tag aliases nsid",
    "tmpl delText delInstrText fldData divId docPartCategory altName",
)
OF_FORM_FIELDS = names("enabled calcOnExit checkBox ddList textInput")
CHOICES = ("dropDownList", "comboBox")  # those not chosen may be the names of a staff
BOUND_TO_PEOPLE = re.compile(r"creator|lastModifiedBy|company|manager|coverpage", re.IGNORECASE)

CHANGES = gettext_noop("Tracked changes were accepted: text marked as deleted is gone.")


def scrub(root: etree._Element, findings: Findings) -> None:
    """Scrub one part of a Word file."""
    if local(root) == "settings":
        note_settings(root, findings)
        keep_only(root, SETTINGS)
        return
    settle_changes(root, findings)
    remove_all(root, ANCHORS | NEEDLESS)
    for wrapper in elements(root, WRAPPERS):
        unwrap(wrapper)
    empty_bound_controls(root, findings)
    scrub_forms(root)
    scrub_fields(root, findings)


def scrub_forms(root: etree._Element) -> None:
    """Keep of form fields what they show, not what they are called, ask or do."""
    for field in elements(root, ("ffData",)):
        keep_only(field, OF_FORM_FIELDS)
    for field in elements(root, ("textInput",)):
        remove_all(field, ("default", "format"))
    for numbering in elements(root, ("abstractNum",)):
        remove_children(numbering, "name")
    for control in elements(root, ("sdtPr",)):
        remove_children(control, "id")
    for choice in elements(root, CHOICES):
        remove_children(choice, "listItem")
        choice.attrib.clear()


def remove_children(item: etree._Element, name: str) -> None:
    """Take out the children of that name."""
    for child in [child for child in item if local(child) == name]:
        remove(child)


def note_settings(root: etree._Element, findings: Findings) -> None:
    """Note what the settings told."""
    names = {local(child) for child in root}
    findings.saw("ids of editing sessions", "rsids" in names)
    findings.saw("path of the template", "attachedTemplate" in names)
    findings.saw("document variables", "docVars" in names)
    findings.saw("mail merge source", "mailMerge" in names)


def settle_changes(root: etree._Element, findings: Findings) -> None:
    """Accept every tracked change, so that neither its author nor deleted text is left."""
    rows = deleted_rows(root)
    for row in rows:
        remove(row)
    emptied = [around(item, "p") for item in elements(root, {"del"}) if is_mark(item)]
    changed = len(rows) + remove_all(root, REJECTED)
    for item in elements(root, ACCEPTED):
        unwrap(item)
        changed += 1
    changed += remove_all(root, MARKS_OF_CHANGE)
    remove_emptied(emptied)
    findings.count("tracked changes", changed)
    if changed:
        findings.warn(CHANGES)


def deleted_rows(root: etree._Element) -> list[etree._Element]:
    """The rows of tables that were deleted as a whole."""
    marks = [item for item in elements(root, {"del"}) if parent_name(item) == "trPr"]
    return [row for mark in marks if (row := around(mark, "tr")) is not None]


def around(item: etree._Element, name: str) -> etree._Element | None:
    """The nearest element of that name around this one."""
    return next((one for one in item.iterancestors() if local(one) == name), None)


def parent_name(item: etree._Element) -> str:
    """The name of the element around this one."""
    parent = item.getparent()
    return local(parent) if parent is not None else ""


def is_mark(item: etree._Element) -> bool:
    """Whether a deletion is that of a paragraph's end."""
    return parent_name(item) == "rPr"


def remove_emptied(paragraphs: list[etree._Element | None]) -> None:
    """Take out the paragraphs that were deleted to their end, but not the last of its place."""
    for paragraph in paragraphs:
        if paragraph is None or elements(paragraph, {"t", "drawing", "pict", "object", "sectPr"}):
            continue
        parent = paragraph.getparent()
        if parent is not None and sum(1 for child in parent if local(child) == "p") > 1:
            remove(paragraph)


def empty_bound_controls(root: etree._Element, findings: Findings) -> None:
    """Empty the controls that show the author's name or company, and cut all such ties."""
    for binding in elements(root, {"dataBinding"}):
        words = " ".join(map(str, binding.attrib.values()))
        control = around(binding, "sdt")
        if control is not None and BOUND_TO_PEOPLE.search(words.rpartition("xpath")[2] or words):
            findings.saw("author name")
            for text in elements(control, {"t"}):
                text.text = ""
        remove(binding)
