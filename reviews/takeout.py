"""The feedback an educator got, as text to take home."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import User
from reviews.feedback import PartFeedback, RoundFeedback, rounds_of
from submissions.models import Attempt


def files_of(user: User) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the zip, content) for every decided round of this person's attempts."""
    attempts = Attempt.objects.owned_by(user).select_related("micro_certification")
    for number, attempt in enumerate(attempts.order_by("opened_at", "pk"), start=1):
        for told in rounds_of(attempt):
            path = f"feedback/{number:02} {attempt.micro_certification.slug}, round {told.round}.md"
            yield path, as_text(attempt, told).encode()


def as_text(attempt: Attempt, told: RoundFeedback) -> str:
    """One round: the outcome, then what was said of each part."""
    heading = _("# %(title)s, round %(round)d: %(outcome)s (%(day)s)") % {
        "title": attempt.micro_certification.title,
        "round": told.round,
        "outcome": told.outcome_label,
        "day": date_format(told.decided_on),
    }
    comments = [f"{name}: {words}" for name, words in told.comments]
    return "\n\n".join([heading, *comments, *map(part_as_text, told.parts)]) + "\n"


def part_as_text(part: PartFeedback) -> str:
    """One part: whether it passed, and each row of the rubric with what was said of it."""
    outcome = _("passed") if part.passed else _("not yet")
    lines = [f"## {part.title}: {outcome}"]
    for criterion in part.criteria:
        lines.append(f"### {criterion.title}")
        lines += [f"- {one.reviewer}: {one.level}. {one.comment}" for one in criterion.given]
    return "\n".join(lines)
