"""Who may open and who may post to every named address: written by hand, checked by the matrix.

``every(404, visitor=302, owner=200)`` reads: 404 for every role but those named. What is not
yours is not there (SAFETY T1, T2). ``changes`` names the roles whose post has an effect.
"""

from typing import NamedTuple

from tests.access.world import ROLES, SIGNED_IN

Statuses = dict[str, int]


def every(status: int, **others: int) -> Statuses:
    """A status for every role, with those that get another one."""
    return dict.fromkeys(ROLES, status) | others


class Row(NamedTuple):
    """What each role is answered at one address, and whose post changes anything."""

    get: Statuses
    post: Statuses
    changes: tuple[str, ...] = ()


# Reading
ANYONE = every(200)
PRIVATE = every(200, visitor=302)
OWNER = every(404, visitor=302, owner=200)
SEAT = every(404, visitor=302, reviewer=200)
PANEL = every(404, visitor=302, reviewer=200, colleague=200)
CARE = every(404, visitor=302, staff=200)
ALL_STAFF = every(404, visitor=302, staff=200, elsewhere=200)
POST_ONLY = every(405, visitor=302)
POST_ONLY_STAFF = every(404, visitor=302, staff=405, elsewhere=405)
ON = every(302)
HOME_AGAIN = every(302, visitor=200)

# Writing
NEVER_PUBLIC = every(405)
NEVER = every(405, visitor=403)
NEVER_STAFF = every(404, visitor=403, staff=405, elsewhere=405)
BY_ANYONE = every(302)
BY_SIGNED_IN = every(302, visitor=403)
BY_OWNER = every(404, visitor=403, owner=302)
BY_SEAT = every(404, visitor=403, reviewer=302)
BY_PANEL = every(404, visitor=403, reviewer=302, colleague=302)
BY_STAFF = every(404, visitor=403, staff=302)

PUBLIC_PAGE = Row(ANYONE, NEVER_PUBLIC)
PRIVATE_PAGE = Row(PRIVATE, NEVER)
OWN_PAGE = Row(OWNER, NEVER)
CARE_PAGE = Row(CARE, NEVER_STAFF)
STAFF_PAGE = Row(ALL_STAFF, NEVER_STAFF)
OWN_ACT = Row(POST_ONLY, BY_OWNER, ("owner",))
SEAT_ACT = Row(POST_ONLY, BY_SEAT, ("reviewer",))
STAFF_ACT = Row(POST_ONLY_STAFF, BY_STAFF, ("staff",))
STAFF_FORM = Row(CARE, BY_STAFF, ("staff",))
STAFF_OWN_FORM = Row(ALL_STAFF, every(404, visitor=403, staff=302, elsewhere=200), ("staff",))
TUS_ONLY = Row(POST_ONLY, every(412, visitor=403))  # else by test_tus_rules
SECOND_LOOK = Row(ON, BY_SIGNED_IN)  # asks for the password again first

FLOOR = {
    "health": PUBLIC_PAGE,
    "ready": PUBLIC_PAGE,
    "metrics": PUBLIC_PAGE,
    "takeout": PRIVATE_PAGE,
}

ACCOUNTS = {
    "account_login": Row(HOME_AGAIN, BY_ANYONE),
    "account_logout": Row(PRIVATE, BY_ANYONE),
    "account_inactive": PUBLIC_PAGE,
    "account_signup": Row(HOME_AGAIN, BY_ANYONE, ("visitor",)),
    "account_reauthenticate": Row(PRIVATE, BY_SIGNED_IN),
    "account_email": Row(PRIVATE, BY_SIGNED_IN, SIGNED_IN),
    "account_email_verification_sent": Row(ON, BY_ANYONE),
    "account_change_password": Row(PRIVATE, BY_SIGNED_IN, SIGNED_IN),
    "account_set_password": Row(ON, BY_SIGNED_IN),
    "account_reset_password": Row(ANYONE, BY_ANYONE, ROLES),
    "account_confirm_login_code": Row(ON, BY_ANYONE),
    "account_reset_password_from_key": Row(ANYONE, ANYONE),
    "account_reset_password_from_key_done": PUBLIC_PAGE,
    "account_reset_password_done": PUBLIC_PAGE,
    "mfa_index": PRIVATE_PAGE,
    "mfa_authenticate": Row(ON, BY_ANYONE),
    "mfa_reauthenticate": SECOND_LOOK,
    "mfa_activate_totp": SECOND_LOOK,
    "mfa_deactivate_totp": Row(every(404, visitor=302), every(404, visitor=403)),
    "mfa_view_recovery_codes": Row(every(404, visitor=302), NEVER),
    "mfa_generate_recovery_codes": SECOND_LOOK,
    "mfa_download_recovery_codes": Row(every(404, visitor=302), every(404, visitor=403)),
    "mfa_list_webauthn": PRIVATE_PAGE,
    "mfa_add_webauthn": SECOND_LOOK,
    "mfa_reauthenticate_webauthn": SECOND_LOOK,
    "mfa_remove_webauthn": SECOND_LOOK,
    "mfa_edit_webauthn": SECOND_LOOK,
    "mfa_login_webauthn": Row(ON, BY_ANYONE),
    "profile": Row(PRIVATE, BY_SIGNED_IN, SIGNED_IN),
    "membership-claim": Row(POST_ONLY, BY_SIGNED_IN, SIGNED_IN),
    "staff": STAFF_PAGE,
    "memberships": STAFF_PAGE,
    "roster": STAFF_OWN_FORM,
    "membership-settle": STAFF_ACT,
}

MONEY_AND_HELP = {
    "charges": PRIVATE_PAGE,
    "staff-charges": STAFF_PAGE,
    "charge-settle": STAFF_FORM,
    "charge-waive": STAFF_ACT,
    "help": PUBLIC_PAGE,
    "faq": PUBLIC_PAGE,
    "question-ask": Row(ANYONE, BY_ANYONE, ROLES),
    "resource": PUBLIC_PAGE,
    "resource-pdf": PUBLIC_PAGE,
    "my-questions": PRIVATE_PAGE,
    "my-question": OWN_PAGE,
    "sessions": PUBLIC_PAGE,
    "session": Row(ANYONE, BY_ANYONE, tuple(r for r in ROLES if r != "owner")),  # has a place
    "session-ics": PUBLIC_PAGE,
    "registration": Row(ANYONE, BY_ANYONE, ROLES),  # an address that only its holder was mailed
    "registration-ics": PUBLIC_PAGE,
    "staff-help": STAFF_PAGE,
    "staff-question": STAFF_FORM,
    "staff-question-close": STAFF_ACT,
    "staff-sessions": STAFF_PAGE,
    "staff-session-new": STAFF_OWN_FORM,
    "staff-session": STAFF_FORM,
    "staff-registrations": CARE_PAGE,
    "staff-registrations-csv": CARE_PAGE,
}

CATALOG = {
    "home": PUBLIC_PAGE,
    "stacks": PUBLIC_PAGE,
    "stack": PUBLIC_PAGE,
    "stack-emblem": PUBLIC_PAGE,
    "micro-certifications": PUBLIC_PAGE,
    "micro-certification": PUBLIC_PAGE,
    "micro-certification-pdf": PUBLIC_PAGE,
    "collection": PUBLIC_PAGE,
    "association": PUBLIC_PAGE,
}

SUBMISSIONS = {
    "my": PRIVATE_PAGE,
    "kept": PRIVATE_PAGE,
    "attempt-start": Row(POST_ONLY, BY_SIGNED_IN, SIGNED_IN),
    "attempt": OWN_PAGE,
    "attempt-bring-back": Row(POST_ONLY, BY_OWNER),  # only where the association allows it
    "attempt-check": OWN_PAGE,
    "attempt-check-decide": Row(POST_ONLY, BY_OWNER),  # only what is found there can be settled
    "attempt-submit": Row(OWNER, BY_OWNER, ("owner",)),
    "attempt-withdraw": OWN_ACT,
    "part": Row(OWNER, BY_OWNER, ("owner",)),
    "part-complete": OWN_ACT,
    "part-drafts": OWN_PAGE,
    "part-draft-restore": OWN_ACT,
    "evidence-add": OWN_ACT,
    "evidence": OWN_PAGE,
    "evidence-preview": OWN_PAGE,
    "evidence-copy": OWN_PAGE,
    "evidence-copy-view": OWN_PAGE,
    "staff-evidence": STAFF_PAGE,
    "staff-evidence-item": STAFF_FORM,
    "staff-evidence-file": CARE_PAGE,
    "staff-evidence-again": STAFF_ACT,
    "evidence-remove": OWN_ACT,
    "evidence-put-back": OWN_ACT,
    "evidence-delete": OWN_ACT,
    "upload-add": TUS_ONLY,
    "upload": TUS_ONLY,
    "upload-part": TUS_ONLY,
    "upload-cancel": OWN_ACT,
}

REVIEWS = {
    "reviews": Row(PANEL, NEVER),
    "reviewer-profile": Row(PANEL, BY_PANEL, ("reviewer", "colleague")),
    "review": Row(SEAT, BY_SEAT, ("reviewer",)),
    "review-hand-in": Row(SEAT, BY_SEAT, ("reviewer",)),
    "review-accept": SEAT_ACT,
    "review-decline": SEAT_ACT,
    "review-recuse": SEAT_ACT,
    "review-evidence": Row(SEAT, NEVER),
    "review-evidence-view": Row(SEAT, NEVER),
    "attempt-feedback": OWN_PAGE,
    "staff-reviews": Row(ALL_STAFF, NEVER),
    "staff-reviewers": Row(ALL_STAFF, NEVER),
    "staff-review-reassign": Row(POST_ONLY, BY_STAFF, ("staff",)),
    "staff-round-return": Row(POST_ONLY, BY_STAFF, ("staff",)),
}

BADGES = {
    "badge": PUBLIC_PAGE,
    "badge-json": PUBLIC_PAGE,
    "badge-png": PUBLIC_PAGE,
    "badge-certificate": OWN_PAGE,
    "badge-record": OWN_PAGE,
    "badge-class": PUBLIC_PAGE,
    "badge-class-png": PUBLIC_PAGE,
    "badge-class-preview": PUBLIC_PAGE,
    "issuer": PUBLIC_PAGE,
    "issuer-png": PUBLIC_PAGE,
    "verify": Row(ANYONE, ANYONE),
    "showcase": PUBLIC_PAGE,
    "my-showcase": PRIVATE_PAGE,
    "showcase-arrange": OWN_ACT,
    "staff-badges": STAFF_PAGE,
    "staff-badge-revoke": STAFF_FORM,
    "staff-badge-name": STAFF_FORM,
}

CREDITS = {
    "my-credits": PRIVATE_PAGE,
    "units-apply": Row(PRIVATE, every(200, visitor=403, owner=302), ("owner",)),
    "units-application": OWN_PAGE,
    "units-send": OWN_ACT,
    "units-withdraw": OWN_ACT,
    "credits-identifier": Row(PRIVATE, BY_SIGNED_IN, SIGNED_IN),
    "letter": OWN_PAGE,
    "staff-credits": STAFF_PAGE,
    "hours-release": Row(
        POST_ONLY_STAFF, every(404, visitor=403, staff=302, elsewhere=302), ("staff",)
    ),
    "hours-entry": CARE_PAGE,
    "hours-hold": STAFF_ACT,
    "hours-resume": STAFF_ACT,
    "hours-void": STAFF_ACT,
    "hours-correct": STAFF_ACT,
    "hours-send-back": STAFF_ACT,
    "hours-reports": Row(ALL_STAFF, BY_STAFF, ("staff",)),
    "hours-report": CARE_PAGE,
    "hours-report-accept": STAFF_ACT,
    "hours-report-roster": CARE_PAGE,
    "units-applications": STAFF_PAGE,
    "units-check": CARE_PAGE,
    "units-reveal": Row(POST_ONLY_STAFF, every(404, visitor=403, staff=200), ("staff",)),
    "units-verify": STAFF_ACT,
    "units-reject": STAFF_ACT,
    "batches": Row(ALL_STAFF, BY_STAFF, ("staff",)),
    "batch": STAFF_FORM,
    "batch-roster": CARE_PAGE,
    "terms": STAFF_PAGE,
    "term": STAFF_FORM,
}

TABLES = FLOOR | ACCOUNTS | MONEY_AND_HELP | CATALOG | SUBMISSIONS | REVIEWS | BADGES | CREDITS
