"""What changed between two rounds, word by word."""

from hypothesis import given
from hypothesis import strategies as st

from reviews.changes import ADDED, REMOVED, SAME, Change, changes

texts = st.text(alphabet="ab \n", max_size=40)


def test_equal_texts_have_no_changes():
    assert changes("the same words", "the same words") == ()


def test_a_replaced_word_is_shown_as_gone_and_come():
    assert changes("I plan alone", "I plan together") == (
        Change(SAME, "I plan"),
        Change(REMOVED, " alone"),
        Change(ADDED, " together"),
    )


@given(texts, texts)
def test_the_changes_hold_both_texts_whole(before, after):
    runs = changes(before, after) or (Change(SAME, after),)

    assert "".join(run.text for run in runs if run.kind != REMOVED) == after
    assert "".join(run.text for run in runs if run.kind != ADDED) == before


def test_a_very_long_text_is_compared_line_by_line():
    before = "many words\n" * 3000

    assert changes(before, before + "one more\n") == (
        Change(SAME, before),
        Change(ADDED, "one more\n"),
    )
