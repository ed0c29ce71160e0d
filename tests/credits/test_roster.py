"""Tables for other offices that no spreadsheet takes for formulas."""

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from credits import roster, rows

DANGEROUS = [
    '=HYPERLINK("http://evil.example","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1",
    "   =cmd|'/c calc'!A0",
    "＝1+1",
    "\x00=1+1",
]


def read_csv(content):
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(content):
    sheet = load_workbook(BytesIO(content)).active
    return [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(text):
    assert roster.safe(text) == "'" + text.replace("\x00", "")


@pytest.mark.parametrize("text", ["Ana", "O’Neil", "7 = 7", "a-b", "", "0123456"])
def test_plain_texts_stay_as_they_are(text):
    assert roster.safe(text) == text


@given(st.text())
def test_no_text_reads_as_a_formula_and_being_safe_twice_is_being_safe_once(text):
    once = roster.safe(text)

    assert once.lstrip(" ").startswith(roster.FORMULA_STARTS) is False
    assert roster.safe(once) == once


def test_a_csv_file_carries_accents_and_no_formula():
    content = roster.as_csv([["name"], ["=1+1"], ["José Núñez"], ["two\nlines, “quoted”"]])

    assert content.startswith(b"\xef\xbb\xbf")
    assert read_csv(content) == [["name"], ["'=1+1"], ["José Núñez"], ["two\nlines, “quoted”"]]


def test_every_cell_of_a_workbook_is_text():
    content = roster.as_xlsx([["ppid", "name"], ["0012345", "=1+1"]])

    assert read_xlsx(content) == [
        [("ppid", "s"), ("name", "s")],
        [("0012345", "s"), ("'=1+1", "s")],
    ]


@pytest.mark.parametrize("text", ["\x00\x01", "a\x0bb", "\ud800", "x" * 40_000])
def test_no_text_breaks_a_workbook(text):
    assert len(read_xlsx(roster.as_xlsx([["name"], [text]]))) == 2


def test_a_table_has_the_columns_in_the_order_asked_for():
    assert roster.table(["b", "a"], [{"a": "1", "b": "2", "c": "3"}]) == [["b", "a"], ["2", "1"]]


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("Ana María Cruz", "Ana María", "Cruz"),
        ("Cher", "", "Cher"),
        (" Sam  Lee ", "Sam", "Lee"),
        ("", "", ""),
    ],
)
def test_the_last_word_is_the_last_name(name, first, last):
    assert rows.names(name) == {"first_name": first, "last_name": last}


@pytest.mark.parametrize(
    ("text", "written"),
    [("1980-01-31", "01/31/1980"), ("", ""), ("1980-13-31", "1980-13-31"), ("unknown", "unknown")],
)
def test_a_date_kept_as_text_is_written_as_americans_do(text, written):
    assert rows.written_date(text) == written


@pytest.mark.parametrize(("text", "seen"), [("0123456", "•••••56"), ("", "")])
def test_an_identifier_is_masked(text, seen):
    assert rows.masked(text) == seen
