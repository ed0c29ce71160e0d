"""Issuers and badge classes: made from the library, kept up to date with the catalog."""

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from badges import tasks
from badges.criteria import of_micro_certification, of_stack
from badges.models import BadgeClass, Issuer
from catalog.models import MicroCertification, Stack
from portal.celery import wake
from portal.refusal import Refused

LIBRARY = Path(__file__).resolve().parent.parent / "library.yaml"
Fields = dict[str, Any]


@lru_cache(maxsize=1)
def known_issuers() -> dict[str, Fields]:
    """The issuers of the library file, by slug; the first is the house's own."""
    entries = yaml.safe_load(LIBRARY.read_text(encoding="utf-8"))["issuers"]
    return {entry["slug"]: entry for entry in entries}


@transaction.atomic
def load_library() -> str:
    """Bring issuers and badge classes up to date with the catalog; return a sentence.

    Loading again changes nothing. Refuses a stack that names an issuer nobody knows.
    """
    named = set(Stack.objects.values_list("issuer", flat=True))
    if strangers := sorted(named - known_issuers().keys()):
        raise Refused(
            _("badges/library.yaml: the issuer “%(slug)s” of a stack is missing. Nothing changed.")
            % {"slug": strangers[0]}
        )
    issuers = [put_issuer(slug) for slug in known_issuers()]
    subjects = [*MicroCertification.objects.filter(items__isnull=False).distinct()]
    classes = [refresh(subject) for subject in [*subjects, *Stack.objects.all()]]
    wake(tasks.draw_waiting)
    return _("%(issuers)d issuers and %(classes)d badge classes.") % {
        "issuers": len(issuers),
        "classes": len(classes),
    }


def put_issuer(slug: str) -> Issuer:
    """The issuer with this slug as the library has it now."""
    return Issuer.objects.update_or_create(slug=slug, defaults=known_issuers()[slug])[0]


def issuer_of(slug: str) -> Issuer:
    """The issuer a stack names, made if it is not there yet; else the house's own."""
    known = slug if slug in known_issuers() else next(iter(known_issuers()))
    return Issuer.objects.get_or_create(slug=known, defaults=known_issuers()[known])[0]


def wording(subject: MicroCertification | Stack) -> Fields:
    """What the badge class of a micro-certification or stack should say now."""
    if isinstance(subject, Stack):
        return {"issuer": issuer_of(subject.issuer)} | of_stack(subject)
    stack = subject.stacks.order_by("position", "title").first()
    issuer = issuer_of(stack.issuer if stack else "")
    return {"issuer": issuer} | of_micro_certification(subject, stack)


def key_of(subject: MicroCertification | Stack) -> dict[str, MicroCertification | Stack]:
    """The field of a badge class that points at this subject."""
    return {"stack" if isinstance(subject, Stack) else "micro_certification": subject}


def badge_class_of(subject: MicroCertification | Stack) -> BadgeClass:
    """The badge class of a micro-certification or stack, made where there is none yet."""
    found = BadgeClass.objects.filter(**key_of(subject)).first()
    return found or refresh(subject)


def refresh(subject: MicroCertification | Stack) -> BadgeClass:
    """Make the badge class, or bring its words up to date: a new wording counts one version up.

    Its id stays, for badges that were issued point at it.
    """
    wanted = wording(subject)
    badge_class, is_new = BadgeClass.objects.get_or_create(**key_of(subject), defaults=wanted)
    seen = {field: getattr(badge_class, field) for field in wanted}
    if not is_new and seen != wanted:
        redrawn = {} if seen["name"] == wanted["name"] else {"image_key": "", "preview_key": ""}
        BadgeClass.objects.filter(pk=badge_class.pk).update(
            **wanted, **redrawn, version=F("version") + 1
        )
        badge_class.refresh_from_db()
    return badge_class
