"""What is said of a file or link when it is handed in (FACTS 4.77)."""

from datetime import date
from typing import NamedTuple


class Entry(NamedTuple):
    """When it was done, what it was, and whether people can be seen or heard in it.

    ``shows_people`` is ticked together with the promise that every release is held (SAFETY 7.3).
    """

    date_of_entry: date | None = None
    activity_description: str = ""
    shows_people: bool = False


PLAIN = Entry()  # nothing said: today, no description, nobody in it
