"""``manage.py load_library``: everything the apps keep in files, brought up to date."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.duties import registry
from portal.refusal import Refused


class Command(BaseCommand):
    """Runs every registered step in order, all of them or none; may be run again at any time."""

    help = "Loads associations, stacks, programs and whatever else the apps keep in files."

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print a sentence for each step."""
        try:
            lines = self.load()
        except Refused as refusal:
            raise CommandError(
                f"Nothing was loaded. Please mend this first:\n{refusal.words}"
            ) from refusal
        for line in lines:
            self.stdout.write(line)

    @transaction.atomic
    def load(self) -> list[str]:
        """Run the steps, lower order first; return what each says."""
        steps = sorted(registry.library, key=lambda step: step.order)
        return [f"{step.name}: {step.run()}" for step in steps]
