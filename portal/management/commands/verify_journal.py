"""``manage.py verify_journal``: walk the journal's chain of hashes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal import journal
from portal.models import Entry


class Command(BaseCommand):
    """Check that no journal entry was changed after it was sealed."""

    help = "Walk the journal's chain of hashes; exit 1 at the first entry that does not fit."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal what waits, then walk the chain."""
        journal.seal()
        for breach in journal.breaches():
            raise CommandError(breach, returncode=1)
        self.stdout.write(f"{Entry.objects.count()} entries, the chain is whole.")
