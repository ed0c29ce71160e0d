"""Which of the world's rows each address is opened with."""

import uuid

from django.apps import apps
from django.urls import get_resolver, reverse

from submissions import held

OBJECT_PAGES = ("change", "delete", "history")


def names(entries=None, prefix=""):
    """Every name of the project's addresses, as ``reverse`` takes it."""
    for entry in entries or get_resolver().url_patterns:
        space = getattr(entry, "namespace", None)
        if hasattr(entry, "url_patterns"):
            yield from names(entry.url_patterns, f"{prefix}{space}:" if space else prefix)
        elif entry.name:
            yield prefix + entry.name


def of(field, of_what="public_id"):
    """The id of one of the world's rows."""
    return lambda world: [getattr(getattr(world, field), of_what)]


def part(world):
    return [world.open.public_id, 1]


def exhibit(world):
    return [world.seat.public_id, world.exhibit.token]


def doubtful(world):
    return [held.address_for(world.staff, world.doubtful.pk)]


def handle(world):
    return [world.owner.handle]


def membership(world):
    return [world.owner.memberships.get().public_id]


def roster(field):
    return lambda world: [getattr(world, field).public_id, "csv"]


def badge_class(world):
    return [world.badge.badge_class.public_id]


ARGUMENTS = {
    "account_reset_password_from_key": lambda world: ["1a", "set-password"],
    "association": of("cta", "slug"),
    "attempt": of("open"),
    "attempt-bring-back": of("open"),
    "attempt-check": of("ready"),
    "attempt-check-decide": of("ready"),
    "attempt-feedback": lambda world: [world.passed.attempt.public_id],
    "attempt-start": of("free", "slug"),
    "attempt-submit": of("ready"),
    "attempt-withdraw": of("open"),
    "badge": of("badge"),
    "badge-certificate": of("badge"),
    "badge-class": badge_class,
    "badge-class-png": badge_class,
    "badge-class-preview": badge_class,
    "badge-json": of("badge"),
    "badge-png": of("badge"),
    "badge-record": of("badge"),
    "batch": of("batch"),
    "batch-roster": roster("batch"),
    "charge-settle": of("charge"),
    "charge-waive": of("charge"),
    "collection": of("collection", "slug"),
    "credits-identifier": of("act_48", "code"),
    "evidence": of("file"),
    "evidence-add": of("open"),
    "evidence-copy": of("file"),
    "evidence-copy-view": of("file"),
    "evidence-preview": of("file"),
    "evidence-delete": of("taken_out"),
    "evidence-put-back": of("taken_out"),
    "evidence-remove": of("link"),
    "hours-correct": of("line"),
    "hours-entry": of("line"),
    "hours-hold": of("line"),
    "hours-report": of("report"),
    "hours-report-accept": of("report"),
    "hours-report-roster": roster("report"),
    "hours-resume": of("held"),
    "hours-send-back": of("told"),
    "hours-void": of("line"),
    "issuer": of("issuer", "slug"),
    "issuer-png": of("issuer", "slug"),
    "letter": of("letter"),
    "membership-settle": membership,
    "mfa_edit_webauthn": lambda world: [world.key.pk],
    "mfa_remove_webauthn": lambda world: [world.key.pk],
    "micro-certification": of("free", "slug"),
    "micro-certification-pdf": of("free", "slug"),
    "my-question": of("question"),
    "part": part,
    "part-draft-restore": lambda world: [world.open.public_id, 3, world.earlier_draft.public_id],
    "part-drafts": lambda world: [world.open.public_id, 3],
    "part-complete": lambda world: [world.open.public_id, 2],
    "registration": of("place"),
    "registration-ics": of("place"),
    "resource": of("resource", "slug"),
    "resource-pdf": of("resource", "slug"),
    "review": of("seat"),
    "review-accept": of("new_seat"),
    "review-decline": of("new_seat"),
    "review-evidence": exhibit,
    "review-evidence-view": exhibit,
    "review-hand-in": of("seat"),
    "review-recuse": of("new_seat"),
    "session": of("session"),
    "session-ics": of("session"),
    "showcase": handle,
    "showcase-arrange": of("badge"),
    "stack": of("stack", "slug"),
    "stack-emblem": of("stack", "slug"),
    "staff-badge-revoke": of("badge"),
    "staff-badge-name": of("badge"),
    "staff-evidence-again": doubtful,
    "staff-evidence-file": doubtful,
    "staff-evidence-item": doubtful,
    "staff-question": of("question"),
    "staff-question-close": of("answered"),
    "staff-registrations": of("session"),
    "staff-registrations-csv": of("session"),
    "staff-review-reassign": of("seat"),
    "staff-round-return": of("scoring"),
    "staff-session": of("session"),
    "term": of("term"),
    "units-application": of("sent"),
    "upload": of("upload"),
    "upload-add": of("open"),
    "upload-cancel": of("upload"),
    "upload-part": lambda world: [world.upload.public_id, 1],
    "units-check": of("sent"),
    "units-reject": of("sent"),
    "units-reveal": of("sent"),
    "units-send": of("draft"),
    "units-verify": of("sent"),
    "units-withdraw": of("sent"),
}

OTHERWISE = {uuid.UUID: uuid.uuid4, str: lambda: "no-such-thing", int: lambda: 77_777}


def arguments(name, world):
    """What an address is opened with: ids of the world's rows, in order."""
    if name.startswith("admin:"):
        return back_office(name, world)
    return ARGUMENTS[name](world) if name in ARGUMENTS else []


def back_office(name, world):
    """The back office knows database keys, and a content type for "view on site"."""
    if name == "admin:app_list":
        return ["reviews"]
    if name == "admin:view_on_site":
        return [world.content_type.pk, world.stack.pk]
    label, model, page = f"{name.removeprefix('admin:')}__".split("_")[:3]
    if page not in OBJECT_PAGES:
        return []
    return [apps.get_model(label, model)._base_manager.order_by("pk").first().pk]


def address(name, world):
    """An address of the world's."""
    return reverse(name, args=arguments(name, world))


def absent(name, world):
    """The same address for a row that does not exist."""
    args = arguments(name, world)
    return reverse(name, args=[OTHERWISE[type(args[0])](), *args[1:]])
