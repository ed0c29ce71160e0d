"""Where allauth meets the portal: its mails are our mails, its sign-up fills our profile."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as allauth_context
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.template.loader import render_to_string

from portal import duties, mail
from portal.accounts import actions
from portal.accounts.models import User

LONGEST_ADDRESS = 254
PROFILE = ("name", "association", "school", "district")


def on_our_host(context: dict[str, Any]) -> dict[str, Any]:
    """What allauth tells a mail, its links on the portal's own host, not the request's (T16)."""
    links = {name: url for name, url in context.items() if name.endswith("_url") and url}
    paths = {name: urlsplit(url)._replace(scheme="", netloc="") for name, url in links.items()}
    moved = {name: urljoin(settings.PUBLIC_BASE_URL, path.geturl()) for name, path in paths.items()}
    return context | moved


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth ships no types
    """Writes allauth's mails as rows, so that none is lost, and keeps what sign-up asked for."""

    def clean_email(self, email: str) -> str:
        """The address, unless it is longer than mail knows (RFC 5321) and its column keeps."""
        MaxLengthValidator(LONGEST_ADDRESS)(email)
        return str(super().clean_email(email))

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The page where this person's work is; a ``next`` in the address goes before it."""
        return resolve_url(duties.landing_of(request.user) or settings.LOGIN_REDIRECT_URL)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a mail of allauth's as one of ours: its words, our frame."""
        known = {
            **on_our_host(context),
            "email": email,
            "to": email,
            "request": allauth_context.request,
            "base_url": settings.PUBLIC_BASE_URL,
            "current_site": {"name": settings.MFA_TOTP_ISSUER, "domain": settings.PUBLIC_HOST},
        }
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", known).split())
        text = render_to_string(f"{template_prefix}_message.txt", known)
        html = render_to_string(
            "account/email/frame.html", known | {"subject": subject, "text": text}
        )
        content = {"subject": subject[:200], "text": text, "html": html}
        mail.write(email, None, template_prefix.rpartition("/")[2], content)

    @transaction.atomic
    def save_user(
        self, request: HttpRequest, user: User, form: BaseForm, commit: bool = True
    ) -> User:
        """Store a new person with name, association and work site; claim membership if they did."""
        given = form.cleaned_data
        for field in PROFILE:
            setattr(user, field, given[field])
        super().save_user(request, user, form, commit)
        if given["member_number"]:
            actions.claim_membership(user, given["association"], given["member_number"])
        return user
