"""Handing hours to the state: who can be reported, the report, the state's answer (FACTS 6.4)."""

import json

from django.db import models, transaction
from django.utils.translation import gettext as _

from credits import roster, rows
from credits.actions.release import locked, require_reason
from credits.models import Consent, CreditProgram, HoursEntry, StateReport
from portal import journal, mail
from portal.accounts.models import User
from portal.refusal import Refused


def waiting_for_report(program: CreditProgram) -> models.QuerySet[HoursEntry]:
    """Issued lines of a program, and sent-back ones that were mended, that no report has."""
    lines = HoursEntry.objects.filter(
        program=program,
        status__in=[HoursEntry.Status.ISSUED, HoursEntry.Status.ERROR],
        hold="",
    )
    return lines.select_related(
        "educator", "micro_certification", "attempt", "program__association"
    )


def reportable(program: CreditProgram) -> list[HoursEntry]:
    """Those of the waiting lines whose educator gave a valid identifier and consent."""
    lines = waiting_for_report(program).order_by("educator__name", "pk")
    if program.consent_required:
        lines = lines.filter(
            educator__in=Consent.objects.filter(program=program).values("educator")
        )
    return [line for line in lines if program.takes(program.identifier_of(line.educator))]


@transaction.atomic
def report(program: CreditProgram, by: User) -> StateReport:
    """Put every reportable line into one file for the state; no line goes into two.

    Lines without a valid identifier or consent stay behind for the next report.
    """
    program = CreditProgram.objects.select_for_update().get(pk=program.pk)
    lines = reportable(program)
    if not lines:
        raise Refused(
            _("No hours are ready to be reported: each needs a valid %(label)s and consent.")
            % {"label": program.identifier_label}
        )
    table = roster.table(program.columns, [rows.of_entry(line) for line in lines])
    made = StateReport.objects.create(program=program, made_by=by, roster=json.dumps(table))
    for line in lines:
        HoursEntry.lifecycle.move(line, HoursEntry.Status.REPORTED, report=made, reason="")
        journal.record("hours reported", of=line, by=by)
    journal.record("report made", of=made, by=by, lines=len(lines))
    return made


@transaction.atomic
def accept(report: StateReport, by: User) -> int:
    """Note that the state took every line of a report that was not sent back; return how many."""
    lines = list(report.entries.select_for_update().filter(status=HoursEntry.Status.REPORTED))
    for line in lines:
        HoursEntry.lifecycle.move(line, HoursEntry.Status.ACCEPTED)
        journal.record("hours accepted", of=line, by=by)
    return len(lines)


@transaction.atomic
def send_back(entry: HoursEntry, reason: str, by: User) -> None:
    """Note that the state refused a line; it waits until the educator or staff mend it."""
    require_reason(reason)
    entry = locked(entry)
    HoursEntry.lifecycle.move(
        entry, HoursEntry.Status.ERROR, hold=HoursEntry.Hold.STAFF, reason=reason.strip()
    )
    journal.record("hours sent back", of=entry, by=by)
    mail.post("hours_sent_back", to=entry.educator.email, entry=entry)


@transaction.atomic
def give_identifier(program: CreditProgram, identifier: str, by: User) -> None:
    """Keep what identifies an educator to a program, and the consent to report.

    What the state had sent back goes into the next report.
    """
    if not program.takes(identifier):
        raise Refused(
            _("That does not look like a %(label)s. Nothing was changed.")
            % {"label": program.identifier_label}
        )
    User.objects.filter(pk=by.pk).update(**{program.identifier: identifier})
    setattr(by, program.identifier, identifier)
    Consent.objects.get_or_create(educator=by, program=program)
    HoursEntry.objects.owned_by(by).filter(
        program=program, status=HoursEntry.Status.ERROR, hold=HoursEntry.Hold.STAFF
    ).update(hold="")
    journal.record("identifier given", of=by, by=by, field=program.identifier)


@transaction.atomic
def withdraw_consent(program: CreditProgram, by: User) -> None:
    """Stop reporting an educator's hours; what was reported before stays reported."""
    Consent.objects.filter(educator=by, program=program).delete()
    journal.record("consent withdrawn", of=by, by=by, program=program.code)
