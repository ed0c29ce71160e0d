"""Pages about money: one's own charges, and the staff's list of what is due."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.access import SignedInRequest, staff_only
from portal.payments import actions
from portal.payments.forms import PaymentForm, WaiverForm
from portal.payments.models import Charge

PAGE_LENGTH = 50


@require_safe
def charges(request: SignedInRequest) -> HttpResponse:
    """What one owes, and what is settled."""
    rows = Charge.objects.owned_by(request.user).with_claim().for_list().reverse()
    return render(request, "payments/charge_list.html", {"charges": rows})


@staff_only
@require_safe
def staff_charges(request: SignedInRequest) -> HttpResponse:
    """What is owed to the associations one works for; with ``?show=`` what is settled."""
    shown = request.GET.get("show", Charge.Status.DUE)
    status = shown if shown in Charge.Status.values else Charge.Status.DUE
    rows = Charge.objects.in_care_of(request.user).filter(status=status).for_list()
    page = Paginator(rows, PAGE_LENGTH).get_page(request.GET.get("page"))
    choices = Charge.Status.choices
    context = {"page": page, "status": status, "choices": choices, "query": f"show={status}"}
    return render(request, "payments/charge_staff_list.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def charge_settle(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Record that the money came."""
    charge = get_object_or_404(
        Charge.objects.in_care_of(request.user).for_list(), public_id=public_id
    )
    form = PaymentForm(request.POST or None)
    if form.is_valid():
        actions.pay(charge, form.cleaned_data["reference"], by=request.user)
        messages.success(request, _("Recorded as paid. What waited for it goes on."))
        return redirect("staff-charges")
    context = {"charge": charge, "payment": form, "waiver": WaiverForm()}
    return render(request, "payments/charge_settle.html", context)


@staff_only
@require_POST
def charge_waive(request: SignedInRequest, public_id: str) -> HttpResponse:
    """Let a person off."""
    charge = get_object_or_404(
        Charge.objects.in_care_of(request.user).for_list(), public_id=public_id
    )
    form = WaiverForm(request.POST)
    if form.is_valid():
        actions.waive(charge, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Waived. What waited for it goes on."))
        return redirect("staff-charges")
    context = {"charge": charge, "payment": PaymentForm(), "waiver": form}
    return render(request, "payments/charge_settle.html", context)
