"""Precision and recall of the identity check over the labelled sentences, by rule.

    python -m tests.submissions.identity.measure [-v]

A finding is right where it overlaps a marked phrase of the same rule, and a marked phrase is found
where such a finding does. A dot in the table means: nothing to count.
"""

import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import yaml

from submissions.identity import Checker, Finding, profile_from

HERE = Path(__file__).resolve().parent
SETS = ("written_with_rules", "held_out")
MARK = re.compile(r"\{([a-z_]+)(\??):([^}]*)\}")


class Marked(NamedTuple):
    """A phrase that must be found."""

    rule: str
    is_doubtful: bool
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence of one educator with what must be found in it: nothing in a hard negative."""

    who: str
    text: str
    marked: list


def read(sentence):
    """Text and marked phrases of a sentence as it stands in the file."""
    text, marked, last = "", [], 0
    for mark in MARK.finditer(sentence):
        text += sentence[last : mark.start()]
        start = len(text)
        text += mark[3]
        rule = mark[1].replace("_", " ").replace("member", "member number").strip()
        marked.append(Marked(rule, bool(mark[2]), start, len(text)))
        last = mark.end()
    return text + sentence[last:], marked


def sentences(name):
    """All sentences of one set."""
    rows = yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))
    return [Sentence(who, *read(line)) for who, lines in rows.items() for line in lines]


def checkers():
    """What to look for, by educator."""
    rows = yaml.safe_load((HERE / "profiles.yaml").read_text(encoding="utf-8"))
    return {who: Checker(profile_from(values)) for who, values in rows.items()}


def overlaps(finding: Finding, marked: Marked):
    return finding.start < marked.end and marked.start < finding.end


class Count:
    """Right, wrong and missed, by rule."""

    def __init__(self):
        self.right, self.wrong, self.missed, self.found = (Counter() for _ in range(4))
        self.told = []

    def take(self, sentence: Sentence, findings):
        """Compare what was found in a sentence with what is marked."""
        for finding in findings:
            hit = any(m.rule == finding.rule and overlaps(finding, m) for m in sentence.marked)
            (self.right if hit else self.wrong)[finding.rule] += 1
            if not hit:
                row = finding.rule, finding.certainty, finding.phrase
                self.told.append(f"too much  {sentence.who}: {row} in {sentence.text!r}")
        for marked in sentence.marked:
            hit = any(marked.rule == f.rule and overlaps(f, marked) for f in findings)
            (self.found if hit else self.missed)[marked.rule] += 1
            if not hit:
                phrase = sentence.text[marked.start : marked.end]
                self.told.append(
                    f"missed    {sentence.who}: {marked.rule} {phrase!r} in {sentence.text!r}"
                )

    def precision(self, rules):
        right, wrong = (sum(count[rule] for rule in rules) for count in (self.right, self.wrong))
        return right / (right + wrong) if right + wrong else 1.0

    def recall(self, rules):
        found, missed = (sum(count[rule] for rule in rules) for count in (self.found, self.missed))
        return found / (found + missed) if found + missed else 1.0

    @property
    def rules(self):
        return sorted({*self.right, *self.wrong, *self.found, *self.missed})


def count(name):
    """What the check does with one set."""
    known, result = checkers(), Count()
    for sentence in sentences(name):
        result.take(sentence, known[sentence.who].check(sentence.text))
    return result


def table(name):
    """The figures of one set as lines of text."""
    result, rows = count(name), sentences(name)
    quiet = sum(not row.marked for row in rows)
    lines = [f"{name}: {len(rows)} sentences, {quiet} of them with nothing to find"]
    lines += [f"{'rule':<14}{'precision':>10}{'recall':>8}{'marked':>8}{'found':>7}"]
    for label, rules in [(rule, [rule]) for rule in result.rules] + [("all", result.rules)]:
        marked = sum(result.found[rule] + result.missed[rule] for rule in rules)
        found = sum(result.right[rule] + result.wrong[rule] for rule in rules)
        lines.append(
            f"{label:<14}{result.precision(rules):>10.3f}{result.recall(rules):>8.3f}"
            f"{marked:>8}{found:>7}"
        )
    return [*lines, *(result.told if "-v" in sys.argv else [])]


def main():
    for name in SETS:
        if (HERE / f"{name}.yaml").exists():
            sys.stdout.write("\n".join(table(name)) + "\n\n")


if __name__ == "__main__":
    main()
