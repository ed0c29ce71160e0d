"""Staff: applications for units, batches for the university, terms."""

from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credits import actions
from credits.forms import ConfirmationForm, TermForm
from credits.models import EnrollmentBatch, Term, UnitApplication
from credits.models.units import UnitApplicationQuerySet
from credits.rows import masked
from credits.views.files import asked, drawing_of, roster_file, sent, uuids
from portal.accounts.access import SignedInRequest, staff_only

PAGE_LENGTH = 50
PAGE = ["GET", "HEAD", "POST"]


class Identity(NamedTuple):
    """What identifies the student, as far as it may be seen."""

    date_of_birth: str
    student_id: str


def in_care(request: SignedInRequest) -> UnitApplicationQuerySet:
    """The applications this person looks after, with what every page shows of them."""
    return UnitApplication.objects.in_care_of(request.user).select_related(
        "educator", "term__program__association", "charge", "verified_by", "batch"
    )


@staff_only
@require_safe
def units_applications(request: SignedInRequest) -> HttpResponse:
    """Applications: those to verify, or those of another status."""
    status = asked(request.GET, "show", UnitApplication.Status.SUBMITTED)
    applications = in_care(request).filter(status=status).order_by("submitted_at", "pk")
    page = Paginator(applications, PAGE_LENGTH).get_page(request.GET.get("page"))
    choices = [pair for pair in UnitApplication.Status.choices if pair[0] != "draft"]
    context = {"page": page, "status": status, "choices": choices, "query": f"show={status}"}
    return render(request, "credits/application_list.html", context)


def check_page(
    request: SignedInRequest, application: UnitApplication, identity: Identity
) -> HttpResponse:
    """The staff's page of one application."""
    items = application.items.select_related("entry__micro_certification", "entry__program")
    context = {"application": application, "items": items, "identity": identity}
    return render(request, "credits/application_check.html", context)


@staff_only
@require_safe
def units_check(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One application and the lines of the ledger that bear it out."""
    application = get_object_or_404(in_care(request), public_id=public_id)
    birth = _("on file") if application.date_of_birth else ""
    return check_page(request, application, Identity(birth, masked(application.student_id)))


@staff_only
@require_POST
def units_reveal(request: SignedInRequest, public_id: str) -> HttpResponse:
    """The same page with date of birth and ID in full; the look is written down."""
    application = get_object_or_404(in_care(request), public_id=public_id)
    return check_page(
        request, application, Identity(**actions.reveal(application, by=request.user))
    )


@staff_only
@require_POST
def units_verify(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Confirm the hours from the ledger."""
    application = get_object_or_404(in_care(request), public_id=public_id)
    actions.verify(application, by=request.user)
    messages.success(request, _("Verified. The educator was asked for the fee."))
    return redirect("units-check", application.public_id)


@staff_only
@require_POST
def units_reject(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Turn an application down."""
    application = get_object_or_404(in_care(request), public_id=public_id)
    actions.reject(application, request.POST.get("reason", ""), by=request.user)
    messages.success(
        request, _("Not accepted. The hours are free again and the educator knows why.")
    )
    return redirect("units-applications")


@staff_only
@require_http_methods(PAGE)
def batches(request: SignedInRequest) -> HttpResponse:
    """Batches: terms with paid applications, and the batches made so far."""
    terms = Term.objects.in_care_of(request.user).select_related("program")
    if request.method == "POST":
        term = get_object_or_404(terms, public_id__in=uuids(request.POST.getlist("term")[:1]))
        return redirect(actions.request_batch(term, by=request.user))
    waiting = terms.annotate(paid=Count("applications", filter=Q(applications__status="paid")))
    made = EnrollmentBatch.objects.in_care_of(request.user).select_related("term__program")
    counted = made.defer("roster").annotate(count=Count("applications")).order_by("-requested_at")
    page = Paginator(counted, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {"terms": waiting.filter(paid__gt=0), "page": page}
    return render(request, "credits/batch_list.html", context)


def batches_in_care(request: SignedInRequest) -> QuerySet[EnrollmentBatch]:
    """The batches this person looks after."""
    batches = EnrollmentBatch.objects.in_care_of(request.user)
    return batches.select_related("term__program__association", "requested_by")


@staff_only
@require_http_methods(PAGE)
def batch(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One batch: its roster to download, the university's answer to take in."""
    batch = get_object_or_404(batches_in_care(request), public_id=public_id)
    form = ConfirmationForm(*sent(request))
    if request.method == "POST" and form.is_valid():
        news = actions.confirm(batch, form.cleaned_data["file"], by=request.user)
        told = ngettext("%(count)d line told news.", "%(count)d lines told news.", news)
        messages.success(request, told % {"count": news})
        return redirect(batch)
    students = batch.applications.select_related("educator", "term__program__association")
    applications = students.order_by("student_name", "pk")
    context = {"batch": batch, "form": form, "applications": applications}
    return render(request, "credits/batch_detail.html", context)


@staff_only
@require_safe
def batch_roster(request: SignedInRequest, public_id: str, form: str) -> HttpResponse:
    """The roster for the university."""
    drawing = drawing_of(form)
    batch = get_object_or_404(batches_in_care(request), public_id=public_id)
    content = actions.content_of(batch, by=request.user)
    return roster_file(drawing, content, f"roster-{batch.requested_at:%Y-%m-%d}.{form}")


@staff_only
@require_safe
def terms(request: SignedInRequest) -> HttpResponse:
    """Terms of the programs, the last to close first."""
    rows = Term.objects.in_care_of(request.user).select_related("program__association")
    context = {"terms": rows.order_by("-application_deadline")}
    return render(request, "credits/term_list.html", context)


@staff_only
@require_http_methods(PAGE)
def term(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Set the dates and the fee of a term that is not over."""
    rows = Term.objects.in_care_of(request.user).select_related("program__association")
    term = get_object_or_404(rows, public_id=public_id)
    form = TermForm(*sent(request)[:1], instance=term)
    if request.method == "POST" and form.is_valid():
        actions.change_term(term, by=request.user, **form.changes())
        messages.success(request, _("Saved. Applications sent before keep their fee."))
        return redirect("terms")
    return render(request, "credits/term_edit.html", {"term": term, "form": form})
