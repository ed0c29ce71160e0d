"""Run ffmpeg and ffprobe so that they can touch nothing but the one file they are given.

The kind of input is never guessed: playlists and lists of files can't be taken for recordings.
Of files only local ones may be opened, and only by the decoders named here (SAFETY T10).
"""

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

from submissions.cleaning.formats import M4A, MP3, MP4, QUICKTIME, WEBM, WEBM_SOUND
from submissions.cleaning.process import alone
from submissions.cleaning.report import Doubtful, NotAccepted, gettext_noop

READERS = {
    MP4: "mov",
    QUICKTIME: "mov",
    M4A: "mov",
    WEBM: "matroska",
    WEBM_SOUND: "matroska",
    MP3: "mp3",
}
DECODERS = (
    "h264,hevc,libdav1d,av1,vp8,vp9,mpeg4,mpeg1video,mpeg2video,mpegvideo,h263,mjpeg,prores,"
    "dvvideo,qtrle,rawvideo,png,aac,aac_fixed,mp3,mp3float,mp2,mp2float,opus,libopus,vorbis,alac,"
    "flac,ac3,eac3,amrnb,amrwb,adpcm_ima_qt,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,"
    "pcm_s32be,pcm_f32le,pcm_f32be,pcm_u8,pcm_s8,pcm_mulaw,pcm_alaw,"
    # of what is only looked at, never carried over: subtitles and covers
    "mov_text,cc_dec,ass,ssa,srt,subrip,webvtt,text,dvdsub,dvbsub,pgssub,xsub,bmp,gif,webp"
)
MOST_PIXELS = 36_000_000  # 8K
PROGRAM_SECONDS = 27 * 60  # all of them together, below what the cleaner itself may take

DESCRIBE = [
    *("ffprobe", "-v", "error", "-print_format", "json=compact=1"),
    *("-show_entries", "packet=stream_index,pts_time,duration_time,flags"),
    *("-show_streams", "-show_format", "-show_chapters"),
]
FIRST_OF_PACKETS, LAST_OF_PACKETS, PACKET = '"packets": [', "],", '{ "stream_index"'
PAIR = re.compile(r'"(\w+)": "?([^",]*)')

BROKEN = gettext_noop(
    "This recording is damaged or coded in a way that can’t be read; open it, export it again as "
    "an MP4 video or an MP3 sound file, and hand in the new copy."
)
SLOW = gettext_noop(
    "This recording takes too long to prepare, so our staff will look at it; handing in a shorter "
    "one, exported as MP4, is faster."
)


class Budget:
    """The time all programs for one recording have together."""

    def __init__(self, seconds: float = PROGRAM_SECONDS) -> None:
        self.until = monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left; when none are, people have to look."""
        left = self.until - monotonic()
        if left <= 0:
            raise Doubtful(SLOW)
        return left


def reading(source: Path, media_type: str) -> list[str]:
    """The options that open one file as exactly what it was recognized to be."""
    fences = ["-protocol_whitelist", "file", "-codec_whitelist", DECODERS]
    fences += ["-max_pixels", str(MOST_PIXELS)]
    if READERS[media_type] == "mov":
        fences += ["-enable_drefs", "0", "-use_absolute_path", "0"]
    return [*fences, "-f", READERS[media_type], "-i", f"file:{source}"]


def described(
    source: Path, media_type: str, count: Callable[[dict[str, str]], None], budget: Budget
) -> dict[str, Any]:
    """What ffprobe tells of a file: its streams, its chapters, and the file as a whole.

    Its packets, of which there may be a million, are handed to ``count`` one by one.
    """
    told, is_packet = [], False
    for line in lines_of([*DESCRIBE, *reading(source, media_type)], budget):
        if line == FIRST_OF_PACKETS or (is_packet and line == LAST_OF_PACKETS):
            is_packet = not is_packet
        elif not is_packet:
            told.append(line)
        elif line.startswith(PACKET):
            count(dict(PAIR.findall(line)))
    answer: dict[str, Any] = json.loads("\n".join(told))
    return answer


def convert(source: Path, media_type: str, options: list[str], budget: Budget) -> None:
    """Let ffmpeg read one file and write another by these options."""
    run(["ffmpeg", "-v", "error", "-nostdin", "-y", *reading(source, media_type), *options], budget)


@contextmanager
def started(command: list[str]) -> Iterator["subprocess.Popen[bytes]"]:
    """A program under way; whatever happens, it is over afterwards."""
    with subprocess.Popen(  # noqa: S603 - programs named here, no shell, paths of our making
        [*alone(), *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as program:
        try:
            yield program
        finally:
            program.kill()


def run(command: list[str], budget: Budget) -> bytes:
    """Run a program to its end and return what it wrote."""
    with started(command) as program:
        try:
            told, _ = program.communicate(timeout=budget.left)
        except subprocess.TimeoutExpired as late:
            raise Doubtful(SLOW) from late
        if program.returncode:
            raise NotAccepted(BROKEN)
    return told


def lines_of(command: list[str], budget: Budget) -> Iterator[str]:
    """What a program writes, line by line, so that a long answer needs no memory."""
    with started(command) as program:
        for line in program.stdout or ():
            if budget.left:
                yield line.decode("utf-8", "replace").strip()
        if program.wait():
            raise NotAccepted(BROKEN)
