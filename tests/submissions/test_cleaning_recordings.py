"""Sound and video: nothing that tells is left, pictures and sound last as long as before."""

import functools
import io
import json
import shutil
import tempfile
from pathlib import Path

import pytest
from django.core.management import call_command

from submissions.cleaning import clean, process
from submissions.cleaning.recognition import recognize
from submissions.cleaning.recordings import checks, matroska, plan, programs, voids
from submissions.cleaning.recordings.programs import Budget
from submissions.cleaning.report import Doubtful
from tests.submissions import recordings, samples
from tests.submissions.samples import CANARY, RAW

MAKERS = {
    "MP4": (recordings.mp4, ("video/mp4", "mp4", ["h264", "aac"])),
    "MOV": (recordings.mov, ("video/mp4", "mp4", ["hevc", "aac"])),
    "old MP4": (recordings.old_mp4, ("video/mp4", "mp4", ["h264", "aac"])),
    "AV1": (recordings.av1, ("video/mp4", "mp4", ["av1"])),
    "WebM": (recordings.webm, ("video/webm", "webm", ["vp9", "opus"])),
    "older WebM": (
        lambda: recordings.webm("libvpx"),
        ("video/webm", "webm", ["vp8", "opus"]),
    ),
    "M4A": (recordings.m4a, ("audio/mp4", "m4a", ["aac"])),
    "MP3": (recordings.mp3, ("audio/mpeg", "mp3", ["mp3"])),
}


@pytest.fixture
def run(tmp_path):
    def run(data, media_type=None):
        source, target = tmp_path / "in", tmp_path / "out"
        source.write_bytes(data)
        kind = media_type or recognize(io.BytesIO(data))
        report = clean(source, target, kind)
        return report, target.read_bytes() if target.exists() else None

    return run


@functools.cache
def cleaned(make):
    """What becomes of a recording, found out once for all tests that ask."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "in", Path(folder) / "out"
        source.write_bytes(make())
        report = clean(source, target, recognize(io.BytesIO(make())))
        return report, target.read_bytes()


def words_told(copy):
    """Everything ffprobe finds told in words."""
    told = recordings.seen(copy)
    holders = [told["format"], *told["streams"]]
    return {value for holder in holders for value in holder.get("tags", {}).values()}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_recording_tells_nothing_and_lasts_as_long(kind):
    make, (media_type, extension, codecs) = MAKERS[kind]
    assert samples.hits(make()) != []

    report, copy = cleaned(make)

    assert (report.outcome, report.reason) == ("clean", "")
    assert (report.media_type, report.extension) == (media_type, extension)
    assert (samples.hits(copy), recordings.codecs(copy)) == ([], codecs)
    assert abs(recordings.length(copy) - recordings.SECONDS) <= 0.2
    assert recordings.seen(copy)["chapters"] == []


def test_no_words_are_left_but_those_of_the_program_that_writes():
    _, copy = cleaned(recordings.mp4)

    assert words_told(copy) == {
        "isom",
        "512",
        "isomiso2avc1mp41",
        "und",
        "VideoHandler",
        "SoundHandler",
        "[0][0][0][0]",
    }


def test_the_report_names_what_was_there():
    report, _ = cleaned(recordings.mp4)

    assert report.removed == [
        "GPS position",
        "author name",
        "chapters (1)",
        "cover pictures (1)",
        "data tracks (3)",
        "date and time",
        "notes inside the pictures",
        "software name",
        "subtitles (1)",
        "title and notes",
    ]
    assert report.warnings == ["Captions and subtitles were taken out."]


def test_where_a_phone_was_is_told_to_be_gone_and_is():
    place = recordings.PLACE.encode()

    report, copy = cleaned(recordings.mov)

    assert {"GPS position", "author name", "camera details"} < set(report.removed)
    assert (place in recordings.mov(), place in copy) == (True, False)


def frames(data):
    """A sum of every picture as it is shown."""
    shown = ["-map", "0:v:0", "-f", "framemd5"]
    told = recordings.ffmpeg("-i", "a", *shown, ending="md5", given={"a": data}).decode()
    return [line.split(",")[-1].strip() for line in told.splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("make", [recordings.mp4, recordings.mov, recordings.webm])
def test_copied_pictures_are_the_same_to_the_pixel(make):
    _, copy = cleaned(make)

    assert (len(frames(copy)), frames(copy)) == (10, frames(make()))


def test_a_video_taken_upright_stays_upright(run):
    data = recordings.turned(recordings.plain_mp4())

    _, copy = run(data)

    turn = [one["rotation"] for one in recordings.seen(copy)["streams"][0]["side_data_list"]]
    assert turn == [-90]


def test_pictures_drawn_again_are_turned_themselves(run):
    report, copy = run(recordings.turned(recordings.old_mp4()))

    stream = recordings.seen(copy)["streams"][0]
    assert (stream["width"], stream["height"]) == (64, 96)
    assert report.warnings == ["The video was converted to a format that browsers play."]


def test_only_the_first_sound_track_is_kept_and_said_so(run):
    two = ["-map", "0", "-map", "1", "-map", "1"]
    data = recordings.ffmpeg(
        *recordings.PICTURES, *recordings.SOUND, *two, *recordings.FAST, ending="mp4"
    )

    report, copy = run(data)

    assert recordings.codecs(copy) == ["h264", "aac"]
    assert report.warnings == ["Only the first sound track was kept."]


def test_sound_of_six_channels_becomes_stereo(run):
    six = ["-filter_complex", "pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0"]
    data = recordings.ffmpeg(*recordings.SOUND, *six, *recordings.AAC, ending="m4a")

    _, copy = run(data)

    assert recordings.seen(copy)["streams"][0]["channels"] == 2


def test_a_recording_of_a_browser_without_any_length_is_taken(run):
    live = ["-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", "-live", "1"]
    data = recordings.ffmpeg(*recordings.PICTURES, *recordings.SOUND, *live, ending="webm")

    report, copy = run(data)

    assert (report.outcome, "duration" in recordings.seen(data)["format"]) == ("clean", False)
    assert abs(recordings.length(copy) - 1) <= 0.2


def test_a_video_in_pieces_without_sound_is_taken(run):
    pieces = ["-movflags", "frag_keyframe+empty_moov"]
    data = recordings.ffmpeg(*recordings.PICTURES, *recordings.FAST, *pieces, ending="mp4")

    report, copy = run(data)

    assert (report.outcome, recordings.codecs(copy)) == ("clean", ["h264"])


def test_sound_alone_in_webm_stays_so(run):
    data = recordings.ffmpeg(*recordings.SOUND, *recordings.TELLING, ending="webm")

    report, copy = run(data)

    assert (report.media_type, report.extension) == ("audio/webm", "webm")
    assert (recordings.codecs(copy), samples.hits(copy)) == (["opus"], [])


HIDDEN = {
    "set-up of the decoder": (
        recordings.element(0x63A2, RAW),
        (matroska.SEGMENT, matroska.TRACKS, matroska.ENTRY),
    ),
    "addition to a picture": (
        recordings.element(
            voids.BLOCK_GROUP,
            recordings.element(0xA1, b"\x81\x03\xe8\x00" + b"\x00" * 9)
            + recordings.element(
                voids.ADDITIONS,
                recordings.element(
                    0xA6, recordings.element(0xEE, b"\x01") + recordings.element(0xA5, RAW)
                ),
            ),
        ),
        (matroska.SEGMENT, matroska.CLUSTER),
    ),
    "unknown element": (recordings.element(0x4DEF, RAW), (matroska.SEGMENT,)),
}


@pytest.mark.parametrize("where", HIDDEN)
def test_what_hides_in_a_webm_stays_behind(run, where):
    new, path = HIDDEN[where]
    data = recordings.with_element(recordings.webm(), new, *path)

    report, copy = run(data)

    assert (report.outcome, samples.hits(copy)) == ("clean", [])


LONG = {
    "four hours": ("MOST_SECONDS", 0.5, "longer than four hours"),
    "8K": ("MOST_PIXELS", 1000, "larger than 8K"),
}


@pytest.mark.parametrize("what", LONG)
def test_what_is_too_long_or_too_large_is_refused(run, monkeypatch, what):
    limit, value, words = LONG[what]
    monkeypatch.setattr(plan, limit, value)

    report, copy = run(recordings.plain_mp4())

    assert (report.outcome, copy, words in report.reason) == ("refused", None, True)


def test_what_takes_too_long_to_draw_again_is_refused_at_once(run, monkeypatch):
    monkeypatch.setattr(plan, "MOST_DRAWN", 1000)

    old, _ = run(recordings.old_mp4())
    copied, _ = run(recordings.plain_mp4())

    assert (old.outcome, old.reason[:32]) == ("refused", "This video is in an old format a")
    assert copied.outcome == "clean"


def test_what_takes_too_long_to_prepare_is_held(run, monkeypatch):
    monkeypatch.setattr(programs, "PROGRAM_SECONDS", 0)
    monkeypatch.setattr("submissions.cleaning.recordings.clean.Budget", lambda: Budget(0))

    report, copy = run(recordings.plain_mp4())

    assert (report.outcome, copy) == ("held", None)
    assert report.reason.startswith("This recording takes too long to prepare")


def test_a_program_that_is_too_slow_is_ended(monkeypatch):
    with pytest.raises(Doubtful, match="takes too long"):
        programs.run(["sleep", "20"], Budget(0.1))


def test_a_recording_of_a_kind_it_is_not_is_refused(run):
    report, copy = run(recordings.mp3(), "video/mp4")

    assert (report.outcome, copy) == ("refused", None)
    assert report.reason.startswith("This recording is damaged or coded in a way")


def test_sound_taken_for_a_video_is_refused(run):
    report, _ = run(recordings.m4a(), "video/mp4")

    assert report.outcome == "refused"


@pytest.mark.parametrize("options", [["-vn"], ["-t", "0.5"]])
def test_a_copy_that_is_not_as_before_is_held(run, monkeypatch, options):
    monkeypatch.setattr(plan, "NEUTRAL", [*plan.NEUTRAL, *options])

    report, copy = run(recordings.plain_mp4())

    assert (report.outcome, copy) == ("held", None)
    assert report.reason.startswith("The cleaned copy of this recording is not as it should be")


LEAKS = {
    "tags": ("NEUTRAL", [*plan.NEUTRAL, "-metadata", f"title={CANARY}"]),
    "handlers": ("NEUTRAL", [*plan.NEUTRAL, "-metadata:s:v", f"handler_name={CANARY}"]),
    "notes": ("UNITS", {}),
}


@pytest.mark.parametrize("where", LEAKS)
def test_should_the_program_ever_leave_something_the_file_is_held(run, monkeypatch, where):
    name, value = LEAKS[where]
    monkeypatch.setattr(plan, name, value)

    report, copy = run(recordings.mp4())

    assert (report.outcome, copy) == ("held", None)


def test_a_label_left_on_an_mp3_is_noticed(tmp_path):
    for label in (b"TAG".ljust(128, b"\0"), b"APETAGEX".ljust(32, b"\0")):
        (tmp_path / "a.mp3").write_bytes(recordings.ffmpeg(*recordings.SOUND, ending="mp3") + label)

        with pytest.raises(Doubtful):
            checks.check_mp3(tmp_path / "a.mp3")


def test_the_whole_path_runs_under_its_limits(tmp_path, capsys):
    (tmp_path / "in.mp4").write_bytes(recordings.mp4())

    call_command(
        "clean_file", tmp_path / "in.mp4", tmp_path / "out", content_type="video/quicktime"
    )

    told = json.loads(capsys.readouterr().out)
    assert (told["outcome"], 10 < told["peak_mb"] < 300) == ("clean", True)
    assert samples.hits((tmp_path / "out").read_bytes()) == []


def test_pictures_to_be_drawn_again_fit_into_the_limits_too(tmp_path):
    large = ["-f", "lavfi", "-i", "testsrc=s=1920x1080:r=5:d=1", "-c:v", "mpeg4"]
    (tmp_path / "in").write_bytes(recordings.ffmpeg(*large, ending="mp4"))

    report = process.run(tmp_path / "in", tmp_path / "out", "video/mp4")

    assert (report.outcome, report.peak_mb < 400) == ("clean", True)


def test_without_the_program_that_ties_processes_together_it_works_as_well(run, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)

    report, _ = run(recordings.mp3())

    assert report.outcome == "clean"
