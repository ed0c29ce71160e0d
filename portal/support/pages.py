"""The page a question was asked from: an address of this portal, without secrets."""

from urllib.parse import urlsplit

from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.models import Association

LONGEST = 300
ACCOUNTS = "/accounts/"


def own_path(address: str) -> str:
    """The path of an address of ours; the help center's for any other.

    Queries are dropped, and so is what follows ``/accounts/``: it may hold a key of a mail.
    """
    is_ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, None)
    path = (urlsplit(address).path if is_ours else "") or reverse("help")
    return ACCOUNTS if path.startswith(ACCOUNTS) else path[:LONGEST]


def back_to(path: str) -> str:
    """Where to go after asking: the same page where it can be shown, else the help center."""
    if path.startswith((ACCOUNTS, reverse("question-ask"))):
        return reverse("help")
    try:
        resolve(path)
    except Resolver404:
        return reverse("help")
    return path


def association_of(path: str) -> Association | None:
    """The association whose front page this is, if it is one."""
    first = path.strip("/").partition("/")[0]
    return Association.objects.filter(slug=first).first() if first else None
