"""What people tell those who wait for it."""

from django.dispatch import Signal

membership_confirmed = Signal()
"""Staff confirmed a membership. Sent with ``membership`` and ``by``, inside the transaction."""

membership_refused = Signal()
"""Staff could not confirm a claim. Sent with ``membership``, inside the transaction."""
