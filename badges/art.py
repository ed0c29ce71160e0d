"""Draws the pictures of badges: pure functions from words and a stack's slug to a PNG's bytes.

The emblem is the stack's own of ``catalog.art``; a plaque below it bears the name. The same
words and slug always give the same bytes. 400 by 400 with transparent corners, legible at 90
(OPENBADGES 4, Images); drawn at three times the size and scaled down.
"""

import io
from collections.abc import Iterable

from PIL import Image, ImageDraw

from badges.lettering import Lines, drawable, fitted, font, label
from catalog.art import choice, emblem, medallion, palette
from catalog.art.shapes import Circle, Shape, at

SIZE = 400
SCALE = 3
COLORS = 256  # flat colors and their soft edges: a fifth of the bytes
WIDE = (1200, 630)
EDGE, CORNER, RIM = 6, 26, 5  # of the plaque
PADDING, GAP = 17, 5
NAME_WIDTH, NAME_HEIGHT = 340, 108
OVERLAP = 0.13  # of the emblem lies under the plaque: its frame only
LABEL = 15
INITIALS = 120
TEXT_LEFT, TEXT_WIDTH = 620, 530


class Canvas:
    """A picture under way: colors on an even ground, and apart from them what is opaque."""

    def __init__(self, size: tuple[int, int], ground: str, scale: int = SCALE) -> None:
        big = (size[0] * scale, size[1] * scale)
        self.scale = scale
        self.colors = Image.new("RGB", big, ground)
        self.mask = Image.new("L", big, 0)
        self.pen = ImageDraw.Draw(self.colors, "RGBA")
        self.cut = ImageDraw.Draw(self.mask)

    def shape(self, shape: Shape, left: float, top: float, side: float) -> None:
        """A shape of an emblem, in a box of the picture."""
        unit = side / SIZE * self.scale
        x, y = left * self.scale, top * self.scale
        fill = f"{shape.fill}{round(shape.alpha * 255):02x}"
        if isinstance(shape, Circle):
            middle, radius = (x + shape.x * unit, y + shape.y * unit), shape.radius * unit
            self.pen.circle(middle, radius, fill=fill)
            self.cut.circle(middle, radius, fill=255)
        else:
            points = [(x + px * unit, y + py * unit) for px, py in shape.points]
            self.pen.polygon(points, fill=fill)
            self.cut.polygon(points, fill=255)

    def emblem(self, shapes: Iterable[Shape], left: float, top: float, side: float) -> None:
        """All shapes of an emblem, in a box of the picture."""
        for shape in shapes:
            self.shape(shape, left, top, side)

    def plate(self, box: tuple[float, float, float, float], corner: float, fill: str) -> None:
        """A rectangle with round corners."""
        places = [place * self.scale for place in box]
        self.pen.rounded_rectangle(places, corner * self.scale, fill=fill)
        self.cut.rounded_rectangle(places, corner * self.scale, fill=255)

    def words(self, lines: Lines, x: float, top: float, fill: str, *, anchor: str = "mm") -> None:
        """Lines of text downward from a top, around ``x`` or, with the anchor ``lm``, from it."""
        for number, line in enumerate(lines.texts):
            y = top + lines.height * (number + 0.5)
            self.pen.text(
                (x * self.scale, y * self.scale),
                line,
                font=font(lines.size * self.scale),
                fill=fill,
                anchor=anchor,
                stroke_width=lines.size * self.scale * lines.weight,
            )

    def png(self, *, opaque: bool = False) -> bytes:
        """The finished picture."""
        picture = self.colors.reduce(self.scale)
        if not opaque:
            picture.putalpha(self.mask.reduce(self.scale))
        target = io.BytesIO()
        method = Image.Quantize.FASTOCTREE  # the one that keeps transparency
        picture.quantize(COLORS, method=method, dither=Image.Dither.NONE).save(target, "PNG")
        return target.getvalue()


def badge(name: str, issuer: str, slug: str) -> bytes:
    """The badge of a micro-certification: its stack's emblem over a dark plaque."""
    colors = emblem(slug)["palette"]
    canvas = Canvas((SIZE, SIZE), colors["accent"])
    lines = fitted(drawable(name), NAME_WIDTH, NAME_HEIGHT)
    top = plaque_top(lines)
    side = emblem_side(top)
    canvas.emblem(emblem(slug)["shapes"], (SIZE - side) / 2, 0, side)
    plaque(canvas, top, colors["accent"], colors["ground"])
    canvas.words(lines, SIZE / 2, top + PADDING, colors["spark"])
    canvas.words(label(issuer, LABEL), SIZE / 2, top + PADDING + lines.tall + GAP, colors["accent"])
    return canvas.png()


def stack_badge(name: str, issuer: str, slug: str) -> bytes:
    """The badge of a finished stack: the emblem with a ring of rays, over a bright plaque."""
    colors = emblem(slug)["palette"]
    canvas = Canvas((SIZE, SIZE), colors["accent"])
    lines = fitted(drawable(name), NAME_WIDTH, NAME_HEIGHT)
    top = plaque_top(lines)
    side = emblem_side(top)
    inner = side * 0.84
    canvas.emblem(rays(colors["light"], colors["ground"]), (SIZE - side) / 2, 0, side)
    canvas.emblem(emblem(slug)["shapes"], (SIZE - inner) / 2, (side - inner) / 2, inner)
    plaque(canvas, top, colors["ground"], colors["accent"])
    canvas.words(lines, SIZE / 2, top + PADDING, colors["ground"])
    line = label(f"Whole stack · {issuer}", LABEL)
    canvas.words(line, SIZE / 2, top + PADDING + lines.tall + GAP, colors["ground"])
    return canvas.png()


def issuer_mark(name: str, slug: str) -> bytes:
    """The mark of an issuer: the frame of every emblem around its initials."""
    colors = emblem(slug)["palette"]
    canvas = Canvas((SIZE, SIZE), colors["accent"])
    chosen = choice(slug)
    canvas.emblem(medallion(palette(chosen.hue, chosen.accent)), 0, 0, SIZE)
    lines = fitted(drawable(name), 230, 130, largest=INITIALS)
    canvas.words(lines, SIZE / 2, (SIZE - lines.tall) / 2, colors["spark"])
    return canvas.png()


def preview(name: str, issuer: str, slug: str) -> bytes:
    """The wide picture that shared links show: the emblem beside the name of the badge."""
    colors = emblem(slug)["palette"]
    canvas = Canvas(WIDE, colors["ground"], scale=2)
    canvas.emblem(rays(colors["field"], colors["ground"]), -15, 15, 600)
    canvas.emblem(emblem(slug)["shapes"], 45, 75, 480)
    lines = fitted(drawable(name), TEXT_WIDTH, 300, largest=58)
    top = (WIDE[1] - lines.tall) / 2 - 40
    canvas.words(lines, TEXT_LEFT, top, colors["spark"], anchor="lm")
    below = top + lines.tall
    canvas.plate((TEXT_LEFT, below + 26, TEXT_LEFT + 96, below + 32), 3, colors["accent"])
    line = fitted(drawable(f"Issued by {issuer}"), TEXT_WIDTH, 80, largest=28)
    canvas.words(line, TEXT_LEFT, below + 54, colors["light"], anchor="lm")
    return canvas.png(opaque=True)


def plaque_top(lines: Lines) -> float:
    """Where the plaque begins that these lines need."""
    return SIZE - EDGE - (lines.tall + PADDING * 2 + GAP + LABEL)


def emblem_side(top: float) -> float:
    """How large the emblem can be above a plaque."""
    return min(SIZE, top / (1 - OVERLAP))


def plaque(canvas: Canvas, top: float, rim: str, fill: str) -> None:
    """The plate that bears the name."""
    box = (EDGE, top, SIZE - EDGE, SIZE - EDGE)
    canvas.plate(box, CORNER, rim)
    inset = (EDGE + RIM, top + RIM, SIZE - EDGE - RIM, SIZE - EDGE - RIM)
    canvas.plate(inset, CORNER - RIM, fill)


def rays(fill: str, ground: str) -> list[Shape]:
    """A rosette of many small teeth with a dark ring."""
    teeth: list[Shape] = [Circle(*at(10 * number, 184), 15, fill) for number in range(36)]
    return [*teeth, Circle(SIZE / 2, SIZE / 2, 186, fill), Circle(SIZE / 2, SIZE / 2, 176, ground)]
