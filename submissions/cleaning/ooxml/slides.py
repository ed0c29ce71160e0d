"""PowerPoint: the show and its notes stay; tags, controls and what names people go."""

from lxml import etree

from submissions.cleaning.listing import in_order
from submissions.cleaning.ooxml.markup import elements, keep_only, local, remove, remove_all
from submissions.cleaning.ooxml.themes import scrub_slide
from submissions.cleaning.report import Findings, gettext_noop

PRESENTATION = in_order(
    "sldMasterIdLst notesMasterIdLst handoutMasterIdLst sldIdLst sldSz notesSz custShowLst",
    "photoAlbum kinsoku defaultTextStyle",
)
NEEDLESS = {"custDataLst", "custData", "tags", "controls", "htmlPubPr", "webPr", "modifyVerifier"}

PRINTING_NAMES = ("author", "file")  # kinds of fields, as LibreOffice writes them

NOTES = gettext_noop("Speaker notes are kept: reviewers can read them.")


def scrub(root: etree._Element, findings: Findings) -> None:
    """Scrub one part of a PowerPoint file."""
    if local(root) == "presentation":
        keep_only(root, PRESENTATION)
    if local(root) == "notes":
        findings.warn(NOTES)
    findings.saw("custom data", remove_all(root, NEEDLESS))
    scrub_slide(root)
    scrub_fields(root, findings)
    for number, show in enumerate(elements(root, ("custShow",)), start=1):
        show.set("name", f"Show {number}")


def scrub_fields(root: etree._Element, findings: Findings) -> None:
    """Take out the fields that print who wrote the show, and where it lies."""
    for field in elements(root, ("fld",)):
        if str(field.get("type", "")).lower().startswith(PRINTING_NAMES):
            findings.saw("fields with names and paths")
            remove(field)
