"""``python -m submissions.cleaning SOURCE TARGET --type T``: clean one file, print the report.

The words of a clean copy are left beside it, in ``TARGET.text``, for the check of names.

Runs in a process of its own, under limits it sets itself before it looks at the file.
"""

import argparse
import dataclasses
import json
import os
import resource
import sys
import time
from pathlib import Path

from submissions.cleaning import clean
from submissions.cleaning.report import CLEAN
from submissions.cleaning.words import extract

NICENESS = 10


def limit(memory: int, seconds: int, copy: int) -> None:
    """Never use more memory (bytes of address space), processor time or disk than given.

    Programs that are started from here, such as ffmpeg, are under the same limits.
    """
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (copy, copy))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(NICENESS)


def peak_mb() -> float:
    """The most memory that this program, or the largest it started, has used at a time.

    Of ours by the count that starts anew with each program.
    """
    words = Path("/proc/self/status").read_text(encoding="ascii").partition("VmHWM:")[2]
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return round(max(int(words.split(maxsplit=1)[0]), started) / 1024, 1)


def main() -> None:
    """Read the arguments, clean, and print the report as JSON."""
    parser = argparse.ArgumentParser(prog="python -m submissions.cleaning")
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--type", required=True, dest="media_type")
    parser.add_argument("--memory", type=int, default=0, help="bytes of address space")
    parser.add_argument("--seconds", type=int, default=0, help="of processor time")
    parser.add_argument("--copy", type=int, default=0, help="bytes a file written may have")
    given = parser.parse_args()
    if given.memory and given.seconds and given.copy:
        limit(given.memory, given.seconds, given.copy)
    begun = time.monotonic()
    report = clean(given.source, given.target, given.media_type)
    if report.outcome == CLEAN:
        report.warnings += extract(given.target, report.media_type)
    report.seconds = round(time.monotonic() - begun, 3)
    report.peak_mb = peak_mb()
    sys.stdout.write(json.dumps(dataclasses.asdict(report)) + "\n")


if __name__ == "__main__":
    main()
