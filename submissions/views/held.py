"""Staff's page of files that the portal could not prepare by itself."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.accounts.access import SignedInRequest, staff_only
from submissions import actions, held, serving
from submissions.forms import RefusalForm
from submissions.models import Evidence

PER_PAGE = 25


def held_file(request: SignedInRequest, token: uuid.UUID) -> Evidence:
    """The file behind one of this person's addresses, or 404."""
    evidence = held.find(request.user, token)
    if evidence is None:
        raise Http404
    return evidence


@staff_only
@require_safe
def staff_evidence(request: SignedInRequest) -> HttpResponse:
    """Held files of the associations someone works for, the longest waiting first."""
    rows = Paginator(held.with_facts(held.held_for(request.user)), PER_PAGE)
    page = rows.get_page(request.GET.get("page"))
    files = [held.shown(evidence, request.user) for evidence in page]
    context = {"page": page, "files": files}
    return render(request, "submissions/staff_evidence_list.html", context)


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def staff_evidence_item(request: SignedInRequest, token: uuid.UUID) -> HttpResponse:
    """One held file; what is sent is the sentence it is refused with."""
    evidence = held_file(request, token)
    form = RefusalForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.refuse_held(evidence, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Refused. The educator was mailed your sentence."))
        return redirect("staff-evidence")
    context = {"file": held.shown(evidence, request.user), "form": form}
    return render(request, "submissions/staff_evidence.html", context)


@staff_only
@require_safe
def staff_evidence_file(request: SignedInRequest, token: uuid.UUID) -> HttpResponseBase:
    """The original of a held file, to be saved; the look is written down."""
    evidence = held_file(request, token)
    actions.open_original(evidence, by=request.user)
    return serving.download(request, held.original_of(evidence))


@staff_only
@require_POST
def staff_evidence_again(request: SignedInRequest, token: uuid.UUID) -> HttpResponse:
    """Give a held file to the cleaner once more."""
    actions.try_again(held_file(request, token), by=request.user)
    messages.success(request, _("Being prepared again. If that does not work, it comes back."))
    return redirect("staff-evidence")
