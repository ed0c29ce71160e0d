"""Asking, answering within 48 hours, closing (FACTS 4.80, DESIGN 6 and 7)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import journal, mail
from portal.accounts.models import Association, User
from portal.refusal import Refused
from portal.support.asker import Asker
from portal.support.models import Question
from portal.support.models.questions import ANSWER_WITHIN

BATCH = 500


@transaction.atomic
def ask(text: str, by: Asker, page: str, association: Association | None = None) -> Question:
    """Put a question in the staff's queue, due in 48 hours, and confirm it by mail.

    The same words of the same person while they wait for an answer are the same question. The
    mail repeats nothing that was typed: a visitor's address may be someone else's.
    """
    now = timezone.now()
    question, is_new = Question.objects.get_or_create(
        fingerprint=by.fingerprint(text),
        status=Question.Status.OPEN,
        defaults={
            "association": association,
            "asker": by.user,
            "visitor_name": by.name,
            "visitor_email": by.email,
            "page": page,
            "text": text,
            "asked_at": now,
            "due_at": now + ANSWER_WITHIN,
        },
    )
    if is_new:
        journal.record("question asked", of=question, by=by.user)
        mail.post("question_received", to=question.reply_to, question=question)
    return question


@transaction.atomic
def answer(question: Question, words: str, by: User) -> None:
    """Answer a question, by mail and on the asker's own page; refuses an empty answer."""
    if not words.strip():
        raise Refused(_("Please write an answer. The question still waits."))
    Question.lifecycle.move(
        question,
        Question.Status.ANSWERED,
        answer=words.strip(),
        answered_by=by,
        answered_at=timezone.now(),
    )
    journal.record("question answered", of=question, by=by)
    mail.post("question_answered", to=question.reply_to, question=question)


@transaction.atomic
def close(question: Question, by: User) -> None:
    """Put an answered question away."""
    Question.lifecycle.move(question, Question.Status.CLOSED)
    journal.record("question closed", of=question, by=by)


@transaction.atomic
def remind_staff() -> int:
    """Remind staff, once, of every open question due within 12 hours; return how many."""
    now = timezone.now()
    due = Question.objects.to_remind(now).select_for_update(skip_locked=True, of=("self",))
    questions = list(due.select_related("association").order_by("due_at")[:BATCH])
    Question.objects.filter(pk__in=[question.pk for question in questions]).update(reminded_at=now)
    for question in questions:
        for address in contacts_of(question):
            mail.post(
                "question_due",
                to=address,
                event=f"question due:{question.public_id}",
                question=question,
            )
    return len(questions)


def contacts_of(question: Question) -> list[str]:
    """The support address of the question's association; of all where it names none."""
    if question.association:
        return [question.association.support_email]
    return list(Association.objects.values_list("support_email", flat=True).distinct().order_by())
