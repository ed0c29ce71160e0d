"""``manage.py invariants``: every rule of SAFETY section 3 as JSON, exit 1 when one is broken."""

import json
from itertools import islice
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.duties import registry

SHOWN = 20  # breaches of one rule


class Command(BaseCommand):
    """Check that everything that must always be true is true."""

    help = "Print every rule with the rows that break it; exit 1 when one is broken."

    def handle(self, *args: Any, **options: Any) -> None:
        """Check every rule."""
        found = {rule: list(islice(rule.breaches(), SHOWN)) for rule in registry.invariants}
        report = {
            rule.name: {"rule": rule.rule, "holds": not breaches, "breaches": breaches}
            for rule, breaches in found.items()
        }
        self.stdout.write(json.dumps(report, indent=2))
        if broken := [rule.name for rule, breaches in found.items() if breaches]:
            raise CommandError("Broken: " + ", ".join(broken), returncode=1)
