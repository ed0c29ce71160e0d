"""Excel: values, formulas and charts stay; paths, views by name and ties to other files go."""

import re

from lxml import etree

from submissions.cleaning.listing import names
from submissions.cleaning.ooxml.markup import elements, keep_only, local, remove, remove_all
from submissions.cleaning.report import Findings, gettext_noop

WORKBOOK = ["workbookPr", "bookViews", "sheets", "definedNames", "calcPr", "pivotCaches", "extLst"]
NEEDLESS = names(
    "legacyDrawing customSheetViews controls webPublishItems customProperties smartTags",
    "cellWatches protectedRanges absPath",
)
TOLD = ("comment", "description", "help", "tableType", "queryTableFieldId", "connectionId")
OTHER_FILE = re.compile(r"(?<![\w\]])\[\d+\]")
REACHES_OUT = re.compile(
    r"file:|mailto:|\b[a-z]:\\|\\\\|\|\s*'"
    r"|\b(WEBSERVICE|IMAGE|RTD|CALL|REGISTER(\.ID)?|CUBE\w+|SQL\.REQUEST)\s*\(",
    re.IGNORECASE,
)
PRINTS_PATH = re.compile(r"\b(CELL\s*\(\s*\"filename|INFO\s*\(\s*\"directory)", re.IGNORECASE)
IN_OTHER_FILE = re.compile(r"\[[^\]]*\.xl\w+\]", re.IGNORECASE)

HIDDEN = gettext_noop("Hidden sheets are kept: reviewers can show them.")


def scrub(root: etree._Element, findings: Findings) -> None:
    """Scrub one part of an Excel file."""
    if local(root) == "workbook":
        scrub_workbook(root, findings)
    remove_all(root, NEEDLESS)
    for name in elements(root, {"definedName", "table", "tableColumn", "cacheSource", "scenario"}):
        for told in TOLD:
            name.attrib.pop(told, "")
    for formula in elements(root, {"f", "definedName", "calculatedColumnFormula"}):
        scrub_formula(formula, findings)


def scrub_formula(formula: etree._Element, findings: Findings) -> None:
    """Keep only the value of a formula that reaches out, and not even that of one for a path."""
    text = formula.text or ""
    if PRINTS_PATH.search(text):
        findings.saw("path it was saved at")
        remove_value(formula)
        remove(formula)
    elif OTHER_FILE.search(text) or REACHES_OUT.search(text):
        findings.saw("links to other files")
        remove(formula)


def remove_value(formula: etree._Element) -> None:
    """Take out what a formula came to when it was last reckoned."""
    value = formula.getnext()
    if value is not None and local(value) == "v":
        remove(value)


def scrub_workbook(root: etree._Element, findings: Findings) -> None:
    """Keep what makes up the workbook, without where it was saved and by whom."""
    findings.saw("path it was saved at", elements(root, {"absPath"}))
    findings.saw("name of who shared it", elements(root, {"fileSharing"}))
    keep_only(root, WORKBOOK)
    sheets = elements(root, {"sheet"})
    if any(sheet.get("state", "visible") != "visible" for sheet in sheets):
        findings.warn(HIDDEN)


def scrub_chart(root: etree._Element) -> None:
    """Take the names of other files out of the references of a chart."""
    for reference in elements(root, {"f", "sqref"}):
        reference.text = IN_OTHER_FILE.sub("", reference.text or "")
