"""Trainings, flyers and fact sheets: each a page, and a PDF to print or to pass on."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.support import paper
from portal.support.models import Resource

A_DAY_SECONDS = 86_400


@login_not_required
@require_safe
def resource_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A resource as a page to read, section by section."""
    resource = get_object_or_404(Resource, slug=slug)
    return render(request, "support/resource_detail.html", {"resource": resource})


@login_not_required
@require_safe
def resource_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """A resource as a PDF, drawn once for each version and kept for a day."""
    resource = get_object_or_404(Resource, slug=slug)
    key = f"resource:{resource.digest}"
    content = cache.get_or_set(key, lambda: paper.printed(resource), A_DAY_SECONDS)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{resource.slug}.pdf"'
    return response
