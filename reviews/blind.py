"""The wall: what a reviewer is shown of a round, and an educator of its reviews (SAFETY 2).

The only way from rows to those pages and mails. Every value is copied out by name into the frozen
dataclasses of ``reviews.shown``; no row of any model goes further. What is not named is not shown.
"""

from typing import Any
from urllib.parse import urlsplit

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils import timezone

from catalog.models import ArtifactRequirement, Criterion
from portal.accounts.models import User
from reviews import sheets
from reviews.changes import changes
from reviews.feedback import feedback_for_educator, given_in
from reviews.models import Exhibit, Review
from reviews.shown import (
    ArtifactShown,
    CriterionShown,
    LevelShown,
    Packet,
    PartShown,
    RequirementShown,
    Seat,
    TextShown,
)
from submissions.models import Evidence, Submission, SubmittedPart
from submissions.preview import neutral_name
from submissions.serving import medium_of

__all__ = ["feedback_for_educator", "handed_in", "packet", "queue", "seat"]

WITH_WORK = (
    "submission__attempt__edition__micro_certification",
    "submission__attempt__association",
)
SHOWN = (Evidence.Status.CLEAN, Evidence.Status.REMOVED)  # removed later: this round keeps it
PAGE = 25
SAFE_SCHEMES = {"http", "https"}


def queue(user: User) -> list[Seat]:
    """The seats still to be scored, by due day, then by chance."""
    mine = Review.objects.visible_to(user).open().select_related(*WITH_WORK)
    return [seat(review) for review in mine.order_by("due_on", "public_id")]


def handed_in(user: User, number: str) -> Page[Any]:
    """One page of what this reviewer has handed in, newest day first, then by chance."""
    mine = Review.objects.visible_to(user).filter(status=Review.Status.SUBMITTED)
    ordered = mine.select_related(*WITH_WORK).order_by("-due_on", "public_id")
    pages: Paginator[Any] = Paginator(ordered, PAGE)
    rows = pages.get_page(number)
    return Page([seat(review) for review in rows], rows.number, pages)


def seat(review: Review) -> Seat:
    """A seat in plain values."""
    attempt = review.submission.attempt
    is_open = review.status in Review.OPEN
    return Seat(
        id=str(review.public_id),
        title=attempt.edition.micro_certification.title,
        round=review.submission.round,
        due_on=review.due_on,
        status=review.status,
        status_label=review.get_status_display(),
        is_open=is_open,
        is_new=review.status == Review.Status.ASSIGNED,
        is_overdue=is_open and review.due_on < attempt.today,
        url=reverse("review", args=[review.public_id]),
    )


def packet(review: Review) -> Packet:
    """The round of one seat, as its reviewer may see it."""
    review = Review.objects.select_related(*WITH_WORK).get(pk=review.pk)
    submission, attempt, work = review.submission, review.submission.attempt, Round(review)
    return Packet(
        seat=seat(review),
        competency=attempt.edition.competency,
        key_method=attempt.edition.key_method,
        handed_in_on=timezone.localdate(submission.submitted_at, attempt.association.zone),
        note=submission.note,
        since=work.since,
        parts=tuple(part_shown(row, work) for row in work.parts),
        comment=review.comment,
        verdict=review.verdict,
        verdict_label=review.get_verdict_display(),
    )


class Round:
    """The rows of one round that a packet is copied from, fetched once; never handed out."""

    def __init__(self, review: Review) -> None:
        self.parts = sheets.parts_of(review.submission)
        self.keys = {row.pk: key for key, row in sheets.asked(self.parts).items()}
        self.scores = sheets.scores_of(review)
        self.exhibits = list(review.exhibits.select_related("evidence"))
        before = previous_round(review.submission)
        self.since = before.round if before else 0
        self.given = given_in(before) if before else {}
        self.old_texts = texts_of(before) if before else {}
        self.old_evidence = dict(before.evidence.values_list("pk", "requirement")) if before else {}


def part_shown(row: SubmittedPart, work: Round) -> PartShown:
    """One scored part: what was handed in beside the rows of its rubric that are to be scored."""
    wanted = [one for one in row.part.requirements.all() if one.option in {"", row.option}]
    return PartShown(
        title=row.part.title,
        passing=row.part.passing,
        option=row.part.options.get(row.option, ""),
        is_carried=row.is_carried,
        texts=tuple(text_shown(row, answer, work) for answer in row.answers),
        requirements=tuple(requirement_shown(requirement, work) for requirement in wanted),
        criteria=tuple(
            criterion_shown(criterion, work)
            for criterion in sheets.criteria_of(row)
            if criterion.pk in work.keys
        ),
    )


def previous_round(submission: Submission) -> Submission | None:
    """The decided round before this one, if there was one."""
    earlier = Submission.objects.filter(attempt=submission.attempt_id, round__lt=submission.round)
    return earlier.filter(status=Submission.Status.DECIDED).order_by("-round").first()


def texts_of(submission: Submission) -> dict[tuple[int, str], str]:
    """The texts of a round, by part and question."""
    return {
        (row.part_id, answer["question"]): answer["answer"]
        for row in submission.parts.all()
        for answer in row.answers
    }


def text_shown(row: SubmittedPart, answer: dict[str, str], work: Round) -> TextShown:
    """One answer as it was written; what changed only where there was a round before."""
    question, text = answer["question"], answer["answer"]
    before = work.old_texts.get((row.part_id, question), "") if work.since else text
    runs = changes(before, text)
    return TextShown(question, text, standing_of(bool(runs), work), runs)


def requirement_shown(requirement: ArtifactRequirement, work: Round) -> RequirementShown:
    """One artifact requirement, what was handed in for it, and how much went since last time."""
    now = {exhibit.evidence_id for exhibit in work.exhibits}
    gone = [pk for pk, of in work.old_evidence.items() if of == requirement.pk and pk not in now]
    items = tuple(
        artifact_shown(exhibit, work)
        for exhibit in work.exhibits
        if exhibit.evidence.requirement_id == requirement.pk
    )
    return RequirementShown(
        label=requirement.label,
        instructions=requirement.instructions,
        items=items,
        taken_out=len(gone),
        standing=standing_of(bool(gone) or any(item.is_new for item in items), work),
    )


def standing_of(has_changed: bool, work: Round) -> str:
    """How a piece of work stands to the round before: "first" where there was none."""
    if not work.since:
        return "first"
    return "changed" if has_changed else "same"


def artifact_shown(exhibit: Exhibit, work: Round) -> ArtifactShown:
    """A file at its random address, or a link as text; nothing of an original file."""
    evidence = exhibit.evidence
    is_link = evidence.kind == Evidence.Kind.LINK
    place = [exhibit.review.public_id, exhibit.token]
    return ArtifactShown(
        name=name_of(exhibit),
        url=outside(evidence.url) if is_link else reverse("review-evidence", args=place),
        view_url="" if is_link else reverse("review-evidence-view", args=place),
        medium="link" if is_link else medium_of(evidence.media_type),
        is_ready=is_link or is_shown(evidence),
        is_new=bool(work.since) and evidence.pk not in work.old_evidence,
        description=evidence.activity_description,
        entered_on=evidence.date_of_entry,
    )


def name_of(exhibit: Exhibit) -> str:
    """What an artifact is called for this reviewer."""
    return neutral_name(exhibit.number, exhibit.evidence.extension)


def is_shown(evidence: Evidence) -> bool:
    """Whether there is a clean copy to serve; without one nothing is served (fail closed)."""
    return evidence.status in SHOWN and bool(evidence.clean_key)


def outside(url: str) -> str:
    """A web address, or nothing where it is of another kind."""
    return url if urlsplit(url).scheme in SAFE_SCHEMES else ""


def criterion_shown(criterion: Criterion, work: Round) -> CriterionShown:
    """A row of the rubric with the reviewer's own draft and the feedback of the round before."""
    levels = list(criterion.levels.all())
    answer = sheets.answered(criterion, work.scores.get(criterion.pk))
    chosen = levels[int(answer.level)] if answer.level else None
    return CriterionShown(
        key=work.keys[criterion.pk],
        title=criterion.title,
        about=criterion.requirement.label if criterion.requirement else "",
        levels=tuple(
            LevelShown(str(place), level.label, level.description, level.meets_bar)
            for place, level in enumerate(levels)
        ),
        level=answer.level,
        level_label=chosen.label if chosen else "",
        meets_bar=chosen is not None and chosen.meets_bar,
        comment=answer.comment,
        given=work.given.get(criterion.pk, ()),
    )
