"""Demo: people of every role, in two associations."""

from allauth.account.models import EmailAddress
from django.utils import timezone

from portal.accounts.models import Association, Membership, User
from portal.demo import PASSWORD, Demo

PEOPLE = (  # role, association, name, school, district, is a member, is staff
    ("educator", "cta", "Dana Whitfield", "Alder Elementary", "Riverbend Unified", True, False),
    ("educator, non-member", "cta", "Noor Haddad", "Cedar Middle", "Lakeside Union", False, False),
    ("educator, PSEA", "psea", "Miles Oberholtzer", "Birch High", "Harrow Valley", True, False),
    ("reviewer 1", "cta", "Rosa Imanishi", "Juniper High", "Mesa Grande", True, False),
    ("reviewer 2", "cta", "Gil Abernathy", "Sequoia Middle", "North Fork", True, False),
    ("reviewer 3", "psea", "Tess Okonkwo", "Laurel Elementary", "Pine Ridge", True, False),
    ("reviewer 4", "psea", "Anders Whitlock", "Hemlock High", "Stony Run", True, False),
    ("staff, CTA", "cta", "Lena Duarte", "", "", False, True),
    ("staff, PSEA", "psea", "Owen Brightbill", "", "", False, True),
)


def make_people(demo: Demo) -> None:
    """An account for each role, with a verified address and a known password."""
    for role, slug, name, school, district, is_member, is_staff in PEOPLE:
        association = Association.objects.get(slug=slug)
        user = person(name, association=association, school=school, district=district)
        demo.add_account(role, user)
        if is_member:
            make_member(user, association)
        if is_staff:
            association.staff.add(user)
    admin = person("Ada Min", association=None, is_staff=True, is_superuser=True)
    demo.add_account("administrator (/admin/)", admin)


def person(name: str, **fields: object) -> User:
    """One demo account, found again when it was made before."""
    email = name.lower().replace(" ", ".") + "@demo.example"
    user = User.objects.filter(email=email).first()
    if user is None:
        user = User.objects.create_user(email, PASSWORD, name=name, **fields)
    EmailAddress.objects.get_or_create(
        user=user, email=email, defaults={"primary": True, "verified": True}
    )
    return user


def make_member(user: User, association: Association) -> None:
    """An active membership."""
    Membership.objects.get_or_create(
        user=user,
        association=association,
        defaults={
            "number": f"D{user.pk:06}",
            "status": Membership.Status.ACTIVE,
            "settled_at": timezone.now(),
        },
    )
