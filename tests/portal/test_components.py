"""Small includes that every page is made of."""

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string


def draw(name, **context):
    return " ".join(render_to_string(f"components/{name}.html", context).split())


def test_a_page_header_has_only_what_it_is_given():
    plain = draw("page_header", title="Stacks")
    full = draw(
        "page_header", title="Stacks", lead="All.", eyebrow="CTA", back_url="/", back_label="Home"
    )

    assert plain == '<header class="page-header"> <h1>Stacks</h1> </header>'
    assert [full.count(text) for text in ("All.", "CTA", 'href="/"', "Home")] == [1, 1, 1, 1]


def test_a_card_links_by_its_title_and_its_picture_is_silent():
    card = draw("card", title="Arts", url="/stacks/arts/", text="Draw.", meta="5", badge="/a.svg")

    assert card.count('<a href="/stacks/arts/">Arts</a>') == 1
    assert card.count('src="/a.svg" alt=""') == 1


def test_a_card_without_an_address_is_no_link():
    assert "<a " not in draw("card", title="Arts")


def test_a_pill_says_its_status_in_words():
    pill = draw("pill", status="not_yet", label="Not yet")

    assert pill == '<span class="pill" data-status="not_yet">Not yet</span>'


def test_progress_is_said_beside_the_bar():
    drawn = draw("progress", value=2, max=5, label="2 out of 5")

    assert 'value="2" max="5" aria-label="2 out of 5"' in drawn
    assert drawn.count('<span class="progress-label">2 out of 5</span>') == 1


def test_an_empty_list_says_what_to_do_next():
    drawn = draw(
        "empty", title="Nothing yet", text="Go on.", action_url="/a/", action_label="Start"
    )

    assert drawn.count('<a class="button" href="/a/">Start</a>') == 1
    assert "<a " not in draw("empty", title="Nothing yet")


@pytest.mark.parametrize(
    ("number", "links"),
    [
        (1, ["?q=a&amp;page=2"]),
        (2, ["?q=a&amp;page=1", "?q=a&amp;page=3"]),
        (3, ["?q=a&amp;page=2"]),
    ],
)
def test_the_pager_keeps_the_query(number, links):
    page = Paginator(range(6), 2).page(number)

    drawn = draw("pager", page=page, query="q=a")

    assert [drawn.count(f'href="{link}"') for link in links] == [1] * len(links)
    assert drawn.count("href=") == len(links)
    assert f"Page {number} of 3" in drawn


def test_one_page_needs_no_pager():
    assert draw("pager", page=Paginator(range(2), 2).page(1)) == ""
