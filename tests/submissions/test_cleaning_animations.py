"""Pictures that move stay moving; films of thousands of pictures and chains of pages don't."""

import io
import struct
import time

import pytest
from PIL import Image, ImageCms, ImageSequence

from submissions.cleaning import clean
from submissions.cleaning.animations import MOST_FRAMES
from submissions.cleaning.images import clean_bytes
from submissions.cleaning.report import Findings
from tests.submissions import samples

KINDS = {"GIF": "image/gif", "WEBP": "image/webp", "PNG": "image/png"}
SCREEN = b"GIF89a" + struct.pack("<HHBBB", 1, 1, 0x80, 0, 0) + b"\x00\x00\x00\xff\xff\xff"
FRAME = b"\x2c" + struct.pack("<HHHHB", 0, 0, 1, 1, 0) + b"\x02\x02\x44\x01\x00"
NOTE = b"\x21\xfe\x03abc\x00"


@pytest.fixture
def run(tmp_path):
    def run(data, media_type):
        source, target = tmp_path / "in", tmp_path / "out"
        source.write_bytes(data)
        report = clean(source, target, media_type)
        return report, target.read_bytes() if target.exists() else None

    return run


def turning(kind, **options):
    """A picture that turns around once, with a word beside each frame."""
    frames = [samples.pattern((40, 40)).rotate(angle) for angle in (0, 90, 180)]
    return samples.saved(
        frames[0], kind, save_all=True, append_images=frames[1:], duration=[70, 140, 210], **options
    )


def shown(data):
    """What each frame of an animation shows, and for how long."""
    image = Image.open(io.BytesIO(data))
    return [
        (frame.convert("RGB").tobytes(), frame.info["duration"])
        for frame in ImageSequence.Iterator(image)
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_an_animation_moves_as_before(run, kind):
    given = turning(kind, lossless=True)

    report, copy = run(given, KINDS[kind])

    assert (report.outcome, report.media_type, report.warnings) == ("clean", "image/png", [])
    assert shown(copy) == shown(given)


@pytest.mark.parametrize("loop", [0, 3])
def test_an_animation_is_repeated_as_often_as_before(run, loop):
    _, copy = run(turning("GIF", loop=loop), "image/gif")

    assert Image.open(io.BytesIO(copy)).info["loop"] == loop


def test_nothing_that_is_told_between_the_frames_is_left(run):
    told = b"\x21\xfe" + bytes([len(samples.RAW)]) + samples.RAW + b"\x00"
    data = SCREEN + told + FRAME + told + FRAME + told + b";" + samples.RAW

    report, copy = run(data, "image/gif")

    assert (report.outcome, samples.hits(copy)) == ("clean", [])


def test_a_long_animation_of_large_pictures_is_cut_to_the_first_and_said_so(run, monkeypatch):
    monkeypatch.setattr("submissions.cleaning.animations.MOST_PIXELS", 40 * 40 * 2)

    report, copy = run(turning("GIF"), "image/gif")

    assert report.warnings == ["Only the first picture of the animation was kept."]
    assert Image.open(io.BytesIO(copy)).convert("RGB").getpixel((0, 0)) == (255, 0, 0)


@pytest.mark.parametrize("frames", [MOST_FRAMES + 1, 400_000])
def test_a_film_of_thousands_of_pictures_is_refused_at_once(run, frames):
    begun = time.monotonic()

    report, copy = run(SCREEN + (NOTE + FRAME) * frames + b";", "image/gif")

    assert (report.outcome, copy) == ("refused", None)
    assert "export it as an MP4 video" in report.reason
    assert time.monotonic() - begun < 2


def test_an_animation_that_ends_before_its_time_shows_what_there_is(run):
    data = SCREEN + FRAME * 3

    report, _ = run(data + b"\x2c", "image/gif")

    assert report.outcome in ("clean", "refused")


def test_a_tiff_of_several_pages_is_refused_rather_than_cut(run):
    pages = [samples.pattern(), samples.pattern()]
    data = samples.saved(pages[0], "TIFF", save_all=True, append_images=pages[1:])

    report, copy = run(data, "image/tiff")

    assert (report.outcome, copy) == ("refused", None)
    assert "save it as a PDF" in report.reason


def pages(number, *, small=0, loop=False):
    """A TIFF of so many pages of one pixel, each said to be a small copy or not."""
    rows = [(254, 4, small), (256, 3, 1), (257, 3, 1), (258, 3, 8), (259, 3, 1), (262, 3, 1)]
    rows += [(273, 4, 4), (277, 3, 1), (278, 3, 1), (279, 4, 1)]
    size = 2 + 12 * len(rows) + 4
    data = b"II*\x00" + struct.pack("<L", 8)
    for page in range(number):
        following = 8 + size * (page + 1) if page < number - 1 else 8 * loop
        entries = b"".join(struct.pack("<HHLL", tag, kind, 1, value) for tag, kind, value in rows)
        data += struct.pack("<H", len(rows)) + entries + struct.pack("<L", following)
    return data


@pytest.mark.parametrize(
    "data", [pages(5_000), pages(3, loop=True), pages(20, small=1)], ids=["many", "loop", "copies"]
)
def test_a_chain_of_pages_is_not_followed_to_its_end(run, data):
    begun = time.monotonic()

    report, _ = run(data, "image/tiff")

    assert (report.outcome, "several pages" in report.reason) == ("refused", True)
    assert time.monotonic() - begun < 1


def test_small_copies_of_the_only_page_are_no_pages(run):
    report, copy = run(pages(2, small=1), "image/tiff")

    assert (report.outcome, Image.open(io.BytesIO(copy)).size) == ("clean", (1, 1))


@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_a_photo_inside_a_document_keeps_its_very_pixels_and_lies_as_it_did(mode):
    data = samples.saved(samples.pattern(mode=mode), "JPEG", exif=samples.exif(6), quality=80)

    content, media_type, _ = clean_bytes(data, "image/jpeg", Findings())

    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(content))
    assert (media_type, after.size, samples.hits(content)) == ("image/jpeg", before.size, [])
    assert after.tobytes() == before.tobytes()


def test_a_photo_inside_a_document_in_colors_of_its_own_is_drawn_again():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    data = samples.saved(samples.pattern(), "JPEG", icc_profile=profile)

    content, _, _ = clean_bytes(data, "image/jpeg", Findings())

    assert "icc_profile" not in Image.open(io.BytesIO(content)).info


def test_a_photo_is_not_seen_to_have_been_drawn_twice(run):
    noise = Image.merge("RGB", [Image.effect_noise((64, 64), 60) for _ in range(3)])
    data = samples.saved(noise, "JPEG", quality=95, subsampling=0)

    _, copy = run(data, "image/jpeg")

    before, after = Image.open(io.BytesIO(data)).tobytes(), Image.open(io.BytesIO(copy)).tobytes()
    assert sum(abs(one - other) for one, other in zip(before, after, strict=True)) < len(before)


def test_transparent_pictures_in_colors_of_their_own_stay_transparent(run):
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes()
    image = samples.pattern(mode="RGBA")
    image.putalpha(100)

    _, copy = run(samples.saved(image, "PNG", icc_profile=profile), "image/png")

    assert Image.open(io.BytesIO(copy)).getpixel((0, 0))[3] == 100
