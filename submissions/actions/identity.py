"""Names in the work: replaced, or declared as intended; nothing of them goes into the journal."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal import journal
from portal.accounts.models import User
from portal.refusal import Refused
from submissions.actions.work import close, save_answers
from submissions.completeness import missing_from
from submissions.identity import Finding
from submissions.models import Attempt, IdentityFinding, Progress
from submissions.screening import (
    Screening,
    Spot,
    decision_of,
    question_of,
    replaced,
    screen,
)


def open_for_changes(attempt: Attempt) -> Attempt:
    """The attempt under a row lock, or a refusal when its work can't be changed now."""
    attempt = Attempt.objects.select_for_update().get(pk=attempt.pk)
    if not attempt.is_editable:
        raise Refused(
            _("This work can’t be changed now. What you saved before is kept and stays readable.")
        )
    return attempt


@transaction.atomic
def declare_intended(attempt: Attempt, spot: Spot, by: User, note: str = "") -> None:
    """Keep words as they are, wherever they stand in that source; twice is once.

    Only what is found at this moment may be declared, so that no one declares in advance.
    """
    attempt = open_for_changes(attempt)
    source, rule, phrase = spot.decision
    if not screen(attempt, note).holds(spot.decision):
        raise Refused(_("This place has changed in the meantime; here is how it stands now."))
    IdentityFinding.objects.get_or_create(attempt=attempt, source=source, rule=rule, phrase=phrase)
    journal.record("name declared as intended", of=attempt, by=by, source=source, rule=rule)


@transaction.atomic
def take_back_intended(attempt: Attempt, spot: Spot, by: User) -> None:
    """Have words checked again that were declared as intended."""
    attempt = open_for_changes(attempt)
    source, rule, phrase = spot.decision
    rows = attempt.findings.filter(source=source, rule=rule, phrase=phrase)
    if rows.delete()[0]:
        journal.record("name no longer intended", of=attempt, by=by, source=source, rule=rule)


@transaction.atomic
def replace_in_answer(attempt: Attempt, spot: Spot, by: User) -> Progress:
    """Put the suggestion in the place of the words found in an answer, saved like any change.

    A part that was completed stays so as long as it lacks nothing with the new words in it.
    """
    attempt = open_for_changes(attempt)
    question_id = question_of(spot.source)
    passage = screen(attempt).passage(spot.source)
    places = [one for one in passage.findings if is_meant(one, spot)] if passage else []
    if passage is None or question_id is None or not places:
        raise Refused(_("This place has changed in the meantime; here is how it stands now."))
    progress = attempt.progress.select_related("part").get(part__questions=question_id)
    was_completed = progress.status == Progress.Status.COMPLETED
    progress = save_answers(progress, {question_id: replaced(passage.text, places)})
    if was_completed and not missing_from(progress):
        close(progress)
    journal.record("name replaced", of=attempt, by=by, source=spot.source, rule=spot.rule)
    return progress


def is_meant(finding: Finding, spot: Spot) -> bool:
    """Whether a finding is the one, or one of those, that a button names."""
    is_same = decision_of(spot.source, finding) == spot.decision
    return is_same and spot.start in {None, finding.start}


def what_stops(screening: Screening, *, looked_at: bool) -> str:
    """Why the work can't be handed in yet: it names its author, or may and was not looked at."""
    if count := screening.certain:
        return ngettext(
            "Not submitted yet: %(count)d place in your work tells who you are. Replace it on the "
            "Submit page, or say there that it is intended.",
            "Not submitted yet: %(count)d places in your work tell who you are. Replace them on "
            "the Submit page, or say there that they are intended.",
            count,
        ) % {"count": count}
    if (count := screening.doubtful) and not looked_at:
        return ngettext(
            "Not submitted yet: %(count)d place in your work may tell who you or a student is. "
            "Look at it on the Submit page and tick there that you did.",
            "Not submitted yet: %(count)d places in your work may tell who you or a student is. "
            "Look at them on the Submit page and tick there that you did.",
            count,
        ) % {"count": count}
    return ""
