"""Letters that affirm hours: the one for 15 hours is replaced by the one for 20."""

from django.db import models

from credits.models import CreditProgram, HoursEntry, Letter
from portal import journal


def renew_letter(entry: HoursEntry) -> Letter:
    """Write the letter for all hours released so far; the one before ends (FACTS 2.6).

    The caller holds the educator's ledger. The program's row is locked while it counts.
    """
    program = CreditProgram.objects.select_for_update().get(pk=entry.program_id)
    end_letters(entry)
    highest = program.letters.aggregate(number=models.Max("number"))["number"] or 0
    letter = Letter.objects.create(
        program=program,
        educator_id=entry.educator_id,
        micro_certification_id=entry.micro_certification_id,
        attempt_id=entry.attempt_id,
        number=highest + 1,
        hours=HoursEntry.objects.for_same_work(entry).released().total(),
        issued_on=entry.program.association.today(),
    )
    journal.record("letter written", of=letter, hours=str(letter.hours))
    return letter


def end_letters(entry: HoursEntry) -> None:
    """End the letter for this work, if there is one."""
    Letter.objects.valid().filter(
        program=entry.program_id,
        educator=entry.educator_id,
        micro_certification=entry.micro_certification_id,
    ).update(ended_on=entry.program.association.today())
