"""Tiny sound and video files made by ffmpeg, with a canary wherever their kind has room for one."""

import functools
import json
import struct
import subprocess
import tempfile
from pathlib import Path

from tests.submissions import samples
from tests.submissions.samples import CANARY, RAW

SECONDS = 1
PICTURES = ["-f", "lavfi", "-i", f"testsrc=s=96x64:r=10:d={SECONDS},format=yuv420p"]
SOUND = ["-f", "lavfi", "-i", f"sine=f=440:d={SECONDS}"]
FAST = ["-c:v", "libx264", "-preset", "ultrafast"]
AAC = ["-c:a", "aac", "-b:a", "64k"]
TELLING = [
    part
    for name in ("title", "artist", "album", "comment", "copyright", "make", "model")
    for part in ("-metadata", f"{name}={CANARY}")
]
PLACE = "+12.3456-098.7654/"
TELLING += ["-metadata", f"location={PLACE}"]
HANDLERS = ["-metadata:s:v", f"handler_name={CANARY}", "-metadata:s:a", f"handler_name={CANARY}"]
CHAPTERS = (
    f";FFMETADATA1\ntitle={CANARY}\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle={CANARY}\n"
)
SUBTITLES = f"1\n00:00:00,000 --> 00:00:00,500\n{CANARY}\n"
X264_NOTE = f"dc45e9bde6d948b7962cd820d923eeef+{CANARY}"


def ffmpeg(*arguments, ending, given=None):
    """What ffmpeg makes of these arguments; files of ``given`` lie beside under their names."""
    with tempfile.TemporaryDirectory() as folder:
        for name, content in (given or {}).items():
            (Path(folder) / name).write_bytes(content)
        command = ["ffmpeg", "-v", "error", "-y", "-nostdin", *arguments, f"out.{ending}"]
        subprocess.run(command, check=True, cwd=folder, capture_output=True)
        return (Path(folder) / f"out.{ending}").read_bytes()


def seen(data):
    """What ffprobe sees in a file: codecs, length, and everything told in words."""
    shown = ["-show_streams", "-show_format", "-show_chapters", "-of", "json"]
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        done = subprocess.run(
            ["ffprobe", "-v", "error", *shown, file.name], check=True, capture_output=True
        )
    return json.loads(done.stdout)


def length(data):
    """How many seconds ffprobe says it lasts."""
    return float(seen(data)["format"]["duration"])


def codecs(data):
    """The codings of its streams, in order."""
    return [stream.get("codec_name", "none") for stream in seen(data)["streams"]]


def box(kind, content):
    """One box of an MP4."""
    return struct.pack(">L", len(content) + 8) + kind + content


def in_index(data, extra, *path):
    """The same MP4 with one more box inside; its index lies behind the recording itself."""
    place, chain = 0, []
    for kind in path:
        place = data.index(kind, place) - 4
        chain.append(place)
        place += 8
    end = chain[-1] + struct.unpack_from(">L", data, chain[-1])[0]
    out = bytearray(data[:end] + extra + data[end:])
    for start in chain:
        struct.pack_into(">L", out, start, struct.unpack_from(">L", out, start)[0] + len(extra))
    return bytes(out)


def turned(data):
    """The same MP4 with pictures a quarter turned, as a phone held upright writes them."""
    out = bytearray(data)
    matrix = struct.pack(">9l", 0, 65536, 0, -65536, 0, 0, 64 << 16, 0, 1 << 30)
    place = out.index(b"tkhd") + 44
    out[place : place + len(matrix)] = matrix
    return bytes(out)


@functools.cache
def mp4():
    """H.264 and AAC with tags, chapters, cover, subtitles, time code, and notes in the pictures."""
    given = {"chapters": CHAPTERS.encode(), "a.srt": SUBTITLES.encode(), "c.jpg": samples.jpeg()}
    inputs = [*PICTURES, *SOUND, "-i", "chapters", "-i", "a.srt", "-i", "c.jpg"]
    maps = [part for number in "0134" for part in ("-map", number)]
    maps += ["-map_metadata", "2", "-map_chapters", "2", "-c:s", "mov_text"]
    cover = ["-c:v:1", "mjpeg", "-disposition:v:1", "attached_pic"]
    notes = ["-bsf:v:0", f"h264_metadata=sei_user_data={X264_NOTE}", "-timecode", "01:00:00:00"]
    time = ["-metadata", "creation_time=2026-03-04T05:06:07Z"]
    coded = ["-c:v:0", "libx264", "-preset", "ultrafast", *AAC]
    options = [*maps, *coded, *cover, *notes, *TELLING, *HANDLERS, *time]
    data = ffmpeg(*inputs, *options, ending="mp4", given=given)
    data = in_index(data, box(b"udta", box(b"name", RAW)), b"moov", b"trak")
    data = in_index(data, box(b"uuid", bytes(16) + RAW), b"moov")
    loose = [box(kind, RAW) for kind in (b"free", b"skip", b"udta", b"meta")]
    return data + b"".join(loose) + box(b"uuid", bytes(16) + RAW)


@functools.cache
def plain_mp4(*options):
    """H.264 and AAC, nothing else."""
    return ffmpeg(*PICTURES, *SOUND, *FAST, *AAC, *options, ending="mp4")


@functools.cache
def mov():
    """What a phone of another make writes: HEVC, sound as it is, keys of its own."""
    keys = ["-movflags", "use_metadata_tags", "-metadata", f"com.apple.quicktime.author={CANARY}"]
    coded = ["-c:v", "libx265", "-x265-params", "log-level=none", "-tag:v", "hvc1"]
    options = [*coded, "-c:a", "pcm_s16le", *TELLING, *HANDLERS, *keys]
    made = ffmpeg(*PICTURES, *SOUND, *options, ending="mov")
    return made.replace(b"Multicoreware", RAW)  # in x265's own note, also in the set-up


@functools.cache
def old_mp4():
    """MPEG-4 part 2, with the notes its cameras write into the pictures."""
    raw = ffmpeg(*PICTURES, "-c:v", "mpeg4", "-f", "m4v", ending="m4v")
    told = raw.replace(b"\0\0\1\xb6", b"\0\0\1\xb2" + RAW + b"\0\0\1\xb6", 1)
    options = ["-r", "10", "-f", "m4v", "-i", "a.m4v", *SOUND, "-c:v", "copy", *AAC, *TELLING]
    return ffmpeg(*options, ending="mp4", given={"a.m4v": told})


@functools.cache
def av1():
    """AV1 with a note of its own unit before each picture."""
    slow = ["-c:v", "libaom-av1", "-cpu-used", "8", "-usage", "realtime"]
    raw = ffmpeg(*PICTURES, *slow, "-f", "obu", ending="obu")
    note = bytes((0x2A, len(RAW) + 3, 4, 0xB5)) + RAW + b"\x80"
    told = raw.replace(b"\x12\x00", b"\x12\x00" + note)
    options = ["-r", "10", "-f", "obu", "-i", "a.obu", "-c:v", "copy", *TELLING]
    return ffmpeg(*options, ending="mp4", given={"a.obu": told})


@functools.cache
def webm(codec="libvpx-vp9", *options):
    """VP9 or VP8 and Opus with tags, chapters and an attached file."""
    given = {"chapters": CHAPTERS.encode(), "a.txt": RAW}
    coded = ["-c:v", codec, "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"]
    extra = ["-attach", "a.txt", "-metadata:s:t", f"filename={CANARY}"]
    extra += ["-metadata:s:t", "mimetype=text/plain", "-map_chapters", "2", *TELLING]
    inputs = [*PICTURES, *SOUND, "-i", "chapters", "-map", "0", "-map", "1"]
    made = ffmpeg(*inputs, *coded, *extra, *options, ending="mkv", given=given)
    return made.replace(b"matroska", b"webm\0\0\0\0", 1)


@functools.cache
def m4a():
    """AAC whose frames each begin with a note, with tags, chapters and a cover."""
    raw = noted(ffmpeg(*SOUND, *AAC, ending="aac"))
    given = {"a.aac": raw, "c.jpg": samples.jpeg(), "chapters": CHAPTERS.encode()}
    inputs = ["-i", "a.aac", "-i", "c.jpg", "-i", "chapters", "-map", "0", "-map", "1"]
    cover = ["-map_chapters", "2", "-c", "copy", "-disposition:v", "attached_pic"]
    return ffmpeg(*inputs, *cover, *TELLING, *HANDLERS[2:], ending="m4a", given=given)


def noted(adts):
    """AAC with a data element put in front of each frame."""
    out, place = [], 0
    note = bytes((0x80, len(RAW))) + RAW
    while place < len(adts):
        head = bytearray(adts[place : place + 7])
        size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        longer = size + len(note)
        head[3] = head[3] & 0xFC | longer >> 11
        head[4], head[5] = longer >> 3 & 0xFF, (longer & 7) << 5 | head[5] & 0x1F
        out += [bytes(head), note, adts[place + 7 : place + size]]
        place += size
    return b"".join(out)


@functools.cache
def mp3():
    """MP3 with labels of all three kinds, a cover, and a program named in the first frame."""
    inputs = [*SOUND, "-i", "c.jpg", "-map", "0", "-map", "1"]
    options = ["-id3v2_version", "3", "-c:a", "libmp3lame", "-b:a", "64k", "-c:v", "mjpeg"]
    made = ffmpeg(*inputs, *options, *TELLING, ending="mp3", given={"c.jpg": samples.jpeg()})
    item = struct.pack("<LL", len(RAW), 0) + b"Artist\0" + RAW
    ape = struct.pack("<8sLLLL8x", b"APETAGEX", 2000, len(item) + 32, 1, 0)
    id3v1 = b"TAG" + RAW.ljust(30, b"\0") * 3 + b"2026" + RAW.ljust(30, b"\0") + b"\0"
    return made.replace(b"Lavc59.37", RAW[:9]) + item + ape + id3v1


def inside(data, *ids):
    """The first element at a path of a WebM file: where it, its content and its end are."""
    import io

    from submissions.cleaning.recordings.matroska import elements

    file, start, end = io.BytesIO(data), 0, len(data)
    for number in ids:
        found = next(one for one in elements(file, start, end) if one.id == number)
        start, end = found.start, found.end
    return found


def with_element(data, new, *ids):
    """The same WebM with one more element at the end of the one at this path.

    All around it become of unknown size or are told their new one, which ffmpeg's eight bytes
    allow.
    """
    around = [inside(data, *ids[: count + 1]) for count in range(len(ids))]
    end = around[-1].end
    out = bytearray(data[:end] + new + data[end:])
    for one in around:
        size = one.end - one.start + len(new)
        width = one.start - one.place - len(number_of(data, one.place))
        out[one.start - width : one.start] = (size | 1 << 7 * width).to_bytes(width, "big")
    return bytes(out)


def number_of(data, place):
    """The id of the element at a place, as it is written."""
    return data[place : place + 9 - data[place].bit_length()]


def element(number, content):
    """One element of a WebM."""
    width = (number.bit_length() + 7) // 8
    return number.to_bytes(width, "big") + (len(content) | 1 << 28).to_bytes(4, "big") + content
