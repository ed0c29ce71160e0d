"""Reads an association's roster of members: a CSV file with e-mail addresses and numbers."""

import csv
import re
from collections.abc import Iterator
from io import StringIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from portal.accounts.plain import is_plain

MAX_BYTES = 5_000_000
MAX_LINES = 50_000
MAX_NUMBER = 40
SHOWN = 5  # faults told at once
FORMULA = "=+-@"  # what a spreadsheet would work out
EMAIL_NAMES = frozenset({"email", "e-mail", "email address", "e-mail address"})
NUMBER_NAMES = frozenset({"number", "member number", "member id", "membership number", "id"})


def decoded(content: bytes) -> str:
    """The file as text; spreadsheets save UTF-8 with a mark in front, or Windows' own set."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def cells(text: str) -> list[list[str]]:
    """The file's lines, whatever they end with; refuses one whose quotation marks never close."""
    head = re.split(r"[\r\n]", text, maxsplit=1)[0]
    mark = ";" if head.count(";") > head.count(",") else ","
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=mark))
    except csv.Error as error:
        raise ValidationError(
            _("This file can’t be read as a table. Is a quotation mark left open?")
            + " "
            + _("Nothing was changed.")
        ) from error


def column(heads: list[str], names: frozenset[str]) -> int:
    """The place of the column with one of these names; refuses a file without it."""
    for place, head in enumerate(heads):
        if head.strip().lower() in names:
            return place
    raise ValidationError(
        _("The first line must name the columns “email” and “member number”. Nothing was changed.")
    )


def read(content: bytes) -> list[tuple[str, str]]:
    """Pairs of e-mail address and member number; refuses with the lines that are wrong.

    Columns may stand in any order and more may stand beside them; empty lines are skipped.
    """
    if len(content) > MAX_BYTES:
        raise ValidationError(_("Please choose a CSV file of at most 5 MB."))
    if b"\0" in content:
        raise ValidationError(
            _("This is no CSV file: in the spreadsheet, save it as “CSV UTF-8”, and choose that.")
        )
    heads, *rows = cells(decoded(content)) or [[]]
    places = column(heads, EMAIL_NAMES), column(heads, NUMBER_NAMES)
    pairs = [(number, *pair(row, places)) for number, row in enumerate(rows, start=2) if any(row)]
    if faults := list(faults_in(pairs)):
        more = [_("… and more.")] if len(faults) > SHOWN else []
        raise ValidationError([*faults[:SHOWN], *more, _("Nothing was changed.")])
    return [(email, member) for _line, email, member in pairs]


def pair(row: list[str], places: tuple[int, int]) -> tuple[str, str]:
    """The address and the number of one row, as far as it has them."""
    email, number = (row[place].strip() if place < len(row) else "" for place in places)
    return email.lower(), number


def faults_in(pairs: list[tuple[int, str, str]]) -> Iterator[str]:
    """A sentence for everything that is wrong with the rows."""
    if not pairs:
        yield _("The file has no members in it.")
    if len(pairs) > MAX_LINES:
        yield _("The file has more than 50,000 members. Please split it.")
    for line, email, number in pairs:
        if not is_address(email):
            yield _("Line %(line)d: “%(email)s” is not an e-mail address.") % {
                "line": line,
                "email": email[:60],
            }
        yield from faults_in_number(line, number)
    yield from twice(pairs)


def faults_in_number(line: int, number: str) -> Iterator[str]:
    """A sentence where a member number is none."""
    if not number or len(number) > MAX_NUMBER:
        yield _("Line %(line)d: the member number is missing or too long.") % {"line": line}
    elif number[0] in FORMULA or not is_plain(number):
        words = _("Line %(line)d: please write the member number in digits and letters only.")
        yield words % {"line": line}


def twice(pairs: list[tuple[int, str, str]]) -> Iterator[str]:
    """A sentence for every line that gives an address another number than a line before it."""
    first: dict[str, tuple[int, str]] = {}
    for line, email, number in pairs:
        before, known = first.setdefault(email, (line, number))
        if number != known:
            words = _("Line %(line)d: “%(email)s” has another number in line %(before)d.")
            yield words % {"line": line, "email": email[:60], "before": before}


def is_address(email: str) -> bool:
    """Whether this can be an e-mail address."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True
