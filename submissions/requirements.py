"""The rows of the requirements page: plain values, so that the template only prints."""

from dataclasses import dataclass

from django.urls import reverse

from catalog.models import Part
from submissions.completeness import still_missing
from submissions.models import Attempt, Progress, Submission, SubmittedPart
from submissions.revising import is_untouched


@dataclass(frozen=True)
class Row:
    """One requirement as the page shows it (FACTS 4.64-4.70)."""

    title: str
    number: int
    kind: str
    status: str
    label: str
    minimum_units: int
    units_earned: int
    passed: bool | None
    is_untouched: bool
    url: str
    missing: list[str]

    @property
    def is_final(self) -> bool:
        """Whether this is the row with Submit for Review."""
        return self.kind == Part.Kind.FINAL


def requirement_rows(attempt: Attempt) -> list[Row]:
    """The five rows; parts that passed in the last decided round say so."""
    progress = list(attempt.progress.select_related("part"))
    fared = decided_parts(attempt)
    missing = still_missing(attempt, progress) if attempt.is_editable else []
    return [row_of(attempt, item, fared.get(item.part_id), missing) for item in progress]


def row_of(
    attempt: Attempt, progress: Progress, fared: SubmittedPart | None, missing: list[str]
) -> Row:
    """One row."""
    part = progress.part
    is_final = part.kind == Part.Kind.FINAL
    name = "attempt-submit" if is_final else "part"
    args = [attempt.public_id] if is_final else [attempt.public_id, part.number]
    return Row(
        title=part.title,
        number=part.number,
        kind=part.kind,
        status=progress.status,
        label=progress.get_status_display(),
        minimum_units=Part.MINIMUM_UNITS,
        units_earned=progress.units_earned,
        passed=fared.passed if fared else None,
        is_untouched=is_untouched(progress, fared),
        url=reverse(name, args=args),
        missing=missing if is_final else [],
    )


def decided_parts(attempt: Attempt) -> dict[int, SubmittedPart]:
    """How each scored part fared in the last decided round, by part id."""
    told = {Attempt.Status.NOT_YET, Attempt.Status.RETURNED, Attempt.Status.PASSED}
    if attempt.status not in told:
        return {}
    decided = SubmittedPart.objects.filter(
        submission__attempt=attempt, submission__status=Submission.Status.DECIDED
    )
    rows = decided.select_related("submission").order_by("submission__round")
    return {row.part_id: row for row in rows}
