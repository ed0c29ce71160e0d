"""The demo's help: two sessions to come for each association, questions at two stages."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from portal.accounts.models import Association, User
from portal.support import actions, moments
from portal.support.models import InformationSession, Question

TITLES = ("Meet micro-certifications", "Bring your questions")
DESCRIPTION = (
    "What a micro-certification asks for, how reviewers score it, and how to choose your first. "
    "We look at a whole rubric together and leave half an hour for your questions."
)
ASKED = (
    "May two of us from the same grade level work on this together and each hand in our own plan?",
    "My recording is longer than the three minutes asked for. Should I cut it?",
)
ANSWER = (
    "Please do. Plan together and give each other feedback; then each of you hands in evidence "
    "from your own classroom and writes your own reflection."
)
WEDNESDAY = 2
FROM, UNTIL = time(16, 0), time(17, 30)


def show_help(demo: Any) -> None:
    """Plan the sessions and ask the questions, unless they are there."""
    for association in Association.objects.all():
        staff = association.staff.order_by("pk").first()
        if staff and not association.information_sessions.exists():
            plan_sessions(association, staff)
    asker = demo.people.get("educator")
    if asker and not Question.objects.owned_by(asker).exists():
        ask_questions(asker)
    if session := InformationSession.objects.upcoming().first():
        demo.add_url("session", session.get_absolute_url())


def plan_sessions(association: Association, staff: User) -> None:
    """Two late afternoons, two weeks apart."""
    for title, weeks in zip(TITLES, (0, 2), strict=True):
        actions.plan(
            by=staff,
            association=association,
            title=title,
            description=DESCRIPTION,
            starts_at=moment(association, weeks, FROM),
            ends_at=moment(association, weeks, UNTIL),
            link="https://meet.example.org/micro-certifications",
            capacity=60,
        )


def moment(association: Association, weeks: int, clock: time) -> datetime:
    """A time of a Wednesday afternoon to come; no zone's clocks skip afternoons."""
    today = association.today()
    days = (WEDNESDAY - today.weekday()) % 7 or 7
    day = today + timedelta(days=days, weeks=weeks)
    return moments.instant(day, clock, association.zone) or timezone.now()


def ask_questions(asker: User) -> None:
    """One question that was answered and one that waits."""
    first, _second = (
        actions.ask(text, actions.Asker(asker), "/help/", asker.association) for text in ASKED
    )
    staff = asker.association.staff.order_by("pk").first() if asker.association else None
    if staff:
        actions.answer(first, ANSWER, by=staff)
