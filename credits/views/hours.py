"""Staff: hours to release, one line of the ledger, reports to the state."""

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import F, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credits import actions
from credits.forms import CorrectionForm
from credits.models import CreditProgram, HoursEntry, StateReport
from credits.models.ledger import HoursEntryQuerySet
from credits.rows import masked
from credits.views.files import asked, drawing_of, roster_file, uuids
from portal.accounts.access import SignedInRequest, staff_only

PAGE_LENGTH = 50


class Line(NamedTuple):
    """A line of the due list, ready to draw."""

    entry: HoursEntry
    days_left: int | None
    identifier: str


def in_care(request: SignedInRequest) -> HoursEntryQuerySet:
    """The lines this person looks after, with what every page shows of them."""
    return HoursEntry.objects.in_care_of(request.user).select_related(
        "educator", "program__association", "micro_certification", "attempt"
    )


def shown(entry: HoursEntry) -> Line:
    """A line with its days left, and its educator's identifier as far as it may be seen."""
    left = entry.days_left(entry.program.association.today())
    return Line(entry, left, masked(entry.program.identifier_of(entry.educator)))


@staff_only
@require_safe
def staff_credits(request: SignedInRequest) -> HttpResponse:
    """Hours to release, the overdue first (FACTS 4.139), then issued ones put on hold."""
    programs = CreditProgram.objects.in_care_of(request.user).exclude(issue_within_days=None)
    code = asked(request.GET, "program")
    entries = in_care(request).to_settle()
    if code:
        entries = entries.filter(program__code=code)
    ordered = entries.order_by(F("due_on").asc(nulls_last=True), "pk")
    page = Paginator(ordered, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [shown(entry) for entry in page.object_list],
        "programs": programs,
        "code": code,
        "query": f"program={code}" if code else "",
    }
    return render(request, "credits/hours_list.html", context)


@staff_only
@require_POST
def hours_release(request: SignedInRequest) -> HttpResponse:
    """Release the selected lines; those that must wait are named."""
    entries = in_care(request).pending().filter(public_id__in=uuids(request.POST.getlist("entry")))
    done, words = actions.release(entries, by=request.user)
    if done:
        told = ngettext("Released: %(count)d line.", "Released: %(count)d lines.", done)
        messages.success(request, told % {"count": done})
    for sentence in words or ([] if done else [_("Select the lines you want to release.")]):
        messages.warning(request, sentence)
    return redirect("staff-credits")


@staff_only
@require_safe
def hours_entry(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One line: what earned it, what happened to it, what can be done."""
    entry = get_object_or_404(in_care(request), public_id=public_id)
    work = HoursEntry.objects.for_same_work(entry).order_by("pk")
    context = {"line": shown(entry), "entry": entry, "work": work, "form": CorrectionForm()}
    return render(request, "credits/hours_entry.html", context)


def answer(request: SignedInRequest, entry: HoursEntry, words: str) -> HttpResponse:
    """Say what was done and go back to the line."""
    messages.success(request, words)
    return redirect(entry)


@staff_only
@require_POST
def hours_hold(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put a line on hold."""
    entry = get_object_or_404(in_care(request), public_id=public_id)
    actions.hold(entry, request.POST.get("reason", ""), by=request.user)
    return answer(request, entry, _("On hold. The due date goes on."))


@staff_only
@require_POST
def hours_resume(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take a line off hold."""
    entry = get_object_or_404(in_care(request), public_id=public_id)
    actions.resume(entry, by=request.user)
    return answer(request, entry, _("Off hold."))


@staff_only
@require_POST
def hours_void(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take a line out of the count."""
    entry = get_object_or_404(in_care(request), public_id=public_id)
    actions.void(entry, request.POST.get("reason", ""), by=request.user)
    return answer(request, entry, _("Void. The line stays in the ledger with your reason."))


@staff_only
@require_POST
def hours_correct(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Put another line in the place of this one."""
    entry = get_object_or_404(in_care(request), public_id=public_id)
    form = CorrectionForm(request.POST)
    if not form.is_valid():
        work = HoursEntry.objects.for_same_work(entry).order_by("pk")
        context = {"line": shown(entry), "entry": entry, "work": work, "form": form}
        return render(request, "credits/hours_entry.html", context)
    sent = form.cleaned_data
    new = actions.correct(entry, sent["hours"], sent["reason"], by=request.user)
    return answer(request, new, _("Corrected. The old line stays in the ledger as void."))


@staff_only
@require_POST
def hours_send_back(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Note that the state refused a line."""
    entry = get_object_or_404(in_care(request), public_id=public_id)
    actions.send_back(entry, request.POST.get("reason", ""), by=request.user)
    return answer(request, entry, _("Noted. The educator was asked to mend it."))


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def hours_reports(request: SignedInRequest) -> HttpResponse:
    """Reports to the state: what waits for one, and those that were made."""
    programs = CreditProgram.objects.in_care_of(request.user).select_related("association")
    reporting = programs.filter(kind=CreditProgram.Kind.STATE_HOURS)
    if request.method == "POST":
        program = get_object_or_404(reporting, code=asked(request.POST, "program"))
        return redirect(actions.report(program, by=request.user))
    queues = [
        (program, actions.waiting_for_report(program).count(), len(actions.reportable(program)))
        for program in reporting
    ]
    reports = StateReport.objects.filter(program__in=reporting).select_related("program", "made_by")
    page = Paginator(reports.defer("roster"), PAGE_LENGTH).get_page(request.GET.get("page"))
    released = any(waiting for _program, waiting, _ready in queues)
    context = {"queues": queues, "page": page, "released": released}
    return render(request, "credits/report_list.html", context)


def reports_in_care(request: SignedInRequest) -> QuerySet[StateReport]:
    """The reports this person looks after."""
    programs = CreditProgram.objects.in_care_of(request.user)
    return StateReport.objects.filter(program__in=programs).select_related("program__association")


@staff_only
@require_safe
def hours_report(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One report and its lines."""
    report = get_object_or_404(reports_in_care(request), public_id=public_id)
    lines = [shown(entry) for entry in in_care(request).filter(report=report).order_by("pk")]
    return render(request, "credits/report_detail.html", {"report": report, "lines": lines})


@staff_only
@require_safe
def hours_report_roster(request: SignedInRequest, public_id: str, form: str) -> HttpResponse:
    """The file for the state."""
    drawing = drawing_of(form)
    report = get_object_or_404(reports_in_care(request), public_id=public_id)
    content = actions.content_of(report, by=request.user)
    return roster_file(drawing, content, f"{report.program.code}-{report.made_at:%Y-%m-%d}.{form}")


@staff_only
@require_POST
def hours_report_accept(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Note that the state took the rest of a report."""
    report = get_object_or_404(reports_in_care(request), public_id=public_id)
    count = actions.accept(report, by=request.user)
    messages.success(request, _("Accepted by the state: %(count)d.") % {"count": count})
    return redirect(report)
