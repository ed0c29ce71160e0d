"""My credits: the ledger, an application for units, the letters."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from credits import actions
from credits.forms import IdentifierForm, UnitsForm
from credits.models import CreditProgram, HoursEntry, Letter, UnitApplication
from credits.overview import accounts_of, choices_for
from credits.views.files import sent
from portal import pdf
from portal.accounts.access import SignedInRequest

PAGE = ["GET", "HEAD", "POST"]


def own(request: SignedInRequest) -> QuerySet[UnitApplication]:
    """The applications this person may touch, with what every page shows of them."""
    applications = UnitApplication.objects.owned_by(request.user)
    return applications.select_related("term__program__association", "charge")


@require_safe
def my_credits(request: SignedInRequest) -> HttpResponse:
    """The ledger of each program, its balance, and what comes next."""
    return render(request, "credits/my_credits.html", {"accounts": accounts_of(request.user)})


@require_http_methods(PAGE)
def units_apply(request: SignedInRequest) -> HttpResponse:
    """Ask for units: now, or keep a draft. No documents are asked for (FACTS 4.120)."""
    terms, most = choices_for(request.user)
    form = UnitsForm(request.user, terms, most, *sent(request)[:1])
    if request.method == "POST" and form.is_valid():
        act = actions.draft if "later" in request.POST else actions.apply
        application = act(form.cleaned_data["key"], form.wish(), by=request.user)
        tell(request, application)
        return redirect(application)
    context = {"form": form, "terms": terms, "most": most}
    return render(request, "credits/units_apply.html", context)


def tell(request: SignedInRequest, application: UnitApplication) -> None:
    """Say what happened, and warn where the date of birth is missing (FACTS 4.129)."""
    if application.status == UnitApplication.Status.DRAFT:
        messages.info(request, _("Draft kept. Nothing is sent and no hours are held yet."))
    else:
        messages.success(request, _("Sent. Staff check your hours in the portal itself."))
    if not application.date_of_birth:
        messages.warning(
            request,
            _("Your date of birth is missing. Your application goes on; add it to your profile:")
            + " "
            + _("without it the university can’t open your account to see grades."),
        )


@require_safe
def units_application(request: SignedInRequest, public_id: str) -> HttpResponse:
    """One application: where it stands, which hours it uses, what comes next."""
    application = get_object_or_404(own(request), public_id=public_id)
    items = application.items.select_related("entry__micro_certification")
    context = {"application": application, "items": items}
    return render(request, "credits/units_application.html", context)


@require_POST
def units_send(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Send a draft."""
    application = get_object_or_404(own(request), public_id=public_id)
    tell(request, actions.submit(application, by=request.user))
    return redirect(application)


@require_POST
def units_withdraw(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Take an application back."""
    application = get_object_or_404(own(request), public_id=public_id)
    actions.withdraw(application, by=request.user)
    messages.success(request, _("Withdrawn. Its hours are free again."))
    return redirect("my-credits")


@require_http_methods(PAGE)
def credits_identifier(request: SignedInRequest, code: str) -> HttpResponse:
    """Give the number a state knows one by, and the consent to report; or take that back."""
    programs = CreditProgram.objects.filter(consent_required=True)
    program = get_object_or_404(programs, code=code)
    form = IdentifierForm(program, *sent(request)[:1])
    if request.method == "POST" and "withdraw" in request.POST:
        actions.withdraw_consent(program, by=request.user)
        messages.success(request, _("Your hours are not reported any more."))
        return redirect("my-credits")
    if request.method == "POST" and form.is_valid():
        actions.give_identifier(program, form.cleaned_data["identifier"], by=request.user)
        messages.success(request, _("Thank you. Your hours go into the next report to the state."))
        return redirect("my-credits")
    agreed = request.user.credit_consents.filter(program=program).exists()
    context = {"program": program, "form": form, "agreed": agreed}
    return render(request, "credits/identifier_edit.html", context)


@require_safe
def letter(request: SignedInRequest, public_id: str) -> HttpResponse:
    """A letter as PDF: only the one that is valid now (FACTS 4.141, 6.5)."""
    letters = Letter.objects.owned_by(request.user).valid()
    paper = get_object_or_404(
        letters.select_related(
            "program__association", "educator", "micro_certification", "attempt"
        ),
        public_id=public_id,
    )
    lines = (
        HoursEntry.objects.owned_by(request.user)
        .released()
        .filter(program=paper.program, micro_certification=paper.micro_certification)
    )
    content = pdf.render(
        "pdf/chapter14.html", {"letter": paper, "lines": lines.order_by("confirmed_on", "pk")}
    )
    name = f'inline; filename="letter-{paper.name}.pdf"'
    return HttpResponse(
        content, content_type="application/pdf", headers={"Content-Disposition": name}
    )
