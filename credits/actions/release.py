"""What staff do with a line of the ledger: release, hold, void, correct."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from credits.actions.letters import end_letters, renew_letter
from credits.models import CreditProgram, HoursEntry
from portal import journal, mail
from portal.accounts.models import User
from portal.refusal import Refused


def locked(entry: HoursEntry) -> HoursEntry:
    """The line as it is now, with its educator's ledger locked: sums can't change meanwhile."""
    User.objects.select_for_update().get(pk=entry.educator_id)
    lines = HoursEntry.objects.select_related(
        "program__association", "educator", "micro_certification"
    )
    return lines.get(pk=entry.pk)


def obstacle(entry: HoursEntry) -> str:
    """Why a pending line can't be released now; nothing where it can."""
    if entry.hold:
        return _("“%(line)s” is on hold. Take it off hold first.") % {"line": entry}
    work = HoursEntry.objects.for_same_work(entry)
    first = work.pending().filter(kind=HoursEntry.Kind.COMPLETION).exclude(pk=entry.pk)
    if entry.kind == HoursEntry.Kind.ATTAINMENT and first.exists():
        return _("Release the hours for the complete submission first: “%(line)s”.") % {
            "line": first.get()
        }
    if not HoursEntry.objects.filter(pk=entry.pk).not_used_elsewhere().exists():
        return _("“%(line)s” is used in another program, which rules it out here.") % {
            "line": entry
        }
    return ""


@transaction.atomic
def issue(entry: HoursEntry, by: User) -> None:
    """Release a pending line to its educator (FACTS 4.139); a letter program writes its letter.

    A line released before stays as it is. Refuses a line on hold.
    """
    entry = locked(entry)
    if entry.status in HoursEntry.RELEASED:
        return
    if words := obstacle(entry):
        raise Refused(words + " " + _("Nothing was changed."))
    today = entry.program.association.today()
    HoursEntry.lifecycle.move(entry, HoursEntry.Status.ISSUED, issued_on=today, reason="")
    journal.record("hours issued", of=entry, by=by)
    if entry.program.kind == CreditProgram.Kind.LETTER:
        renew_letter(entry)
    mail.post(
        "hours_issued",
        to=entry.educator.email,
        event=f"hours-issued:{entry.public_id}",
        entry=entry,
    )


@transaction.atomic
def release(entries: Iterable[HoursEntry], by: User) -> tuple[int, list[str]]:
    """Release many lines, complete submissions first.

    Returns how many were released, and a sentence for each that has to wait. Every ledger is
    locked beforehand, in one order, so that two people's lists never block each other.
    """
    lines = sorted(entries, key=lambda line: (line.kind != line.Kind.COMPLETION, line.pk))
    people = User.objects.filter(pk__in={line.educator_id for line in lines})
    list(people.select_for_update().order_by("pk").values_list("pk"))
    words = []
    done = 0
    for entry in lines:
        if why := obstacle(locked(entry)):
            words.append(why)
        else:
            issue(entry, by=by)
            done += 1
    return done, words


@transaction.atomic
def hold(entry: HoursEntry, reason: str, by: User) -> None:
    """Keep a line back while staff look into it; its due date goes on."""
    require_reason(reason)
    entry = locked(entry)
    if entry.status != HoursEntry.Status.PENDING:
        raise Refused(_("Only hours that wait for release can be put on hold."))
    HoursEntry.objects.filter(pk=entry.pk).update(hold=HoursEntry.Hold.STAFF, reason=reason.strip())
    journal.record("hours on hold", of=entry, by=by, hold=HoursEntry.Hold.STAFF)


@transaction.atomic
def resume(entry: HoursEntry, by: User) -> None:
    """Take a line off hold; one that is not on hold stays as it is, a void one is refused."""
    entry = locked(entry)
    if entry.status == HoursEntry.Status.VOID:
        raise Refused(_("These hours are void and stay so. Nothing was changed."))
    if not entry.hold:
        return
    HoursEntry.objects.filter(pk=entry.pk).update(hold="", reason="")
    journal.record("hours off hold", of=entry, by=by)


@transaction.atomic
def void(entry: HoursEntry, reason: str, by: User) -> None:
    """Take a line out of the count; it stays in the ledger with the reason.

    The additional hours of a pass go with the hours of the submission they stand on.
    """
    require_reason(reason)
    entry = locked(entry)
    lines = [entry]
    if entry.kind == HoursEntry.Kind.COMPLETION:
        work = HoursEntry.objects.for_same_work(entry).counting()
        lines += work.filter(kind=HoursEntry.Kind.ATTAINMENT)
    for line in lines:
        cross_out(line, reason, by)
    end_letters(entry)


def cross_out(entry: HoursEntry, reason: str, by: User) -> None:
    """Void one line, unless an application for units holds or has spent its hours.

    What is void waits for nothing, so it is on hold no longer.
    """
    if entry.items.exclude(state="freed").exists():
        raise Refused(
            _("These hours are in an application for units, so they can’t be taken out.")
            + " "
            + _("Reject the application first. Nothing was changed.")
        )
    HoursEntry.lifecycle.move(entry, HoursEntry.Status.VOID, hold="", reason=reason.strip())
    journal.record("hours void", of=entry, by=by)


@transaction.atomic
def correct(entry: HoursEntry, hours: Decimal, reason: str, by: User) -> HoursEntry:
    """Put another line in the place of a wrong one, which is void from then on.

    Refuses hours that would bring the sum for the micro-certification to anything the program
    does not award (0, 15 or 20 for Act 48; SAFETY I7).
    """
    require_reason(reason)
    entry = locked(entry)
    before: dict[str, Any] = {
        "status": entry.status,
        "issued_on": entry.issued_on,
        "due_on": entry.due_on,
    }
    cross_out(entry, reason, by)
    work = HoursEntry.objects.for_same_work(entry)
    if hours <= 0 or work.total() + hours not in entry.program.totals():
        raise Refused(
            _("With %(hours)s hours the sum would not be one that %(program)s awards (%(sums)s).")
            % {"hours": hours, "program": entry.program, "sums": sums(entry.program)}
            + " "
            + _("Nothing was changed.")
        )
    return replace(entry, hours, reason, before)


def sums(program: CreditProgram) -> str:
    """The sums a program awards, in words for people."""
    return ", ".join(f"{total.normalize():f}" for total in sorted(program.totals()))


def replace(entry: HoursEntry, hours: Decimal, reason: str, before: dict[str, Any]) -> HoursEntry:
    """Write the correction of a line; what was issued stays issued."""
    if before["status"] == HoursEntry.Status.ERROR:
        before["status"] = HoursEntry.Status.ISSUED
    correction = HoursEntry.objects.create(
        educator=entry.educator,
        program=entry.program,
        micro_certification=entry.micro_certification,
        attempt_id=entry.attempt_id,
        kind=HoursEntry.Kind.CORRECTION,
        hours=hours,
        confirmed_on=entry.confirmed_on,
        reason=reason.strip(),
        **before,
    )
    journal.record("hours corrected", of=correction, hours=str(hours))
    if correction.status == HoursEntry.Status.ISSUED:
        renew_if_letter(correction)
    return correction


def renew_if_letter(entry: HoursEntry) -> None:
    """Write the letter anew where the program writes letters."""
    if entry.program.kind == CreditProgram.Kind.LETTER:
        renew_letter(entry)


def require_reason(reason: str) -> None:
    """Refuse to go on without a reason, or with one that no database keeps."""
    if not reason.strip() or "\0" in reason:
        raise Refused(_("Please give a reason: the educator will read it. Nothing was changed."))
