"""The one way a record's status changes."""

from collections.abc import Mapping
from typing import Any, Protocol, cast

from django.db import models
from django.utils.translation import gettext as _

from portal.refusal import Refused


class Stated(Protocol):
    """What every record with moves has."""

    status: str

    def get_status_display(self) -> str:
        """The status as people read it."""


class Lifecycle:
    """The legal moves of a ``status`` field: from each status, where it may go.

    The table also draws the diagrams in ``docs/lifecycles.md`` (``manage.py diagrams``).
    """

    def __init__(self, moves: Mapping[str, tuple[str, ...]]) -> None:
        self.moves = {str(origin): tuple(map(str, goals)) for origin, goals in moves.items()}

    def allows(self, origin: str, goal: str) -> bool:
        """Whether a record may go from one status to another."""
        return goal in self.moves.get(origin, ())

    def origins(self, goal: str) -> list[str]:
        """The statuses from which ``goal`` may be reached, for set-based updates."""
        return [origin for origin, goals in self.moves.items() if goal in goals]

    def move(self, record: models.Model, to: str, **changes: Any) -> None:
        """Move the record by compare-and-swap, or refuse: also when someone else moved it first.

        ``changes`` are other fields to set in the same UPDATE. The record in hand is brought up
        to date. Raises ``Refused`` for an illegal or a lost move.
        """
        stated = cast(Stated, record)
        seen = stated.status
        if not self.allows(seen, to):
            now = stated.get_status_display().lower()
            raise Refused(_("This can’t be done any more: it is now “%(now)s”.") % {"now": now})
        manager = type(record)._base_manager
        if not manager.filter(pk=record.pk, status=seen).update(status=to, **changes):
            raise Refused(
                _("Someone changed this a moment ago. Nothing was lost; please look again.")
            )
        for name, value in {"status": to, **changes}.items():
            setattr(record, name, value)
