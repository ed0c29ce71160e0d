"""People who use the portal through its pages only: they post forms and read what comes back."""

import json
from io import StringIO

import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from portal.models import Message
from reviews.models import Review
from submissions.models import Attempt
from tests.factories import PASSWORD, MemberFactory
from tests.files import photo
from tests.reviews.factories import ReviewerFactory

NEXT_STEP = "Add one piece of student work and say in two sentences what it shows."


class Person:
    """Someone with a browser of their own."""

    def __init__(self, user):
        self.user = user
        self.browser = Client()
        self.browser.force_login(user)

    def get(self, name, *args):
        return self.browser.get(reverse(name, args=args))

    def post(self, name, *args, **data):
        return self.browser.post(reverse(name, args=args), data, follow=True)


class Educator(Person):
    """Starts, writes, hands in, submits."""

    def start(self, micro_certification):
        self.post("attempt-start", micro_certification.slug)
        return self.user.attempts.exclude(status="reset").get()

    def write(self, attempt, number, word="word"):
        page = self.get("part", attempt.public_id, number)
        data = {name: " ".join([word] * 130) for name in page.context["form"].names}
        seen = page.context["progress"].saves
        return self.post("part", attempt.public_id, number, seen=seen, complete="1", **data)

    def hand_in(self, attempt):
        self.post("evidence-add", attempt.public_id, requirement="plan", file=photo())
        link = "https://example.org/lesson"
        self.post("evidence-add", attempt.public_id, requirement="proof", url=link)
        return self.post("part-complete", attempt.public_id, 2)

    def do_everything(self, attempt):
        promises = {f"promise_{number}": "on" for number in range(1, 6)}
        self.post("part", attempt.public_id, 0, **promises)
        self.write(attempt, 1)
        self.hand_in(attempt)
        self.write(attempt, 3)

    def submit(self, attempt, note=""):
        return self.post("attempt-submit", attempt.public_id, note=note)

    def requirements(self, attempt):
        return self.get("attempt", attempt.public_id)


class Reviewer(Person):
    """Opens the queue, scores what is there."""

    def seats(self):
        return list(Review.objects.visible_to(self.user).open())

    def score(self, review, under_the_bar=()):
        """Score every criterion at the bar, or below it where its title is named."""
        page = self.get("review", review.public_id)
        data = {"comment": "Thoughtful work."}
        for row in page.context["packet"].criteria:
            is_low = any(word in row.title for word in under_the_bar)
            data[f"level-{row.key}"] = row.levels[-1 if is_low else 0].place
            data[f"comment-{row.key}"] = NEXT_STEP if is_low else "Clear."
        self.post("review", review.public_id, **data)
        return self.post("review-hand-in", review.public_id)

    def titles_to_score(self, review):
        return [
            row.title for row in self.get("review", review.public_id).context["packet"].criteria
        ]


def reviewers(count):
    """Reviewers who are nobody's neighbors, each with a browser."""
    return [Reviewer(ReviewerFactory().user) for _ in range(count)]


def member():
    """An educator who is a member."""
    return Educator(MemberFactory(name="Erin Educator"))


def seated(people):
    """The reviewers of a list who hold an open seat, with that seat."""
    return [(person, person.seats()[0]) for person in people if person.seats()]


def rules_hold():
    """Whether ``manage.py invariants`` finds every rule true; tells which is not."""
    out = StringIO()
    call_command("sweep", stdout=StringIO())
    call_command("invariants", stdout=out)
    return {
        name: row["breaches"] for name, row in json.loads(out.getvalue()).items() if row["breaches"]
    }


def mail_to(user):
    """The templates of every mail written to someone, oldest first."""
    return list(
        Message.objects.filter(to=user.email).order_by("pk").values_list("template", flat=True)
    )


def travel(moment):
    """Later."""
    return time_machine.travel(moment, tick=True)


__all__ = ["PASSWORD", "Attempt", "Educator", "Person", "Reviewer"]
