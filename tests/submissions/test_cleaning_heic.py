"""Photos of newer phones: HEIC and AVIF become upright JPEGs that tell nothing."""

import io
import zipfile

import pytest
from PIL import Image

from submissions.cleaning import clean
from submissions.cleaning.recognition import recognize
from tests.submissions import office, samples
from tests.submissions.samples import CANARY, RAW

XMP = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{CANARY}</x:xmpmeta>".encode()


def photo(kind="HEIF", orientation=1, **options):
    told = {"exif": samples.exif(orientation).tobytes(), "xmp": XMP, "quality": 95}
    return samples.saved(samples.pattern((64, 48)), kind, **told, **options)


@pytest.fixture
def run(tmp_path):
    def run(data, media_type="image/heic"):
        source, target = tmp_path / "in", tmp_path / "out"
        source.write_bytes(data)
        report = clean(source, target, media_type)
        return report, target.read_bytes() if target.exists() else None

    return run


def brands(major, *others):
    size = 16 + 4 * len(others)
    return size.to_bytes(4) + b"ftyp" + major + bytes(4) + b"".join(others)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (photo(), "image/heic"),
        (photo("AVIF"), "image/avif"),
        (brands(b"heix"), "image/heic"),
        (brands(b"mif1", b"heic"), "image/heic"),
        (brands(b"mif1", b"miaf", b"avif"), "image/avif"),
        (brands(b"avis"), "image/avif"),
    ],
)
def test_a_photo_is_known_by_its_brands(head, kind):
    assert recognize(io.BytesIO(head)) == kind


@pytest.mark.parametrize(("kind", "media_type"), [("HEIF", "image/heic"), ("AVIF", "image/avif")])
def test_a_photo_becomes_a_jpeg_that_tells_nothing(run, kind, media_type):
    assert samples.hits(photo(kind)) != []

    report, copy = run(photo(kind), media_type)

    assert (report.outcome, report.media_type, report.extension) == ("clean", "image/jpeg", "jpg")
    assert (samples.hits(copy), Image.open(io.BytesIO(copy)).format) == ([], "JPEG")
    assert report.removed == [
        "GPS position",
        "author name",
        "camera details",
        "picture details",
        "software name",
        "title and comments",
    ]


@pytest.mark.parametrize("kind", ["HEIF", "AVIF"])
@pytest.mark.parametrize(
    ("orientation", "size", "red"),
    [
        (1, (64, 48), (2, 2)),
        (3, (64, 48), (61, 45)),
        (6, (48, 64), (45, 2)),
        (8, (48, 64), (2, 61)),
    ],
)
def test_a_photo_is_turned_upright_once(run, kind, orientation, size, red):
    media_type = {"HEIF": "image/heic", "AVIF": "image/avif"}[kind]

    _, copy = run(photo(kind, orientation), media_type)

    image = Image.open(io.BytesIO(copy))
    corner = image.getpixel(red)
    assert (image.size, corner[0] > 200, corner[1] < 60) == (size, True, True)


def test_only_the_main_picture_of_several_is_kept_and_said_so(run):
    others = [Image.new("RGB", (32, 32), "green"), Image.new("RGB", (16, 16), "blue")]
    data = photo(save_all=True, append_images=others, primary_index=0)

    report, copy = run(data)

    assert report.warnings == ["Only the main picture of several in this file was kept."]
    assert Image.open(io.BytesIO(copy)).size == (64, 48)


def test_too_many_pixels_are_refused_before_they_are_unpacked(run, monkeypatch):
    monkeypatch.setattr("submissions.cleaning.images.MOST_PIXELS", 1000)

    report, copy = run(photo())

    assert (report.outcome, copy, "50 million pixels" in report.reason) == ("refused", None, True)


@pytest.mark.parametrize("cut", [40, 300, 0.6, 0.95])
def test_a_cut_off_photo_is_refused(run, cut):
    data = photo()
    end = int(cut * len(data)) if cut < 1 else cut

    report, copy = run(data[:end])

    assert (report.outcome, copy) == ("refused", None)
    assert report.reason.startswith("This picture is damaged")


def test_what_lies_behind_a_photo_stays_behind(run):
    report, copy = run(photo() + b"\0\0\0\x20mpvd" + RAW)

    assert (report.outcome, samples.hits(copy)) == ("clean", [])


def test_a_photo_inside_a_word_file_becomes_a_jpeg_too(tmp_path):
    (tmp_path / "in").write_bytes(office.word(**{f"word/media/{CANARY}.jpg": photo()}))
    word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    report = clean(tmp_path / "in", tmp_path / "out", word)

    with zipfile.ZipFile(tmp_path / "out") as copy:
        picture = Image.open(io.BytesIO(copy.read("word/media/image1.jpg")))
        assert (picture.format, picture.size) == ("JPEG", (64, 48))
    assert (report.outcome, samples.hits((tmp_path / "out").read_bytes())) == ("clean", [])
