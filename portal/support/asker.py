"""Who asks a question or takes a place."""

import hashlib
from typing import NamedTuple

from portal.accounts.models import User


class Asker(NamedTuple):
    """Who asks: someone signed in, or a visitor with an address."""

    user: User | None = None
    name: str = ""
    email: str = ""

    def fingerprint(self, text: str) -> str:
        """The same for the same words of the same person."""
        who = str(self.user.public_id) if self.user else self.email.lower()
        return hashlib.sha256(f"{who}\n{' '.join(text.split())}".encode()).hexdigest()
