"""One field and one form for every page."""

import pytest

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.pages")]


def test_every_field_has_its_label_and_its_help(client):
    page = client.get("/form/").content.decode()

    for name in ("text", "note", "agreed"):
        assert page.count(f'for="id_{name}"') == 1
    assert 'aria-describedby="id_text_helptext"' in page
    assert 'id="id_text_helptext">As many as you like.</div>' in page
    assert page.count('<fieldset class="field field--group"') == 1
    assert page.count('name="draft"') == 1


def test_what_need_not_be_filled_in_says_so(client):
    page = client.get("/form/").content.decode()

    assert page.count('<span class="field-optional">optional</span>') == 1


def test_an_error_is_tied_to_its_field_and_listed_on_top(client):
    page = client.post("/form/", {"text": "", "level": "a"}).content.decode()

    assert 'aria-describedby="id_text_helptext id_text_error"' in page
    assert 'id="id_text_error"' in page
    assert 'aria-invalid="true"' in page
    assert page.count('<a href="#id_text">Your words</a>') == 1


def test_errors_of_the_whole_form_and_of_hidden_fields_are_told(client):
    sent = {"text": "a", "level": "a", "note": "wrong", "draft": "x"}

    page = client.post("/form/", sent).content.decode()

    assert page.count("<li>These two do not fit.</li>") == 1
    assert page.count("Enter a whole number.") == 1
