"""Pictures: decoded under limits, turned upright, and drawn again from their pixels alone.

Nothing of the file itself is carried over, so whatever hid in it stays behind (SAFETY F9).
"""

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from PIL import ExifTags, Image, ImageFile
from pillow_heif import register_heif_opener

from submissions.cleaning import animations, jpeg
from submissions.cleaning.colors import in_plain_mode, is_srgb
from submissions.cleaning.report import Doubtful, Findings, NotAccepted, Report, gettext_noop

FORMATS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/webp": "WEBP",
    "image/gif": "GIF",
    "image/tiff": "TIFF",
    "image/heic": "HEIF",
    "image/avif": "AVIF",
    "image/bmp": "BMP",  # inside documents only
}
MOST_PIXELS = 50_000_000  # SAFETY 7.1
LARGE = 12_000_000  # from here on a picture without transparency becomes a JPEG
QUICKLY, WELL = 2, 6  # how hard a PNG is packed
JPEG_QUALITY, FULL_COLOR = 95, 0  # what is drawn twice must not look it
PHOTOS = ("image/jpeg", "image/heic", "image/avif")  # become a JPEG whatever their size
MOVING = ("image/gif", "image/webp", "image/png")
DAMAGE = (
    OSError,
    EOFError,
    SyntaxError,
    ValueError,
    TypeError,
    AttributeError,
    ArithmeticError,
    LookupError,
    AssertionError,
    NotImplementedError,
    RuntimeError,
    struct.error,
)
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
TAGS = {
    "author name": (0x013B, 0x8298, 0x9C9D, 0xA430),
    "camera details": (0x010F, 0x0110, 0xA431, 0xA433, 0xA434, 0xA435),
    "software name": (0x0131, 0x013C),
    "date and time": (0x0132, 0x9003, 0x9004),
    "title and comments": (0x010E, 0x9286, 0x9C9B, 0x9C9C, 0x9C9E, 0x9C9F),
}

BROKEN = gettext_noop(
    "This picture is damaged or incomplete; open it, save it again as a JPEG or PNG, and hand in "
    "the new copy."
)
TOO_LARGE = gettext_noop(
    "This picture has more than 50 million pixels; save a smaller copy of it and hand that in."
)
PAGES = gettext_noop(
    "This TIFF holds several pages, of which only the first would be shown; save it as a PDF and "
    "hand that in."
)
FILM = gettext_noop(
    "This animation has more than 1,000 pictures; export it as an MP4 video, or hand in the one "
    "picture that shows your work."
)
STILL = gettext_noop("Only the first picture of the animation was kept.")
SEVERAL = gettext_noop("Only the main picture of several in this file was kept.")

register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def clean_image(source: Path, target: Path, media_type: str) -> Report:
    """Draw a picture again: photos as JPEG; WebP, GIF and TIFF as PNG, or as JPEG when large."""
    findings = Findings()
    new_type, extension, size = redraw(source, target, media_type, findings)
    check(target, new_type, size)
    return findings.report(new_type, extension)


def clean_bytes(data: bytes, media_type: str, findings: Findings) -> tuple[bytes, str, str]:
    """The same for a picture inside a document: content, media type and extension.

    There it is not turned: the document says how it lies. A JPEG keeps its very pixels.
    """
    with opened(io.BytesIO(data), media_type) as image:
        if check_frames(image, io.BytesIO(data), media_type, findings) > 1:
            findings.warn(STILL)
        image.load()
        note(image, findings)
        if media_type == "image/jpeg" and image.mode in ("L", "RGB") and is_srgb(image):
            return jpeg.stripped(data), media_type, "jpg"
        out = io.BytesIO()
        new_type, extension = save(without_details(in_plain_mode(image)), out, media_type)
    return out.getvalue(), new_type, extension


@contextmanager
def decoding() -> Iterator[None]:
    """Turn whatever a damaged picture raises into the sentence for its owner.

    Other libraries tell Pillow to make do with half a picture; here that is damage.
    """
    makes_do, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            yield
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as bomb:
        raise NotAccepted(TOO_LARGE) from bomb
    except DAMAGE as damage:
        raise NotAccepted(BROKEN) from damage
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = makes_do


@contextmanager
def opened(file: BinaryIO, media_type: str) -> Iterator[Image.Image]:
    """Open a picture that is no larger than it may be."""
    with decoding(), Image.open(file, formats=[FORMATS[media_type]]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise NotAccepted(TOO_LARGE)
        yield image


def redraw(
    source: Path, target: Path, media_type: str, findings: Findings
) -> tuple[str, str, tuple[int, int]]:
    """Write the pixels into a new file; return its media type, extension and size."""
    with source.open("rb") as file, opened(file, media_type) as image:
        frames = check_frames(image, file, media_type, findings)
        image.load()
        note(image, findings)
        if frames > 1:
            animations.save(image, frames, painted, target)
            return "image/png", "png", image.size
        picture = painted(image)
        return *save(picture, target, media_type), picture.size


def check_frames(image: Image.Image, file: BinaryIO, media_type: str, findings: Findings) -> int:
    """How many pictures are kept: pages are refused, and of too long an animation one is left."""
    frames = animations.frames_of(image, file)
    if frames > 1 and media_type == "image/tiff":
        raise NotAccepted(PAGES)
    if frames > animations.MOST_FRAMES:
        raise NotAccepted(FILM)
    if media_type in MOVING and animations.may_move(image, frames):
        return frames
    if frames > 1 and media_type == "image/heic":
        findings.warn(SEVERAL)  # the main one is at hand
    elif frames > 1 and media_type != "image/jpeg":
        findings.warn(STILL)
        image.seek(0)
    return 1


def painted(image: Image.Image) -> Image.Image:
    """The pixels, in colors every viewer shows alike, turned upright."""
    turn = UPRIGHT.get(orientation(image))
    plain = in_plain_mode(image)
    return without_details(plain if turn is None else plain.transpose(turn))


def without_details(image: Image.Image) -> Image.Image:
    """A picture of the same pixels that knows nothing else of the one it was read from.

    The pixels are not copied: a large photo would be in memory twice.
    """
    fresh = image._new(image.im)
    fresh.info = {}
    return fresh


def orientation(image: Image.Image) -> int:
    """How the camera was held; Pillow turns a TIFF itself."""
    if image.format == "TIFF":
        return 1
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except DAMAGE:
        return 1


def note(image: Image.Image, findings: Findings) -> None:
    """Note what the file told of its author, for the report."""
    try:
        exif = image.getexif()
        tags = set(exif) | set(exif.get_ifd(ExifTags.IFD.Exif))
    except DAMAGE:
        tags = set()
    findings.saw("GPS position", int(ExifTags.IFD.GPSInfo) in tags)
    for name, numbers in TAGS.items():
        findings.saw(name, tags & set(numbers))
    info = set(image.info)
    findings.saw("comment", info & {"comment"} or getattr(image, "text", None))
    findings.saw("picture details", info & {"xmp", "photoshop", "XML:com.adobe.xmp", "Raw profile"})


def save(image: Image.Image, target: Path | BinaryIO, media_type: str) -> tuple[str, str]:
    """Write the new picture; return its media type and extension."""
    is_opaque = image.mode in ("L", "RGB")
    is_large = image.width * image.height > LARGE
    turns_into_photo = is_large and media_type not in ("image/png", "image/gif")
    if is_opaque and (media_type in PHOTOS or turns_into_photo):
        image.save(target, "JPEG", quality=JPEG_QUALITY, subsampling=FULL_COLOR)
        return "image/jpeg", "jpg"
    image.save(target, "PNG", compress_level=QUICKLY if is_large else WELL)
    return "image/png", "png"


def check(target: Path, media_type: str, size: tuple[int, int]) -> None:
    """The copy must open again and be as large as what was drawn."""
    with decoding(), Image.open(target, formats=[FORMATS[media_type]]) as copy:
        copy.load()
        if copy.size != size:
            raise Doubtful(BROKEN)
