"""Carry a recording over into a file of its own, and make sure of what came out."""

from pathlib import Path

from submissions.cleaning.recordings.checks import check_copy
from submissions.cleaning.recordings.configuration import UNSOUND
from submissions.cleaning.recordings.plan import NOTES, UNITS, Plan, plan
from submissions.cleaning.recordings.programs import Budget, convert, lines_of, reading
from submissions.cleaning.recordings.streams import Recording, Stream, look_into, note
from submissions.cleaning.report import Doubtful, Findings, NotAccepted, Report

TOLERANCE = 0.2  # seconds
FIRST_SECONDS = "2"
TAGS_OF_THE_PROGRAM = {
    "language": ("und",),
    "handler_name": ("VideoHandler", "SoundHandler", ""),
    "vendor_id": ("[0][0][0][0]",),
    "encoder": ("Lavf", "Lavc libopus", "Lavc libmp3lame", "Lavc libx264"),
}
NUMBERS = ("major_brand", "minor_version", "compatible_brands", "duration")


def clean_recording(source: Path, target: Path, media_type: str) -> Report:
    """Write pictures and sound, and nothing else, into a new file that browsers play."""
    findings, budget = Findings(), Budget()
    recording = look_into(source, media_type, budget)
    note(recording, findings)
    chosen = plan(recording, media_type, findings)
    note_units(source, media_type, chosen.pictures, findings)
    convert(source, media_type, chosen.options(str(target)), budget)
    check_copy(target, chosen.media_type)
    compare(recording, target, chosen, budget)
    return findings.report(chosen.media_type, chosen.extension)


def compare(recording: Recording, target: Path, chosen: Plan, budget: Budget) -> None:
    """Open the copy again: the same kinds of streams, as long as before, and no words."""
    try:
        copy = look_into(target, chosen.media_type, budget)
    except NotAccepted as damage:
        raise Doubtful(UNSOUND) from damage
    if len(copy.told["streams"]) != len(chosen.streams) or copy.told.get("chapters"):
        raise Doubtful(UNSOUND)
    if not is_as_long(copy, recording, chosen) or not is_wordless(copy):
        raise Doubtful(UNSOUND)
    if chosen.pictures:
        compare_pictures(copy, target, chosen, budget)


def is_as_long(copy: Recording, recording: Recording, chosen: Plan) -> bool:
    """Whether each stream is there, and lasts as long as before."""
    if [one.kind for one in copy.streams] != [one.kind for one in chosen.streams]:
        return False
    lasted = [recording.seconds.get(one.index, 0.0) for one in chosen.streams]
    lasts = [copy.seconds.get(one.index, 0.0) for one in copy.streams]
    return all(lasts) and all(
        abs(was - now) <= TOLERANCE for was, now in zip(lasted, lasts, strict=True)
    )


def compare_pictures(copy: Recording, target: Path, chosen: Plan, budget: Budget) -> None:
    """The pictures are as large and as upright as before, and nothing but pictures."""
    before, after = chosen.pictures, copy.pictures
    if before is None or after is None:
        raise Doubtful(UNSOUND)
    if chosen.is_copied:
        same = (before.codec, before.width, before.height, before.turn)
        if same != (after.codec, after.width, after.height, after.turn):
            raise Doubtful(UNSOUND)
    if after.codec in UNITS:
        rest = f"filter_units=remove_types={UNITS[after.codec]}"
        if lets_through(rest, after, reading(target, chosen.media_type), budget):
            raise Doubtful(UNSOUND)


def note_units(source: Path, media_type: str, pictures: Stream | None, findings: Findings) -> None:
    """Note for the report whether the first pictures bring notes along."""
    if pictures and pictures.codec in NOTES:
        notes = f"filter_units=pass_types={NOTES[pictures.codec]}"
        start = ["-t", FIRST_SECONDS, *reading(source, media_type)]
        findings.saw("notes inside the pictures", lets_through(notes, pictures, start, Budget()))


def lets_through(units: str, pictures: Stream, opening: list[str], budget: Budget) -> bool:
    """Whether a filter of units leaves anything of a file's pictures."""
    copied = ["-map", f"0:{pictures.index}", "-c", "copy", "-bsf:v", units]
    command = ["ffmpeg", "-v", "error", "-nostdin", *opening, *copied, "-f", "framecrc", "pipe:1"]
    lines = lines_of(command, budget)
    return any(line and not line.startswith("#") for line in lines)


def is_wordless(copy: Recording) -> bool:
    """Whether the copy tells nothing in words but what the program itself writes."""
    holders = [copy.told.get("format", {}), *copy.told["streams"]]
    tags = [tag for holder in holders for tag in holder.get("tags", {}).items()]
    return all(
        name.lower() in NUMBERS or value in TAGS_OF_THE_PROGRAM.get(name.lower(), ())
        for name, value in tags
    )
