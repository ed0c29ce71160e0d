"""The picture inside an emblem: one small drawing for each idea. Pure."""

from collections.abc import Callable
from typing import NamedTuple

from catalog.art.shapes import (
    CENTER,
    Circle,
    Polygon,
    Shape,
    arc,
    at,
    box,
    color,
    ellipse,
    line,
    moved,
    petal,
    regular,
)


class Palette(NamedTuple):
    """Five colors that belong together, from the darkest to the lightest."""

    ground: str
    field: str
    accent: str
    light: str
    spark: str


Motif = Callable[[Palette], list[Shape]]
GOLDEN_ANGLE = 137.508
RAINBOW = (25, 60, 100, 150, 235, 305)


def target(p: Palette) -> list[Shape]:
    """Rings and a needle that meets the middle: knowing what was learned."""
    rings = [(122, p.light), (98, p.field), (74, p.spark), (50, p.field), (26, p.accent)]
    shapes: list[Shape] = [Circle(CENTER, CENTER, radius, fill) for radius, fill in rings]
    tip, tail = (CENTER, CENTER), at(45, 150)
    feathers = [Polygon((at(45, 118), at(45 + side, 152), tail), p.accent) for side in (-11, 11)]
    return [*shapes, line(tip, tail, 9, p.ground), *feathers]


def mosaic(p: Palette) -> list[Shape]:
    """Eight overlapping circles of every hue: many cultures, one figure."""
    petals: list[Shape] = [
        Circle(*at(45 * i, 66), 58, color(0.78, 0.13, 45 * i + 20), 0.72) for i in range(8)
    ]
    return [*petals, Circle(CENTER, CENTER, 34, p.spark), Circle(CENTER, CENTER, 18, p.ground)]


def tongues(p: Palette) -> list[Shape]:
    """Two rings of leaves, one growing through the other: a second language."""
    back: list[Shape] = [petal(60 * i + 30, 14, 132, 62, p.field) for i in range(6)]
    front: list[Shape] = [petal(60 * i, 10, 118, 44, p.light) for i in range(6)]
    veins: list[Shape] = [line(at(60 * i, 34), at(60 * i, 92), 5, p.ground) for i in range(6)]
    return [*back, *front, *veins, Circle(CENTER, CENTER, 20, p.accent)]


def tiles(p: Palette) -> list[Shape]:
    """Nine tiles in good order, one of them lit: a room that works."""
    fills = (p.light, p.field, p.light, p.field, p.accent, p.field, p.light, p.field, p.light)
    places = [(102 + 70 * (i % 3), 102 + 70 * (i // 3)) for i in range(9)]
    squares = [box(x, y, x + 56, y + 56, fill) for (x, y), fill in zip(places, fills, strict=True)]
    dots = [Circle(x + 28, y + 28, 11, p.ground, 0.85) for x, y in places[::2]]
    return [*squares, *dots]


def links(p: Palette) -> list[Shape]:
    """Three rings that hold one another: family, school, neighborhood."""
    fills = (p.light, p.accent, p.spark)
    centers = [at(120 * i, 50, CENTER, CENTER + 8) for i in range(3)]
    rings: list[Shape] = []
    for (x, y), fill in zip(centers, fills, strict=True):
        band = arc(56, 76, 0, 360, fill)
        rings.append(moved(band, x - CENTER, y - CENTER)._replace(alpha=0.9))
    return [*rings, Circle(CENTER, CENTER + 8, 16, p.spark)]


def star(p: Palette) -> list[Shape]:
    """A faceted star of five points: five propositions."""
    shapes: list[Shape] = [regular(5, 138, p.field, 36)]
    for i in range(5):
        tip, left, right = at(72 * i, 134), at(72 * i - 36, 58), at(72 * i + 36, 58)
        shapes += [
            Polygon(((CENTER, CENTER), tip, left), p.light),
            Polygon(((CENTER, CENTER), tip, right), p.accent),
        ]
    return shapes


def rainbow(p: Palette) -> list[Shape]:
    """Six arcs over a calm ground: everyone under one sky."""
    arcs = [
        arc(118 - 17 * i, 135 - 17 * i, -90, 90, color(0.76, 0.15, hue))
        for i, hue in enumerate(RAINBOW)
    ]
    hills = [arc(0, 135, 90, 270, p.field), arc(0, 92, 90, 270, p.light)]
    lowered = [moved(shape, 0, 14) for shape in arcs + hills]
    return [*lowered, Circle(CENTER, CENTER + 14, 24, p.spark)]


def seeds(p: Palette) -> list[Shape]:
    """Seeds of a sunflower, no two alike: every learner has a place."""
    fills = (p.light, p.accent, p.spark)
    return [
        Circle(*at(GOLDEN_ANGLE * i, 14.4 * i**0.5), 4.5 + 0.085 * i, fills[i % 3])
        for i in range(1, 84)
    ]


def cells(p: Palette) -> list[Shape]:
    """Seven hexagonal cells that fit: tools in the service of learning."""
    centers = [(CENTER, CENTER), *(at(60 * i, 82) for i in range(6))]
    fills = (p.accent, p.light, p.field, p.spark, p.light, p.field, p.spark)
    shapes: list[Shape] = []
    for (x, y), fill in zip(centers, fills, strict=True):
        shapes.append(Polygon(tuple(at(60 * i + 30, 44, x, y) for i in range(6)), fill))
        shapes.append(Circle(x, y, 11, p.ground, 0.85))
    return shapes


def forms(p: Palette) -> list[Shape]:
    """Square, circle and triangle at play: the arts."""
    return [
        box(92, 176, 212, 296, p.field),
        Circle(238, 164, 76, p.accent, 0.92),
        Polygon(((148, 84), (252, 286), (76, 246)), p.light, 0.88),
        arc(0, 64, 90, 180, p.spark),
        line((118, 316), (312, 258), 9, p.spark),
        Circle(288, 292, 17, p.light),
    ]


def shelter(p: Palette) -> list[Shape]:
    """A shield that holds a heart: a safe school."""
    left = ((200, 74), (104, 104), (108, 200), (136, 264), (200, 322))
    right = ((200, 74), (296, 104), (292, 200), (264, 264), (200, 322))
    heart = ((200, 262), (146, 202), (254, 202))
    return [
        Polygon(left, p.light),
        Polygon(right, p.field),
        Circle(170, 182, 33, p.spark),
        Circle(230, 182, 33, p.spark),
        Polygon(heart, p.spark),
        Polygon(((200, 262), (200, 176), (254, 202)), p.accent),
        Circle(230, 182, 33, p.accent),
    ]


def stairs(p: Palette) -> list[Shape]:
    """Seven rising columns and the sun they reach for: growth, standard by standard."""
    columns: list[Shape] = [
        box(88 + 33 * i, 268 - 21 * i, 113 + 33 * i, 296, p.light if i % 2 else p.spark)
        for i in range(7)
    ]
    return [Circle(140, 144, 42, p.accent), *columns, box(80, 304, 320, 314, p.accent)]


def hall(p: Palette) -> list[Shape]:
    """A hall of columns: law that people may enter."""
    columns: list[Shape] = [box(106 + 42 * i, 178, 130 + 42 * i, 276, p.light) for i in range(5)]
    return [
        Polygon(((200, 82), (318, 150), (82, 150)), p.accent),
        Circle(200, 126, 14, p.ground),
        box(92, 156, 308, 172, p.spark),
        *columns,
        box(92, 282, 308, 296, p.spark),
        box(78, 300, 322, 314, p.accent),
    ]


def spokes(p: Palette) -> list[Shape]:
    """One person who draws in others: organizing."""
    shapes: list[Shape] = []
    for i in range(6):
        near, far = at(60 * i, 78), at(60 * i + 30, 124)
        shapes += [
            line((CENTER, CENTER), near, 8, p.light),
            line(near, far, 6, p.field),
            line(near, at(60 * i - 30, 124), 6, p.field),
        ]
    outer: list[Shape] = [Circle(*at(60 * i + 30, 124), 14, p.light) for i in range(6)]
    inner: list[Shape] = [Circle(*at(60 * i, 78), 19, p.spark) for i in range(6)]
    return [*shapes, *outer, *inner, Circle(CENTER, CENTER, 34, p.accent)]


def signal(p: Palette) -> list[Shape]:
    """Waves from one point in four directions: leading with technology."""
    shapes: list[Shape] = []
    for turn in (0, 90, 180, 270):
        shapes += [
            arc(44 + 32 * i, 62 + 32 * i, turn - 34 + 3 * i, turn + 34 - 3 * i, fill)
            for i, fill in enumerate((p.spark, p.light, p.field))
        ]
        shapes.append(Circle(*at(turn + 45, 92), 12, p.accent))
    return [*shapes, Circle(CENTER, CENTER, 26, p.accent)]


def pinwheel(p: Palette) -> list[Shape]:
    """Eight blades that turn together: leadership shared."""
    shapes: list[Shape] = []
    for i in range(8):
        tip, heel, hip = at(45 * i, 136), at(45 * i + 45, 62), at(45 * i - 4, 54)
        shapes.append(Polygon((at(45 * i, 18), tip, heel), (p.light, p.accent)[i % 2]))
        shapes.append(Polygon((at(45 * i, 18), hip, tip), p.field))
    return [*shapes, Circle(CENTER, CENTER, 24, p.spark), Circle(CENTER, CENTER, 11, p.ground)]


def orbits(p: Palette) -> list[Shape]:
    """Three orbits around a common center: a community without a building."""
    bands: list[Shape] = [
        ellipse(134, 56, 60 * i, 9, fill) for i, fill in enumerate((p.light, p.spark, p.field))
    ]
    people: list[Shape] = [Circle(*at(90 + 60 * i, 129), 16, p.accent) for i in range(6)]
    return [
        *bands,
        *people,
        Circle(CENTER, CENTER, 32, p.spark),
        Circle(CENTER, CENTER, 15, p.ground),
    ]


def voice(p: Palette) -> list[Shape]:
    """A voice that carries: going public."""
    waves: list[Shape] = []
    for i, fill in enumerate((p.spark, p.light, p.field)):
        band = arc(70 + 34 * i, 88 + 34 * i, 52, 128, fill)
        waves.append(moved(band, -22, 0))
    horn = ((92, 176), (132, 176), (206, 120), (206, 280), (132, 224), (92, 224))
    return [
        *waves,
        Polygon(horn, p.accent),
        Polygon(((108, 230), (140, 234), (156, 296), (124, 296)), p.light),
    ]


ALL: tuple[Motif, ...] = (
    target,
    mosaic,
    tongues,
    tiles,
    links,
    star,
    rainbow,
    seeds,
    cells,
    forms,
    shelter,
    stairs,
    hall,
    spokes,
    signal,
    pinwheel,
    orbits,
    voice,
)
