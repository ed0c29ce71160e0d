"""The places found in an attempt as its author's page shows them: plain values, numbered."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from submissions.identity import Finding
from submissions.screening import Decision, Passage, Screening, decision_of, phrase_of

AROUND = 90  # characters shown on either side of a place in a file
MOST_SHOWN = 60  # places of one text at a time; the others come up once these are settled

WORDS = {
    "name": _("your name"),
    "email": _("your email address"),
    "domain": _("an address of your school or district"),
    "phone": _("your phone number"),
    "member number": _("your member number"),
    "handle": _("your handle"),
    "school": _("your school"),
    "district": _("your district"),
    "local": _("your local association"),
    "student": _("the name of a student or colleague"),
    "link": _("a link that shows whose it is"),
}
PRIVATE = _(
    "It must be open to anyone with the link, and your name shows there as its owner. A file "
    "handed in here shows no name."
)


@dataclass(frozen=True)
class Place:
    """One place, or in a file all places with the same words, with what may be done about it."""

    number: int
    source: str
    rule: str
    phrase: str
    start: int
    suggestion: str
    is_certain: bool
    before: str
    after: str
    times: int

    @property
    def words(self) -> str:
        """What is told there."""
        return str(WORDS[self.rule])

    @property
    def advice(self) -> str:
        """What there is to know about it."""
        return str(PRIVATE) if self.rule == "link" else ""


@dataclass(frozen=True)
class Piece:
    """A stretch of an answer; ``number`` is that of its place, 0 where nothing was found."""

    text: str
    number: int = 0


@dataclass(frozen=True)
class Sheet:
    """One text with its places; ``pieces`` are the whole text of an answer, else empty."""

    number: int
    label: str
    url: str
    places: list[Place]
    pieces: list[Piece]
    can_replace: bool
    left_out: int


@dataclass(frozen=True)
class Found:
    """Everything that is open, and what was declared as intended."""

    sheets: list[Sheet]
    certain: int
    doubtful: int
    intended: list[tuple[str, str, str, str]]  # source, rule, phrase, what it tells

    @property
    def count(self) -> int:
        """How many places the page shows."""
        return sum(len(sheet.places) for sheet in self.sheets)


def found_in(screening: Screening) -> Found:
    """The page's values of a screening."""
    sheets: list[Sheet] = []
    last = 0
    for number, passage in enumerate(screening.passages, start=1):
        sheets.append(sheet_of(passage, number, last))
        last += len(sheets[-1].places)
    intended = [told(decision) for decision in screening.intended]
    return Found(sheets, screening.certain, screening.doubtful, intended)


def told(decision: Decision) -> tuple[str, str, str, str]:
    """A decision with what its words tell."""
    source, rule, phrase = decision
    return source, rule, phrase, str(WORDS.get(rule, rule))


def sheet_of(passage: Passage, number: int, last: int) -> Sheet:
    """One text; its places are numbered on from the ones before."""
    is_answer = passage.question_id is not None
    findings = list(passage.findings) if is_answer else list(once_each(passage))
    if not is_answer:
        findings.sort(key=lambda one: not one.is_certain)
    shown = findings[:MOST_SHOWN]
    times = Counter(decision_of(passage.source, one) for one in passage.findings)
    places = [
        place_of(passage, finding, last + step, times[decision_of(passage.source, finding)])
        for step, finding in enumerate(shown, start=1)
    ]
    return Sheet(
        number=number,
        label=passage.label,
        url=passage.url,
        places=places,
        pieces=list(pieces_of(passage, last)) if is_answer else [],
        can_replace=is_answer,
        left_out=len(findings) - len(shown),
    )


def once_each(passage: Passage) -> Iterator[Finding]:
    """The first of all places with the same words."""
    seen: set[Decision] = set()
    for finding in passage.findings:
        decision = decision_of(passage.source, finding)
        if decision not in seen:
            seen.add(decision)
            yield finding


def place_of(passage: Passage, finding: Finding, number: int, times: int) -> Place:
    """One place with the words around it."""
    text = passage.text
    before = text[max(0, finding.start - AROUND) : finding.start]
    after = text[finding.end : finding.end + AROUND]
    return Place(
        number=number,
        source=passage.source,
        rule=finding.rule,
        phrase=phrase_of(finding.phrase),
        start=finding.start,
        suggestion=finding.suggestion,
        is_certain=finding.is_certain,
        before=before.partition(" ")[2] if finding.start > AROUND else before,
        after=after.rpartition(" ")[0] if finding.end + AROUND < len(text) else after,
        times=times,
    )


def pieces_of(passage: Passage, last: int) -> Iterator[Piece]:
    """An answer cut at its places."""
    end = 0
    for number, finding in enumerate(passage.findings[:MOST_SHOWN], start=last + 1):
        yield Piece(passage.text[end : finding.start])
        yield Piece(passage.text[finding.start : finding.end], number)
        end = finding.end
    yield Piece(passage.text[end:])
