"""What the catalog's Start buttons say to whoever is signed in."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.accounts.models import Membership
from submissions.models import Attempt
from submissions.revocations import mark_revoked


class Mine:
    """One educator's attempts that go on, and standing as a member; each is fetched once."""

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def attempts(self) -> dict[int, Attempt]:
        """What stands in the way of another Start, by micro-certification."""
        rows = list(Attempt.objects.owned_by(self.user).live().with_claim().with_rounds())
        mark_revoked(rows)
        return {row.micro_certification_id: row for row in rows if not row.is_over}

    @cached_property
    def membership(self) -> str:
        """The status of the membership that a Start would go by; empty without one."""
        rows = Membership.objects.filter(user=self.user, association=self.user.association)
        return rows.values_list("status", flat=True).first() or ""


def mine(request: HttpRequest) -> dict[str, Any]:
    """``mine`` of every template: nothing is fetched before a button of someone signed in asks."""
    return {"mine": SimpleLazyObject(lambda: Mine(request.user))}
