"""Colors of pictures, brought into what every viewer shows alike."""

import io

from PIL import Image, ImageCms

AS_THEY_ARE = ("1", "L", "LA", "RGB", "RGBA", "I;16")
DEEP = ("I", "I;16B", "I;16L")
NO_PROFILE = (ImageCms.PyCMSError, OSError, ValueError, TypeError)


def in_plain_mode(image: Image.Image) -> Image.Image:
    """The picture in one of the modes that PNG or JPEG hold, its colors as sRGB."""
    if image.mode in ("P", "PA", "La", "RGBa") or "transparency" in image.info:
        has_alpha = image.mode != "P" or "transparency" in image.info
        return image.convert("RGBA" if has_alpha else "RGB")
    if image.mode in ("RGB", "RGBA", "CMYK") and not is_srgb(image):
        return in_srgb(image)
    if image.mode in DEEP:
        return image.convert("I").convert("I;16")  # straight away Pillow would cut it to 8 bits
    if image.mode == "F":
        return image.convert("L")
    return image if image.mode in AS_THEY_ARE else image.convert("RGB")


def is_srgb(image: Image.Image) -> bool:
    """Whether the numbers of a picture already mean what a viewer takes them for.

    A broken profile is left out of account.
    """
    profile = image.info.get("icc_profile")
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else None
        return given is None or ImageCms.getProfileDescription(given).startswith("sRGB")
    except NO_PROFILE:
        return True


def in_srgb(image: Image.Image) -> Image.Image:
    """Convert from the camera's or the screen's own color space, as far as that is possible."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        given = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
        plain = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, given, plain, outputMode=mode)
    except NO_PROFILE:
        converted = None
    return converted or image.convert(mode)
