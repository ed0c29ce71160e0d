"""Rules of the Open Badges 2.0 specification that the official validator 1.1.2 does not look at."""

import hashlib
import re
import struct
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

import requests
from report import ANY_IMAGE, ERROR, WARNING, Hosted, Report, media_type

PNG = b"\x89PNG\r\n\x1a\n"
SMALLEST_IMAGE = 90
NEEDED = {
    "Assertion": ("recipient", "badge", "verification", "issuedOn"),
    "BadgeClass": ("name", "description", "image", "criteria", "issuer"),
    "Issuer": ("name", "url", "email"),
}
TYPES = {
    "Assertion": {"Assertion"},
    "BadgeClass": {"BadgeClass"},
    "Issuer": {"Issuer", "Profile"},
}
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
Document = dict[str, Any]


def check_spec(report: Report, address: str, email: str | None) -> bytes | None:
    """Follow an assertion to its badge class and issuer; return its own picture, if it has one."""
    assertion = fetch(report, address, "Assertion")
    if assertion is None or is_revoked(report, assertion):
        return None
    badge_class = follow(report, assertion, "badge", "BadgeClass")
    issuer = follow(report, badge_class, "issuer", "Issuer") if badge_class else None
    documents = {"Assertion": assertion, "BadgeClass": badge_class, "Issuer": issuer}
    present = {kind: found for kind, found in documents.items() if found is not None}
    check_origins(report, present)
    for kind, document in present.items():
        check_properties(report, kind, document)
    check_issuer_email(report, issuer)
    check_verification(report, assertion)
    check_recipient(report, assertion, email)
    check_https(report)
    pictures = {kind: check_image(report, kind, found) for kind, found in present.items()}
    return pictures["Assertion"]


def fetch(report: Report, url: str, kind: str) -> Document | None:
    """A hosted document, with what is to be said of how it is served."""
    response = report.get(url)
    if response is None:
        return None
    if response.status_code != HTTPStatus.OK:
        words = (
            f"{kind} {url} answers {response.status_code}, not an eventual 200 (Data Validation)"
        )
        report.say("spec", ERROR, words)
    check_media_types(report, response, url, kind)
    try:
        document = response.json()
    except ValueError:
        report.say("spec", ERROR, f"{kind} {url} is not JSON")
        return None
    if document.get("id") != url:
        words = f"{kind} fetched at {url} declares id {document.get('id')} (id: where it is hosted)"
        report.say("spec", ERROR, words)
    report.hosted[kind] = Hosted(document, response)
    return document


def check_media_types(report: Report, response: requests.Response, url: str, kind: str) -> None:
    """Setting Content-Type: JSON-LD by default, JSON where only that is asked for."""
    served = media_type(response)
    if served not in {"application/ld+json", "application/json"}:
        words = f"{kind} served as {served!r}, want application/ld+json (Setting Content-Type)"
        report.say("spec", ERROR, words)
    wishes = {"*/*": "application/ld+json", "application/json": "application/json"}
    for accept, want in wishes.items():
        got = media_type(report.get(url, accept))
        if got != want:
            words = f"{kind} with Accept: {accept} is served as {got!r}, want {want!r}"
            report.say("spec", WARNING, words)


def follow(report: Report, document: Document, name: str, kind: str) -> Document | None:
    """The document that a property leads to, hosted or embedded."""
    value = document.get(name)
    url = value.get("id") if isinstance(value, dict) else value
    if not url:
        report.say("spec", ERROR, f"no {name} to follow to the {kind}")
        return None
    if str(url).startswith("http"):
        return fetch(report, url, kind)
    return value if isinstance(value, dict) else None


def is_revoked(report: Report, assertion: Document) -> bool:
    """Revoking Hosted Assertions: an error, told in full."""
    status = report.hosted["Assertion"].response.status_code
    says_so, is_gone = assertion.get("revoked") is True, status == HTTPStatus.GONE
    if not says_so and not is_gone:
        return False
    reason = assertion.get("revocationReason")
    words = f"REVOKED (HTTP {status}, revoked={says_so}, reason={reason})"
    report.say("spec", ERROR, words)
    if not (says_so and is_gone):
        words = 'send both 410 and "revoked": true: validator-core 1.1.2 reads neither'
        report.say("spec", WARNING, words)
    return True


def check_origins(report: Report, documents: dict[str, Document]) -> None:
    """HostedBadge Verification: without allowedOrigins all lie on the issuer's origin."""
    issuer = documents.get("Issuer")
    if issuer is None:
        return
    scope = issuer.get("verification")
    if isinstance(scope, dict) and scope.get("allowedOrigins"):
        return
    for kind in ("Assertion", "BadgeClass"):
        document = documents.get(kind)
        if document is not None and origin(document) != origin(issuer):
            words = f"{kind} {document.get('id')} is not on the origin of issuer {issuer.get('id')}"
            report.say("spec", ERROR, words)


def origin(document: Document) -> tuple[str, str]:
    """Scheme and host of a document's id."""
    parts = urlsplit(str(document.get("id", "")))
    return parts.scheme, parts.netloc


def check_properties(report: Report, kind: str, document: Document) -> None:
    """Required properties, the type and the context (1.1.2 skips every ``type`` rule)."""
    for name in NEEDED[kind]:
        old_name = name == "verification" and document.get("verify")
        if document.get(name) in (None, "", []) and not old_name:
            report.say("spec", ERROR, f"{kind} lacks the required {name}")
    types = document.get("type")
    if not set(types if isinstance(types, list) else [types]) & TYPES[kind]:
        wanted = " or ".join(sorted(TYPES[kind]))
        report.say("spec", ERROR, f"{kind} has type {types}, want {wanted}")
    if "@context" not in document:
        report.say("spec", ERROR, f"{kind} has no @context, so it is not JSON-LD")


def check_issuer_email(report: Report, issuer: Document | None) -> None:
    """Profile: the issuer's e-mail is an address (1.1.2 skips the rule)."""
    email = issuer.get("email") if issuer else None
    if email and not EMAIL.fullmatch(str(email)):
        report.say("spec", ERROR, f"issuer email {email!r} is no address")


def check_verification(report: Report, assertion: Document) -> None:
    """VerificationObject: the badge says that it is hosted."""
    value = assertion.get("verification") or assertion.get("verify") or {}
    kind = value.get("type") if isinstance(value, dict) else value
    if kind not in {"HostedBadge", "hosted"}:
        words = f"verification.type is {kind!r}, want HostedBadge (VerificationObject)"
        report.say("spec", ERROR, words)


def check_recipient(report: Report, assertion: Document, email: str | None) -> None:
    """IdentityObject: the hash is that of the address, and the address stands nowhere."""
    recipient = assertion.get("recipient") or {}
    if not email or recipient.get("hashed") is not True:
        return
    salt = recipient.get("salt", "")
    salted = f"{email}{salt}".encode()
    hashes = {f"{name}${hashlib.new(name, salted).hexdigest()}" for name in ("sha256", "md5")}
    if str(recipient.get("identity", "")).lower() not in hashes:
        report.say("spec", ERROR, f"recipient hash is not that of {email} + salt")
    for kind, hosted in report.hosted.items():
        if email.lower() in hosted.response.text.lower():
            words = f"{kind} leaks the hashed e-mail in plain text (IdentityObject)"
            report.say("spec", ERROR, words)
    if not salt:
        report.say("spec", WARNING, "hashed recipient without a salt")


def check_https(report: Report) -> None:
    """Ids should be https."""
    for kind, hosted in report.hosted.items():
        identifier = str(hosted.document.get("id", ""))
        if not identifier.startswith("https://"):
            report.say("spec", WARNING, f"{kind} id is not https: {identifier}")


def check_image(report: Report, kind: str, document: Document) -> bytes | None:
    """Assertion/BadgeClass/Profile image: a PNG or SVG, served as such; return its bytes."""
    value = document.get("image")
    url = value.get("id") if isinstance(value, dict) else value
    if not url or url.startswith("data:"):
        return None
    response = report.get(url, ANY_IMAGE)
    if response is None:
        return None
    if response.status_code != HTTPStatus.OK:
        report.say("spec", ERROR, f"{kind} image {url} answers {response.status_code}")
        return None
    check_picture(report, kind, url, response)
    return response.content


def check_picture(report: Report, kind: str, url: str, response: requests.Response) -> None:
    """The format, media type and shape of a picture."""
    content, served = response.content, media_type(response)
    if content.startswith(PNG):
        width, height = struct.unpack(">II", content[16:24])
        if served != "image/png":
            report.say("spec", ERROR, f"{kind} image is a PNG served as {served!r}")
        if width != height or width < SMALLEST_IMAGE:
            words = f"{kind} image is {width}x{height}; displayers want it square, 90 px or more"
            report.say("spec", WARNING, words)
    elif b"<svg" in content[:1024]:
        if served != "image/svg+xml":
            report.say("spec", ERROR, f"{kind} image is an SVG served as {served!r}")
    else:
        report.say("spec", ERROR, f"{kind} image {url} is neither PNG nor SVG")
