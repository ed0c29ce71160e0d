"""The two papers of an earner: a certificate, and a record of the requirements met (DESIGN 8.10).

Both are drawn when they are asked for; nothing is stored.
"""

import base64
from datetime import date, datetime
from typing import Any, NamedTuple

import segno
from django.utils import timezone

from badges import pictures
from badges.models import Assertion
from catalog.models import Criterion, Part
from portal import pdf
from submissions.completeness import asked_for
from submissions.models import Attempt, Progress, Submission

NAME_SIZES = ((40, "large"), (70, "medium"), (120, "small"))


class Row(NamedTuple):
    """A criterion of the rubric and the level that had to be reached."""

    criterion: str
    level: str


class Requirement(NamedTuple):
    """One of the five requirements: what was asked for, how it was judged, when it was done."""

    title: str
    asked: list[str]
    rows: list[Row]
    done_on: date | None


class Earned(NamedTuple):
    """A micro-certification of a finished stack."""

    title: str
    hours: Any
    day: date


def certificate(assertion: Assertion) -> bytes:
    """The certificate: badge, issuer, recipient, date, address (FACTS 4.106), for its owner."""
    return pdf.render("pdf/certificate.html", frame(assertion))


def record(assertion: Assertion) -> bytes:
    """The record of requirements met: parts, criteria, hours, dates (FACTS 4.112)."""
    attempt = assertion.attempt
    if attempt is None:
        return pdf.render("pdf/record_stack.html", frame(assertion) | {"earned": earned(assertion)})
    return pdf.render("pdf/record.html", frame(assertion) | dates(attempt) | work(attempt))


def frame(assertion: Assertion) -> dict[str, Any]:
    """What both papers need: the badge, its picture, and a code that leads to its page."""
    picture = base64.b64encode(pictures.of_class(assertion.badge_class)).decode()
    return {
        "assertion": assertion,
        "badge_class": assertion.badge_class,
        "issuer": assertion.badge_class.issuer,
        "name": assertion.recipient_name,
        "name_size": size_of(assertion.recipient_name),
        "email": assertion.recipient.email,
        "picture": f"data:image/png;base64,{picture}",
        "code": segno.make(assertion.url, error="m").svg_data_uri(border=0, dark="#123b33"),
    }


def size_of(name: str) -> str:
    """How large a name is printed, so that the longest still leaves room for the rest."""
    return next(size for longest, size in NAME_SIZES if len(name) <= longest)


def work(attempt: Attempt) -> dict[str, Any]:
    """What was asked for in every part of an attempt."""
    rows = attempt.progress.select_related("part", "attempt__association")
    return {
        "attempt": attempt,
        "requirements": [requirement(progress) for progress in rows],
        "rounds": attempt.submissions.count(),
    }


def dates(attempt: Attempt) -> dict[str, date | None]:
    """The days of an attempt where its association is: days, never times."""
    passed = attempt.submissions.filter(outcome=Submission.Outcome.PASS).get()
    return {
        "started": local(attempt, attempt.started_at),
        "handed_in": local(attempt, passed.submitted_at),
        "decided": local(attempt, passed.decided_at),
    }


def local(attempt: Attempt, moment: datetime | None) -> date | None:
    """The day of a moment where the attempt's association is."""
    return timezone.localdate(moment, attempt.association.zone) if moment else None


def requirement(progress: Progress) -> Requirement:
    """One part: its questions or artifacts, its criteria and their bar."""
    part = progress.part
    wanted = asked_for(progress) if part.kind == Part.Kind.ARTIFACTS else []
    criteria = part.criteria.prefetch_related("levels")
    return Requirement(
        title=part.title,
        asked=[*map(str, part.questions.all()), *map(str, wanted)],
        rows=[
            Row(criterion.title, bar_of(criterion))
            for criterion in criteria
            if criterion.requirement_id is None or criterion.requirement in wanted
        ],
        done_on=local(progress.attempt, progress.completed_at),
    )


def bar_of(criterion: Criterion) -> str:
    """The lowest level of a criterion that meets the bar."""
    levels = [level.label for level in criterion.levels.all() if level.meets_bar]
    return levels[-1] if levels else ""


def earned(assertion: Assertion) -> list[Earned]:
    """The badges that made a stack's badge, in the stack's order."""
    badges = (
        Assertion.objects.owned_by(assertion.recipient)
        .issued()
        .filter(badge_class__micro_certification__items__stack=assertion.badge_class.stack)
        .order_by("badge_class__micro_certification__items__position")
        .select_related("badge_class__micro_certification")
    )
    return [Earned(badge.badge_class.name, hours_of(badge), badge.day) for badge in badges]


def hours_of(badge: Assertion) -> Any:
    """The nominal hours of what a badge was earned with."""
    found = badge.badge_class.micro_certification
    return found.credit_hours if found else None
