"""People whose every telling field holds a word that stands nowhere else."""

from portal.accounts.models import Membership, User
from tests.factories import MemberFactory
from tests.reviews.factories import ReviewerFactory
from tests.submissions.samples import CANARY

WORDS = ("given", "family", "school", "district", "local", "handle", "agent", "host")
KEYS = "ABCDEFGH"  # the educator is A, the reviewers follow


def marks(key):
    """What tells of one person, by field: words in every field, and numbers where numbers go."""
    place = KEYS.index(key)
    told = {word: f"{word}mark{key.lower()}zq" for word in WORDS}
    return told | {
        "email": f"mailmark{key.lower()}zq@{told['host']}.example",
        "phone": f"555-01{place}9-77{place}1",
        "member": f"MN-{place}31-{place}77",
        "born": f"1961-07-1{place}",
        "ppid": f"918273{place}",
        "university": f"91827364{place}",
        "address": f"203.0.113.{place + 101}",
    }


def told_by(key):
    """The marks of a person in every form in which a page could print them."""
    told = marks(key)
    day = told["born"].rpartition("-")[2]
    printed = {"birthday": f"July {day}, 1961", "birthday in short": f"07/{day}/1961"}
    file = {"file": f"filemark{key.lower()}zq", "metadata": CANARY} if key == "A" else {}
    return told | printed | file


def fields(key):
    """A user's columns, filled with the marks."""
    told = marks(key)
    return {
        "name": f"{told['given']} {told['family']}",
        "email": told["email"],
        "handle": told["handle"],
        "school": told["school"],
        "district": told["district"],
        "local": told["local"],
        "phone": told["phone"],
        "date_of_birth": told["born"],
        "ppid": told["ppid"],
        "university_id": told["university"],
    }


def marked_educator():
    """A member with a mark in every field."""
    user = MemberFactory(**fields("A"))
    Membership.objects.filter(user=user).update(number=marks("A")["member"])
    return user


def marked_reviewer(key):
    """A reviewer with a mark in every field."""
    user = MemberFactory(**fields(key))
    Membership.objects.filter(user=user).update(number=marks(key)["member"])
    return ReviewerFactory(user=user).user


def rename(user):
    """Give a person another name and other addresses, as if someone else had written the work."""
    User.objects.filter(pk=user.pk).update(
        name="Ann Li",
        email="a@b.example",
        handle="short",
        school="Elsewhere",
        district="Far away",
        local="Other",
        phone="1",
    )
    Membership.objects.filter(user=user).update(number="9")
