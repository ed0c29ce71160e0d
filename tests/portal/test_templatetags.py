"""Tags and filters of every template."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template, TemplateDoesNotExist
from hypothesis import given
from hypothesis import strategies as st

from portal.templatetags import portal as tags


def draw(source, **context):
    return Template(source).render(Context(context))


@pytest.mark.parametrize(
    ("cents", "text"),
    [
        (7500, "$75.00"),
        (0, "$0.00"),
        (5, "$0.05"),
        (123456789, "$1,234,567.89"),
        (-2550, "-$25.50"),
        (None, ""),
    ],
)
def test_cents_are_shown_as_dollars(cents, text):
    assert draw("{{ cents|money }}", cents=cents) == text


@given(st.integers(min_value=0, max_value=10**12))
def test_no_cent_is_lost_on_the_way_to_the_page(cents):
    assert int(tags.money(cents).replace("$", "").replace(",", "").replace(".", "")) == cents


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Decimal("15.00"), "15"),
        (Decimal("7.50"), "7.5"),
        (Decimal("0.25"), "0.25"),
        (Decimal(100), "100"),
        (Decimal("0.00"), "0"),
        (1500, "1,500"),
        (None, ""),
    ],
)
def test_hours_have_no_idle_zeros(amount, text):
    assert draw("{{ amount|hours }}", amount=amount) == text


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("Be *kind*.", "<p>Be <em>kind</em>.</p>\n"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
        ('<img src=x onerror="alert(1)">', '<p>&lt;img src=x onerror="alert(1)"&gt;</p>\n'),
        ("![dot](https://evil.example/a.png)", "<p></p>\n"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>\n"),
        (
            "[x](https://a.example)",
            '<p><a href="https://a.example" rel="noopener noreferrer nofollow">x</a></p>\n',
        ),
        ("", ""),
        (None, ""),
    ],
)
def test_markdown_gives_clean_html(source, html):
    assert draw("{{ text|markdown }}", text=source) == html


@given(st.text())
def test_markdown_never_lets_a_script_or_picture_through(text):
    html = tags.markdown(text)

    assert "<script" not in html.lower()
    assert "<img" not in html.lower()


@pytest.mark.parametrize(
    ("zone", "day"),
    [("America/Los_Angeles", date(2021, 12, 1)), (ZoneInfo("UTC"), date(2021, 12, 2))],
)
def test_a_moment_is_the_day_on_that_wall(zone, day):
    assert tags.local(datetime(2021, 12, 2, 7, 59, tzinfo=UTC), zone) == day


def test_no_moment_is_no_day():
    assert tags.local(None, "UTC") is None


def test_an_icon_is_inline_and_silent():
    drawn = draw('{% icon "check" %}')

    assert drawn[:29] == '<svg class="icon icon--check"'
    assert 'aria-hidden="true"' in drawn


def test_an_unknown_icon_is_noticed():
    with pytest.raises(TemplateDoesNotExist):
        draw('{% icon "no-such-icon" %}')


def test_a_date_is_written_the_same_way_everywhere():
    moment = datetime(2026, 9, 3, 23, 30, tzinfo=UTC)

    drawn = Template("{{ day }} / {{ moment }}").render(
        Context({"day": moment.date(), "moment": moment})
    )

    assert drawn == "September 3, 2026 / September 3, 2026, 11:30 p.m. UTC"
