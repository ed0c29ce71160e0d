import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from submissions.cleaning import clean
from tests.submissions import samples

MAKERS = {
    "image/jpeg": samples.jpeg,
    "image/png": samples.png,
    "image/gif": samples.gif,
    "image/webp": samples.webp,
    "image/tiff": samples.tiff,
}


@pytest.fixture
def run(tmp_path):
    def run(data, media_type):
        source, target = tmp_path / "in", tmp_path / "out"
        source.write_bytes(data)
        report = clean(source, target, media_type)
        return report, target.read_bytes() if target.exists() else None

    return run


@pytest.mark.parametrize("media_type", MAKERS)
def test_a_picture_tells_nothing_of_who_took_it(run, media_type):
    data = MAKERS[media_type]()
    assert samples.hits(data) != []

    report, copy = run(data, media_type)

    assert report.outcome == "clean"
    assert samples.hits(copy) == []


@pytest.mark.parametrize(
    ("media_type", "becomes"),
    [
        ("image/jpeg", ("image/jpeg", "jpg")),
        ("image/png", ("image/png", "png")),
        ("image/gif", ("image/png", "png")),
        ("image/webp", ("image/png", "png")),
        ("image/tiff", ("image/png", "png")),
    ],
)
def test_a_picture_becomes_what_every_browser_shows(run, media_type, becomes):
    report, copy = run(MAKERS[media_type](), media_type)

    assert (report.media_type, report.extension) == becomes
    assert Image.open(io.BytesIO(copy)).format == {"jpg": "JPEG", "png": "PNG"}[becomes[1]]


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright(run, orientation):
    upright = {1: (0, 0), 2: (59, 0), 3: (59, 39), 4: (0, 39)}
    turned = {5: (0, 0), 6: (39, 0), 7: (39, 59), 8: (0, 59)}

    _, copy = run(samples.jpeg(orientation), "image/jpeg")

    image = Image.open(io.BytesIO(copy)).convert("RGB")
    assert image.size == ((60, 40) if orientation in upright else (40, 60))
    red, green, blue = image.getpixel((upright | turned)[orientation])
    assert (red > 200, green < 60, blue < 60) == (True, True, True)


def test_the_report_names_what_was_there(run):
    report, _ = run(samples.jpeg(), "image/jpeg")

    assert report.removed == [
        "GPS position",
        "author name",
        "camera details",
        "comment",
        "picture details",
        "software name",
        "title and comments",
    ]


@pytest.mark.parametrize(
    ("mode", "kept"),
    [
        ("1", "1"),
        ("L", "L"),
        ("LA", "LA"),
        ("RGB", "RGB"),
        ("RGBA", "RGBA"),
        ("P", "RGB"),
        ("I;16", "I;16"),
    ],
)
def test_a_png_keeps_its_pixels_exactly(run, mode, kept):
    given_image = Image.new(mode, (20, 10), 1) if mode == "I;16" else samples.pattern(mode=mode)

    _, copy = run(samples.saved(given_image, "PNG"), "image/png")

    shown = Image.open(io.BytesIO(copy))
    assert shown.mode == kept
    assert shown.tobytes() == (given_image if mode != "P" else given_image.convert("RGB")).tobytes()


@pytest.mark.parametrize("mode", ["I;16", "I;16B", "I"])
def test_a_scan_of_16_bits_keeps_every_shade(run, mode):
    image = Image.new(mode, (4, 1))
    for place, shade in enumerate((0, 430, 40_000, 65_535)):
        image.putpixel((place, 0), shade)

    _, copy = run(samples.saved(image, "TIFF"), "image/tiff")

    shown = Image.open(io.BytesIO(copy))
    assert [shown.getpixel((place, 0)) for place in range(4)] == [0, 430, 40_000, 65_535]


def test_a_transparent_palette_stays_transparent(run):
    image = samples.pattern(mode="P")

    _, copy = run(samples.saved(image, "PNG", transparency=0), "image/png")

    assert Image.open(io.BytesIO(copy)).mode == "RGBA"


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_other_color_modes_come_out_as_ordinary_jpegs(run, mode):
    _, copy = run(samples.saved(samples.pattern(mode=mode), "JPEG"), "image/jpeg")

    assert Image.open(io.BytesIO(copy)).mode == {"CMYK": "RGB", "L": "L"}[mode]


@pytest.mark.parametrize("mode", ["F", "I", "LAB"])
def test_scientific_pictures_become_ordinary_ones(run, mode):
    image = Image.new(mode, (8, 8)) if mode == "LAB" else samples.pattern(mode="L").convert(mode)

    report, copy = run(samples.saved(image, "TIFF"), "image/tiff")

    assert report.outcome == "clean"
    assert Image.open(io.BytesIO(copy)).size == image.size


PROFILES = {
    "of most screens": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    "of one's own": ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes(),
    "broken": samples.RAW * 20,
}


@pytest.mark.parametrize("profile", PROFILES)
def test_a_color_profile_is_applied_and_dropped(run, profile):
    data = PROFILES[profile]

    _, copy = run(samples.saved(samples.pattern(), "JPEG", icc_profile=data), "image/jpeg")

    assert "icc_profile" not in Image.open(io.BytesIO(copy)).info


def test_a_large_flat_picture_becomes_a_jpeg(run, monkeypatch):
    monkeypatch.setattr("submissions.cleaning.images.LARGE", 100)

    report, _ = run(samples.webp(), "image/webp")

    assert report.extension == "jpg"


@pytest.mark.parametrize("size", [(9000, 9000), (13000, 13000), (40000, 40000)])
def test_a_pixel_bomb_is_refused_before_it_is_unpacked(run, size):
    report, copy = run(samples.bomb(*size), "image/png")

    assert (report.outcome, copy) == ("refused", None)
    assert "50 million pixels" in report.reason


@pytest.mark.parametrize("cut", [10, 200, 1000])
def test_a_cut_off_picture_is_refused_with_a_sentence(run, cut):
    data = samples.saved(Image.effect_noise((64, 64), 90), "PNG")

    report, copy = run(data[:cut], "image/png")

    assert (report.outcome, copy) == ("refused", None)
    assert report.reason.startswith("This picture is damaged")


def test_a_picture_of_another_kind_than_said_is_not_opened(run):
    report, _ = run(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n", "image/jpeg")

    assert report.outcome == "refused"


def test_broken_details_do_not_spoil_a_good_picture(run):
    data = samples.saved(samples.pattern(), "JPEG", exif=b"Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff")

    report, _ = run(data, "image/jpeg")

    assert report.outcome == "clean"


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    kind=st.sampled_from(sorted(MAKERS)),
    place=st.floats(0, 1),
    junk=st.binary(min_size=1, max_size=8),
)
def test_a_damaged_picture_always_has_an_outcome(run, kind, place, junk):
    data = bytearray(MAKERS[kind]())
    start = int(place * len(data))
    data[start : start + len(junk)] = junk

    report, copy = run(bytes(data), kind)

    assert report.outcome in ("clean", "refused")
    assert (copy is not None) == (report.outcome == "clean")
    assert copy is None or samples.hits(copy) == []
