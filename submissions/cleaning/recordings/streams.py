"""What is in a recording: its pictures, its sound, how long they last, and what is told beside."""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from submissions.cleaning.recordings.programs import Budget, described
from submissions.cleaning.report import Findings

PICTURES, SOUND = "video", "audio"
NO_PICTURES = ("attached_pic", "timed_thumbnails", "still_image")
DISCARDED = "D"
WORDS = (
    ("GPS position", ("location", "gps")),
    ("date and time", ("creation", "date", "year", "timecode")),
    ("camera details", ("make", "model", "camera", "lens", "com.android", "firmware")),
    ("author name", ("artist", "author", "composer", "copyright", "publisher", "performer")),
    ("software name", ("encoder", "software", "tool", "encoded_by", "tsse")),
)
PLAIN = {
    "language",
    "major_brand",
    "minor_version",
    "compatible_brands",
    "vendor_id",
    "duration",
}
KINDS_TOLD = {"subtitle": "subtitles", "data": "data tracks", "attachment": "attached files"}


@dataclass(frozen=True)
class Stream:
    """One stream: where it stands, how it is coded, how large and which way up its pictures are."""

    index: int
    kind: str
    codec: str
    width: int = 0
    height: int = 0
    turn: int = 0
    channels: int = 0

    @property
    def pixels(self) -> int:
        """How many pixels one picture has."""
        return self.width * self.height


@dataclass
class Recording:
    """What ffprobe tells of one file, as far as it matters here."""

    pictures: Stream | None
    sound: Stream | None
    told: dict[str, Any]
    seconds: Mapping[int, float]
    packets: Mapping[int, int]

    @property
    def streams(self) -> list[Stream]:
        """The streams that are kept."""
        return [one for one in (self.pictures, self.sound) if one]

    @property
    def length(self) -> float:
        """How many seconds the longest of them lasts."""
        return max((self.seconds.get(one.index, 0.0) for one in self.streams), default=0.0)


def look_into(path: Path, media_type: str, budget: Budget) -> Recording:
    """Ask what is in a file, and measure how long it really is."""
    clock = Clock()
    told = described(path, media_type, clock.count, budget)
    streams = [stream_of(one) for one in told.get("streams", []) if not is_cover(one)]
    return Recording(
        pictures=next((one for one in streams if one.kind == PICTURES), None),
        sound=next((one for one in streams if one.kind == SOUND and one.channels), None),
        told=told,
        seconds=clock.seconds(),
        packets=clock.packets,
    )


def is_cover(told: dict[str, Any]) -> bool:
    """Whether a stream of pictures is only a cover or a preview."""
    return any(told.get("disposition", {}).get(name) for name in NO_PICTURES)


def stream_of(told: dict[str, Any]) -> Stream:
    """One stream in plain values."""
    turns = [one["rotation"] for one in told.get("side_data_list", []) if "rotation" in one]
    return Stream(
        index=int(told["index"]),
        kind=told.get("codec_type", ""),
        codec=told.get("codec_name", ""),
        width=int(told.get("width", 0)),
        height=int(told.get("height", 0)),
        turn=int(turns[0]) % 360 if turns else 0,
        channels=int(told.get("channels", 0)),
    )


class Clock:
    """Adds up how long each stream lasts: what a file says of its own length is not trusted."""

    def __init__(self) -> None:
        self.begin: dict[int, float] = defaultdict(lambda: math.inf)
        self.end: dict[int, float] = defaultdict(float)
        self.packets: Counter[int] = Counter()

    def count(self, packet: dict[str, str]) -> None:
        """Take one packet into account, unless a player would pass over it."""
        if "pts_time" not in packet or DISCARDED in packet["flags"]:
            return
        index, start = int(packet["stream_index"]), float(packet["pts_time"])
        self.begin[index] = min(self.begin[index], start)
        self.end[index] = max(self.end[index], start + float(packet.get("duration_time", "0")))
        self.packets[index] += 1

    def seconds(self) -> dict[int, float]:
        """How long each stream lasts."""
        return {index: self.end[index] - start for index, start in self.begin.items()}


def note(recording: Recording, findings: Findings) -> None:
    """Note for the report what the file told beside pictures and sound."""
    for name in names_of_tags(recording.told):
        likely = (words for words, signs in WORDS if is_like(name, signs))
        findings.saw(next(likely, "title and notes"))
    streams = recording.told.get("streams", [])
    findings.count("chapters", len(recording.told.get("chapters", [])))
    findings.count("cover pictures", sum(is_cover(one) for one in streams))
    for kind, words in KINDS_TOLD.items():
        findings.count(words, sum(one.get("codec_type") == kind for one in streams))


def names_of_tags(told: dict[str, Any]) -> set[str]:
    """The names of everything that is told in words, but for what every file tells."""
    holders = [told.get("format", {}), *told.get("streams", []), *told.get("chapters", [])]
    told_names = {name.lower() for holder in holders for name in holder.get("tags", {})}
    return told_names - PLAIN - {"handler_name"}


def is_like(name: str, signs: tuple[str, ...]) -> bool:
    """Whether one of these words stands in a name."""
    return any(sign in name for sign in signs)
