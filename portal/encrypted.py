"""Text kept as ciphertext in the database (SAFETY 7.2): dates of birth, identifiers.

Keys come from ``FIELD_KEYS``, newest first, apart from ``SECRET_KEY``. A value that no key opens
raises; ciphertext is never handed out as if it were the value.
"""

import base64
import hashlib
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper


class Unreadable(Exception):
    """No key in ``FIELD_KEYS`` opens this value."""


@lru_cache(maxsize=4)
def cipher(keys: tuple[str, ...]) -> MultiFernet:
    """The cipher for a list of keys; any text will do as a key, long and random is best."""
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in keys]
    )


def encrypt(text: str) -> str:
    """Ciphertext of a text under the newest key."""
    return cipher(tuple(settings.FIELD_KEYS)).encrypt(text.encode()).decode()


def decrypt(token: str) -> str:
    """The text of a ciphertext; raises ``Unreadable`` where no key fits."""
    try:
        return cipher(tuple(settings.FIELD_KEYS)).decrypt(token.encode()).decode()
    except InvalidToken as error:
        message = "An encrypted value can't be read: is its key missing from FIELD_KEYS?"
        raise Unreadable(message) from error


class EncryptedTextField(models.TextField[str, str]):
    """A text stored encrypted; it can't be filtered by, only read."""

    def get_prep_value(self, value: Any) -> Any:
        """Encrypt on the way in; the empty text stays empty."""
        return encrypt(str(value)) if value else ""

    def from_db_value(
        self,
        value: str | None,
        expression: Any,
        connection: BaseDatabaseWrapper,
    ) -> str:
        """Decrypt on the way out."""
        return decrypt(value) if value else ""
