"""``manage.py diagrams``: draw every lifecycle from its table into ``docs/lifecycles.md``."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from portal.duties import registry

HEAD = "# Lifecycles\n\nDrawn by `manage.py diagrams` from the tables on the models; do not edit.\n"


def diagram(model: Any) -> Iterator[str]:
    """The Mermaid lines of one model's lifecycle."""
    labels = dict(model.Status.choices)
    yield f"\n## {model.__name__}\n\n{(model.__doc__ or '').splitlines()[0]}\n"
    yield "```mermaid\nstateDiagram-v2"
    for status, label in labels.items():
        yield f"    {status}: {label}"
    yield f"    [*] --> {next(iter(labels))}"
    for origin in labels:
        goals = model.lifecycle.moves.get(origin, ())
        yield from (f"    {origin} --> {goal}" for goal in goals)
        if not goals:
            yield f"    {origin} --> [*]"
    yield "```"


def document() -> str:
    """The whole page, models in alphabetical order."""
    models = sorted(registry.lifecycles, key=lambda model: model.__name__)
    lines = [line for model in models for line in diagram(model)]
    return HEAD + "\n".join(lines) + "\n"


class Command(BaseCommand):
    """Draw the lifecycles."""

    help = "Write docs/lifecycles.md from the tables of moves; --check only compares."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the page, or compare it with the tables."""
        page = settings.BASE_DIR / "docs" / "lifecycles.md"
        if options["check"]:
            is_fresh = page.exists() and page.read_text() == document()
            self.stdout.write("fresh" if is_fresh else "stale: run manage.py diagrams")
            raise SystemExit(not is_fresh)
        page.write_text(document())
        self.stdout.write(f"{page.name}: {len(registry.lifecycles)} lifecycles")
