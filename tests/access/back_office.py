"""The back office at ``/admin/``: for administrators only, and mostly to look at."""

from tests.access.table import TABLES, Row, every

PAGES = ("changelist", "add", "change", "delete", "history")


def office(get, post):
    """What an administrator is answered; everybody else is sent to sign in."""
    return Row(every(302, administrator=get), every(302, visitor=403, administrator=post))


OPEN, CLOSED, READ = office(200, 200), office(403, 403), office(200, 403)
DOOR = every(403, visitor=302, administrator=302)  # leads on to the portal's own sign-in
TO_EDIT = dict.fromkeys(PAGES, OPEN)
TO_LOOK_AT = TO_EDIT | {"add": CLOSED, "delete": CLOSED, "change": READ}
NO_NEW_ONES = TO_EDIT | {"add": CLOSED, "delete": CLOSED}

MODELS = {
    "account_emailaddress": TO_EDIT,
    "accounts_association": TO_EDIT,
    "accounts_membership": TO_LOOK_AT,
    "accounts_user": NO_NEW_ONES,
    "auth_group": TO_EDIT,
    "badges_assertion": TO_LOOK_AT,
    "badges_badgeclass": TO_LOOK_AT,
    "badges_issuer": TO_LOOK_AT,
    "catalog_audience": TO_LOOK_AT,
    "catalog_collection": TO_LOOK_AT,
    "catalog_criterion": TO_LOOK_AT,
    "catalog_edition": TO_LOOK_AT,
    "catalog_microcertification": TO_LOOK_AT,
    "catalog_part": TO_LOOK_AT,
    "catalog_stack": TO_LOOK_AT,
    "credits_creditprogram": TO_EDIT,
    "credits_hoursentry": TO_LOOK_AT,
    "credits_letter": TO_LOOK_AT,
    "credits_term": TO_EDIT,
    "credits_unitapplication": TO_LOOK_AT,
    "mfa_authenticator": TO_EDIT,
    "payments_charge": TO_LOOK_AT,
    "reviews_reviewer": TO_EDIT,
    "submissions_attempt": TO_LOOK_AT,
    "submissions_retentionclass": NO_NEW_ONES,
}

SITE = {
    "index": OPEN,
    "login": Row(DOOR, DOOR),
    "logout": office(405, 200),
    "password_change": OPEN,
    "password_change_done": office(200, 405),
    "autocomplete": office(403, 405),
    "jsi18n": office(200, 405),
    "view_on_site": office(302, 302),
    "app_list": OPEN,
}

BACK_OFFICE = {f"admin:{name}": row for name, row in SITE.items()} | {
    f"admin:{model}_{page}": row for model, pages in MODELS.items() for page, row in pages.items()
}

TABLE = TABLES | BACK_OFFICE
