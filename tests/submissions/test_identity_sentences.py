"""The labelled sentences: what must be found is, and what must stay quiet does.

``python -m tests.submissions.identity.measure`` prints the figures by rule.
"""

import pytest

from submissions.identity import CERTAIN, DOUBTFUL
from tests.submissions.identity.measure import SETS, checkers, count, overlaps, sentences, table

BAR = 0.95


@pytest.mark.parametrize("name", SETS)
def test_precision_and_recall_are_over_the_bar(name):
    result = count(name)

    assert result.precision(result.rules) >= BAR, "\n".join(result.told)
    assert result.recall(result.rules) >= BAR, "\n".join(result.told)


@pytest.mark.parametrize("name", SETS)
def test_every_rule_that_is_asked_often_is_over_the_bar(name):
    result = count(name)

    often = [rule for rule in result.rules if result.found[rule] + result.missed[rule] >= 10]
    assert [rule for rule in often if result.precision([rule]) < BAR] == []
    assert [rule for rule in often if result.recall([rule]) < BAR] == []


def test_there_are_enough_sentences_and_half_of_them_are_hard_negatives():
    rows = [row for name in SETS for row in sentences(name)]
    quiet = [row for row in rows if not row.marked]

    assert len(rows) >= 240
    assert len(quiet) / len(rows) >= 0.45
    assert len({row.who for row in rows}) >= 40


def test_what_is_only_possible_is_never_called_certain():
    known = checkers()
    wrong = [
        (row.text, finding.phrase)
        for name in SETS
        for row in sentences(name)
        for finding in known[row.who].check(row.text)
        for marked in row.marked
        if marked.is_doubtful and overlaps(finding, marked) and finding.certainty == CERTAIN
    ]

    assert wrong == []


def test_most_of_what_is_certain_is_called_so():
    known = checkers()
    told = [
        finding.certainty
        for name in SETS
        for row in sentences(name)
        for finding in known[row.who].check(row.text)
        for marked in row.marked
        if not marked.is_doubtful and overlaps(finding, marked)
    ]

    assert told.count(DOUBTFUL) / len(told) <= 0.1


def test_the_table_names_every_rule_and_the_sum():
    lines = table("held_out")

    assert lines[0].startswith("held_out: 219 sentences")
    assert [line.split()[0] for line in lines[2:]][-1] == "all"
    assert any(line.startswith("member number") for line in lines)
