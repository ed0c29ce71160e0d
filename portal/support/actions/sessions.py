"""Planning an information session; taking a place in it and giving it back (FACTS 4.146)."""

from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import journal, mail
from portal.accounts.models import User
from portal.refusal import Refused
from portal.support.models import InformationSession, Registration

MATTERS = frozenset({"starts_at", "ends_at", "place", "link"})


@transaction.atomic
def plan(by: User, **facts: Any) -> InformationSession:
    """Announce a session."""
    session = InformationSession.objects.create(**facts)
    journal.record("session planned", of=session, by=by)
    return session


@transaction.atomic
def change(session: InformationSession, by: User, **facts: Any) -> None:
    """Change a session; a new time or place is mailed to everyone who has a place.

    Refuses fewer places than are taken.
    """
    now = InformationSession.objects.select_for_update().get(pk=session.pk)
    taken = now.registrations.count()
    if (facts.get("capacity") or taken) < taken:
        raise Refused(
            _("%(taken)s people have a place already. Nothing was changed.") % {"taken": taken}
        )
    is_moved = any(name in facts and getattr(now, name) != facts[name] for name in MATTERS)
    InformationSession.objects.filter(pk=session.pk).update(
        revision=F("revision") + 1, changed_at=timezone.now(), **facts
    )
    session.refresh_from_db()
    journal.record("session changed", of=session, by=by, fields=sorted(facts))
    if is_moved:
        tell_registered(session)


def tell_registered(session: InformationSession) -> None:
    """Mail the new time and place to everyone who has a place."""
    for registration in session.registrations.all():
        mail.post(
            "session_changed",
            to=registration.email,
            event=f"session changed:{session.public_id}:{session.revision}",
            registration=registration,
            session=session,
        )


@transaction.atomic
def register(
    session: InformationSession, name: str, email: str, user: User | None = None
) -> Registration:
    """Take a place and mail the way to it; who has a place keeps it.

    Refuses when the session has begun or has no place left.
    """
    locked = InformationSession.objects.select_for_update().get(pk=session.pk)
    if mine := place_of(locked, email, user):
        return mine
    if locked.has_begun:
        raise Refused(_("This session has begun already. Please choose a later one."))
    if locked.capacity is not None and locked.registrations.count() >= locked.capacity:
        raise Refused(_("All places of this session are taken. Please choose another one."))
    registration = Registration.objects.create(session=locked, name=name, email=email, user=user)
    journal.record("session joined", of=registration, by=user)
    mail.post("session_registered", to=email, registration=registration, session=session)
    return registration


def place_of(session: InformationSession, email: str, user: User | None) -> Registration | None:
    """The place this person has; one taken as a visitor becomes theirs when they sign in."""
    whose = Q(email__iexact=email) | Q(user=user) if user else Q(email__iexact=email)
    registration = session.registrations.filter(whose).order_by(F("user").desc(nulls_last=True))
    found = registration.first()
    if found and user and found.user_id is None:
        Registration.objects.filter(pk=found.pk, user=None).update(user=user)
        found.user = user
    return found


@transaction.atomic
def unregister(registration: Registration, by: User | None = None) -> None:
    """Give a place back; refuses once the session has begun."""
    if registration.session.has_begun:
        raise Refused(_("This session has begun already, so nothing was changed."))
    journal.record("session left", of=registration, by=by)
    Registration.objects.filter(pk=registration.pk).delete()
