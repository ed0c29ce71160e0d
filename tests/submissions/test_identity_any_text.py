"""What holds for any text and any profile: places in order, no time lost."""

import random
import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from submissions.identity import CERTAIN, DOUBTFUL, Checker, check, profile_from
from submissions.identity.folding import fold
from submissions.identity.reading import Text
from tests.submissions.identity.one import DANA

PIECES = [
    "Dana",
    "Whitfield",
    "Ms.",
    "J.",
    "O’Brien",
    "at",
    "Alder Creek",
    "RUSD",
    "Lincoln",
    "and",
    "I",
    ",",
    ".",
    "\n\n",
    "(2015)",
    "555-0134",
    "@",
    "danaw5",
    "https://docs.google.com/x",
    "Emily Chen",
    "student named",
    "’s",
    "-",
    "\u0301",
    "İ",
    "ß",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
]
texts = st.one_of(
    st.text(max_size=200),
    st.lists(st.sampled_from(PIECES), max_size=40).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
)
CHECKER = Checker(DANA)
FIELDS = [*DANA.__dict__, "email", "nickname"]


@given(texts)
@settings(max_examples=400)
def test_whatever_the_text_findings_are_in_it_in_order_and_apart(text):
    findings = CHECKER.check(text)

    assert all(text[one.start : one.end] == one.phrase != "" for one in findings)
    assert all(one.end <= other.start for one, other in pairwise(findings))
    assert {one.certainty for one in findings} <= {CERTAIN, DOUBTFUL}


@given(texts)
@settings(max_examples=100)
def test_the_same_text_gives_the_same_findings(text):
    assert CHECKER.check(text) == Checker(DANA).check(text)


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=60)), texts)
@settings(max_examples=200)
def test_any_profile_can_be_checked(values, text):
    findings = check(profile_from(values), text)

    assert all(text[one.start : one.end] == one.phrase for one in findings)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(word):
    assert fold(fold(word)) == fold(word)


@given(texts)
@settings(max_examples=100)
def test_words_and_gaps_make_up_the_text(text):
    read = Text(text)

    whole = "".join(
        read.gap(place) + text[word.start : word.stop] for place, word in enumerate(read.words)
    )
    assert whole + read.gap(len(read)) == text


def replaced(text):
    """A text with every finding replaced by what is offered for it."""
    for one in reversed(CHECKER.check(text)):
        text = f"{text[: one.start]} {one.suggestion} {text[one.end :]}"
    return text


@given(texts)
@example("DOCS.GOOGLE.COM:DANA")
@settings(max_examples=100)
def test_replacing_everything_leaves_nothing_certain_of_the_kind(text):
    settled = replaced(replaced(text))  # a link that a name covers is asked about the second time

    left = [one.rule for one in CHECKER.check(settled) if one.rule in {"phone", "email", "link"}]
    assert left == []


def prose(size):
    random.seed(7)
    usual = "The students read their drafts aloud and wrote what they would change next time."
    telling = "I gave Emily Chen a rubric at Alder Creek, and Ms. Whitfield agreed (Wiliam, 2011)."
    rows = [telling if random.random() < 0.1 else usual for _ in range(size // len(usual))]
    return " ".join(rows)


@pytest.mark.parametrize(
    "text",
    [
        prose(100_000),
        "a" * 100_000,
        "Dana " * 20_000,
        "A. " * 33_000,
        "1 " * 50_000,
        "-1" * 50_000,
        "@" * 100_000,
        "a@" * 50_000,
        "riverbendusd.org" * 6_000,
        ".com" * 25_000,
        "'" * 100_000,
        "(" * 100_000,
        "x\u0301" * 50_000,
        "\n" * 100_000,
        "Whitfield and " * 7_000,
    ],
    ids=lambda text: text[:12].encode("unicode_escape").decode(),
)
def test_a_hundred_kilobytes_take_no_time_to_speak_of(text):
    CHECKER.check("warm")
    begun = time.process_time()

    CHECKER.check(text)

    # a second on a quiet machine; a search that starts anew at each word would take minutes
    assert time.process_time() - begun < 30
