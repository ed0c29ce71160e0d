"""What became of the badges that attempts earned, for the pages of the work."""

from collections.abc import Iterable

from badges.models import Assertion
from portal.duties import Revoked


def revoked_of(attempts: Iterable[int]) -> dict[int, Revoked]:
    """The revoked badges of these attempts, by the attempt's key; one query."""
    badges = Assertion.objects.revoked().filter(attempt__in=list(attempts)).with_class()
    return {badge.attempt_id: told(badge) for badge in badges if badge.attempt_id}


def told(badge: Assertion) -> Revoked:
    """What its page tells everyone of a revoked badge."""
    issuer = badge.badge_class.issuer
    return Revoked(badge.revocation_reason, badge.get_absolute_url(), issuer.name, issuer.email)
