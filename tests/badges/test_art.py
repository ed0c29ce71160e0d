"""The pictures: always the same, square, with transparent corners, whatever the words."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from badges import art, lettering
from catalog.art import CHOSEN

LONG = "Creating Safe Spaces Inclusive of Lesbian, Gay, Bisexual, Transgender, and Questioning"
ARTISTS = [art.badge, art.stack_badge]


def opened(content):
    return Image.open(io.BytesIO(content)).convert("RGBA")


def corners(picture):
    width, height = picture.size
    places = [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)]
    return [picture.getpixel(place)[3] for place in places]


@pytest.mark.parametrize("artist", ARTISTS)
@pytest.mark.parametrize("name", ["Ada", "Using Data to Plan Instruction", LONG])
def test_a_badge_is_square_with_transparent_corners(artist, name):
    picture = opened(artist(name, "nea", "assessment-literacy"))

    assert picture.size == (400, 400)
    assert corners(picture) == [0, 0, 0, 0]
    assert picture.getpixel((200, 120))[3] == 255


@pytest.mark.parametrize("artist", ARTISTS)
def test_the_same_words_give_the_same_bytes(artist):
    first, second = (artist("Ada", "nea", "assessment-literacy") for _ in range(2))

    assert first == second


def test_every_stack_has_a_badge_of_its_own():
    drawn = {art.badge("Ada", "nea", slug) for slug in CHOSEN}

    assert len(drawn) == len(CHOSEN)


def test_a_finished_stack_looks_different_from_its_parts():
    part = art.badge("Ada", "nea", "assessment-literacy")
    whole = art.stack_badge("Ada", "nea", "assessment-literacy")

    assert part != whole


def test_a_badge_is_light_enough_for_a_wall_of_them():
    sizes = [len(art.badge(LONG, "nea", slug)) for slug in list(CHOSEN)[:4]]

    assert max(sizes) < 30_000


def test_the_mark_of_an_issuer_is_a_badge_without_a_plaque():
    picture = opened(art.issuer_mark("NEA", "nea"))

    assert picture.size == (400, 400)
    assert corners(picture) == [0, 0, 0, 0]


def test_the_wide_picture_fits_what_previews_show():
    picture = opened(art.preview(LONG, "National Education Association", "arts-integration"))

    assert picture.size == (1200, 630)
    assert corners(picture) == [255] * 4


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=300))
def test_any_name_fits_on_the_plaque(name):
    lines = lettering.fitted(lettering.drawable(name), art.NAME_WIDTH, art.NAME_HEIGHT)

    assert lines.tall <= art.NAME_HEIGHT
    assert lettering.SMALLEST <= lines.size <= lettering.LARGEST


@given(st.lists(st.sampled_from(["Data", "and", "Instruction", "of"]), min_size=1, max_size=12))
def test_no_word_of_a_name_is_lost(words):
    lines = lettering.fitted(" ".join(words), art.NAME_WIDTH, art.NAME_HEIGHT)

    assert " ".join(lines.texts).split() == words


@pytest.mark.parametrize("name", ["endless " * 60, "x" * 200])
def test_a_name_longer_than_any_is_cut_to_the_plaque(name):
    lines = lettering.fitted(name, art.NAME_WIDTH, art.NAME_HEIGHT)

    assert lines.size == lettering.SMALLEST
    assert lines.tall <= art.NAME_HEIGHT


def test_letters_the_font_lacks_become_ones_it_has():
    assert lettering.drawable("Émile Ñandú – Straße") == "Emile Nandu - Strasse"


def test_a_bitmap_font_is_refused(monkeypatch):
    lettering.font.cache_clear()
    monkeypatch.setattr(lettering.ImageFont, "load_default", lambda size: "no font")

    with pytest.raises(TypeError):
        lettering.font(12)

    lettering.font.cache_clear()
