"""Correct the name that papers print; it is otherwise the one of the day of issue."""

from django.db import transaction
from django.utils.translation import gettext as _

from badges.actions.issuing import locked
from badges.models import Assertion, NameReason
from portal import journal, mail
from portal.accounts.models import User
from portal.refusal import Refused


@transaction.atomic
def correct_name(assertion: Assertion, name: str, reason: NameReason, by: User) -> int:
    """Put a name right on a badge's papers and on all others that print the same wrong one.

    Papers are drawn when asked for, so the next ones are right; badges hold no name and stay as
    they are. Only badges in this person's care; returns how many. A second click finds nothing to
    do. Refuses for a revoked badge, which has no papers, and for one's own.
    """
    holder = locked(assertion.recipient_id)
    assertion.refresh_from_db()
    if holder == by:
        raise Refused(_("Please ask a colleague to correct the name on your own papers."))
    if assertion.is_revoked:
        raise Refused(_("This badge was revoked, so it has no papers to be corrected."))
    before = assertion.recipient_name
    if before == name:
        return 0
    badges = Assertion.objects.in_care_of(by).owned_by(holder).issued()
    wrong = list(badges.filter(recipient_name=before))
    Assertion.objects.filter(pk__in=[one.pk for one in wrong]).update(recipient_name=name)
    journal.record_all("name on papers corrected", of=wrong, by=by, reason=reason)
    mail.post("name_corrected", to=holder.email, assertion=assertion, before=before, name=name)
    return len(wrong)
