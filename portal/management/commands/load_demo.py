"""``manage.py load_demo``: people of every role and attempts at every stage."""

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal import demo
from portal.celery import app


class Command(BaseCommand):
    """Make the demo, or find it, and print how to sign in."""

    help = "Load the demo; --json prints accounts, passwords and one address of each kind."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="print JSON only")
        parser.add_argument("--yes", action="store_true", help="load even where DEBUG is off")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load and print."""
        if not (settings.DEBUG or options["yes"]):
            raise CommandError(
                "The demo makes accounts with a known password. Where DEBUG is off it loads only "
                "with --yes. Nothing was made."
            )
        app.conf.task_always_eager = True
        made = demo.load()
        if options["json"]:
            self.stdout.write(json.dumps(made.as_json(), indent=2))
            return
        self.stdout.write(f"\nSign in at {settings.PUBLIC_BASE_URL}/accounts/login/ as\n")
        for account in made.accounts:
            self.stdout.write(f"  {account.role:24} {account.email:34} {account.password}")
        self.stdout.write("")
