"""What the passing of time calls in credit."""

from credits import actions
from credits.tasks import make_waiting

SWEEPS = {
    "credit batches": make_waiting,
    "hours due": actions.remind_staff,
    "closing terms": actions.remind_closing,
    "credit retention": actions.forget,
}
