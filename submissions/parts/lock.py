"""One writer at a time for each part file, also across processes.

A writer whose line has gone dead would keep its lock for as long as the operating system keeps
the line. So a lock that has not moved for a while may be taken over: the newcomer puts a lock
file of its own in the place, and the old writer notices before it writes again.
"""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from pathlib import Path

from django.utils.translation import gettext as _

from submissions.tus import NotNow

STALE_SECONDS = 20


class Lock:
    """A lock that is held."""

    def __init__(self, place: Path, handle: int) -> None:
        self.place = place
        self.handle = handle

    def is_in_force(self) -> bool:
        """Whether nobody has taken over."""
        try:
            return os.path.samestat(os.fstat(self.handle), self.place.stat())
        except FileNotFoundError:
            return False

    def check(self) -> None:
        """Say that there is still someone here; decline when someone took over."""
        if not self.is_in_force():
            raise busy()
        os.utime(self.handle)

    def put_away(self) -> None:
        """Remove the lock file, unless it is someone else's by now."""
        if self.is_in_force():
            self.place.unlink()


def busy() -> NotNow:
    """The answer while another request is at the same upload."""
    return NotNow(
        _("Another window is sending this file just now; wait a moment and go on."),
        HTTPStatus.LOCKED,
    )


@contextmanager
def held(place: Path) -> Iterator[Lock]:
    """Hold the lock at ``place``, or decline when someone is at it."""
    place.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(place, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if not is_taken(handle):
            clear_stale(place)
            raise busy()
        lock = Lock(place, handle)
        lock.check()
        yield lock
    finally:
        os.close(handle)


def is_taken(handle: int) -> bool:
    """Whether the lock is ours now."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def clear_stale(place: Path) -> None:
    """Make way for the next try when the holder has not moved for a while."""
    try:
        if time.time() - place.stat().st_mtime > STALE_SECONDS:
            place.unlink()
    except FileNotFoundError:
        return
