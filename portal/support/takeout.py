"""One's own questions, to take home."""

from collections.abc import Iterator

from django.utils.formats import date_format

from portal.accounts.models import User
from portal.support.models import Question


def files_of(user: User) -> Iterator[tuple[str, bytes]]:
    """One text file for each question, with its answer."""
    questions = Question.objects.owned_by(user).order_by("asked_at", "pk")
    for number, question in enumerate(questions, start=1):
        yield f"questions/{number:03}.txt", as_text(question).encode()


def as_text(question: Question) -> str:
    """A question and its answer in plain text."""
    answer = question.answer or question.get_status_display()
    asked = date_format(question.asked_at, "DATETIME_FORMAT")
    return f"{asked}, {question.page}\n\n{question.text}\n\n{answer}\n"
