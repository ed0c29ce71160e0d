"""Fields of OpenDocument: those that print names and paths go, others keep only what they show."""

from lxml import etree

from submissions.cleaning.listing import names
from submissions.cleaning.odf.names import all_of, dissolve, name_of
from submissions.cleaning.ooxml.markup import remove
from submissions.cleaning.report import Findings

NAMING = names(
    "text:author-name text:author-initials text:initial-creator text:creator text:printed-by",
    "text:file-name text:template-name text:user-defined text:editing-cycles",
    "text:editing-duration",
)
SENDER = "text:sender-"
FROZEN = (
    *("text:title", "text:subject", "text:keywords", "text:description", "text:creation-date"),
    *("text:creation-time", "text:modification-date", "text:modification-time", "text:print-date"),
    *("text:print-time", "text:variable-set", "text:variable-get", "text:variable-input"),
    *("text:user-field-get", "text:user-field-input", "text:expression", "text:text-input"),
    *("text:database-display", "text:database-name", "text:database-row-number"),
    *("text:dde-connection", "text:conditional-text", "text:hidden-text", "text:hidden-paragraph"),
    *("text:placeholder", "text:meta", "text:meta-field", "loext:content-control"),
)


def scrub_fields(root: etree._Element, findings: Findings) -> None:
    """Settle every field of a part."""
    for item in list(root.iterdescendants("*")):
        name = name_of(item)
        if name in NAMING or name.startswith(SENDER):
            findings.saw("fields with names and paths")
            remove(item)
    for item in all_of(root, *FROZEN):
        dissolve(item)
