"""One sheet open in two windows: no word of one is overwritten by the other unasked."""

import pytest

from tests.reviews.factories import seated_round

pytestmark = pytest.mark.django_db

FETCH = {"X-Requested-With": "fetch"}


@pytest.fixture
def seated():
    return seated_round()[1][0]


@pytest.fixture
def reviewing(client, seated):
    client.force_login(seated.reviewer.user)
    return client


def opened(client, review):
    """What a window that shows the sheet as it is now sends back unchanged."""
    page = client.get(review.get_absolute_url())
    return {"seen": page.context["form"]["seen"].value(), "comment": review.comment}


def comment_of(review):
    review.refresh_from_db()
    return review.comment


def test_a_window_goes_on_saving_what_it_shows(reviewing, seated):
    window = opened(reviewing, seated)

    for words in ("One", "One two", "One two three"):
        answer = reviewing.post(
            seated.get_absolute_url(), window | {"comment": words}, headers=FETCH
        )
        window["seen"] = answer.json()["seen"]

    assert comment_of(seated) == "One two three"


def test_the_script_of_an_older_window_overwrites_nothing_and_says_why(reviewing, seated):
    older = opened(reviewing, seated)
    reviewing.post(seated.get_absolute_url(), opened(reviewing, seated) | {"comment": "Newer"})

    answer = reviewing.post(seated.get_absolute_url(), older | {"comment": "Older"}, headers=FETCH)

    assert (answer.status_code, comment_of(seated)) == (409, "Newer")
    assert "saved in another window" in answer.json()["error"]


def test_the_older_window_gets_its_words_back_and_may_keep_them(reviewing, seated):
    older = opened(reviewing, seated)
    reviewing.post(seated.get_absolute_url(), opened(reviewing, seated) | {"comment": "Newer"})

    page = reviewing.post(seated.get_absolute_url(), older | {"comment": "Older"})

    form = page.context["form"]
    assert (page.status_code, comment_of(seated)) == (409, "Newer")
    assert (form["comment"].value(), "Not saved: another window" in page.text) == ("Older", True)

    chosen = {"seen": form["seen"].value(), "comment": "Older"}
    assert reviewing.post(seated.get_absolute_url(), chosen).status_code == 302
    assert comment_of(seated) == "Older"


def test_the_same_words_sent_twice_are_no_conflict(reviewing, seated):
    window = opened(reviewing, seated) | {"comment": "Typed once", "level-1": "0"}

    answers = [reviewing.post(seated.get_absolute_url(), window) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
