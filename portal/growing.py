"""Synthetic load: rows by the ten thousand for trials of speed, a batch at a time.

Every app adds a step. All steps of a batch run in one transaction, so that a run may be broken off
at any moment and every rule of the portal still holds.
"""

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any, TypeVar

from django.db import models, transaction
from django.utils import timezone

from portal.duties import registry

BATCH = 1000  # educators or attempts
CHUNK = 2000  # rows of one INSERT, where the database takes that many
DAY = 86400  # seconds
Found = TypeVar("Found")


class Chance(Random):
    """Dice that fall the same way for the same seed: for synthetic load, never for secrets."""

    def public_id(self) -> uuid.UUID:
        """A random id that the same dice throw again."""
        return uuid.UUID(int=self.getrandbits(128), version=4)

    def moment(self, now: datetime, earliest: float, latest: float) -> datetime:
        """A moment between so many days ago and so many days ago, to the second."""
        return now - timedelta(seconds=int(self.uniform(latest, earliest) * DAY))


@dataclass
class Tally:
    """What one step has made so far, and how long it took."""

    name: str
    rows: int = 0
    seconds: float = 0.0

    @property
    def rate(self) -> float:
        """Rows per second."""
        return self.rows / self.seconds if self.seconds else 0.0


@dataclass
class Batch:
    """How much to make now, and what earlier steps have made for later ones.

    ``rows`` belongs to this batch; ``known`` is what was looked up once for the whole run.
    """

    number: int
    educators: int
    attempts: int
    seed: int
    now: datetime
    known: dict[str, Any]
    rows: dict[str, Any] = field(default_factory=dict)

    def chance(self, model: type[models.Model]) -> Chance:
        """The chance of one step: for a seed and a database always the same, never twice.

        It begins where the table of ``model`` ends, so that growing again makes other rows.
        """
        last = model._base_manager.aggregate(last=models.Max("pk"))["last"] or 0
        return Chance(f"{self.seed}/{model._meta.label}/{last}")

    def once(self, look_up: Callable[[], Found]) -> Found:
        """What ``look_up`` finds, looked up by the first batch only."""
        name = f"{look_up.__module__}.{look_up.__qualname__}"
        if name not in self.known:
            self.known[name] = look_up()
        found: Found = self.known[name]
        return found


def insert(*kinds: Sequence[models.Model]) -> int:
    """Store rows, each sequence of one model, in the order given; return how many."""
    for rows in kinds:
        if rows:
            type(rows[0])._base_manager.bulk_create(rows, batch_size=CHUNK)
    return sum(len(rows) for rows in kinds)


def shares(educators: int, attempts: int) -> Iterator[tuple[int, int]]:
    """Both numbers dealt out evenly over as many batches as the larger one needs."""
    count = max(1, -(-max(educators, attempts) // BATCH))
    for number in range(count):
        yield share(educators, number, count), share(attempts, number, count)


def share(total: int, number: int, count: int) -> int:
    """What falls to one of ``count`` batches; together they make the total."""
    return total * (number + 1) // count - total * number // count


def grow(
    educators: int, attempts: int, seed: int, told: Callable[[int, int, int], None]
) -> list[Tally]:
    """Grow; ``told`` hears after each batch its number, of how many, and the rows so far."""
    steps = sorted(registry.growth, key=lambda step: step.order)
    tallies = [Tally(step.name) for step in steps]
    known: dict[str, Any] = {}
    now = timezone.now().replace(microsecond=0)
    parts = list(shares(educators, attempts))
    for number, share in enumerate(parts):
        batch = Batch(number, *share, seed, now, known)
        run(batch, zip(steps, tallies, strict=True))
        told(number + 1, len(parts), sum(tally.rows for tally in tallies))
    return tallies


@transaction.atomic
def run(batch: Batch, steps: Iterable[tuple[Any, Tally]]) -> None:
    """All steps of one batch, or none."""
    for step, tally in steps:
        began = perf_counter()
        tally.rows += step.run(batch)
        tally.seconds += perf_counter() - began
