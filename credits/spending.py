"""Sums of hours and units, pure: whole units only, remainders stay (FACTS 4.116-4.118, A27)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple


class Lot(NamedTuple):
    """Hours of one ledger entry that may still be spent."""

    entry_id: int
    hours: Decimal


def units_in(hours: Decimal, hours_per_unit: Decimal) -> int:
    """How many whole units these hours are worth: 29 hours are 1 unit of 15."""
    return max(0, int(hours // hours_per_unit))


def allot(lots: Iterable[Lot], hours: Decimal) -> list[Lot]:
    """Take exactly ``hours`` from the lots, the first ones first; the last one only as needed.

    Raises ``ValueError`` where the lots don't hold that much.
    """
    taken: list[Lot] = []
    wanted = hours
    for lot in lots:
        if wanted <= 0:
            break
        share = min(lot.hours, wanted)
        taken.append(Lot(lot.entry_id, share))
        wanted -= share
    if wanted > 0:
        raise ValueError(wanted)
    return taken
