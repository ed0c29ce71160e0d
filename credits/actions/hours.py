"""Booking: what a complete submission and a pass earn, once (DESIGN 8.5, FACTS 2.6)."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from credits.models import CreditProgram, HoursEntry
from portal import journal
from portal.accounts.models import User
from submissions.models import Attempt, Submission


@transaction.atomic
def book_completion(submission: Submission) -> list[HoursEntry]:
    """Book the hours of the first complete submission in every program it counts in.

    Later rounds and later attempts book nothing again. A line that waited because an earlier
    round was returned as incomplete goes on, with a new date of confirmation (FACTS 4.139).
    """
    attempt = submission.attempt
    entries = [
        book(program, attempt, HoursEntry.Kind.COMPLETION, submission.submitted_at)
        for program in programs_for(attempt)
        if program.hours_on_completion
    ]
    for entry in entries:
        if entry.hold == HoursEntry.Hold.RETURNED:
            confirm_again(entry, attempt, submission.submitted_at)
    return entries


@transaction.atomic
def book_attainment(submission: Submission) -> list[HoursEntry]:
    """Book the additional hours of a pass (FACTS 4.136, A22).

    Only beside the hours of the complete submission: where staff have voided those, nothing is
    added, so that a sum is never anything but 0, 15 or 20.
    """
    attempt = submission.attempt
    User.objects.select_for_update().get(pk=attempt.educator_id)
    when = submission.decided_at or timezone.now()
    return [
        book(program, attempt, HoursEntry.Kind.ATTAINMENT, when)
        for program in programs_for(attempt)
        if program.hours_on_attainment and earned(program, attempt) == program.hours_on_completion
    ]


def programs_for(attempt: Attempt) -> list[CreditProgram]:
    """The programs an attempt counts in: of its association, by the membership at its Start."""
    programs = CreditProgram.objects.accepting(attempt.micro_certification)
    mine = programs.open_to(attempt.association, is_member=attempt.was_member)
    return list(mine.select_related("association"))


def earned(program: CreditProgram, attempt: Attempt) -> Decimal:
    """What this micro-certification has earned its educator in a program so far, without a pass."""
    lines = HoursEntry.objects.filter(
        educator=attempt.educator_id,
        program=program,
        micro_certification=attempt.micro_certification_id,
    )
    return lines.exclude(kind=HoursEntry.Kind.ATTAINMENT).total()


def book(program: CreditProgram, attempt: Attempt, kind: str, when: datetime) -> HoursEntry:
    """Write the line, or find the one that stands already."""
    attained = kind == HoursEntry.Kind.ATTAINMENT
    entry, is_new = HoursEntry.objects.get_or_create(
        educator=attempt.educator,
        program=program,
        micro_certification=attempt.micro_certification,
        kind=kind,
        defaults={
            "attempt": attempt,
            "hours": program.hours_on_attainment if attained else program.hours_on_completion,
            **clock(program, when),
        },
    )
    if is_new:
        journal.record("hours booked", of=entry, program=program.code, hours=str(entry.hours))
    return entry


def clock(program: CreditProgram, when: datetime) -> dict[str, Any]:
    """The dates of a new line: a due date where staff release it, else it counts at once."""
    day = timezone.localdate(when, program.association.zone)
    if program.issue_within_days is None:
        return {"confirmed_on": day, "issued_on": day, "status": HoursEntry.Status.ISSUED}
    return {"confirmed_on": day, "due_on": day + timedelta(days=program.issue_within_days)}


def confirm_again(entry: HoursEntry, attempt: Attempt, when: datetime) -> None:
    """Let a line go on that waited for a complete submission: its 30 days begin now."""
    HoursEntry.objects.pending().filter(pk=entry.pk, hold=HoursEntry.Hold.RETURNED).update(
        hold="", reason="", attempt=attempt, **clock(entry.program, when)
    )
    entry.refresh_from_db()
    journal.record("hours confirmed again", of=entry, by=attempt.educator)


@transaction.atomic
def hold_returned(submission: Submission) -> int:
    """Hold the hours of a round that was not complete after all, until the next one (A21)."""
    User.objects.select_for_update().get(pk=submission.attempt.educator_id)
    mine = HoursEntry.objects.pending().filter(
        educator=submission.attempt.educator_id,
        micro_certification=submission.attempt.micro_certification_id,
        hold="",
    )
    return hold_all(mine, HoursEntry.Hold.RETURNED, "")


@transaction.atomic
def hold_denied(attempt: Attempt) -> int:
    """Hold every line of an attempt denied for misconduct; staff void or correct it."""
    User.objects.select_for_update().get(pk=attempt.educator_id)
    lines = HoursEntry.objects.counting().filter(attempt=attempt)
    return hold_all(lines, HoursEntry.Hold.DENIED, attempt.reason)


def hold_all(entries: models.QuerySet[HoursEntry], hold: str, reason: str) -> int:
    """Put lines on hold and write each down; the caller holds the educator's ledger."""
    lines = list(entries.select_for_update())
    HoursEntry.objects.filter(pk__in=[line.pk for line in lines]).update(hold=hold, reason=reason)
    for line in lines:
        journal.record("hours on hold", of=line, hold=hold)
    return len(lines)
