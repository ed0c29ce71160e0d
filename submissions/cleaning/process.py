"""Run the cleaner in a process of its own, so that no file can harm the worker."""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from submissions.cleaning.formats import DOCUMENT, FORMATS, IMAGE, MEGABYTE, RECORDING, WORDS
from submissions.cleaning.report import Report

HOUSE = Path(__file__).resolve().parent.parent.parent
ALONE = ("setpriv", "--pdeathsig", "KILL")


@dataclass(frozen=True)
class Limits:
    """What the cleaning of one file may take: address space in MB, seconds, and the copy in MB.

    Seconds of processor time are for each process; ffmpeg, which the cleaner of recordings
    starts, is one by itself and works on two processors at once.
    """

    memory: int
    seconds: int
    processor_seconds: int
    copy: int


LIMITS = {
    #                memory  seconds  processor  copy
    IMAGE: Limits(1536, 120, 90, 512),
    DOCUMENT: Limits(1536, 120, 90, 512),
    WORDS: Limits(512, 60, 30, 64),
    RECORDING: Limits(4096, 30 * 60, 60 * 60, 4096),
}


class CleanerDied(Exception):
    """The process ended without a report: killed, out of time, or broken."""


def limits_for(media_type: str) -> Limits:
    """The limits of the family a file belongs to."""
    return LIMITS[FORMATS[media_type].family if media_type in FORMATS else DOCUMENT]


def run(source: Path, target: Path, media_type: str) -> Report:
    """Clean ``source`` into ``target`` under limits of memory, time and size.

    The process gets none of our secrets: its environment is empty but for what Python needs.
    Whatever it started ends with it.
    """
    limits = limits_for(media_type)
    with subprocess.Popen(  # noqa: S603 - our own program, no shell, paths of our making
        command(source, target, media_type, limits),
        cwd=HOUSE,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "TMPDIR": str(target.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as cleaner:
        try:
            told, _ = cleaner.communicate(timeout=limits.seconds)
        except subprocess.TimeoutExpired as death:
            raise CleanerDied(str(death)) from death
        finally:
            end_all(cleaner)
    if cleaner.returncode:
        raise CleanerDied(str(subprocess.CalledProcessError(cleaner.returncode, "the cleaner")))
    return Report(**json.loads(told))


def alone() -> tuple[str, ...]:
    """What makes a program end together with the one that started it, where the system has it."""
    return ALONE if shutil.which(ALONE[0]) else ()


def command(source: Path, target: Path, media_type: str, limits: Limits) -> list[str]:
    """The cleaner as a program with its limits."""
    program = [*alone(), sys.executable, "-m", "submissions.cleaning", str(source), str(target)]
    fences = ["--memory", str(limits.memory * MEGABYTE), "--copy", str(limits.copy * MEGABYTE)]
    return [*program, "--type", media_type, *fences, "--seconds", str(limits.processor_seconds)]


def end_all(cleaner: "subprocess.Popen[bytes]") -> None:
    """End a cleaner that still runs, and with it every program it started."""
    if cleaner.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(cleaner.pid, signal.SIGKILL)
