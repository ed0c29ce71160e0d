"""What of an attempt may tell whose it is: everything reviewers would read, checked as it stands.

Nothing found is ever stored but what its author declared as intended; so a text that changes is
found anew, and one that is mended is found no more.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.models import Part
from portal.accounts.models import User
from submissions.identity import Checker, Finding, Profile
from submissions.models import Attempt, Evidence, Progress, Response

LONGEST_PHRASE = 200  # of what is stored
NOTE = "note"
Decision = tuple[str, str, str]  # source, rule, phrase


@dataclass(frozen=True)
class Passage:
    """One text of an attempt with what was found in it and is not decided yet.

    ``question_id`` is set where a place can be replaced right here; else ``url`` is the page on
    which a changed file or link is handed in.
    """

    source: str
    label: str
    text: str
    url: str
    question_id: int | None = None
    findings: tuple[Finding, ...] = ()

    def with_findings(self, checker: Checker, intended: set[Decision]) -> "Passage":
        """The passage with what is open in it."""
        found = checker.check(self.text)
        still = (one for one in found if decision_of(self.source, one) not in intended)
        return replace(self, findings=tuple(still))


@dataclass(frozen=True)
class Screening:
    """What is open in all texts of an attempt, and what its author declared as intended."""

    passages: list[Passage] = field(default_factory=list)
    intended: list[Decision] = field(default_factory=list)

    @cached_property
    def findings(self) -> list[Finding]:
        """Everything that is open, in the order of the page."""
        return [finding for passage in self.passages for finding in passage.findings]

    @cached_property
    def certain(self) -> int:
        """How many places stand in the way of Submit."""
        return sum(finding.is_certain for finding in self.findings)

    @cached_property
    def doubtful(self) -> int:
        """How many places ask for a look."""
        return len(self.findings) - self.certain

    def passage(self, source: str) -> Passage | None:
        """The texts of one source that has anything open."""
        return next((one for one in self.passages if one.source == source), None)

    def holds(self, decision: Decision) -> bool:
        """Whether this is open somewhere."""
        return any(
            decision_of(passage.source, finding) == decision
            for passage in self.passages
            for finding in passage.findings
        )


def decision_of(source: str, finding: Finding) -> Decision:
    """What a decision about a finding is about: its words, wherever they stand in the source."""
    return source, finding.rule, phrase_of(finding.phrase)


def phrase_of(words: str) -> str:
    """A phrase as it is stored and compared: one line, not too long."""
    return " ".join(words.split())[:LONGEST_PHRASE]


def profile_of(user: User) -> Profile:
    """Everything by which a text could name this person."""
    addresses = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    numbers = user.memberships.values_list("number", flat=True)
    return Profile(
        name=user.name,
        nicknames=tuple(filter(None, (one.strip() for one in user.nicknames.split(",")))),
        emails=tuple(dict.fromkeys([user.email, *addresses])),
        phone=user.phone,
        school=user.school,
        district=user.district,
        local=user.local,
        member_numbers=tuple(numbers),
        handle=user.handle,
    )


def screen(attempt: Attempt, note: str = "") -> Screening:
    """Check every text of an attempt that reviewers would read, and the note with it."""
    checker = Checker(profile_of(attempt.educator))
    intended = list(attempt.findings.values_list("source", "rule", "phrase"))
    decided = set(intended)
    checked = (one.with_findings(checker, decided) for one in passages_of(attempt, note))
    return Screening([one for one in checked if one.findings], intended)


def passages_of(attempt: Attempt, note: str) -> Iterator[Passage]:
    """Every text of an attempt that reviewers would read: answers, evidence, the note."""
    rows = list(attempt.progress.select_related("part"))
    yield from answers_of(attempt, rows)
    yield from evidence_of(attempt, rows)
    if note:
        page = reverse("attempt-submit", args=[attempt.public_id])
        yield Passage(NOTE, _("What did you change?"), note, page)


def answers_of(attempt: Attempt, rows: list[Progress]) -> Iterator[Passage]:
    """What was written, question by question."""
    parts = {row.pk: row.part for row in rows if row.part.is_scored}
    answers = Response.objects.filter(progress__in=parts).select_related("question")
    for answer in answers.order_by("progress__part__number", "question__position"):
        part = parts[answer.progress_id]
        yield Passage(
            source=f"answer:{answer.question_id}",
            label=f"{part.title}: {answer.question.text}",
            text=answer.text,
            url=reverse("part", args=[attempt.public_id, part.number]),
            question_id=answer.question_id,
        )


def evidence_of(attempt: Attempt, rows: list[Progress]) -> Iterator[Passage]:
    """What stands in links, in cleaned files and in their descriptions."""
    artifacts = next((row for row in rows if row.part.kind == Part.Kind.ARTIFACTS), None)
    if artifacts is None:
        return
    asked = attempt.evidence.counting().filter(requirement__option__in=["", artifacts.option])
    page = reverse("part", args=[attempt.public_id, artifacts.part.number])
    for item in asked.select_related("requirement", "words"):
        words = getattr(item, "words", None)
        said = [item.activity_description, item.url, words.text if words else ""]
        if text := "\n\n".join(filter(None, said)):
            label = f"{item.requirement.label}: {item}"
            yield Passage(source_of(item), label, text, f"{page}#{item.requirement.key}")


def source_of(evidence: Evidence) -> str:
    """How decisions name a file or link."""
    return f"evidence:{evidence.public_id}"


def question_of(source: str) -> int | None:
    """The question that a source names, where it names one."""
    kind, _colon, number = source.partition(":")
    return int(number) if kind == "answer" and number.isdecimal() else None


class Spot(NamedTuple):
    """What a button on the page names: words found by a rule in a source.

    ``start`` is where they stand; without it every place with these words is meant.
    """

    source: str
    rule: str
    phrase: str
    start: int | None = None

    @property
    def decision(self) -> Decision:
        """The words as decisions know them."""
        return self.source, self.rule, phrase_of(self.phrase)


def replaced(text: str, places: list[Finding]) -> str:
    """The text with its suggestions in the places of what was found."""
    for place in sorted(places, key=lambda one: -one.start):
        text = text[: place.start] + place.suggestion + text[place.end :]
    return text
