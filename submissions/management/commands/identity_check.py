"""Check one text for what tells of its author, and print the findings as JSON."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from submissions.identity import Finding, Profile, check, profile_from, sentence_at

MOST_BYTES = 10_000_000


class Command(BaseCommand):
    """``manage.py identity_check --profile profile.json --text FILE``."""

    help = "Find in a text what may tell reviewers who wrote it; print the findings as JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who the author is, and the text."""
        parser.add_argument(
            "--profile",
            type=Path,
            required=True,
            help="JSON with name, nicknames, email(s), phone, school, district, local, "
            "member_number(s), handle; what is missing is not looked for",
        )
        parser.add_argument("--text", type=Path, required=True, help="a text file in UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read both files, check, print a list."""
        profile, text = read_profile(options["profile"]), read(options["text"])
        rows = [row_of(finding, text) for finding in check(profile, text)]
        self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))


def read(path: Path) -> str:
    """A file as text, every sign at the place where it stands."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise CommandError(f"{path} is larger than 10 MB; cut it into parts.", returncode=1)
        return path.read_bytes().decode("utf-8-sig")
    except OSError as trouble:
        words = f"{path} can’t be read: {trouble.strerror}."
        raise CommandError(words, returncode=1) from trouble
    except UnicodeDecodeError as trouble:
        raise CommandError(f"{path} is no text in UTF-8.", returncode=1) from trouble


def read_profile(path: Path) -> Profile:
    """The profile in a JSON file."""
    try:
        values = json.loads(read(path))
    except (json.JSONDecodeError, RecursionError) as trouble:
        raise CommandError(f"{path} is no JSON.", returncode=1) from trouble
    if not isinstance(values, dict):
        raise CommandError(f"{path} must hold one JSON object with a profile.", returncode=1)
    return profile_from(values)


def row_of(finding: Finding, text: str) -> dict[str, Any]:
    """One finding for the printout; ``line`` counts from 1, ``start`` and ``end`` are signs."""
    return {
        "rule": finding.rule,
        "certainty": finding.certainty,
        "phrase": finding.phrase,
        "start": finding.start,
        "end": finding.end,
        "line": text.count("\n", 0, finding.start) + 1,
        "suggestion": finding.suggestion,
        "sentence": sentence_at(text, finding.start, finding.end),
    }
