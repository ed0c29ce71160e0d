"""Shapes on a 400 x 400 field, and the colors they are filled with. Pure.

Two kinds are enough for every emblem, so that SVG and pixels are drawn from the same list.
"""

from math import cos, pi, radians, sin
from typing import NamedTuple

SIZE = 400
CENTER = SIZE / 2
SRGB_KNEE = 0.0031308  # below it sRGB is a straight line

Point = tuple[float, float]


class Circle(NamedTuple):
    """A filled circle."""

    x: float
    y: float
    radius: float
    fill: str
    alpha: float = 1


class Polygon(NamedTuple):
    """A filled outline of straight edges."""

    points: tuple[Point, ...]
    fill: str
    alpha: float = 1


Shape = Circle | Polygon


def at(angle: float, distance: float, x: float = CENTER, y: float = CENTER) -> Point:
    """The point so far from (x, y), at an angle in degrees clockwise from the top."""
    turn = radians(angle - 90)
    return round(x + distance * cos(turn), 1), round(y + distance * sin(turn), 1)


def regular(count: int, radius: float, fill: str, turn: float = 0, alpha: float = 1) -> Polygon:
    """A polygon of equal sides around the center."""
    return Polygon(tuple(at(turn + 360 * i / count, radius) for i in range(count)), fill, alpha)


def arc(inner: float, outer: float, start: float, end: float, fill: str) -> Polygon:
    """A band between two radii, from one angle to another."""
    steps = max(4, int(abs(end - start) / 5))
    turns = [start + (end - start) * i / steps for i in range(steps + 1)]
    edge = [at(turn, outer) for turn in turns] + [at(turn, inner) for turn in reversed(turns)]
    return Polygon(tuple(edge), fill)


def petal(angle: float, inner: float, outer: float, width: float, fill: str) -> Polygon:
    """A pointed leaf that grows outward from the center."""
    steps = 12
    rise = [(i / steps, sin(pi * i / steps)) for i in range(steps + 1)]
    sides = [(along, swell) for along, swell in rise] + [(a, -s) for a, s in reversed(rise[1:-1])]
    return Polygon(
        tuple(
            at(angle + 90, swell * width / 2, *at(angle, inner + (outer - inner) * along))
            for along, swell in sides
        ),
        fill,
    )


def ellipse(wide: float, high: float, turn: float, weight: float, fill: str) -> Polygon:
    """The outline of an ellipse around the center, as a band of this weight."""

    def edge(a: float, b: float, steps: range) -> list[Point]:
        slant = radians(turn)
        return [
            (
                round(CENTER + a * cos(t) * cos(slant) - b * sin(t) * sin(slant), 1),
                round(CENTER + a * cos(t) * sin(slant) + b * sin(t) * cos(slant), 1),
            )
            for t in (2 * pi * i / 48 for i in steps)
        ]

    outer, inner = (
        edge(wide, high, range(49)),
        edge(wide - weight, high - weight, range(48, -1, -1)),
    )
    return Polygon(tuple(outer + inner), fill)


def moved(shape: Polygon, right: float, down: float) -> Polygon:
    """The same polygon in another place."""
    points = tuple((round(x + right, 1), round(y + down, 1)) for x, y in shape.points)
    return shape._replace(points=points)


def box(left: float, top: float, right: float, bottom: float, fill: str) -> Polygon:
    """An upright rectangle."""
    return Polygon(((left, top), (right, top), (right, bottom), (left, bottom)), fill)


def line(start: Point, end: Point, weight: float, fill: str) -> Polygon:
    """A straight stroke."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = (across**2 + down**2) ** 0.5
    x, y = -down / length * weight / 2, across / length * weight / 2
    corners = (
        (start[0] + x, start[1] + y),
        (end[0] + x, end[1] + y),
        (end[0] - x, end[1] - y),
        (start[0] - x, start[1] - y),
    )
    return Polygon(tuple((round(a, 1), round(b, 1)) for a, b in corners), fill)


def color(lightness: float, chroma: float, hue: float) -> str:
    """A color of the OKLCH space as #rrggbb: equal lightness looks equally light in any hue."""
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    parts = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return "#" + "".join(f"{channel(part):02x}" for part in parts)


def channel(linear: float) -> int:
    """One channel of linear light as a byte of sRGB."""
    clipped = min(max(linear, 0), 1)
    curved = 12.92 * clipped if clipped <= SRGB_KNEE else 1.055 * clipped ** (1 / 2.4) - 0.055
    return round(255 * curved)
