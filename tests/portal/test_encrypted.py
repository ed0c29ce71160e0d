"""Sensitive text is ciphertext at rest."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal import encrypted
from portal.accounts.models import User


@settings(deadline=None)
@given(st.text())
def test_what_goes_in_comes_out(text):
    token = encrypted.encrypt(text)

    assert encrypted.decrypt(token) == text
    assert len(text) < 8 or text not in token


def test_the_same_text_looks_different_each_time():
    assert encrypted.encrypt("1971-07-19") != encrypted.encrypt("1971-07-19")


def test_an_older_key_still_opens_and_the_newest_one_closes(settings):
    settings.FIELD_KEYS = ["old"]
    before = encrypted.encrypt("987654321")
    settings.FIELD_KEYS = ["new", "old"]
    after = encrypted.encrypt("987654321")

    assert encrypted.decrypt(before) == "987654321"
    settings.FIELD_KEYS = ["new"]
    assert encrypted.decrypt(after) == "987654321"


def test_without_the_key_it_says_so_and_hands_out_no_ciphertext(settings):
    settings.FIELD_KEYS = ["old"]
    token = encrypted.encrypt("987654321")
    settings.FIELD_KEYS = ["another"]

    with pytest.raises(encrypted.Unreadable):
        encrypted.decrypt(token)


@pytest.mark.django_db
def test_a_value_is_not_encrypted_twice_when_the_row_is_stored_again(educator):
    educator.ppid = "7654321"
    educator.save(update_fields=["ppid"])
    again = User.objects.get(pk=educator.pk)
    again.save(update_fields=["ppid"])

    assert User.objects.get(pk=educator.pk).ppid == "7654321"


@pytest.mark.django_db
def test_an_empty_value_stays_empty(educator):
    assert User.objects.filter(pk=educator.pk, ppid="").exists()
