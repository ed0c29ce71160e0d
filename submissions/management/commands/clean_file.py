"""Run exactly the path of an upload on one file and print what became of it as JSON."""

import dataclasses
import json
import shutil
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from catalog.models import ArtifactRequirement
from portal.refusal import Refused
from submissions.cleaning.process import CleanerDied
from submissions.cleaning.report import CLEAN, HELD, REFUSED, Report
from submissions.filenames import as_sent
from submissions.scanning import ScannerDown
from submissions.tasks import GAVE_UP, UNSCANNED, cleaned
from submissions.uploads import check_file

TAKE_A_WORD = ("--name", "--type")
SHOWN = ("outcome", "reason", "removed", "warnings", "seconds", "peak_mb")


class Command(BaseCommand):
    """``manage.py clean_file IN OUT --name UPLOAD_NAME --type CONTENT_TYPE``."""

    help = "Clean one file as if it had been uploaded; OUT is written only when it comes out clean."

    def run_from_argv(self, argv: list[str]) -> None:
        """Take a name or type that begins with a dash for what it is, not for an option."""
        super().run_from_argv(joined(argv))

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, where the clean copy goes, and what a browser would have said of it."""
        parser.add_argument("source", type=Path, metavar="IN")
        parser.add_argument("target", type=Path, metavar="OUT")
        parser.add_argument("--name", help="the name it is uploaded under (default: that of IN)")
        parser.add_argument("--type", default="", dest="content_type", help="the declared type")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check, clean, print; the exit code is 0 whatever the outcome."""
        name = options["name"] or options["source"].name
        report = taken_in(options["source"], name, options["content_type"])
        if report.outcome == CLEAN:
            report = prepared(options["source"], options["target"])
        report.reason = _(report.reason) if report.reason else ""
        shown = {key: value for key, value in dataclasses.asdict(report).items() if key in SHOWN}
        self.stdout.write(json.dumps(shown))


def joined(argv: list[str]) -> list[str]:
    """``--name X`` as ``--name=X``, whatever X begins with."""
    given: list[str] = []
    for word in argv:
        if given and given[-1] in TAKE_A_WORD:
            given[-1] += f"={word}"
        else:
            given.append(word)
    return given


def taken_in(source: Path, name: str, content_type: str) -> Report:
    """The first gate, for an artifact that takes every kind."""
    requirement = ArtifactRequirement(kinds=ArtifactRequirement.Medium.values)
    with source.open("rb") as file:
        upload = UploadedFile(file, as_sent(name), content_type, source.stat().st_size)
        try:
            check_file(upload, requirement)
        except Refused as refusal:
            return Report(outcome=REFUSED, reason=refusal.words)
    return Report()


def prepared(source: Path, target: Path) -> Report:
    """The worker's part: clean in a process of its own and hand over the copy."""
    with tempfile.TemporaryDirectory(prefix="cleaning-") as folder:
        copy = Path(folder) / "clean"
        try:
            report = cleaned(source, copy)
        except CleanerDied:
            return Report(outcome=HELD, reason=GAVE_UP)
        except ScannerDown:
            return Report(outcome=HELD, reason=UNSCANNED)
        if report.outcome == CLEAN:
            shutil.copyfile(copy, target)
    return report
