"""My Showcase: which badges are shown, and in which order (FACTS 4.109, DESIGN 2.4)."""

from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from badges.models import Assertion
from portal.refusal import Refused

Direction = Literal["earlier", "later"]


def show(assertion: Assertion) -> None:
    """Put a badge into the public showcase; refuses one that was revoked."""
    if not Assertion.objects.issued().filter(pk=assertion.pk).update(is_shown=True):
        raise Refused(_("This badge was revoked, so it can’t be shown."))


def hide(assertion: Assertion) -> None:
    """Take a badge out of the public showcase; it stays good, and its own page stays."""
    Assertion.objects.filter(pk=assertion.pk).update(is_shown=False)


@transaction.atomic
def move(assertion: Assertion, direction: Direction) -> None:
    """Change places with the badge before or after; the first and the last stay where they are.

    Refuses to move one that was revoked: it has no place any more.
    """
    badges = list(Assertion.objects.select_for_update().owned_by(assertion.recipient).issued())
    if assertion not in badges:
        raise Refused(_("This badge was revoked, so it can’t be moved."))
    place = badges.index(assertion)
    other = place - 1 if direction == "earlier" else place + 1
    if other in range(len(badges)):
        badges[place], badges[other] = badges[other], badges[place]
    for number, badge in enumerate(badges, start=1):
        badge.position = number
    Assertion.objects.bulk_update(badges, ["position"])
