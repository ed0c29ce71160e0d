"""Synthetic load: people with verified addresses, schools and memberships; nobody can sign in."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import F

from portal import journal, vocabulary
from portal.accounts.models import Association, Membership, User
from portal.growing import BATCH, Batch, Chance, insert
from portal.refusal import Refused

HOST = "grown.example"
EDUCATOR, ACTIVE, CLAIMED = "educator", Membership.Status.ACTIVE, Membership.Status.CLAIMED
JOINED = timedelta(days=420)  # ago: before anything else that is made of them
STANDINGS = {ACTIVE: 80, CLAIMED: 8, "": 12}  # of a hundred; "" claims no membership


def grow_people(batch: Batch) -> int:
    """Educators of this batch; those of earlier runs where none are asked for."""
    count = 0
    if batch.educators:
        batch.rows["educators"] = rows = people(batch, EDUCATOR, batch.educators)
        count = store(batch, rows) + join(batch, rows)
        journal.record("people grown", of=rows[0], count=len(rows), seed=batch.seed)
    else:
        batch.rows["educators"] = found(batch.number)
    batch.rows["members"] = members_of(batch.rows["educators"])
    return count


def associations() -> list[Association]:
    """Every association, the largest first; refuses where there is none yet."""
    rows = list(Association.objects.order_by("pk"))
    if not rows:
        raise Refused("There is nothing to grow from. Run manage.py load_library first.")
    return rows


def people(batch: Batch, role: str, count: int) -> list[User]:
    """People still to be stored; ``role`` begins their address."""
    chance, known = batch.chance(User), batch.once(associations)
    weights = range(len(known), 0, -1)
    return [person(chance, role, one) for one in chance.choices(known, weights, k=count)]


def store(batch: Batch, rows: list[User]) -> int:
    """Store people who joined long ago, each with a verified address."""
    count = insert(rows, [address_of(one) for one in rows])
    User.objects.filter(pk__in=[one.pk for one in rows]).update(joined_at=batch.now - JOINED)
    return count


def person(chance: Chance, role: str, association: Association) -> User:
    """One person, whose password no one can type."""
    public_id = chance.public_id()
    return User(
        public_id=public_id,
        handle=public_id.hex[:16],
        email=f"{role}.{public_id.hex[16:]}@{HOST}",
        password=f"{UNUSABLE_PASSWORD_PREFIX}{public_id.hex}",
        name=vocabulary.person(chance),
        association=association,
        school=vocabulary.school(chance.randrange(vocabulary.SCHOOLS)),
        district=vocabulary.district(chance.randrange(vocabulary.DISTRICTS)),
    )


def address_of(user: User) -> EmailAddress:
    """The verified address of a person."""
    return EmailAddress(user=user, email=user.email, primary=True, verified=True)


def join(batch: Batch, joining: list[User]) -> int:
    """Memberships: most are active, some wait for confirmation, some people claim none."""
    chance = batch.chance(Membership)
    standings = chance.choices(list(STANDINGS), list(STANDINGS.values()), k=len(joining))
    rows = [
        Membership(
            public_id=chance.public_id(),
            user=one,
            association=one.association,
            number=f"G{one.public_id.hex[:10]}",
            status=standing,
            settled_at=batch.now - JOINED if standing == ACTIVE else None,
        )
        for one, standing in zip(joining, standings, strict=True)
        if standing
    ]
    count = insert(rows)
    Membership.objects.filter(pk__in=[row.pk for row in rows]).update(claimed_at=batch.now - JOINED)
    return count


def found(number: int) -> list[User]:
    """A stretch of the educators that earlier runs have made, another one for each batch."""
    rows = User.objects.filter(email__startswith=EDUCATOR, email__endswith=f"@{HOST}")
    count = rows.count()
    if not count:
        raise Refused("There is no one to attempt anything. Name a number of --educators as well.")
    start = min(number * BATCH % count, max(0, count - BATCH))
    return list(rows.order_by("pk").select_related("association")[start : start + BATCH])


def members_of(educators: list[User]) -> set[int]:
    """The ids of those who are active members of their association."""
    rows = Membership.objects.active().filter(
        user__in=[one.pk for one in educators], association=F("user__association")
    )
    return set(rows.values_list("user", flat=True))
