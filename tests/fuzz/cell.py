"""Cleans files in children of this process, each under the limits of the real cleaner.

A child is a copy of a small process that has the cleaners loaded and nothing else, so that
thousands of files take minutes and not hours, and what it is seen to use is its own: a copy of
the suite's own process would start with all that the suite holds. What a child may use is set by
the very function the real one uses.
"""

import json
import multiprocessing
import os
import signal
import time
from pathlib import Path

from submissions.cleaning import __main__ as program
from submissions.cleaning import clean, process
from submissions.cleaning.formats import MEGABYTE
from submissions.cleaning.recognition import recognize
from submissions.cleaning.report import NotAccepted

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["__main__", "tests.fuzz.cell"])


def outcome_of(source, target):
    """What the path of an upload makes of a file: an outcome, or what went wrong."""
    try:
        with source.open("rb") as file:
            kind = recognize(file)
    except NotAccepted:
        return "refused"
    limits = process.limits_for(kind)
    program.limit(limits.memory * MEGABYTE, limits.processor_seconds, limits.copy * MEGABYTE)
    return clean(source, target, kind).outcome


def child(source, target, answer):
    """One file under limits; writes its outcome down."""
    os.setsid()
    try:
        outcome = outcome_of(source, target)
    except BaseException as error:
        outcome = f"raised {type(error).__name__}: {error}"[:300]
    answer.write_text(json.dumps([outcome, program.peak_mb()]))


def tried(content, folder, most_seconds=20):
    """(outcome, seconds, peak MB) of one file; a dead or slow child is an outcome too."""
    source, target, answer = (Path(folder) / name for name in ("original", "clean", "answer"))
    for path in (target, answer):
        path.unlink(missing_ok=True)
    source.write_bytes(content)
    begun = time.monotonic()
    run = CONTEXT.Process(target=child, args=(source, target, answer))
    run.start()
    run.join(most_seconds)
    if run.is_alive():
        os.killpg(run.pid, signal.SIGKILL)
        run.join()
        return f"over {most_seconds} seconds", time.monotonic() - begun, 0.0
    if not answer.exists():
        return f"died by {-run.exitcode}", time.monotonic() - begun, 0.0
    outcome, peak = json.loads(answer.read_text())
    if outcome == "clean" and not target.exists():
        outcome = "clean without a copy"
    return outcome, time.monotonic() - begun, peak
