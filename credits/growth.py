"""Synthetic load: the hours that complete submissions and passes have earned."""

from collections.abc import Iterator
from datetime import datetime

from catalog.models import MicroCertification
from credits.actions.hours import clock
from credits.models import CreditProgram, HoursEntry
from portal.growing import Batch, Chance, insert
from submissions.growth import Story
from submissions.models import Attempt

Accepted = list[tuple[CreditProgram, frozenset[int]]]
Hold = HoursEntry.Hold
HOLDS: dict[str, str] = {Attempt.Status.RETURNED: Hold.RETURNED, Attempt.Status.DENIED: Hold.DENIED}


def grow_hours(batch: Batch) -> int:
    """The lines of the ledger for this batch, as the receivers would have booked them."""
    accepted, chance = batch.once(all_programs), batch.chance(HoursEntry)
    return insert(
        [
            line
            for story in batch.rows["stories"]
            if story.rounds
            for program, micros in accepted
            if story.attempt.micro_certification_id in micros and is_open_to(program, story)
            for line in lines(program, story, chance)
        ]
    )


def all_programs() -> Accepted:
    """Every program with the ids of the micro-certifications that count in it."""
    everything = frozenset(MicroCertification.objects.values_list("pk", flat=True))
    rows = CreditProgram.objects.select_related("association", "collection").order_by("pk")
    return [
        (
            program,
            frozenset(program.collection.members().values_list("pk", flat=True))
            if program.collection
            else everything,
        )
        for program in rows
    ]


def is_open_to(program: CreditProgram, story: Story) -> bool:
    """Whether an attempt counts in a program: ``CreditProgramQuerySet.open_to`` for one row."""
    attempt = story.attempt
    mine = program.association_id == attempt.association_id
    return mine and (attempt.was_member or not program.membership_required)


def lines(program: CreditProgram, story: Story, chance: Chance) -> Iterator[HoursEntry]:
    """The hours of the first complete submission, and the additional ones of a pass."""
    first, last = story.timeline.turns[0], story.timeline.turns[-1]
    if program.hours_on_completion:
        yield line(program, story, HoursEntry.Kind.COMPLETION, first.submitted_at, chance)
    is_passed = story.attempt.status == Attempt.Status.PASSED
    if is_passed and last.ended_at and program.hours_on_attainment:
        yield line(program, story, HoursEntry.Kind.ATTAINMENT, last.ended_at, chance)


def line(
    program: CreditProgram, story: Story, kind: str, when: datetime, chance: Chance
) -> HoursEntry:
    """One line, on hold where the work was returned or denied."""
    attempt, attained = story.attempt, kind == HoursEntry.Kind.ATTAINMENT
    hold = HOLDS.get(attempt.status, "")
    return HoursEntry(
        public_id=chance.public_id(),
        educator=attempt.educator,
        program=program,
        micro_certification=attempt.micro_certification,
        attempt=attempt,
        kind=kind,
        hours=program.hours_on_attainment if attained else program.hours_on_completion,
        hold=hold,
        reason=attempt.reason if hold == Hold.DENIED else "",
        **clock(program, when),
    )
