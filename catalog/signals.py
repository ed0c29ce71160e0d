"""What the catalog tells the rooms above it; sent inside the transaction."""

from django.dispatch import Signal

library_loaded = Signal()
"""The library's stacks and micro-certifications are all there, up to date. Sent without more."""
