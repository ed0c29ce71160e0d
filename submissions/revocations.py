"""Earned, and revoked since: what the rooms above know of an attempt's badge."""

from collections.abc import Iterable

from portal.duties import registry
from submissions.models import Attempt


def mark_revoked(attempts: Iterable[Attempt]) -> None:
    """Set ``revoked`` of those whose badge was revoked; asks nothing where none was earned."""
    earned = {row.pk: row for row in attempts if row.status == Attempt.Status.PASSED}
    for find in registry.revocations if earned else ():
        for key, revoked in find(earned).items():
            earned[key].revoked = revoked
