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

from PIL import ExifTags, Image, ImageCms, ImageFile
from pillow_heif import register_heif_opener

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
JPEG_QUALITY = 92
PHOTOS = ("image/jpeg", "image/heic", "image/avif")  # become a JPEG whatever their size
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
AS_THEY_ARE = ("1", "L", "LA", "RGB", "RGBA", "I;16")
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
STILL = gettext_noop("Only the first picture of the animation was kept.")
SEVERAL = gettext_noop("Only the main picture of several in this file was kept.")

register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def clean_image(source: Path, target: Path, media_type: str) -> Report:
    """Draw a picture again: photos as JPEG; WebP, GIF and TIFF as PNG, or as JPEG when large."""
    findings = Findings()
    with source.open("rb") as file:
        picture = redrawn(file, media_type, findings)
    new_type, extension = save(picture, target, media_type)
    check(target, new_type, picture.size)
    return findings.report(new_type, extension)


def clean_bytes(data: bytes, media_type: str, findings: Findings) -> tuple[bytes, str, str]:
    """The same for a picture inside a document: content, media type and extension."""
    picture = redrawn(io.BytesIO(data), media_type, findings)
    out = io.BytesIO()
    new_type, extension = save(picture, out, media_type)
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


def redrawn(file: BinaryIO, media_type: str, findings: Findings) -> Image.Image:
    """The pixels of a picture, upright, in a new picture that knows nothing else."""
    with decoding(), Image.open(file, formats=[FORMATS[media_type]]) as image:
        if image.width * image.height > MOST_PIXELS:
            raise NotAccepted(TOO_LARGE)
        check_frames(image, media_type, findings)
        image.load()
        note(image, findings)
        return painted(image)


def check_frames(image: Image.Image, media_type: str, findings: Findings) -> None:
    """One picture is kept: pages are refused, an animation is told of."""
    frames = getattr(image, "n_frames", 1)
    if frames > 1 and media_type == "image/tiff":
        raise NotAccepted(PAGES)
    if frames > 1 and media_type == "image/heic":
        findings.warn(SEVERAL)  # the main one is at hand
    elif frames > 1 and media_type != "image/jpeg":
        findings.warn(STILL)
        image.seek(0)


def painted(image: Image.Image) -> Image.Image:
    """Copy the pixels, in colors every viewer shows alike, and turn them upright."""
    turn = UPRIGHT.get(orientation(image))
    plain = in_plain_mode(image)
    if turn is not None:
        fresh = plain.transpose(turn)
        fresh.info = {}
        return fresh
    fresh = Image.new(plain.mode, plain.size)
    fresh.paste(plain)
    return fresh


def orientation(image: Image.Image) -> int:
    """How the camera was held; Pillow turns a TIFF itself."""
    if image.format == "TIFF":
        return 1
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except DAMAGE:
        return 1


def in_plain_mode(image: Image.Image) -> Image.Image:
    """The picture in one of the modes that PNG or JPEG hold, its colors as sRGB."""
    if image.mode in ("P", "PA", "La", "RGBa") or "transparency" in image.info:
        has_alpha = image.mode != "P" or "transparency" in image.info
        return image.convert("RGBA" if has_alpha else "RGB")
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "CMYK"):
        return in_srgb(image, profile)
    if image.mode in ("I", "F", "I;16B", "I;16L"):
        return image.convert("I;16") if image.mode != "F" else image.convert("L")
    return image if image.mode in AS_THEY_ARE else image.convert("RGB")


def in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    """Convert from the camera's own color space; a broken profile is left out of account."""
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        plain = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, given, plain, outputMode="RGB")
    except (ImageCms.PyCMSError, *DAMAGE):
        converted = None
    return converted or image.convert("RGB")


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
    opaque = image.mode in ("L", "RGB")
    large = image.width * image.height > LARGE and media_type not in ("image/png", "image/gif")
    if opaque and (media_type in PHOTOS or large):
        image.save(target, "JPEG", quality=JPEG_QUALITY)
        return "image/jpeg", "jpg"
    image.save(target, "PNG")
    return "image/png", "png"


def check(target: Path, media_type: str, size: tuple[int, int]) -> None:
    """The copy must open again and be as large as what was drawn."""
    with decoding(), Image.open(target, formats=[FORMATS[media_type]]) as copy:
        copy.load()
        if copy.size != size:
            raise Doubtful(BROKEN)
