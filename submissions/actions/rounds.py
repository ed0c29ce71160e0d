"""A round: handed in, decided, returned, denied."""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import Part
from portal import journal, mail
from portal.accounts.models import User
from portal.refusal import Refused
from submissions import signals
from submissions.actions.identity import what_stops
from submissions.completeness import missing_in_depth
from submissions.deadlines import RESULT_DAYS, after_not_yet
from submissions.models import Attempt, Progress, Submission, SubmittedPart
from submissions.revising import content_of, latest_decided, nothing_new
from submissions.screening import screen


@transaction.atomic
def submit(attempt: Attempt, note: str = "", *, looked_at: bool = False) -> Submission:
    """Hand the completed parts to the reviewers as the next round; freeze what they will see.

    A second click finds the round already open. The time of receipt decides at the deadline.
    Refuses with the missing parts named (FACTS A12), where nothing was done about a not yet, and
    while anything tells who the author is; ``looked_at`` says that places in doubt were looked
    at. Nothing is lost by a refusal.
    """
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if attempt.status == Attempt.Status.IN_REVIEW:
        return attempt.submissions.undecided().get()
    if not attempt.is_editable:
        raise Refused(
            _(
                "The time for this attempt is over, so it can’t be submitted. Everything you saved "
                "is still here to read and to take home. Start again whenever you are ready."
            )
        )
    if lacking := missing_in_depth(attempt) or nothing_new(attempt):
        raise Refused(_("Not submitted yet. Your work is saved. ") + " ".join(lacking))
    if stops := what_stops(screen(attempt, note), looked_at=looked_at):
        raise Refused(stops)
    submission = freeze(attempt, note)
    Attempt.lifecycle.move(attempt, Attempt.Status.IN_REVIEW)
    mark_final(attempt, done=True)
    journal.record("submitted", of=submission, by=attempt.educator, round=submission.round)
    signals.submitted.send(Submission, submission=submission)
    mail.post("round_submitted", to=attempt.educator.email, attempt=attempt, submission=submission)
    return submission


def freeze(attempt: Attempt, note: str) -> Submission:
    """Copy the texts and point at the evidence of this round."""
    rounds = attempt.submissions.order_by("-round")
    latest, decided = rounds.first(), latest_decided(attempt)
    submission = Submission.objects.create(
        attempt=attempt,
        round=latest.round + 1 if latest else 1,
        note=note.strip(),
        result_due_on=attempt.today + timedelta(days=RESULT_DAYS),
    )
    for progress in attempt.progress.select_related("part"):
        if progress.part.is_scored:
            freeze_part(submission, progress, decided)
    return submission


def freeze_part(submission: Submission, progress: Progress, decided: Submission | None) -> None:
    """Copy one part; it is carried when the same content passed in the last decided round."""
    content = content_of(submission.attempt, progress)
    submission.evidence.add(*content.files)
    passed_before = (
        decided is not None
        and decided.parts.filter(part=progress.part, digest=content.digest, passed=True).exists()
    )
    SubmittedPart.objects.create(
        submission=submission,
        part=progress.part,
        answers=content.answers,
        option=progress.option,
        digest=content.digest,
        is_carried=passed_before,
    )


def mark_final(attempt: Attempt, *, done: bool) -> None:
    """Count Final Submission as the fifth requirement while a round is out (FACTS A13)."""
    status = Progress.Status.COMPLETED if done else Progress.Status.NOT_STARTED
    attempt.progress.filter(part__kind=Part.Kind.FINAL).update(
        status=status, completed_at=timezone.now() if done else None
    )


@transaction.atomic
def decide(submission: Submission, outcome: str, passed_parts: Collection[int]) -> None:
    """Close a round with its decision; ``passed_parts`` are the ids of the parts that passed.

    A pass ends the attempt. A not yet opens it again, with 30 days at least (FACTS A2).
    The caller holds the lock on the submission.
    """
    now = timezone.now()
    attempt = Attempt.objects.select_for_update().get(pk=submission.attempt_id)
    passed = outcome == Submission.Outcome.PASS
    Submission.lifecycle.move(
        submission, Submission.Status.DECIDED, outcome=outcome, decided_at=now
    )
    submission.parts.update(passed=False)
    submission.parts.filter(part__in=passed_parts).update(passed=True)
    if passed:
        Attempt.lifecycle.move(attempt, Attempt.Status.PASSED, closed_at=now)
    else:
        reopen(attempt, Attempt.Status.NOT_YET)
    submission.attempt = attempt
    journal.record("decided", of=submission, outcome=outcome)
    mail.post("decision", to=attempt.educator.email, attempt=attempt, submission=submission)
    signals.decided.send(Submission, submission=submission, passed=passed)


def reopen(attempt: Attempt, status: str, reason: str = "") -> None:
    """Give an attempt back to its educator with time to work on it."""
    if attempt.due_on is None:
        raise ValueError(attempt.status)
    due = after_not_yet(attempt.due_on, timezone.now(), attempt.association)
    Attempt.lifecycle.move(attempt, status, reason=reason, **due)
    mark_final(attempt, done=False)


@transaction.atomic
def return_incomplete(submission: Submission, reason: str, by: User) -> None:
    """Give a round back unscored because something can't be opened or is missing."""
    if not reason.strip():
        raise Refused(_("Please say what is missing. Nothing was returned."))
    submission = Submission.objects.select_for_update().get(pk=submission.pk)
    Submission.lifecycle.move(submission, Submission.Status.RETURNED)
    reopen(submission.attempt, Attempt.Status.RETURNED, reason.strip())
    journal.record("returned as incomplete", of=submission, by=by)
    signals.returned.send(Submission, submission=submission)
    mail.post("round_returned", to=submission.attempt.educator.email, attempt=submission.attempt)


@transaction.atomic
def deny(attempt: Attempt, reason: str, by: User) -> None:
    """Close an attempt for misconduct; an earned badge is revoked by whoever issued it.

    Locks the open round before the attempt, in the order of scoring, so that the two never wait
    for each other.
    """
    if not reason.strip():
        raise Refused(_("Please give the reason. Nothing was changed."))
    list(attempt.submissions.undecided().select_for_update())
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    Attempt.lifecycle.move(
        attempt, Attempt.Status.DENIED, closed_at=timezone.now(), reason=reason.strip()
    )
    for submission in attempt.submissions.undecided():
        Submission.lifecycle.move(submission, Submission.Status.RETURNED)
        signals.returned.send(Submission, submission=submission)
    journal.record("denied", of=attempt, by=by)
    signals.denied.send(Attempt, attempt=attempt, by=by)
    mail.post("attempt_denied", to=attempt.educator.email, attempt=attempt)
