"""Plain text: the same words and lines, and nothing between them that can't be seen."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from submissions.cleaning import clean, plain_text
from submissions.cleaning.formats import FORMATS, TEXT, Format
from submissions.cleaning.plain_text import decoded, visible
from submissions.cleaning.report import Findings, NotAccepted
from tests.submissions import samples
from tests.submissions.samples import CANARY, KEPT

LESSON = "# Élan vital\n\n* one\t“two”\n"


@pytest.fixture
def run(tmp_path):
    def run(data):
        source, target = tmp_path / "in", tmp_path / "out"
        source.write_bytes(data)
        report = clean(source, target, TEXT)
        return report, target.read_bytes() if target.exists() else None

    return run


def shown(text):
    return visible(text, Findings())


@pytest.mark.parametrize(
    "data",
    [
        LESSON.encode(),
        codecs.BOM_UTF8 + LESSON.encode(),
        codecs.BOM_UTF16_LE + LESSON.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + LESSON.encode("utf-16-be"),
        LESSON.replace("\n", "\r\n").encode("cp1252"),
        LESSON.replace("\n", "\r").encode(),
        LESSON.encode() + b"\x1a",
    ],
    ids=["UTF-8", "marked", "16 bits", "16 bits turned", "Windows", "old Mac", "old end"],
)
def test_text_in_any_coding_comes_out_the_same(run, data):
    report, copy = run(data)

    assert (report.outcome, report.media_type, report.extension) == ("clean", "text/plain", "txt")
    assert copy.decode() == LESSON


def as_tags(words):
    """Words written in signs of the tag block, which nothing shows."""
    return "".join(chr(0xE0000 + ord(letter)) for letter in words)


def as_joiners(words):
    """Words written as bits of signs without width."""
    bits = "".join(f"{ord(letter):08b}" for letter in words)
    return bits.replace("0", "\u200c").replace("1", "\u200d")


def as_selectors(words):
    """Words written as variation selectors."""
    return "".join(chr(0xE0100 + ord(letter)) for letter in words)


@pytest.mark.parametrize("write", [as_tags, as_joiners, as_selectors])
def test_a_name_between_two_letters_does_not_come_along(run, write):
    report, copy = run(f"{KEPT[:5]}{write(CANARY)}{KEPT[5:]}".encode())

    assert copy.decode() == KEPT
    assert report.removed == [f"signs that can’t be seen ({len(write(CANARY))})"]


@pytest.mark.parametrize(
    "sign",
    [*"\u200b\u200e\u202e\u2066\u2060\ufeff\u00ad\u061c\u180e\u034f\u115f\u3164\u2800\ue000\x9f"],
    ids=ascii,
)
def test_signs_that_cant_be_seen_go(sign):
    assert shown(f"le{sign}sson") == "lesson"


@pytest.mark.parametrize(
    "text",
    ["می‌خواهم", "क्‍ष", "👩‍🏫", "❤️‍🔥", "5️⃣", "👍🏽", "a\u00a0b", "日本語", "e\u0301"],
    ids=ascii,
)
def test_signs_that_shape_letters_and_emoji_stay(text):
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("می\u200c\u200c\u200dخ", "میخ"),
        ("a\ufe0f\u200d😀", "a😀"),
        ("日\u200d本", "日本"),
        ("a+\ufe0fb", "a+b"),
        ("“\u200d”", "“”"),
        ("\ufe0f1", "1"),
    ],
    ids=ascii,
)
def test_but_only_one_at_a_time_and_where_they_mean_something(text, kept):
    assert shown(text) == kept


@pytest.mark.parametrize("end", ["\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028", "\u2029", "\x1e"])
def test_line_ends_of_all_kinds_become_one(end):
    assert shown(f"a{end}b") == "a\nb"


@pytest.mark.parametrize(
    "data",
    [
        b"words\0words",
        b"\x1b[31mred",
        b"\x01\x02\x03",
        b"\x81\x8d",
        codecs.BOM_UTF16_LE + b"a\0b",
        codecs.BOM_UTF8 + b"\xff",
        "words".encode("utf-32"),
        samples.plain_pdf() + b"\0",
    ],
    ids=[
        "NUL",
        "escape",
        "controls",
        "no coding",
        "half a sign",
        "not as marked",
        "32 bits",
        "PDF",
    ],
)
def test_what_is_no_text_is_refused(run, data):
    report, copy = run(data)

    assert (report.outcome, copy) == ("refused", None)
    assert report.reason.startswith("This file holds signs that are no text;")


def test_a_text_that_is_too_long_is_refused(run, monkeypatch):
    short = Format(TEXT, "a text", ("txt",), ("document",), "text", 0)
    monkeypatch.setitem(FORMATS, TEXT, short)

    report, _ = run(b"words")

    assert report.reason.startswith("This text is larger than 5 MB")


def test_a_copy_that_is_not_as_it_should_be_is_held(run, monkeypatch):
    monkeypatch.setattr(plain_text, "visible", lambda text, findings: Spoiled(text))

    report, copy = run(b"words")

    assert (report.outcome, copy) == ("held", None)


class Spoiled(str):
    """Text that is written as something else."""

    __slots__ = ()

    def encode(self):
        return b"else"


@given(st.text())
def test_what_is_shown_is_shown_the_same_again(text):
    once = shown(text)

    assert shown(once) == once


@given(st.binary())
def test_any_bytes_are_text_or_refused(data):
    try:
        text = decoded(data)
    except NotAccepted:
        text = ""

    assert "\0" not in text
