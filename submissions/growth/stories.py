"""One synthetic attempt: its row, its fee, and its due date as the clocks would have set it."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from portal.accounts.models import User
from portal.growing import Chance
from portal.payments.models import Charge
from submissions.deadlines import REMINDER_DAYS, after_not_yet, clock_from
from submissions.growth.layouts import Layout
from submissions.growth.stages import FEE_DUE, NOT_YET, RETURNED, Stage, Status, Timeline, Turn
from submissions.models import Attempt, Evidence, Submission, SubmittedPart

REASON = "Grown as an example."
PAYMENT = timedelta(hours=20)  # from the click on Start to the money
NIGHT = timedelta(minutes=1)  # from the deadline to the clock that notices


@dataclass
class Round:
    """A round of a story; ``short`` are the ids of the parts that were not at the bar."""

    turn: Turn
    submission: Submission
    parts: list[SubmittedPart]
    evidence: list[Evidence]
    short: frozenset[int] = frozenset()


@dataclass
class Story:
    """An attempt under way to being stored, for the steps that come after."""

    attempt: Attempt
    layout: Layout
    timeline: Timeline
    rounds: list[Round] = field(default_factory=list)

    @property
    def is_started(self) -> bool:
        """Whether its clock ever ran."""
        return self.attempt.started_at is not None


def tell(educator: User, layout: Layout, stage: Stage, timeline: Timeline, chance: Chance) -> Story:
    """The row of an attempt that went this way; ``owe`` and ``close`` add the rest."""
    attempt = Attempt(
        public_id=chance.public_id(),
        educator=educator,
        micro_certification=layout.edition.micro_certification,
        edition=layout.edition,
        association=educator.association,
        status=stage.status,
        was_member=True,
        opened_at=timeline.began_at,
        closed_at=timeline.closed_at,
        reason=REASON if stage.status in {Status.RETURNED, Status.DENIED} else "",
    )
    if stage is not FEE_DUE:
        wind(attempt, timeline)
    return Story(attempt, layout, timeline)


def wind(attempt: Attempt, timeline: Timeline) -> None:
    """Set the due date: six months, and later after each round that came back."""
    clock = clock_from(timeline.began_at, attempt.association)
    attempt.started_at = clock["started_at"]
    attempt.due_on, attempt.due_at = clock["due_on"], clock["due_at"]
    if attempt.status == Status.DENIED:
        return
    for turn in timeline.turns:
        if turn.ended_at and turn.outcome in {NOT_YET, RETURNED}:
            due = after_not_yet(attempt.due_on, turn.ended_at, attempt.association)
            attempt.due_on, attempt.due_at = due["due_on"], due["due_at"]
    if attempt.status == Status.RESET:
        attempt.closed_at = attempt.due_at + NIGHT


def remind(attempt: Attempt, now: datetime) -> None:
    """Note the reminders that the clock has sent by now."""
    if attempt.status in Attempt.EDITABLE and attempt.due_at is not None:
        left = attempt.due_at - now
        sent = [days for days in REMINDER_DAYS if left < timedelta(days=days)]
        attempt.reminded = min(sent, default=None)


def owe(story: Story, chance: Chance) -> Charge:
    """The application fee of a non-member: due, or settled before the clock started."""
    attempt = story.attempt
    attempt.was_member = False
    attempt.charge = fee = Charge(
        public_id=chance.public_id(),
        payer=attempt.educator,
        association=attempt.association,
        purpose=Charge.Purpose.APPLICATION,
        description=attempt.micro_certification.title,
        amount_cents=attempt.association.application_fee_cents,
    )
    if attempt.started_at is not None:
        attempt.opened_at = attempt.started_at - PAYMENT
        fee.settled_at = attempt.started_at
        fee.status = chance.choices([Charge.Status.PAID, Charge.Status.WAIVED], [9, 1])[0]
        fee.reference = f"Check {chance.randrange(1000, 10000)}"
    return fee
