"""Pictures that move: told from still ones without drawing them, and kept as animated PNGs."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from PIL import Image

MOST_FRAMES = 1_000
MOST_PIXELS = 40_000_000  # of all frames together: all are held until the last is written
LONGEST = 60_000  # milliseconds that one frame is shown
SCREEN_FLAGS, FRAME_FLAGS = 10, 8
IMAGE, EXTENSION, TABLE = b"\x2c", b"\x21", 0x80
SUBFILE_TYPE, SMALL_COPY, MOST_COPIES = 254, 1, 8

Draw = Callable[[Image.Image], Image.Image]


def frames_of(image: Image.Image, file: BinaryIO) -> int:
    """How many pictures follow one another in a file, as far as it matters.

    Pillow would draw every frame of a GIF, and read all earlier pages of a TIFF for each page.
    """
    if image.format == "GIF":
        return frames_of_gif(file)
    if image.format == "TIFF":
        return 2 if has_pages(image) else 1
    return int(getattr(image, "n_frames", 1))


def frames_of_gif(file: BinaryIO) -> int:
    """Count the frames of a GIF by its blocks alone; no further than one more than the most."""
    start = file.tell()
    file.seek(SCREEN_FLAGS)
    skip_table(file, file.read(3)[:1])
    frames = 0
    while frames <= MOST_FRAMES and (kind := file.read(1)) in (IMAGE, EXTENSION):
        if kind == IMAGE:
            frames += 1
            skip_table(file, file.read(FRAME_FLAGS + 1)[FRAME_FLAGS:])
        file.read(1)
        skip_blocks(file)
    file.seek(start)
    return frames


def skip_table(file: BinaryIO, flags: bytes) -> None:
    """Step over a table of colors, if the flags say that there is one."""
    if flags and flags[0] & TABLE:
        file.seek(3 * 2 ** ((flags[0] & 7) + 1), 1)


def skip_blocks(file: BinaryIO) -> None:
    """Step over blocks that each say how long they are, up to the empty one."""
    while (size := file.read(1)) and size[0]:
        file.seek(size[0], 1)


def has_pages(image: Image.Image) -> bool:
    """Whether a TIFF holds more than its first page and small copies of that."""
    try:
        for page in range(1, MOST_COPIES):
            image.seek(page)
            if not is_small_copy(image):
                return True
    except EOFError:
        return False
    finally:
        image.seek(0)
    return True


def is_small_copy(page: Image.Image) -> bool:
    """Whether a page of a TIFF says that it only repeats another one."""
    tags = getattr(page, "tag_v2", {})
    return bool(int(tags.get(SUBFILE_TYPE, 0)) & SMALL_COPY)


def may_move(image: Image.Image, frames: int) -> bool:
    """Whether all frames together are no more than may be drawn again."""
    return image.width * image.height * frames <= MOST_PIXELS


def save(image: Image.Image, frames: int, draw: Draw, target: Path) -> None:
    """Draw the frames again as one animated PNG, each shown as long as before."""
    rounds = image.info.get("loop", 1)
    image.seek(0)
    frame(image, draw).save(
        target,
        "PNG",
        save_all=True,
        append_images=OtherFrames(image, frames, draw),
        loop=rounds,
        disposal=0,
        blend=0,
    )


class OtherFrames:
    """The frames behind the first, drawn when they are asked for, so that few are held."""

    def __init__(self, image: Image.Image, frames: int, draw: Draw) -> None:
        self.image, self.frames, self.draw = image, frames, draw

    def __iter__(self) -> Iterator[Image.Image]:
        """Go through them; a file that ends early has fewer."""
        for number in range(1, self.frames):
            try:
                self.image.seek(number)
            except EOFError:
                return
            yield frame(self.image, self.draw)


def frame(image: Image.Image, draw: Draw) -> Image.Image:
    """The frame at hand, which knows nothing but how long it is shown."""
    image.load()
    fresh = draw(image).convert("RGBA")
    fresh.info = {"duration": min(int(image.info.get("duration", 0)), LONGEST)}
    return fresh
