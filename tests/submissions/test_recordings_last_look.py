"""The last look at a cleaned recording: places where notes hide are blanked or the file is held."""

import io
import struct

import pytest

from submissions.cleaning.recordings import checks, configuration, matroska, voids
from submissions.cleaning.recordings.boxes import Box
from submissions.cleaning.recordings.clean import Recording, compare_pictures
from submissions.cleaning.recordings.configuration import blank_note, settle
from submissions.cleaning.recordings.plan import Plan
from submissions.cleaning.recordings.programs import Budget
from submissions.cleaning.recordings.streams import Stream
from submissions.cleaning.report import Doubtful, NotAccepted
from tests.submissions.recordings import box, element
from tests.submissions.samples import RAW

SPS, PPS, SEI = b"\x67set", b"\x68set", b"\x06\x05" + RAW
HEVC_SPS = b"\x42\x01set"


def settled(kind, data):
    """A set-up after the last look."""
    file = io.BytesIO(data)
    settle(file, Box(kind, 0, len(data)))
    return file.getvalue()


def units(*listed):
    return bytes((len(listed),)) + b"".join(struct.pack(">H", len(one)) + one for one in listed)


def avc_of(*sets):
    """An H.264 set-up with these in its first list."""
    head = b"\x01\x64\x00\x0a\xff" + bytes((0xE0 | len(sets),))
    return head + units(*sets)[1:] + units(PPS)


def hevc(*lists):
    """An HEVC set-up of lists of units by kind."""
    told = b"".join(
        bytes((kind,)) + struct.pack(">H", len(listed)) + units(*listed)[1:]
        for kind, *listed in lists
    )
    return bytes(22) + bytes((len(lists),)) + told


def note(size):
    """A note of HEVC with a name in it, of so many bytes in all."""
    return (b"\x4e\x01\x05\x20" + RAW * 80)[: size - 1] + b"\x80"


@pytest.mark.parametrize(
    "data",
    [
        avc_of(SPS),
        avc_of(SPS, SPS),
        avc_of(SPS) + b"\xfd\xf8\xf8\x00",
        avc_of(SPS) + b"\xfd\xf8\xf8" + units(b"\x6dext"),
    ],
)
def test_an_h264_set_up_without_notes_stays_as_it_is(data):
    assert settled(b"avcC", data) == data


@pytest.mark.parametrize(
    "data",
    [
        avc_of(SEI),
        avc_of(SPS, SEI),
        avc_of(SPS) + RAW,
        avc_of(SPS) + b"\xfd\xf8\xf8\x00" + RAW,
        avc_of(SPS)[:-6],
        b"\x01",
        b"",
    ],
)
def test_an_h264_set_up_with_anything_else_is_held(data):
    with pytest.raises(Doubtful):
        settled(b"avcC", data)


@pytest.mark.parametrize("size", [*range(5, 12), 200, 257, 258, 259, 260, 261, 515, 516, 800])
def test_a_note_of_hevc_becomes_filling_of_the_same_length(size):
    blank = blank_note(note(size))

    assert (len(blank), blank[:2], blank[-1], RAW[:4] in blank) == (size, b"\x4e\x01", 0x80, False)
    assert payloads(blank[2:-1]) in ([3], [3, 3])


def payloads(data):
    """The kinds of the messages in a note, read to its end."""
    kinds, place = [], 0
    while place < len(data):
        kind, place, size = data[place], place + 1, 0
        while data[place] == 0xFF:
            size, place = size + 255, place + 1
        size, place = size + data[place], place + 1
        kinds.append(kind)
        place += size
        assert place <= len(data)
    return kinds


def test_notes_in_an_hevc_set_up_are_blanked_and_the_rest_stays():
    data = hevc((32, HEVC_SPS), (33, HEVC_SPS), (39, note(60), note(300)), (34, HEVC_SPS))

    after = settled(b"hvcC", data)

    assert (len(after), RAW in data, RAW in after) == (len(data), True, False)
    assert after.count(HEVC_SPS) == 3


@pytest.mark.parametrize(
    "data",
    [
        hevc((38, HEVC_SPS)),
        hevc((33, HEVC_SPS)) + RAW,
        hevc((33, HEVC_SPS))[:-2],
        hevc((39, b"\x4e\x01\x80")),
        bytes(10),
    ],
)
def test_an_hevc_set_up_with_anything_else_is_held(data):
    with pytest.raises(Doubtful):
        settled(b"hvcC", data)


SEQUENCE = b"\x0a\x03abc"
METADATA = bytes((0x2A, len(RAW) + 1, 4)) + RAW


def test_a_note_in_an_av1_set_up_becomes_padding():
    data = b"\x81\x00\x0c\x00" + SEQUENCE + METADATA + b"\x2a\x00"

    after = settled(b"av1C", data)

    assert (len(after), after[:9], RAW in after) == (len(data), data[:9], False)
    assert (after[9] >> 3 & 0xF, after[-3]) == (15, 0x80)


@pytest.mark.parametrize(
    "unit",
    [
        b"\x32\x01x",
        b"\x08abc",
        b"\x0a\x09abc",
        b"\x0a" + b"\xff" * 9,
        b"\x0a",
    ],
    ids=["frame", "without size", "too long", "endless size", "cut off"],
)
def test_an_av1_set_up_with_anything_else_is_held(unit):
    with pytest.raises(Doubtful):
        settled(b"av1C", b"\x81\x00\x0c\x00" + unit)


def test_a_set_up_without_end_is_held(monkeypatch):
    monkeypatch.setattr(configuration, "MOST", 3)

    with pytest.raises(Doubtful):
        settled(b"avcC", avc_of(SPS))


def handler(name):
    return box(b"hdlr", bytes(8) + b"vide" + bytes(12) + name)


FOUND = {
    "unknown box": box(b"uuid", RAW),
    "free box with words": box(b"free", RAW),
    "list of words": box(b"udta", box(b"meta", bytes(4) + box(b"ilst", RAW))),
    "handler with a name": handler(RAW),
    "times": box(b"mvhd", bytes(4) + b"\1\2\3\4" + bytes(92)),
    "long times": box(b"tkhd", b"\1" + bytes(3) + bytes(8) + b"\0\1" + bytes(90)),
    "picture of colors": box(b"colr", b"prof" + RAW),
    "name of a coder": box(b"stsd", bytes(8) + box(b"avc1", bytes(43) + RAW + bytes(30))),
    "address": box(b"dref", bytes(8) + box(b"url ", bytes(4) + RAW)),
    "box beyond the end": struct.pack(">L4s", 99, b"moov"),
}


@pytest.mark.parametrize("what", FOUND)
def test_a_box_that_tells_something_holds_the_file(tmp_path, what):
    (tmp_path / "a.mp4").write_bytes(box(b"ftyp", b"isom") + FOUND[what])

    with pytest.raises(Doubtful):
        checks.check_movie(tmp_path / "a.mp4")


def test_boxes_that_tell_nothing_are_fine(tmp_path):
    fine = [
        box(b"free", b""),
        box(b"free", bytes(90)),
        handler(b"VideoHandler\0"),
        handler(b""),
        box(b"colr", b"nclx" + bytes(7)),
        box(b"mvhd", bytes(100)),
        box(b"stsd", bytes(8) + box(b"mp4a", bytes(28))),
    ]
    (tmp_path / "a.mp4").write_bytes(b"".join(fine))

    assert checks.check_movie(tmp_path / "a.mp4") is None


def looked_at(data):
    """A WebM after the last look."""
    file = io.BytesIO(data)
    voids.settle_all(file, 0, len(data))
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        element(voids.TAGS, RAW),
        element(0x53C0, RAW),
        b"\x12\x54\xc3\x67\x01\0\0\0\0\0\0" + bytes((len(RAW),)) + RAW,
        element(matroska.ENTRY, element(voids.CODEC, b"V_VP9") + element(voids.SET_UP, RAW)),
    ],
    ids=["tags", "transparency", "long size", "set-up"],
)
def test_what_may_hide_something_in_a_webm_is_made_void(data):
    after = looked_at(data)

    assert (len(after), RAW in after) == (len(data), False)
    assert len(list(matroska.elements(io.BytesIO(after), 0, len(after)))) == 1


def test_a_note_in_the_set_up_of_av1_in_a_webm_is_blanked():
    set_up = element(voids.SET_UP, b"\x81\x00\x0c\x00" + SEQUENCE + METADATA)

    after = looked_at(element(matroska.ENTRY, element(voids.CODEC, b"V_AV1") + set_up))

    assert (RAW in after, SEQUENCE in after) == (False, True)


@pytest.mark.parametrize(
    "data",
    [
        element(0x4DEF, RAW),
        element(voids.VOID, RAW),
        element(0x4D80, RAW),
        element(matroska.ENTRY, element(0x536E, RAW)),
    ],
    ids=["unknown", "void with words", "name of a program", "name of a track"],
)
def test_what_is_not_known_in_a_webm_holds_the_file(data):
    with pytest.raises(Doubtful):
        looked_at(data)


@pytest.mark.parametrize("data", [b"\x00", b"\x1a", b"\xec\x00", element(voids.VOID, b"abc")[:-1]])
def test_a_webm_that_is_no_webm_is_damage(tmp_path, data):
    (tmp_path / "a.webm").write_bytes(data)

    with pytest.raises(Doubtful):
        checks.check_webm(tmp_path / "a.webm")
    with pytest.raises(NotAccepted):
        list(matroska.elements(io.BytesIO(data), 0, len(data)))


def test_pictures_that_came_out_otherwise_hold_the_file(tmp_path):
    before = Stream(0, "video", "vp9", 96, 64)
    for changes in ({"width": 90}, {"turn": 90}, {"codec": "vp8"}):
        after = Stream(**{**vars(before), **changes})
        copy = Recording(after, None, {}, {}, {})

        with pytest.raises(Doubtful):
            compare_pictures(copy, tmp_path, Plan("video/webm", "webm", before, None), Budget())


def test_without_pictures_where_some_should_be_the_file_is_held(tmp_path):
    with pytest.raises(Doubtful):
        compare_pictures(
            Recording(None, None, {}, {}, {}),
            tmp_path,
            Plan("video/mp4", "mp4", Stream(0, "video", "h264"), None),
            Budget(),
        )
