"""How often one person may write to others through the portal (SAFETY T14)."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 3600
EACH_EDUCATOR = 12
EACH_ADDRESS = 5
EACH_PLACE = 30  # a school's visitors share one address of the network


def is_within(who: str, at_most: int) -> bool:
    """Take one of ``at_most`` places an hour for ``who``; false when none is free.

    Every place is a key of its own, taken by ``add``: two requests never take the same one.
    """
    return any(
        cache.add(f"writes:{who}:{place}", value=True, timeout=WINDOW_SECONDS)
        for place in range(at_most)
    )


def may_write(request: HttpRequest, email: str = "") -> bool:
    """Whether this person, or this visitor who gives an e-mail address, may write once more."""
    if request.user.is_authenticated:
        return is_within(str(request.user.public_id), EACH_EDUCATOR)
    network = get_adapter(request).get_client_ip(request)
    address = email.lower().encode().hex()
    return is_within(network, EACH_PLACE) and is_within(address, EACH_ADDRESS)
