"""How a recording is carried over.

Pictures are copied where that leaves nothing behind, else drawn again; sound is always coded
anew, because every coding of sound has room for notes.
"""

from dataclasses import dataclass

from submissions.cleaning.formats import M4A, MP3, MP4, WEBM, WEBM_SOUND
from submissions.cleaning.recordings.programs import BROKEN, MOST_PIXELS
from submissions.cleaning.recordings.streams import Recording, Stream
from submissions.cleaning.report import Findings, NotAccepted, gettext_noop

MOST_SECONDS = 4 * 60 * 60
MOST_DRAWN = 1920 * 1080 * 30 * 60 * 20  # pixels: twenty minutes of full HD
DRAWN_SIZE = (1920, 1080)

# Of each coding the units that make up the pictures; notes, fillings and unknown ones stay behind.
UNITS = {"h264": "1-5|7|8", "hevc": "0-9|16-21|32-34", "av1": "1-4|6|7"}
NOTES = {"h264": "6", "hevc": "39|40", "av1": "5"}
COPIED = (*UNITS, "vp8", "vp9")
FOR_WEBM = ("vp8", "vp9")

NEUTRAL = ["-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn", "-fflags", "+bitexact"]
AAC = ["-c:a", "aac", "-aac_coder", "fast"]  # at these rates as good, and twice as fast
OPUS = ["-c:a", "libopus", "-compression_level", "5"]
SOUND = {
    MP4: AAC,
    M4A: AAC,
    MP3: ["-c:a", "libmp3lame", "-q:a", "3"],
    WEBM: OPUS,
    WEBM_SOUND: OPUS,
}
BITS = {1: "96k", 2: "160k"}
MOST_CHANNELS = 2
WRITERS = {
    MP4: ["-movflags", "+faststart", "-write_tmcd", "0", "-f", "mp4"],
    M4A: ["-movflags", "+faststart", "-write_tmcd", "0", "-f", "ipod"],
    MP3: ["-write_id3v1", "0", "-write_apetag", "0", "-id3v2_version", "0", "-f", "mp3"],
    WEBM: ["-write_crc32", "0", "-f", "webm"],
    WEBM_SOUND: ["-write_crc32", "0", "-f", "webm"],
}

TOO_LONG = gettext_noop(
    "This recording is longer than four hours; cut it into parts and hand those in."
)
TOO_MUCH_TO_DRAW = gettext_noop(
    "This video is in an old format and too long to be converted here; export it again as an MP4 "
    "video (H.264) and hand that in."
)
TOO_FINE = gettext_noop(
    "The pictures of this video are larger than 8K; export it again in full HD and hand that in."
)
ONE_SOUND = gettext_noop("Only the first sound track was kept.")
ONE_VIDEO = gettext_noop("Only the first video track was kept.")
NO_SUBTITLES = gettext_noop("Captions and subtitles were taken out.")
CONVERTED = gettext_noop("The video was converted to a format that browsers play.")
FEW_PLAYERS = gettext_noop(
    "This video is coded as HEVC, which some browsers can’t play; an MP4 coded as H.264 can be "
    "played by all."
)


@dataclass(frozen=True)
class Plan:
    """What becomes of one recording."""

    media_type: str
    extension: str
    pictures: Stream | None
    sound: Stream | None

    @property
    def is_copied(self) -> bool:
        """Whether the pictures are carried over as they are coded."""
        return self.pictures is not None and self.pictures.codec in COPIED

    def options(self, target: str) -> list[str]:
        """All of it as options of ffmpeg."""
        return [
            *[part for stream in self.streams for part in ("-map", f"0:{stream.index}")],
            *NEUTRAL,
            *(picture_options(self.pictures) if self.pictures else []),
            *(sound_options(self.sound, self.media_type) if self.sound else []),
            *WRITERS[self.media_type],
            f"file:{target}",
        ]

    @property
    def streams(self) -> list[Stream]:
        """What is carried over, pictures first."""
        return [one for one in (self.pictures, self.sound) if one]


def picture_options(pictures: Stream) -> list[str]:
    """Copy pictures through a filter of units, or draw them again as H.264."""
    kept = ["-flags:v", "+bitexact"]
    if pictures.codec not in COPIED:
        return [*kept, *drawing()]
    kept += ["-c:v", "copy"]
    if pictures.codec == "hevc":
        kept += ["-tag:v", "hvc1"]
    return [*kept, *units_of(pictures.codec)]


def drawing() -> list[str]:
    """Draw pictures again, no larger than full HD."""
    width, height = DRAWN_SIZE
    scale = (
        f"scale=w='min({width},iw)':h='min({height},ih)':force_original_aspect_ratio=decrease:"
        "force_divisible_by=2"
    )
    coded = ["-c:v", "libx264", "-preset", "superfast", "-crf", "22", "-pix_fmt", "yuv420p"]
    return [*coded, "-threads", "2", "-vf", scale, "-fps_mode", "vfr", *units_of("h264")]


def units_of(codec: str) -> list[str]:
    """The filter that lets through only the units that make up the pictures."""
    return ["-bsf:v", f"filter_units=pass_types={UNITS[codec]}"] if codec in UNITS else []


def sound_options(sound: Stream, media_type: str) -> list[str]:
    """Code sound anew, in time with the pictures, as mono or stereo."""
    channels = min(sound.channels, MOST_CHANNELS)
    coded = [*SOUND[media_type], "-ac", str(channels), "-flags:a", "+bitexact"]
    if media_type != MP3:
        coded += ["-b:a", BITS[channels]]
    return [*coded, "-af", "aresample=async=1"]


def plan(recording: Recording, media_type: str, findings: Findings) -> Plan:
    """Decide what becomes of a recording, refusing what is too long or too large."""
    if not recording.streams:
        raise NotAccepted(BROKEN)
    if recording.length > MOST_SECONDS:
        raise NotAccepted(TOO_LONG)
    wants_pictures = not media_type.startswith("audio/")
    pictures = recording.pictures if wants_pictures else None
    if wants_pictures != bool(pictures) or not (pictures or recording.sound):
        raise NotAccepted(BROKEN)
    if pictures:
        check_pictures(pictures, recording, findings)
    warn(recording, findings)
    becomes, extension = container(pictures, media_type)
    return Plan(becomes, extension, pictures, recording.sound)


def check_pictures(pictures: Stream, recording: Recording, findings: Findings) -> None:
    """Refuse pictures that are too large, or too many to be drawn again."""
    if not pictures.pixels:
        raise NotAccepted(BROKEN)
    if pictures.pixels > MOST_PIXELS:
        raise NotAccepted(TOO_FINE)
    if pictures.codec not in COPIED:
        drawn = min(pictures.pixels, DRAWN_SIZE[0] * DRAWN_SIZE[1])
        if drawn * recording.packets.get(pictures.index, 0) > MOST_DRAWN:
            raise NotAccepted(TOO_MUCH_TO_DRAW)
        findings.warn(CONVERTED)


def warn(recording: Recording, findings: Findings) -> None:
    """Tell the educator what may surprise."""
    kinds = [one.get("codec_type") for one in recording.told.get("streams", [])]
    if kinds.count("audio") > 1:
        findings.warn(ONE_SOUND)
    if "subtitle" in kinds:
        findings.warn(NO_SUBTITLES)
    if recording.pictures and recording.pictures.codec == "hevc":
        findings.warn(FEW_PLAYERS)


def container(pictures: Stream | None, media_type: str) -> tuple[str, str]:
    """The kind of file the copy becomes, and how its name ends."""
    if pictures is None:
        return media_type, {M4A: "m4a", MP3: "mp3", WEBM_SOUND: "webm"}[media_type]
    as_webm = pictures.codec in FOR_WEBM or (pictures.codec == "av1" and media_type == WEBM)
    return (WEBM, "webm") if as_webm else (MP4, "mp4")
