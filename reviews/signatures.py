"""A sheet that names its reviewer would unmask them to the educator (SAFETY 2.43)."""

from django.utils.translation import gettext as _

from portal.accounts.models import User
from reviews.models import Review

SHORTEST = 5  # letters; "Ana" alone stands in too many sentences


def names_of(user: User) -> list[str]:
    """What would tell the educator who this is: the full name, addresses, handle, phone."""
    full_name = user.name if " " in user.name.strip() else ""
    told = (full_name, user.email, user.handle, user.phone, user.school)
    return [words.casefold() for text in told if len(words := " ".join(text.split())) >= SHORTEST]


def signed(review: Review) -> list[str]:
    """A sentence when the reviewer's own name or address stands in the comments, else nothing."""
    comments = [review.comment, *review.scores.values_list("comment", flat=True)]
    text = " ".join(" ".join(comments).casefold().split())
    if not any(name in text for name in names_of(review.reviewer.user)):
        return []
    return [
        _(
            "Your own name, school, or address stands in a comment. Please take it out: the "
            "educator must not learn who you are."
        )
    ]
