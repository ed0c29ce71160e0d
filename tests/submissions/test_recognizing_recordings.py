"""The first look at sound and video: by content, and before any program opens it."""

import io
import struct

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from catalog.models import ArtifactRequirement
from portal.refusal import Refused
from submissions import uploads
from submissions.cleaning.formats import FORMATS, MEGABYTE
from submissions.cleaning.recognition import recognize
from submissions.cleaning.recordings import boxes, matroska, mpeg_audio
from submissions.cleaning.report import NotAccepted
from submissions.uploads import check_file, check_size, is_recording, too_large
from tests.submissions import recordings, samples
from tests.submissions.recordings import box

KINDS = {
    "video/mp4": recordings.mp4,
    "video/quicktime": recordings.mov,
    "video/webm": recordings.webm,
    "audio/mp4": recordings.m4a,
    "audio/mpeg": recordings.mp3,
}
EVERY = ArtifactRequirement.Medium.values


def asking(*kinds):
    return ArtifactRequirement(kinds=list(kinds or EVERY))


def sent(content, name="work", content_type=""):
    return SimpleUploadedFile(name, content, content_type=content_type)


def refusal_of(content, *kinds, **how):
    with pytest.raises(Refused) as refusal:
        check_file(sent(content, **how), asking(*kinds))
    return refusal.value.words


@pytest.mark.parametrize("kind", KINDS)
def test_a_recording_is_known_by_its_content(kind):
    file = io.BytesIO(KINDS[kind]())

    assert (recognize(file), file.tell()) == (kind, 0)


@pytest.mark.parametrize(
    ("make", "name", "declared", "asked"),
    [
        (recordings.mp4, "lesson.mp4", "video/mp4", "video"),
        (recordings.mp4, "lesson.MOV", "video/quicktime", "video"),
        (recordings.mov, "IMG_0001.MOV", "video/quicktime", "video"),
        (recordings.webm, "recording.webm", "video/webm;codecs=vp9", "video"),
        (recordings.m4a, "memo.m4a", "audio/x-m4a", "audio"),
        (recordings.m4a, "memo.mp4", "video/mp4", "audio"),
        (recordings.mp3, "talk.mp3", "audio/mpeg", "audio"),
        (recordings.mp3, "talk.mp3", "application/octet-stream", "audio"),
    ],
)
def test_recordings_are_taken_under_the_names_they_go_by(make, name, declared, asked):
    check_file(sent(make(), name, declared), asking(asked))


@pytest.mark.parametrize(
    ("make", "kinds", "words"),
    [
        (recordings.mp4, ["document"], "This is an MP4 video, but what is asked for here is:"),
        (recordings.mp3, ["video"], "This is an MP3 sound recording, but what is asked for"),
        (recordings.m4a, ["image", "link"], "asked for here is: image or link."),
    ],
)
def test_a_recording_where_none_is_asked_for_is_refused(make, kinds, words):
    assert words in refusal_of(make(), *kinds)


def test_a_name_that_says_something_else_is_refused():
    assert "rename it to end in “.mp4”" in refusal_of(recordings.mp4(), name="lesson.avi")


def test_a_video_sent_as_a_picture_is_refused():
    words = refusal_of(recordings.mp4(), name="lesson.mp4", content_type="image/png")

    assert "is an MP4 video inside, but was sent as a PNG picture" in words


def pointing_elsewhere():
    """An MP4 whose track says that its pictures lie in another file."""
    data = recordings.plain_mp4()
    place = data.index(b"url \0\0\0\1")
    return data[: place + 7] + b"\0" + data[place + 8 :]


def locked(kind=b"encv"):
    return recordings.plain_mp4().replace(b"avc1\0\0\0\0\0\0\0\1", kind + b"\0\0\0\0\0\0\0\1")


def with_ftyp(inner):
    return box(b"ftyp", b"isom\0\0\0\0isom") + inner


TRACK = box(b"mdia", box(b"hdlr", bytes(8) + b"vide" + bytes(12)))


def track(references):
    """The inside of a track of pictures with these references to files."""
    listed = box(b"dinf", box(b"dref", bytes(8) + references))
    described = box(b"stbl", box(b"stsd", bytes(8)))
    handler = box(b"hdlr", bytes(8) + b"vide" + bytes(12))
    return box(b"mdia", handler + box(b"minf", listed + described))


HOSTILE = {
    "playlist named MP4": (b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n", "only a playlist"),
    "list of files named MP4": (b"ffconcat version 1.0\nfile '/etc/passwd'\n", "only a playlist"),
    "pictures in another file": (pointing_elsewhere(), "only a playlist"),
    "list of other movies": (
        with_ftyp(box(b"moov", box(b"rmra", box(b"rmda", b"")))),
        "only a playlist",
    ),
    "packed index": (with_ftyp(box(b"moov", box(b"cmov", b""))), "only a playlist"),
    "bought video": (locked(), "protected with a password"),
    "bought song": (
        recordings.m4a().replace(b"mp4a\0\0\0\0\0\0\0\1", b"drms\0\0\0\0\0\0\0\1"),
        "protected with a password",
    ),
    "track without a description": (
        with_ftyp(box(b"moov", box(b"trak", TRACK))),
        "is damaged",
    ),
    "reference without flags": (
        with_ftyp(box(b"moov", box(b"trak", track(box(b"url ", b""))))),
        "is damaged",
    ),
    "too many references": (
        with_ftyp(box(b"moov", box(b"trak", track(box(b"url ", b"\0\0\0\1") * 70)))),
        "is damaged",
    ),
    "only a track of data": (
        with_ftyp(box(b"moov", box(b"trak", box(b"mdia", box(b"hdlr", bytes(24)))))),
        "is damaged",
    ),
    "no tracks": (with_ftyp(box(b"moov", b"")), "is damaged"),
    "no index": (with_ftyp(box(b"mdat", b"x" * 50)), "is damaged"),
    "cut off": (recordings.plain_mp4()[:-100], "is damaged"),
    "cut off in the middle": (recordings.plain_mp4()[:8000], "is damaged"),
    "cut off at the start": (recordings.plain_mp4()[:40], "is damaged"),
    "WebM cut off": (recordings.webm()[:-100], "is damaged"),
    "WebM without tracks": (recordings.webm()[:60], "is damaged"),
    "MP3 cut off in its label": (recordings.mp3()[:100], "is damaged"),
    "Matroska": (recordings.webm().replace(b"webm\0\0\0\0", b"matroska", 1), "in this format"),
    "zip behind an MP4": (recordings.plain_mp4() + samples.archive({"a": b"b"}), "hidden behind"),
    "zip behind an MP3": (recordings.mp3() + samples.archive({"a": b"b"}), "hidden behind"),
    "HTML before an MP3": (b"<html><script>" + recordings.mp3(), "print the page to a PDF"),
    "AAC by itself": (recordings.ffmpeg(*recordings.SOUND, ending="aac"), "in this format"),
    "FLAC": (recordings.ffmpeg(*recordings.SOUND, ending="flac"), "in this format"),
    "AVI": (recordings.ffmpeg(*recordings.PICTURES, ending="avi"), "in this format"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_no_honest_recording_is_refused_with_one_sentence(what):
    content, words = HOSTILE[what]

    sentence = refusal_of(content, name="lesson")

    assert words in sentence
    assert (sentence[-1], sentence.count(". ")) == (".", 0)


def test_a_text_that_happens_to_begin_like_a_box_is_a_text():
    assert recognize(io.BytesIO(b"The free lunch is over, said the teacher.\n")) == "text/plain"


def test_junk_behind_a_whole_video_does_not_matter():
    for junk in (b"\0" * 40, b"trailing words of a camera", b"xy"):
        assert recognize(io.BytesIO(recordings.plain_mp4() + junk)) == "video/mp4"


def test_a_box_may_have_a_long_size_or_reach_to_the_end():
    start = with_ftyp(b"")
    long = struct.pack(">L4sQ", 1, b"free", 20) + bytes(4)
    last = struct.pack(">L4s", 0, b"mdat") + b"to the end"

    found = [(one.kind, one.size) for one in boxes.all_boxes(io.BytesIO(start + long + last))]

    assert found == [(b"ftyp", 12), (b"free", 4), (b"mdat", 10)]


def test_endless_boxes_come_to_an_end(monkeypatch):
    monkeypatch.setattr(boxes, "MOST_BOXES", 3)
    monkeypatch.setattr(matroska, "MOST_ELEMENTS", 3)

    with pytest.raises(NotAccepted):
        list(boxes.all_boxes(io.BytesIO(box(b"free", b"") * 4)))
    with pytest.raises(NotAccepted):
        list(matroska.elements(io.BytesIO(b"\xec\x80" * 4), 0, 8))


def test_several_labels_and_a_gap_before_the_sound_are_passed_over():
    frames = recordings.ffmpeg(*recordings.SOUND, "-id3v2_version", "0", ending="mp3")
    label = b"ID3\4\0\0\0\0\0\5" + b"x" * 5
    footed = b"ID3\4\0\x10\0\0\0\5" + b"x" * 5 + b"3DI\4\0\x10\0\0\0\5"

    found = [
        mpeg_audio.is_mp3(io.BytesIO(start + frames))
        for start in (b"", label, label * 3, footed, label + bytes(900), bytes(50), b"x")
    ]

    assert found == [True, True, True, True, True, True, False]


@pytest.mark.parametrize(
    ("header", "size"),
    [
        (b"\xff\xfb\x90\x00", 417),
        (b"\xff\xfb\x92\x00", 418),
        (b"\xff\xf3\x40\x00", 104),
        (b"\xff\xe3\x40\x00", 208),
        (b"\xff\xfb\xf0\x00", 0),
        (b"\xff\xfb\x00\x00", 0),
        (b"\xff\xfb\x9c\x00", 0),
        (b"\xff\xfd\x90\x00", 0),
        (b"\xff\xeb\x90\x00", 0),
        (b"\xff\xfb\x90", 0),
        (b"\xfe\xfb\x90\x00", 0),
    ],
)
def test_a_frame_tells_its_size(header, size):
    assert mpeg_audio.frame_size(header) == size


@given(
    kind=st.sampled_from(sorted(KINDS)),
    place=st.floats(0, 1),
    junk=st.binary(min_size=1, max_size=12),
)
def test_damage_never_gets_through_unnoticed_or_as_an_error(kind, place, junk):
    data = bytearray(KINDS[kind]())
    start = int(place * min(len(data), 4000))
    data[start : start + len(junk)] = junk

    try:
        found = recognize(io.BytesIO(bytes(data)))
    except NotAccepted:
        found = "refused"

    assert found in {*FORMATS, *uploads.INSTEAD, "refused"}


@pytest.mark.parametrize(
    ("kind", "most", "words"),
    [
        ("video/mp4", 2048, "2 GB; export it in a smaller size"),
        ("audio/mpeg", 500, "500 MB; export it in a smaller size"),
        ("application/pdf", 25, "25 MB; save it with smaller pictures"),
        ("image/heic", 25, "25 MB; save it with smaller pictures"),
        ("text/plain", 5, "5 MB; save it with smaller pictures"),
    ],
)
def test_each_family_has_its_own_largest_size(kind, most, words):
    check_size(most * MEGABYTE, FORMATS[kind])

    with pytest.raises(Refused) as refusal:
        check_size(most * MEGABYTE + 1, FORMATS[kind])

    assert refusal.value.words == too_large(most * MEGABYTE)
    assert refusal.value.words.startswith(f"This file is larger than {words}")


@pytest.mark.parametrize(
    ("name", "size", "expected"),
    [
        ("lesson.mp4", 1, True),
        ("lesson.MOV ", 1, True),
        ("memo.m4a.", 1, True),
        ("no ending", 1, True),
        ("plan.pdf", 1, False),
        ("plan.pdf", 25 * MEGABYTE + 1, True),
        ("photo.heic", 25 * MEGABYTE, False),
    ],
)
def test_a_recording_is_told_by_its_name_and_size_before_it_is_fetched(name, size, expected):
    assert is_recording(name, size) == expected
