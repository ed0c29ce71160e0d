"""``manage.py reconcile``: rows without files, files without rows (SAFETY I12)."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from portal.duties import registry

YOUNG = timedelta(hours=1)  # a file of an upload still under way has no row yet


def walk(folder: str) -> Iterator[str]:
    """Every key below a folder of the store, which may not be there yet."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in files)
    for name in folders:
        yield from walk(f"{folder}/{name}")


def orphans(room: str, known: set[str]) -> list[str]:
    """Files in a room of the store that no row names and that are not just arriving."""
    limit = timezone.now() - YOUNG
    return sorted(
        key
        for key in walk(room)
        if key not in known and default_storage.get_modified_time(key) < limit
    )


class Command(BaseCommand):
    """Compare the store with the database."""

    help = "List rows without files and files without rows; --delete removes the latter."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--delete", action="store_true", help="delete files without rows")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compare every registered room."""
        report: dict[str, list[str]] = {"rows_without_files": [], "files_without_rows": []}
        for room, keys in registry.rooms.items():
            known = set(keys())
            report["rows_without_files"] += sorted(
                key for key in known if not default_storage.exists(key)
            )
            report["files_without_rows"] += orphans(room, known)
        self.stdout.write(json.dumps(report, indent=2))
        if options["delete"]:
            for key in report["files_without_rows"]:
                default_storage.delete(key)
