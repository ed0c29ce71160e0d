"""``manage.py grow``: synthetic load, by the ten thousand rows."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from portal import growing
from portal.refusal import Refused


class Command(BaseCommand):
    """Make educators and attempts that nobody wrote, to see how the portal carries them."""

    help = "Add synthetic educators and attempts at every stage; run again to add more."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--educators", type=int, default=0, help="how many people to add")
        parser.add_argument("--attempts", type=int, default=0, help="how many attempts to add")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, the same rows")
        parser.add_argument("--yes", action="store_true", help="grow even where DEBUG is off")

    def handle(self, *args: Any, **options: Any) -> None:
        """Grow, and say how quickly."""
        if not (settings.DEBUG or options["yes"]):
            raise CommandError(
                "Synthetic people and badges can't be told from real ones. Where DEBUG is off they "
                "are made only with --yes. Nothing was made."
            )
        educators, attempts = options["educators"], options["attempts"]
        if min(educators, attempts) < 0:
            raise CommandError("Numbers of rows to add must not be negative. Nothing was made.")
        try:
            tallies = growing.grow(educators, attempts, options["seed"], self.tell)
        except Refused as refusal:
            raise CommandError(refusal.words) from refusal
        self.sum_up(tallies)

    def tell(self, number: int, count: int, rows: int) -> None:
        """One line for each batch."""
        self.stdout.write(f"batch {number} of {count}: {rows:,} rows so far")

    def sum_up(self, tallies: list[growing.Tally]) -> None:
        """What each step made and how quickly; the database counts anew what it holds."""
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        total = growing.Tally(
            "all", sum(one.rows for one in tallies), sum(one.seconds for one in tallies)
        )
        for one in [*tallies, total]:
            self.stdout.write(
                f"{one.name:12} {one.rows:>11,} rows {one.seconds:>8.1f} s {one.rate:>9,.0f} rows/s"
            )
