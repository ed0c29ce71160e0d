"""What an attempt tells the rooms above it; sent inside the transaction of the move."""

from django.dispatch import Signal

submitted = Signal()
"""A round was handed in. Sent with ``submission``."""

decided = Signal()
"""A round was decided. Sent with ``submission`` and ``passed``."""

returned = Signal()
"""A round was returned as incomplete, unscored. Sent with ``submission``."""

reset = Signal()
"""An attempt's six months are over. Sent with ``attempt``."""

denied = Signal()
"""An attempt was denied for misconduct, earned or not. Sent with ``attempt`` and ``by``."""

original_opened = Signal()
"""Staff are about to see an original as it was given. Sent with ``evidence`` and ``by``."""
