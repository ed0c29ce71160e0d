"""A badge goes into a picture and comes out again; nothing else of the picture changes."""

import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from badges import baking
from tests.badges.factories import chunk, png

LETTERS = st.sampled_from([bytes([n]) for n in range(65, 91)])
KINDS = st.tuples(LETTERS, LETTERS, LETTERS, LETTERS).map(b"".join)
OTHERS = st.builds(chunk, KINDS.filter(lambda k: k not in {b"IHDR", b"IEND"}), st.binary())
PICTURES = st.lists(OTHERS, max_size=6).map(lambda chunks: png(*chunks))
OLD = (
    chunk(b"iTXt", b"openbadges\0\0\0\0\0old"),
    chunk(b"tEXt", b"openbadges\0https://old.example/1"),
    chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(b"old")),
)


def pieces(picture):
    return [picture[start:end] for _kind, start, end in baking.chunks(picture)]


@given(PICTURES, st.text())
def test_what_was_baked_comes_out_again(picture, text):
    baked = baking.bake(picture, text)

    assert baking.unbake(baked) == text


@given(PICTURES, st.text())
def test_every_other_chunk_stays_as_it_was(picture, text):
    header, *rest = pieces(picture)

    baked = pieces(baking.bake(picture, text))

    assert [baked[0], *baked[2:]] == [header, *rest]


@given(PICTURES, st.text(), st.text())
def test_baking_again_replaces_the_badge(picture, first, second):
    twice = baking.bake(baking.bake(picture, first), second)

    assert twice == baking.bake(picture, second)


@pytest.mark.parametrize("old", OLD)
def test_a_badge_of_an_older_kind_goes(old):
    baked = baking.bake(png(old), "new")

    assert baked == baking.bake(png(), "new")


def test_another_text_of_the_picture_stays():
    comment = chunk(b"iTXt", b"Comment\0\0\0\0\0openbadges")

    baked = baking.bake(png(comment), "new")

    assert comment in pieces(baked)


@given(PICTURES, st.data())
def test_a_picture_with_one_wrong_byte_is_refused(picture, data):
    place = data.draw(st.integers(0, len(picture) - 1))
    change = data.draw(st.integers(1, 255))
    broken = bytearray(picture)
    broken[place] ^= change

    with pytest.raises(baking.NotBakeable):
        baking.bake(bytes(broken), "text")


@given(PICTURES, st.data())
def test_a_picture_that_is_cut_off_is_refused(picture, data):
    length = data.draw(st.integers(0, len(picture) - 1))

    with pytest.raises(baking.NotBakeable):
        baking.bake(picture[:length], "text")


@given(st.binary())
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(baking.NotBakeable):
        baking.unbake(content)


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (b"GIF89a", "This is not a PNG picture."),
        (png()[:-4], "The picture is cut off."),
        (png() + b"PK", "Something hangs on to the end of the picture."),
        (png()[:8] + chunk(b"IDAT", b"") + png()[8:], "The picture has no proper header."),
        (png().replace(b"IDAT", b"IDAX"), "The picture is damaged."),
        (png(), "There is no badge in this picture."),
        (png(OLD[0], OLD[0]), "There is more than one badge in this picture."),
        (png(OLD[1]), "The badge in this picture is written in a way that is not allowed."),
        (
            png(chunk(b"iTXt", b"openbadges\0\1\0\0\0" + zlib.compress(b"{}"))),
            "The badge in this picture is written in a way that is not allowed.",
        ),
        (
            png(chunk(b"iTXt", b"openbadges\0\0\0\0\0\xff")),
            "The badge in this picture can’t be read.",
        ),
    ],
)
def test_unbaking_says_what_is_wrong(picture, words):
    with pytest.raises(baking.NotBakeable) as refusal:
        baking.unbake(picture)

    assert str(refusal.value) == words


def test_a_length_beyond_the_file_is_refused():
    picture = png()
    lying = picture[:8] + struct.pack(">I", 2**31) + picture[12:]

    with pytest.raises(baking.NotBakeable):
        baking.bake(lying, "text")
