"""What money tells those who wait for it."""

from django.dispatch import Signal

settled = Signal()
"""A charge was paid or waived. Sent with ``charge``, inside the transaction."""
