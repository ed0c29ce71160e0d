"""Emblems: the same each time, different for each stack, drawn from plain shapes."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import art
from catalog.art.shapes import SIZE, Circle, Polygon, color

HEX = re.compile("#[0-9a-f]{6}")


def points_of(shape):
    """The outermost points of a shape."""
    if isinstance(shape, Polygon):
        return shape.points
    return (
        (shape.x - shape.radius, shape.y - shape.radius),
        (shape.x + shape.radius, shape.y + shape.radius),
    )


def test_each_stack_of_the_library_has_a_picture_of_its_own():
    motifs = [art.emblem(slug)["motif"] for slug in art.CHOSEN]

    assert len(art.CHOSEN) == len(set(motifs)) == 18


@pytest.mark.parametrize("slug", [*art.CHOSEN, "a-new-stack"])
def test_an_emblem_is_well_formed_svg_and_small(slug):
    drawing = art.svg(slug)

    root = ET.fromstring(drawing)
    assert root.attrib["viewBox"] == "0 0 400 400"
    assert len(root) == len(art.emblem(slug)["shapes"])
    assert len(drawing) < 10_000


@given(st.from_regex("[a-z0-9-]{1,80}", fullmatch=True))
def test_any_name_has_an_emblem_that_stays_the_same_and_on_its_field(slug):
    emblem = art.emblem(slug)

    outside = [
        point
        for shape in emblem["shapes"]
        for x, y in points_of(shape)
        for point in (x, y)
        if not 0 <= point <= SIZE
    ]
    assert emblem == art.emblem(slug)
    assert outside == []
    assert set(emblem["palette"]) == {"ground", "field", "accent", "light", "spark"}


@given(st.floats(0, 1), st.floats(0, 0.3), st.floats(0, 360))
def test_every_color_can_be_written_down(lightness, chroma, hue):
    assert HEX.fullmatch(color(lightness, chroma, hue))


def test_white_and_black_are_themselves():
    assert (color(1, 0, 0), color(0, 0, 0)) == ("#ffffff", "#000000")


def test_a_veil_is_written_only_where_there_is_one():
    assert art.element(Circle(200, 12.34, 5, "#123456")) == (
        '<circle cx="200" cy="12.34" r="5" fill="#123456"/>'
    )
    assert art.element(Polygon(((0, 0), (1.5, 2)), "#123456", 0.5)) == (
        '<path d="M0,0 1.5,2z" fill="#123456" fill-opacity="0.5"/>'
    )
