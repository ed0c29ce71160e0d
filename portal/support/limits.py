"""How often one person may write to others through the portal (SAFETY T14)."""

from django.core.cache import cache

WINDOW_SECONDS = 3600


def is_within(what: str, who: str, at_most: int) -> bool:
    """Take one of ``at_most`` places an hour for ``who``; false when none is free.

    Every place is a key of its own, taken by ``add``: two requests never take the same one.
    """
    return any(
        cache.add(f"limit:{what}:{who}:{place}", value=True, timeout=WINDOW_SECONDS)
        for place in range(at_most)
    )
