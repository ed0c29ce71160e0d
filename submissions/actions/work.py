"""Writing: accept the agreement, save answers, choose an option, complete a part."""

from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Part, Question
from portal import journal
from portal.refusal import Refused
from submissions.agreement import VERSION
from submissions.completeness import missing_from
from submissions.drafts import worth_keeping
from submissions.entries import Entry
from submissions.models import Attempt, Consent, Progress, Response, Revision


def locked(progress: Progress) -> Progress:
    """The part's attempt under a row lock, or a refusal when its work can't be changed now."""
    attempt = Attempt.objects.select_for_update().get(pk=progress.attempt_id)
    if not attempt.is_editable:
        raise Refused(
            _("This work can’t be changed now. What you saved before is kept and stays readable.")
        )
    fresh = Progress.objects.select_related("part").get(pk=progress.pk)
    fresh.attempt = attempt
    return fresh


def touch(progress: Progress, **changes: Any) -> None:
    """Store a change to a part: count it, note the time, open the part again if completed."""
    Progress.objects.filter(pk=progress.pk).update(
        status=Progress.Status.IN_PROGRESS,
        completed_at=None,
        saves=models.F("saves") + 1,
        saved_at=timezone.now(),
        **changes,
    )
    progress.refresh_from_db()


@transaction.atomic
def accept_agreement(progress: Progress) -> None:
    """Accept the agreement in its present version; that completes the part."""
    progress = locked(progress)
    Consent.objects.get_or_create(attempt=progress.attempt, version=VERSION)
    journal.record("agreement accepted", of=progress.attempt, by=progress.attempt.educator)
    close(progress)


@transaction.atomic
def save_answers(
    progress: Progress,
    answers: Mapping[int, str],
    *,
    seen: int | None = None,
    entry: Entry | None = None,
) -> Progress:
    """Store drafts of any length: ``answers`` by question id.

    ``seen`` is the count of saves the writer's page knew of; when another tab has saved since,
    nothing is overwritten and the save is refused.
    """
    progress = locked(progress)
    if seen is not None and seen != progress.saves:
        raise Refused(
            _(
                "This part was saved in another window since you opened this one, so nothing was "
                "overwritten. Copy what you wrote here, reload the page, and paste it in."
            )
        )
    for question in progress.part.questions.all():
        if question.pk in answers:
            write(progress, question, answers[question.pk])
    touch(progress, **noted(entry))
    return progress


def write(progress: Progress, question: Question, text: str) -> None:
    """Put a text in the place of the one before, which is kept where it is worth it."""
    response, _is_new = Response.objects.get_or_create(progress=progress, question=question)
    if response.text == text:
        return
    latest = response.revisions.first()
    if worth_keeping(response.text, text, latest.saved_at if latest else None, timezone.now()):
        Revision.objects.create(response=response, text=response.text)
    Response.objects.filter(pk=response.pk).update(text=text)


def noted(entry: Entry | None) -> dict[str, Any]:
    """The fields of a part that an entry sets."""
    if entry is None:
        return {}
    return {
        "date_of_entry": entry.date_of_entry,
        "activity_description": entry.activity_description,
    }


@transaction.atomic
def bring_back_draft(progress: Progress, revision: Revision) -> Progress:
    """Put an earlier draft in the place of today's text, which becomes an earlier draft itself."""
    progress = locked(progress)
    response = revision.response
    if response.text.strip():
        Revision.objects.create(response=response, text=response.text)
    Response.objects.filter(pk=response.pk).update(text=revision.text)
    touch(progress)
    return progress


@transaction.atomic
def choose_option(progress: Progress, option: str) -> None:
    """Choose which of Part 2's named options to hand in (FACTS 4.38)."""
    progress = locked(progress)
    if option not in progress.part.options:
        raise Refused(_("That option does not exist here. Nothing was changed."))
    touch(progress, option=option)


@transaction.atomic
def complete(progress: Progress) -> Progress:
    """Mark a part as completed, or refuse with what it still lacks; the draft stays saved."""
    progress = locked(progress)
    if progress.part.kind in {Part.Kind.AGREEMENT, Part.Kind.FINAL}:
        raise Refused(_("This part is completed by its own button."))
    if lacking := missing_from(progress):
        raise Refused(_("Your draft is saved. Still to do: ") + " ".join(lacking))
    close(progress)
    return progress


def close(progress: Progress) -> None:
    """Set a part to Completed."""
    Progress.objects.filter(pk=progress.pk).update(
        status=Progress.Status.COMPLETED,
        completed_at=timezone.now(),
        date_of_entry=progress.date_of_entry or progress.attempt.today,
    )
    progress.refresh_from_db()
