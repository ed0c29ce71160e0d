"""Tables for other offices, pure: CSV and XLSX that no spreadsheet takes for formulas (T33)."""

import csv
import re
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

Table = list[list[str]]

FORMULA_STARTS = tuple("=+-@\t\r\n") + tuple("＝＋－＠")
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|[\ud800-\udfff]")
TEXT_FORMAT = "@"  # keeps leading zeros of identifiers
LONGEST_CELL = 32_767


def safe(text: str) -> str:
    """A text that stays a text in every spreadsheet: an apostrophe before what looks like more.

    Looks behind leading blanks too; control characters, which no file format takes, are left out.
    """
    clean = CONTROL.sub("", text)[: LONGEST_CELL - 1]
    return f"'{clean}" if clean.lstrip(" ").startswith(FORMULA_STARTS) else clean


def table(columns: Sequence[str], rows: Sequence[Mapping[str, str]]) -> Table:
    """The named columns of each row, below a line of their names."""
    return [list(columns), *([row[column] for column in columns] for row in rows)]


def as_csv(content: Table) -> bytes:
    """A table as CSV with a byte order mark, so that Excel reads accents."""
    out = StringIO(newline="")
    csv.writer(out).writerows([safe(cell) for cell in row] for row in content)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(content: Table) -> bytes:
    """A table as an Excel workbook in which every cell is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Roster")
    for number, row in enumerate(content):
        cells = [WriteOnlyCell(sheet, value=safe(text)) for text in row]
        for cell in cells:
            cell.data_type = "s"
            cell.number_format = TEXT_FORMAT
            cell.font = Font(bold=number == 0)
        sheet.append(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
