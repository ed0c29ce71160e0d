"""Words about a person that a page, a paper or a table can print as they are."""

import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

UNSEEN = {"Cc", "Cf"}  # control and format characters, those that turn a text around among them


def is_plain(text: str) -> bool:
    """Whether every character of a text is there to be seen."""
    return not any(unicodedata.category(letter) in UNSEEN for letter in text)


def refuse_unseen(text: str) -> None:
    """Refuse a text with characters nobody sees: they could make a name look like another."""
    if not is_plain(text):
        raise ValidationError(
            _("There are invisible characters in this text: please type it anew, don’t paste it.")
        )
