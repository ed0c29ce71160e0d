"""Open Badges 2.0 documents of our rows: pure functions from a row to a dict.

Ids are built from ``PUBLIC_BASE_URL``, never from a request, and stay the same for life. A plain
``type`` and a single ``startsWith``, for the official validator takes no lists there; no
evidence and no name, for they would lead from a badge to a person (SAFETY 2.7).
"""

import hashlib
import json
from typing import Any

from django.conf import settings
from django.urls import reverse

from badges.models import Assertion, BadgeClass, Issuer

CONTEXT = "https://w3id.org/openbadges/v2"
LANGUAGE = "en-US"
Document = dict[str, Any]


def address(name: str, *args: object) -> str:
    """The address in the world of one of our pages."""
    return f"{settings.PUBLIC_BASE_URL}{reverse(name, args=args)}"


def hashed(email: str, salt: str) -> str:
    """The identity of a recipient: SHA-256 of the lower-cased address and the salt."""
    digest = hashlib.sha256(f"{email.strip().lower()}{salt}".encode()).hexdigest()
    return f"sha256${digest}"


def head(kind: str, identifier: str) -> Document:
    """How every document begins."""
    return {"@context": CONTEXT, "@language": LANGUAGE, "id": identifier, "type": kind}


def issuer(row: Issuer) -> Document:
    """The profile of an issuer; all its badges are hosted below one address."""
    scope = f"{settings.PUBLIC_BASE_URL}/badges/"
    return head("Issuer", address("issuer", row.slug)) | {
        "name": row.name,
        "url": row.url,
        "email": row.email,
        "description": row.description,
        "image": {"id": address("issuer-png", row.slug), "caption": row.name},
        "verification": {"type": "VerificationObject", "startsWith": scope},
    }


def badge_class(row: BadgeClass) -> Document:
    """What a badge stands for; ``issuer``, ``micro_certification`` and ``stack`` are read."""
    document = head("BadgeClass", address("badge-class", row.public_id)) | {
        "name": row.name,
        "description": row.description,
        "image": {"id": address("badge-class-png", row.public_id), "caption": row.name},
        "criteria": {
            "id": f"{settings.PUBLIC_BASE_URL}{row.subject.get_absolute_url()}",
            "narrative": row.criteria,
        },
        "issuer": address("issuer", row.issuer.slug),
        "tags": row.tags,
        "version": str(row.version),
    }
    if row.alignments:
        document["alignment"] = [alignment(entry) for entry in row.alignments]
    return document


def alignment(entry: dict[str, str]) -> Document:
    """A standard that a badge is aligned to."""
    named = {"targetName": entry["name"], "targetUrl": entry["url"]}
    framework = entry.get("framework")
    return named | {"targetFramework": framework} if framework else named


def assertion(row: Assertion) -> Document:
    """That someone earned a badge: who only as a hash, when only as a day."""
    return head("Assertion", address("badge", row.public_id)) | {
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": row.salt,
            "identity": row.identity,
        },
        "badge": address("badge-class", row.badge_class.public_id),
        "verification": {"type": "HostedBadge"},
        "issuedOn": row.issued_on.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "image": {"id": address("badge-png", row.public_id), "caption": row.badge_class.name},
    }


def revoked(row: Assertion) -> Document:
    """All that is left of a revoked badge; it is answered with 410 Gone."""
    return {
        "@context": CONTEXT,
        "id": address("badge", row.public_id),
        "type": "Assertion",
        "revoked": True,
        "revocationReason": row.revocation_reason,
    }


def hosted(row: Assertion) -> Document:
    """What stands at the address of a badge now."""
    return revoked(row) if row.is_revoked else assertion(row)


def as_text(document: Document) -> str:
    """A document as it is baked into a picture."""
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
