"""Verifies a badge for whoever holds a link, a picture or a file of it: our own badges only.

Nothing is fetched: what was issued here is known here, and what was issued elsewhere has its
own home to ask.
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from badges import baking, openbadges
from badges.models import Assertion

ADDRESSES = {"badge", "badge-json", "badge-png"}
MAX_ID = 500
SURROGATE = re.compile("[\ud800-\udfff]")  # half a character, which no answer can hold


@dataclass(frozen=True)
class Claim:
    """What someone brought: the id of a badge, and the document, where there was one."""

    id: str
    document: dict[str, Any] | None = None


class Verdict(models.TextChoices):
    """The plain answer."""

    GENUINE = "genuine", gettext_lazy("This badge is genuine")
    NOT_THEIRS = "not_theirs", gettext_lazy("This badge belongs to someone else")
    REVOKED = "revoked", gettext_lazy("This badge was revoked")
    ALTERED = "altered", gettext_lazy("This copy was changed")
    UNKNOWN = "unknown", gettext_lazy("There is no such badge here")
    ELSEWHERE = "elsewhere", gettext_lazy("This badge was not issued here")


@dataclass(frozen=True)
class Finding:
    """A verdict, the badge it is about where it is ours, and the host where it is not."""

    verdict: Verdict
    assertion: Assertion | None = None
    host: str = ""


def read_file(content: bytes) -> Claim:
    """The claim in a baked PNG or a JSON file; raises ``ValidationError`` with plain words."""
    if not content.startswith(baking.SIGNATURE):
        return read_text(as_text(content))
    try:
        return read_text(baking.unbake(content))
    except baking.NotBakeable as error:
        words = _("The portal found no badge in this picture. %(reason)s Download it again here.")
        raise ValidationError(words % {"reason": error}) from error


def as_text(content: bytes) -> str:
    """The text of a file that is no picture."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("Choose the PNG picture or the JSON file of a badge.")) from error


def read_text(text: str) -> Claim:
    """The claim in an address or in a document pasted as JSON."""
    text = text.strip()
    if not text.startswith("{"):
        return read_address(text)
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("This is not a whole JSON document.")) from error
    identifier = document.get("id")
    if not isinstance(identifier, str) or SURROGATE.search(identifier):
        raise ValidationError(_("This document does not say which badge it is: it has no id."))
    return Claim(identifier[:MAX_ID], document)


def read_address(text: str) -> Claim:
    """The claim in an address."""
    if len(text) > MAX_ID or not text.startswith(("http://", "https://")):
        raise ValidationError(
            _("Paste the address of a badge: it begins with https:// and stands on its page.")
        )
    return Claim(text)


def verify(claim: Claim, email: str = "") -> Finding:
    """Judge a claim; with an e-mail address also whether the badge belongs to it."""
    if not claim.id.startswith(f"{settings.PUBLIC_BASE_URL}/"):
        return Finding(Verdict.ELSEWHERE, host=host_of(claim.id))
    assertion = find(claim.id)
    if assertion is None:
        return Finding(Verdict.UNKNOWN)
    return Finding(judge(assertion, claim, email), assertion)


def host_of(identifier: str) -> str:
    """The host that an id names, where it names one."""
    try:
        return urlsplit(identifier).hostname or ""
    except ValueError:
        return ""


def find(identifier: str) -> Assertion | None:
    """The badge at one of our addresses."""
    path = identifier.removeprefix(settings.PUBLIC_BASE_URL).partition("?")[0].partition("#")[0]
    try:
        match = resolve(path)
    except Resolver404:
        return None
    if match.url_name not in ADDRESSES:
        return None
    badges = Assertion.objects.with_class().select_related("recipient")
    return badges.filter(public_id=match.kwargs["public_id"]).first()


def judge(assertion: Assertion, claim: Claim, email: str) -> Verdict:
    """What holds of a badge of ours."""
    if assertion.is_revoked:
        return Verdict.REVOKED
    if claim.document is not None and claim.document != openbadges.assertion(assertion):
        return Verdict.ALTERED
    if email and openbadges.hashed(email, assertion.salt) != assertion.identity:
        return Verdict.NOT_THEIRS
    return Verdict.GENUINE
