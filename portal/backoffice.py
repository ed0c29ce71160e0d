"""What the back office at ``/admin/`` may do with rows that only actions write."""

from typing import Any


def never(*_: Any, **__: Any) -> bool:
    """No, whoever asks."""
    return False


class LookOnly:
    """A model's pages in the back office that show and never change; mixed into a ModelAdmin."""

    has_add_permission = has_change_permission = has_delete_permission = never
