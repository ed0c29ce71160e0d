"""The words in a PDF's objects: those that show or are read out stay, any other may tell."""

import re
from typing import Any

from pikepdf import Array, Name, Object, String

SHOWN = {
    "/Contents",
    "/DA",
    "/Alt",
    "/ActualText",
    "/E",
    "/Lang",
    "/URI",
    "/Registry",
    "/Ordering",
    "/CharSet",
    "/Summary",
    "/Short",
}
REFERENCES = "/Headers"  # of table cells to their headings: numbered by ``pdf_tags``
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
INDEXED = (Name("/Indexed"), Name("/I"))
DEEPEST = 20


def drop_words(item: Object) -> None:
    """Delete the keys of a dictionary that hold words nobody is shown."""
    for key in [key for key, value in item.items() if tells(key, value)]:
        del item[key]


def tells(key: str, value: object) -> bool:
    """Whether a value is or holds words in a place where none are shown."""
    if isinstance(value, String):
        return key not in SHOWN or (key == "/Lang" and not LANGUAGE.fullmatch(str(value)))
    return isinstance(value, Array) and key != REFERENCES and holds_words(value)


def holds_words(given: Array, depth: int = 0) -> bool:
    """Whether an array holds words; the colors of a palette are only written like words."""
    if depth > DEEPEST or (len(given) and given[0] in INDEXED):
        return False
    return any(
        isinstance(one, String)
        or (isinstance(one, Array) and not one.is_indirect and holds_words(one, depth + 1))
        for one in given
    )


def is_layer_name(key: str, held: dict[str, Any]) -> bool:
    """Whether this is the name of a layer, which was given a number before."""
    return key == "/Name" and str(held.get("/Type")) == "/OCG"
