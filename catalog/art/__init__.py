"""Emblems: a medallion for each stack, drawn from geometry alone, the same every time. Pure.

``emblem(slug)`` is the drawing as plain values (for badges drawn in pixels), ``svg(slug)`` the
same drawing for pages and papers.
"""

import hashlib
from functools import lru_cache
from typing import NamedTuple, TypedDict

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog.art import motifs
from catalog.art.motifs import Motif, Palette
from catalog.art.shapes import CENTER, SIZE, Circle, Polygon, Shape, at, color

SCALLOPS = 18


class Choice(NamedTuple):
    """What a stack's emblem shows, and the hues of its ground and its accent."""

    motif: Motif
    hue: float
    accent: float


class Emblem(TypedDict):
    """A drawing: its size, five named colors, and shapes to be painted in this order."""

    size: int
    motif: str
    palette: dict[str, str]
    shapes: list[Shape]


CHOSEN = {
    "assessment-literacy": Choice(motifs.target, 255, 45),
    "diversity-equity-and-cultural-competence": Choice(motifs.mosaic, 300, 90),
    "english-language-learners": Choice(motifs.tongues, 165, 85),
    "classroom-management": Choice(motifs.tiles, 215, 75),
    "family-engagement": Choice(motifs.links, 25, 85),
    "five-core-propositions": Choice(motifs.star, 275, 90),
    "supporting-lgbtq-students": Choice(motifs.rainbow, 290, 90),
    "exceptional-learners": Choice(motifs.seeds, 130, 85),
    "technology-integration": Choice(motifs.cells, 235, 110),
    "arts-integration": Choice(motifs.forms, 350, 75),
    "bully-free-schools": Choice(motifs.shelter, 200, 35),
    "esp-professional-growth-continuum": Choice(motifs.stairs, 150, 80),
    "every-student-succeeds-act": Choice(motifs.hall, 260, 80),
    "leadership-in-organizing": Choice(motifs.spokes, 35, 95),
    "technology-for-educational-leaders": Choice(motifs.signal, 190, 70),
    "collective-leadership": Choice(motifs.pinwheel, 320, 80),
    "virtual-community-organizing": Choice(motifs.orbits, 245, 160),
    "going-public-with-policy-and-pedagogy": Choice(motifs.voice, 10, 90),
}


def choice(slug: str) -> Choice:
    """What is drawn for a slug: chosen by hand, or drawn by lot that falls the same each time."""
    if slug in CHOSEN:
        return CHOSEN[slug]
    lot = hashlib.sha256(slug.encode()).digest()
    hue = lot[1] * 360 / 256
    return Choice(motifs.ALL[lot[0] % len(motifs.ALL)], hue, hue + 150 + lot[2] % 60)


def palette(hue: float, accent: float) -> Palette:
    """Five colors of fixed lightness, so that every emblem carries equally well."""
    return Palette(
        ground=color(0.33, 0.085, hue),
        field=color(0.54, 0.12, hue),
        accent=color(0.81, 0.15, accent),
        light=color(0.83, 0.075, hue),
        spark=color(0.97, 0.018, hue),
    )


def medallion(p: Palette) -> list[Shape]:
    """The frame that all emblems share: a scalloped edge, a bright rim, a deep ground."""
    lobes: list[Shape] = [
        Circle(*at(360 * i / SCALLOPS, 166), 30, p.accent) for i in range(SCALLOPS)
    ]
    return [
        *lobes,
        Circle(CENTER, CENTER, 180, p.accent),
        Circle(CENTER, CENTER, 172, p.ground),
        Circle(CENTER, CENTER, 162, p.light, 0.35),
        Circle(CENTER, CENTER, 159, p.ground),
    ]


def emblem(slug: str) -> Emblem:
    """The drawing for a stack (or for anything else with a slug)."""
    chosen = choice(slug)
    colors = palette(chosen.hue, chosen.accent)
    return {
        "size": SIZE,
        "motif": chosen.motif.__name__,
        "palette": colors._asdict(),
        "shapes": [*medallion(colors), *chosen.motif(colors)],
    }


@lru_cache(maxsize=64)
def svg(slug: str) -> SafeString:
    """The drawing as an SVG document that may also stand inside a page; it says nothing aloud."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="emblem" viewBox="0 0 {} {}"'
        ' aria-hidden="true">{}</svg>',
        SIZE,
        SIZE,
        format_html_join("", "{}", ((element(shape),) for shape in emblem(slug)["shapes"])),
    )


def element(shape: Shape) -> SafeString:
    """One shape as an element of SVG."""
    veil = format_html(' fill-opacity="{}"', shape.alpha) if shape.alpha < 1 else ""
    if isinstance(shape, Polygon):
        points = " ".join(f"{x:g},{y:g}" for x, y in shape.points)
        return format_html('<path d="M{}z" fill="{}"{}/>', points, shape.fill, veil)
    return format_html(
        '<circle cx="{}" cy="{}" r="{}" fill="{}"{}/>',
        *(f"{part:.4g}" for part in (shape.x, shape.y, shape.radius)),
        shape.fill,
        veil,
    )
