"""Run the cleaner in a process of its own, so that no file can harm the worker."""

import json
import os
import subprocess
import sys
from pathlib import Path

from submissions.cleaning.report import Report

HOUSE = Path(__file__).resolve().parent.parent.parent
MOST_MEMORY = 1536 * 1024 * 1024
MOST_PROCESSOR_SECONDS = 90
MOST_SECONDS = 120


class CleanerDied(Exception):
    """The process ended without a report: killed, out of time, or broken."""


def run(source: Path, target: Path, media_type: str) -> Report:
    """Clean ``source`` into ``target`` under limits of memory and time.

    The process gets none of our secrets: its environment is empty but for what Python needs.
    """
    command = [sys.executable, "-m", "submissions.cleaning", str(source), str(target)]
    limits = ["--memory", str(MOST_MEMORY), "--seconds", str(MOST_PROCESSOR_SECONDS)]
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no shell, paths of our making
            [*command, "--type", media_type, *limits],
            cwd=HOUSE,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TMPDIR": str(target.parent)},
            capture_output=True,
            timeout=MOST_SECONDS,
            check=True,
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as death:
        raise CleanerDied(str(death)) from death
    return Report(**json.loads(done.stdout))
