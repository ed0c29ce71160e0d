"""The tags of a PDF, by which it is read out: kept, under names the format itself knows."""

import re
from collections.abc import Iterable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from submissions.cleaning.listing import names
from submissions.cleaning.pdf_annotations import cut_to
from submissions.cleaning.pdf_keys import TAG, TAG_TREE
from submissions.cleaning.pdf_links import is_plain

PATH = re.compile(
    r"[A-Za-z]:\\|\\\\|^/|/(Users|home)/|\.(jpe?g|png|gif|tiff?|heic|docx?|pdf)$", re.IGNORECASE
)
STANDARD = names(
    "Document DocumentFragment Part Art Sect Div Aside BlockQuote Caption TOC TOCI Index NonStruct",
    "Private Title FENote Sub P H L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note",
    "Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Em Strong Figure Formula Form",
    "Artifact",
)
MOST_ROLES = 8


class Tags:
    """The tags of one document, and the names that people gave to roles, classes and cells."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        tree = pdf.Root.get("/StructTreeRoot")
        self.tree: Object = tree if is_plain(tree) else Dictionary()
        self.roles = self.named("/RoleMap")
        self.classes = {name: f"/C{n}" for n, name in enumerate(self.named("/ClassMap"), start=1)}
        self.cells: dict[bytes, tuple[str, Object]] = {}
        self.has_headers = False

    def named(self, key: str) -> dict[str, Object]:
        """What the tree lists under names of someone's own."""
        given = self.tree.get(key)
        return dict(given.items()) if is_plain(given) else {}

    def gather(self, items: Iterable[Object]) -> None:
        """Number the cells that others refer to, before their own names go."""
        for item in items:
            if is_plain(item) and "/ID" in item and isinstance(item.ID, String):
                self.cells.setdefault(bytes(item.ID), (f"t{len(self.cells) + 1:06}", item))

    def scrub(self, item: Object) -> None:
        """Keep what a screen reader reads out, unless it is the name of a file."""
        cut_to(item, TAG)
        if isinstance(item.get("/Alt"), String) and PATH.search(str(item.Alt)):
            item.Alt = String("Picture")
        if "/NS" not in item:
            item.S = Name(self.role_of(str(item.get("/S"))))
        if "/C" in item:
            self.rename_classes(item)

    def role_of(self, name: str) -> str:
        """The role a tag plays, by the document's own list; none where that leads nowhere."""
        for _ in range(MOST_ROLES):
            if is_standard(name) or name not in self.roles:
                break
            name = str(self.roles[name])
        return name if is_standard(name) else "/NonStruct"

    def rename_classes(self, item: Object) -> None:
        """Call a tag's classes by their numbers."""
        given = list(item.C) if isinstance(item.C, Array) else [item.C]
        known = [self.classes[str(one)] for one in given if str(one) in self.classes]
        item.C = Array([Name(one) for one in known])

    def rename_headers(self, item: Object) -> None:
        """Call the headings of a table's cell by their numbers."""
        given = [one for one in item.Headers if isinstance(one, String)]
        known = [self.cells[bytes(one)][0] for one in given if bytes(one) in self.cells]
        item.Headers = Array([String(one) for one in known])
        self.has_headers = self.has_headers or bool(known)

    def finish(self) -> None:
        """Write the tree's lists anew: roles are not needed any more, cells only with headings."""
        classes = self.named("/ClassMap")
        cut_to(self.tree, TAG_TREE)
        if classes:
            self.tree.ClassMap = Dictionary(
                {self.classes[name]: value for name, value in classes.items()}
            )
        if not self.has_headers:
            return
        rows: list[Object] = []
        for number, cell in self.cells.values():
            cell.ID = String(number)
            rows += [String(number), cell]
        self.tree.IDTree = Dictionary(Names=Array(rows))


def is_tag(held: dict[str, Any]) -> bool:
    """Whether a dictionary is a tag: its type need not be written, its role and parent must."""
    return str(held.get("/Type")) == "/StructElem" or ("/S" in held and "/P" in held)


def is_standard(role: str) -> bool:
    """Whether the format itself knows a role; headings are numbered."""
    return role.lstrip("/").rstrip("0123456789") in STANDARD
