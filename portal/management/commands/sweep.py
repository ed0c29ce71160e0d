"""``manage.py sweep``: everything the clocks would do, now."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.celery import app
from portal.clock import run_sweeps


class Command(BaseCommand):
    """Do everything that is due, in this process."""

    help = "Do everything the clocks would do, now."

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every sweep and say how much each did."""
        app.conf.task_always_eager = True
        for name, count in run_sweeps().items():
            self.stdout.write(f"{name}: {count}")
