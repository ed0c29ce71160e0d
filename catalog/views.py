"""The catalog's pages, open to every visitor; each asks at most four queries."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from catalog import art, facets, kept, pages
from catalog.forms import SearchForm
from catalog.models import Collection, Edition, MicroCertification, Stack
from catalog.sheet import lay_out
from portal import pdf
from portal.accounts.models import Association

DAY = 24 * 3600


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The portal's front page: search, associations, stacks with their emblems."""
    context = {
        "associations": Association.objects.all(),
        "stacks": list(Stack.objects.startable().with_counts()),
        "collections": Collection.objects.all(),
    }
    return render(request, "catalog/home.html", context)


@login_not_required
@require_safe
def association(request: HttpRequest, slug: str) -> HttpResponse:
    """An association's own front page, with the stacks it features (FACTS 4.14)."""
    association = get_object_or_404(Association, slug=slug)
    context = {
        "association": association,
        "stacks": list(Stack.objects.offered_by(association).with_counts()),
        "collections": association.collections.all(),
    }
    return render(request, "catalog/association.html", context)


@login_not_required
@require_safe
def stacks(request: HttpRequest) -> HttpResponse:
    """Every stack, those that can be started first."""
    rows = list(Stack.objects.with_counts().with_units())
    context = {
        "open_stacks": [row for row in rows if row.count],
        "empty_stacks": [row for row in rows if not row.count],
    }
    return render(request, "catalog/stack_list.html", context)


@login_not_required
@require_safe
def stack(request: HttpRequest, slug: str) -> HttpResponse:
    """One stack and its numbered table (FACTS 4.7-4.16)."""
    stack = get_object_or_404(Stack.objects.with_units(), slug=slug)
    context = {"stack": stack, "items": stack.items.with_edition()}
    return render(request, "catalog/stack_detail.html", context)


@login_not_required
@require_safe
@cache_control(public=True, max_age=DAY)
def stack_emblem(request: HttpRequest, slug: str) -> HttpResponse:
    """The emblem of a stack as a picture; drawn from its name alone, so any name has one."""
    return HttpResponse(art.svg(slug), content_type="image/svg+xml")


@login_not_required
@require_safe
def micro_certifications(request: HttpRequest) -> HttpResponse:
    """Search and browse: words, facets with counts, pages."""
    form, number = SearchForm(request.GET), request.GET.get("page", "1")
    results = kept.results(form, number, lambda: found(request, form, number))
    return render(request, "catalog/micro_certification_list.html", {"results": results})


def found(request: HttpRequest, form: SearchForm, number: str) -> SafeString:
    """The form with its facets, and one page of what fits it."""
    counts = facets.count(form)
    facets.offer(form, counts)
    context = {
        "form": form,
        "page": pages.of(form.results(), facets.total(counts), number),
        "query": query_without(request, "page"),
        "filters": [
            {"label": label, "query": query_without(request, "page", name)}
            for name, label in facets.chosen(form)
        ],
    }
    return render_to_string("catalog/_results.html", context)


def query_without(request: HttpRequest, *names: str) -> str:
    """The rest of the address, for links that turn a page or take a filter away."""
    return urlencode([(k, v) for k, v in request.GET.items() if v and k not in names])


@login_not_required
@require_safe
def micro_certification(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about one micro-certification, its whole rubric too, before Start (FACTS 4.20)."""
    return render(request, "catalog/micro_certification_detail.html", reading(slug))


@login_not_required
@require_safe
def micro_certification_pdf(request: HttpRequest, slug: str) -> HttpResponse:
    """The same to print or keep; its links can be clicked (FACTS 4.21-4.22)."""
    context = reading(slug)
    if context["sheet"] is None:
        raise Http404
    headers = {"Content-Disposition": f'inline; filename="{slug}.pdf"'}
    context["emblem"] = art.svg(context["edition"].stack_slug or slug)
    paper = pdf.render("pdf/micro_certification.html", context)
    return HttpResponse(paper, content_type="application/pdf", headers=headers)


def reading(slug: str) -> dict[str, Any]:
    """What page and paper show of a micro-certification; no sheet where none is published."""
    rows = Edition.objects.published().with_place()
    if edition := rows.filter(micro_certification__slug=slug).first():
        micro = edition.micro_certification
        return {"micro": micro, "edition": edition, "sheet": lay_out(edition)}
    return {"micro": get_object_or_404(MicroCertification, slug=slug), "sheet": None}


@login_not_required
@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    """A list across stacks: whole stacks, or numbered micro-certifications (FACTS 4.13, 4.33)."""
    collection = get_object_or_404(Collection, slug=slug)
    context = {
        "collection": collection,
        "stacks": collection.stacks.with_counts(),
        "items": pages.in_collection(collection),
    }
    return render(request, "catalog/collection_detail.html", context)
