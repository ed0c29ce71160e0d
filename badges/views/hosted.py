"""The addresses that are ids: a page for people, a document for machines, a picture."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from badges import negotiation, openbadges, pictures
from badges.models import Assertion, BadgeClass, Issuer
from badges.views import pages


@login_not_required
@require_safe
def badge(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A badge: its public page or its document; both say 410 once it is revoked."""
    kind = negotiation.wanted(request)
    if kind == negotiation.HTML:
        return negotiation.varied(pages.badge(request, find(public_id)))
    return negotiation.varied(documented(public_id, kind))


def documented(public_id: UUID, kind: str) -> HttpResponse:
    """The hosted document of a badge: one query."""
    assertion = get_object_or_404(Assertion.objects.with_document(), public_id=public_id)
    return negotiation.document(openbadges.hosted(assertion), kind, is_gone=assertion.is_revoked)


def find(public_id: UUID) -> Assertion:
    """The badge at an address, revoked or not: one query."""
    return get_object_or_404(Assertion.objects.with_class(), public_id=public_id)


@login_not_required
@require_safe
def badge_json(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The document of a badge, whatever the reader prefers: "View JSON"."""
    return documented(public_id, negotiation.JSON)


@login_not_required
@require_safe
def badge_png(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The picture of a badge with its document baked in; none of a revoked one."""
    assertion = find(public_id)
    if assertion.is_revoked:
        return documented(public_id, negotiation.JSON)
    response = negotiation.picture(pictures.of_assertion(assertion))
    if "download" in request.GET:
        name = f'attachment; filename="badge-{assertion.public_id}.png"'
        response["Content-Disposition"] = name
    return response


def find_class(public_id: UUID) -> BadgeClass:
    """The badge class at an address: one query."""
    rows = BadgeClass.objects.select_related("issuer", "micro_certification", "stack")
    found: BadgeClass = get_object_or_404(rows, public_id=public_id)
    return found


@login_not_required
@require_safe
def badge_class(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What a badge stands for."""
    row = find_class(public_id)
    page = {"badge_class": row}
    return either(request, openbadges.badge_class(row), "badges/badge_class.html", page)


def either(
    request: HttpRequest, document: openbadges.Document, template: str, context: dict[str, Any]
) -> HttpResponse:
    """A document for machines or a page for people, whichever is wanted."""
    kind = negotiation.wanted(request)
    if kind == negotiation.HTML:
        return negotiation.varied(render(request, template, context))
    lasting = negotiation.document(document, kind, seconds=negotiation.LASTING_SECONDS)
    return negotiation.varied(lasting)


@login_not_required
@require_safe
def badge_class_png(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The picture of a badge class, without a badge in it."""
    return negotiation.picture(
        pictures.of_class(find_class(public_id)), negotiation.LASTING_SECONDS
    )


@login_not_required
@require_safe
def badge_class_preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The wide picture that shared links show."""
    return negotiation.picture(
        pictures.preview_of(find_class(public_id)), negotiation.LASTING_SECONDS
    )


@login_not_required
@require_safe
def issuer(request: HttpRequest, slug: str) -> HttpResponse:
    """The profile of an issuer, with the badges it issues."""
    row = get_object_or_404(Issuer, slug=slug)
    page = {"issuer": row, "badge_classes": row.badge_classes.all()}
    return either(request, openbadges.issuer(row), "badges/issuer.html", page)


@login_not_required
@require_safe
def issuer_png(request: HttpRequest, slug: str) -> HttpResponse:
    """The mark of an issuer."""
    row = get_object_or_404(Issuer, slug=slug)
    return negotiation.picture(pictures.of_issuer(row), negotiation.LASTING_SECONDS)
