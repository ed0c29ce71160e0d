"""After a not yet: which parts need work, and whether anything was done about them.

What a part holds now is compared with what it held in the last decided round, by digest
(DESIGN 5): a text, a file, a link, its description or the option makes a difference.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from catalog.models import Part
from submissions.completeness import asked_for
from submissions.digests import part_digest
from submissions.models import Attempt, Evidence, Progress, Submission, SubmittedPart


@dataclass(frozen=True)
class Content:
    """What one part holds now, as a round would freeze it."""

    answers: list[dict[str, Any]]
    files: list[Evidence]
    digest: str


def content_of(attempt: Attempt, progress: Progress) -> Content:
    """The texts and the clean evidence of a part, with their digest."""
    answers = [
        {"question": answer.question.text, "answer": answer.text}
        for answer in progress.responses.select_related("question")
    ]
    files: list[Evidence] = []
    if progress.part.kind == Part.Kind.ARTIFACTS:
        files = list(attempt.evidence.counting().filter(requirement__in=asked_for(progress)))
    digest = part_digest(attempt.edition_id, answers, progress.option, files)
    return Content(answers, files, digest)


def latest_decided(attempt: Attempt) -> Submission | None:
    """The last decided round of an attempt, if there is one."""
    decided = attempt.submissions.filter(status=Submission.Status.DECIDED)
    return decided.order_by("-round").first()


def verdict_on(progress: Progress) -> SubmittedPart | None:
    """How a part fared in the last decided round, with that round; nothing before there is one."""
    rows = SubmittedPart.objects.filter(
        part=progress.part_id,
        submission__attempt=progress.attempt_id,
        submission__status=Submission.Status.DECIDED,
    )
    return rows.select_related("submission").order_by("-submission__round").first()


def is_untouched(progress: Progress, row: SubmittedPart | None) -> bool:
    """Whether a part that did not pass was not even saved since it was decided."""
    if row is None or row.passed or row.submission.decided_at is None:
        return False
    return progress.saved_at is None or progress.saved_at <= row.submission.decided_at


def needs_work(progress: Progress) -> dict[str, bool]:
    """What the page of a part says of the last decided round."""
    row = verdict_on(progress)
    is_under = row is not None and row.passed is False
    return {"needs_work": is_under, "is_untouched": is_untouched(progress, row)}


def nothing_new(attempt: Attempt) -> list[str]:
    """A sentence where no part that needs work has changed since it was decided."""
    decided = latest_decided(attempt)
    under = {} if decided is None else dict(needing_work(decided))
    rows = [row for row in attempt.progress.select_related("part") if row.part_id in under]
    if not rows or any(content_of(attempt, row).digest != under[row.part_id] for row in rows):
        return []
    return [
        _(
            "Nothing has changed yet in %(parts)s since the reviewers answered. Read their "
            "feedback, change what it asks for, and hand in again."
        )
        % {"parts": ", ".join(row.part.title for row in rows)}
    ]


def needing_work(decided: Submission) -> list[tuple[int, str]]:
    """The parts of a decided round that did not pass, with their digests."""
    return list(decided.parts.filter(passed=False).values_list("part_id", "digest"))
