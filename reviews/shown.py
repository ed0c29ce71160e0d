"""The allow-list: every value that a reviewer's page or mail can hold, and nothing else.

Plain values only (text, numbers, days); ``reviews.blind`` fills them in by name (SAFETY 2).
"""

from dataclasses import dataclass
from datetime import date

from reviews.changes import Change
from reviews.feedback import Given


@dataclass(frozen=True)
class Seat:
    """A review as a row of the queue and as a mail tells of it."""

    id: str
    title: str
    round: int
    due_on: date
    status: str
    status_label: str
    is_open: bool
    is_new: bool
    is_overdue: bool
    url: str


@dataclass(frozen=True)
class TextShown:
    """One question with its answer, and what changed since the round before.

    ``standing`` is "first" where there was no round before, else "same" or "changed".
    """

    question: str
    answer: str
    standing: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class ArtifactShown:
    """A file or link under its neutral name: where it is saved from, and where it is looked at."""

    name: str
    url: str
    view_url: str
    medium: str  # "link", or one of ``submissions.serving``: "pdf", "image", ..., "file"
    is_ready: bool
    is_new: bool
    description: str
    entered_on: date | None


@dataclass(frozen=True)
class RequirementShown:
    """What Part 2 asks for, and what was handed in for it; ``standing`` as for a text."""

    label: str
    instructions: str
    items: tuple[ArtifactShown, ...]
    taken_out: int
    standing: str


@dataclass(frozen=True)
class LevelShown:
    """A rung of a criterion; ``place`` is its name in the form."""

    place: str
    label: str
    description: str
    meets_bar: bool


@dataclass(frozen=True)
class CriterionShown:
    """A row of the rubric with this reviewer's own draft, and the feedback given before."""

    key: str
    title: str
    about: str
    levels: tuple[LevelShown, ...]
    level: str
    level_label: str
    meets_bar: bool
    comment: str
    given: tuple[Given, ...]


@dataclass(frozen=True)
class PartShown:
    """One scored part of the round."""

    title: str
    passing: str
    option: str
    is_carried: bool
    texts: tuple[TextShown, ...]
    requirements: tuple[RequirementShown, ...]
    criteria: tuple[CriterionShown, ...]

    @property
    def is_same(self) -> bool:
        """Whether there was a round before and nothing in the part has changed since."""
        texts = {text.standing for text in self.texts}
        return texts | {one.standing for one in self.requirements} == {"same"}


@dataclass(frozen=True)
class Packet:
    """Everything a reviewer's page knows of a round; ``since`` is the round before, or 0."""

    seat: Seat
    competency: str
    key_method: str
    handed_in_on: date
    note: str
    since: int
    parts: tuple[PartShown, ...]
    comment: str
    verdict: str
    verdict_label: str

    @property
    def criteria(self) -> tuple[CriterionShown, ...]:
        """The rows of the rubric that are to be scored."""
        return tuple(one for part in self.parts for one in part.criteria)
