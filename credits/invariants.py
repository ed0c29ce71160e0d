"""Rules about hours, units and fees that are always true (SAFETY I7)."""

from collections.abc import Iterator

from django.db.models import Count, F, Q, Sum

from credits.models import CreditProgram, HoursEntry, Letter, UnitApplication, UnitItem


def hours_sums() -> Iterator[str]:
    """I7: each sum is one the program awards: 0, 15 or 20 for Act 48 and micro-certification."""
    for program in CreditProgram.objects.all():
        lines = HoursEntry.objects.counting().filter(program=program)
        sums = lines.values("educator__public_id", "micro_certification__slug")
        totals = program.totals()
        for row in sums.annotate(total=Sum("hours")).order_by():
            if row["total"] not in totals:
                who, what = row["educator__public_id"], row["micro_certification__slug"]
                yield f"{program.code}: {who} has {row['total']} hours for {what}."


def overspent_hours() -> Iterator[str]:
    """I7: no line of the ledger is spent beyond its hours, or while it is pending or void."""
    early = HoursEntry.objects.with_something_spent().exclude(status__in=HoursEntry.RELEASED)
    for entry in [*early, *HoursEntry.objects.overspent()]:
        yield f"Line {entry.public_id} of {entry.hours} hours is {entry.status} and overspent."


def doubly_held_hours() -> Iterator[str]:
    """I7: each line of the ledger is in one live application at most."""
    held = UnitItem.objects.filter(state=UnitItem.State.HELD).values("entry__public_id")
    for row in held.annotate(count=Count("pk")).filter(count__gt=1).order_by():
        yield f"Line {row['entry__public_id']} is held {row['count']} times."


def unit_hours() -> Iterator[str]:
    """I7: an application's units are worth exactly the hours it holds or has spent."""
    taken = Q(items__state__in=[UnitItem.State.HELD, UnitItem.State.SPENT])
    sums = UnitApplication.objects.annotate(hours=Sum("items__hours", filter=taken))
    due = F("units") * F("term__program__hours_per_unit")
    for application in sums.spending().filter(Q(hours=None) | ~Q(hours=due)):
        yield f"Application {application.public_id} has not the hours of its units."


def freed_hours() -> Iterator[str]:
    """Hours of an application that was rejected or withdrawn are free again."""
    ended = [UnitApplication.Status.REJECTED, UnitApplication.Status.WITHDRAWN]
    stuck = UnitApplication.objects.filter(status__in=ended, items__state__in=["held", "spent"])
    for application in stuck.distinct():
        yield f"Application {application.public_id} ended and keeps hours."


def unit_fees() -> Iterator[str]:
    """I7: a charge for units is units times the fee that was copied when they were applied for."""
    due = F("units") * F("fee_per_unit_cents")
    charged = UnitApplication.objects.exclude(charge=None)
    for application in charged.filter(~Q(charge__amount_cents=due)):
        yield f"Application {application.public_id} was charged another amount."


def unpaid_batches() -> Iterator[str]:
    """What went to the university was paid or waived, and is in a batch."""
    later = [
        UnitApplication.Status.PAID,
        UnitApplication.Status.BATCHED,
        UnitApplication.Status.ENROLLED,
        UnitApplication.Status.GRADED,
    ]
    for application in UnitApplication.objects.filter(status__in=later, charge__status="due"):
        yield f"Application {application.public_id} is {application.status} and unpaid."


def wrong_letters() -> Iterator[str]:
    """A valid letter affirms exactly the hours that were released."""
    for letter in Letter.objects.valid():
        lines = HoursEntry.objects.released().filter(
            program=letter.program_id,
            educator=letter.educator_id,
            micro_certification=letter.micro_certification_id,
        )
        if lines.total() != letter.hours:
            yield f"Letter {letter.public_id} affirms other hours than the ledger."
