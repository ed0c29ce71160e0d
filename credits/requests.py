"""What a form hands to an action: an educator's wish, the university's word on a student."""

from typing import NamedTuple

from credits.models import Term


class Wish(NamedTuple):
    """What an educator asks for: units of a term, and a date of birth if they gave one."""

    term: Term
    units: int
    date_of_birth: str = ""


class Confirmation(NamedTuple):
    """What the university says of one student: the ID, later the grade."""

    reference: str
    student_id: str
    grade: str
