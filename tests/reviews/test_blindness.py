"""The wall: neither side ever learns who the other is (SAFETY 2, T22)."""

import re
from dataclasses import fields, is_dataclass
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models
from django.urls import reverse

from portal.models import Message
from reviews import actions, blind
from reviews.models import Review
from submissions import actions as rounds
from submissions.models import Evidence
from tests.factories import MemberFactory, UserFactory, finish_parts, submitted_round
from tests.reviews.factories import ReviewerFactory, answers, hand_in, posted

pytestmark = pytest.mark.django_db

PLAN = "Quality of the plan"
PLAIN = (str, int, bool, date, type(None))
ADDRESS = re.compile(r'(?:href|src|action)="(/[^"]*)"')


def marked(letter, **fields):
    return fields | {
        "name": f"Canary{letter}name Canary{letter}surname",
        "email": f"canary{letter.lower()}mail@canary{letter.lower()}host.example",
        "school": f"Canary{letter}school",
        "district": f"Canary{letter}district",
        "local": f"Canary{letter}local",
        "phone": f"555-01{ord(letter)}",
        "handle": f"canary{letter.lower()}handle",
    }


@pytest.fixture
def educator():
    return MemberFactory(**marked("E"))


@pytest.fixture
def reviewers(educator):
    return [ReviewerFactory(user=UserFactory(**marked(letter))) for letter in "RST"]


@pytest.fixture
def submission(educator, reviewers):
    submission = submitted_round(educator)
    for evidence in Evidence.objects.filter(kind=Evidence.Kind.FILE):
        default_storage.save(evidence.clean_key, ContentFile(b"%PDF-1.7 clean copy"))
        default_storage.save(evidence.vault_key, ContentFile(b"%PDF-1.7 CanaryEoriginal"))
    Evidence.objects.filter(kind=Evidence.Kind.FILE).update(
        given_name="CanaryEfile plan.pdf", sha256="e" * 64
    )
    return submission


def secrets_of(user, submission):
    attempt = submission.attempt
    owned = [attempt.public_id, submission.public_id]
    owned += attempt.evidence.values_list("public_id", flat=True)
    told = [user.name, user.email, user.phone, user.handle, user.public_id, *owned]
    return [f"canary{user.email[6]}", "e" * 64, "vault/", *map(str, told)]


def bodies_of(client, start):
    waiting, seen, bodies = [start], set(), []
    while waiting:
        url = waiting.pop()
        if url in seen or not url.startswith(("/reviews/", "/my/attempts/")):
            continue
        seen.add(url)
        answer = client.get(url)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode(errors="replace")
        bodies.append(f"{url} {dict(answer.headers)} {text}")
        waiting += ADDRESS.findall(text)
    return bodies


def found_in(bodies, secrets):
    return {secret for secret in secrets for body in bodies if secret.casefold() in body.casefold()}


def reviewer_pages(client, review):
    client.force_login(review.reviewer.user)
    start = [*bodies_of(client, reverse("reviews")), *bodies_of(client, review.get_absolute_url())]
    start += bodies_of(client, reverse("review-hand-in", args=[review.public_id]))
    wrong = client.post(review.get_absolute_url(), {"comment-1": "x" * 4001})
    script = client.post(
        review.get_absolute_url(), {"comment": "draft"}, headers={"X-Requested-With": "fetch"}
    )
    late = client.post(reverse("review-decline", args=[review.public_id]), {"reason": ""})
    odd = client.get(f"{review.get_absolute_url()}evidence/{review.public_id}/")
    return start + [
        f"{dict(answer.headers)} {answer.content.decode()}" for answer in (wrong, script, late, odd)
    ]


def mails_to(user):
    mails = Message.objects.filter(to=user.email)
    return [f"{mail.public_id} {mail.subject} {mail.text} {mail.html}" for mail in mails]


def own_menu_removed(bodies, user):
    return [body.replace(user.name, "").replace(user.get_short_name(), "") for body in bodies]


def test_a_reviewer_never_sees_who_the_educator_is(client, submission, educator):
    review = submission.reviews.open().first()

    bodies = reviewer_pages(client, review) + mails_to(review.reviewer.user)

    assert sum("clean copy" in body for body in bodies) >= 1
    assert found_in(bodies, secrets_of(educator, submission)) == set()


def test_a_reviewer_of_a_resubmission_never_sees_who_the_educator_is(client, submission, educator):
    for review in submission.reviews.open():
        hand_in(review, under=(PLAN,))
    submission.attempt.refresh_from_db()
    finish_parts(submission.attempt, word="better")
    again = rounds.submit(submission.attempt)
    review = again.reviews.open().first()

    bodies = reviewer_pages(client, review) + mails_to(review.reviewer.user)

    secrets = [*secrets_of(educator, submission), str(again.public_id)]
    assert found_in(bodies, secrets) == set()


def test_after_handing_in_a_reviewer_still_sees_nothing_of_the_educator(
    client, submission, educator
):
    for review in submission.reviews.open():
        hand_in(review)

    bodies = reviewer_pages(client, review)

    assert found_in(bodies, secrets_of(educator, submission)) == set()


@pytest.mark.parametrize("end", ["lapsed", "recused"])
def test_a_former_reviewer_sees_nothing_more_of_the_work(client, submission, educator, end):
    review = submission.reviews.open().first()
    exhibit = review.exhibits.first()
    if end == "lapsed":
        actions.standing_in(review, "late")
    else:
        actions.recuse(review, by=review.reviewer.user)
    client.force_login(review.reviewer.user)

    pages = [
        client.get(review.get_absolute_url()),
        client.get(reverse("review-evidence", args=[review.public_id, exhibit.token])),
    ]

    assert [page.status_code for page in pages] == [404, 404]
    assert found_in(mails_to(review.reviewer.user), secrets_of(educator, submission)) == set()


def test_the_educator_never_learns_who_the_reviewers_are(client, submission, educator, reviewers):
    for review in submission.reviews.open():
        hand_in(review, under=(PLAN,))
    client.force_login(educator)

    bodies = bodies_of(client, reverse("attempt-feedback", args=[submission.attempt.public_id]))
    bodies += bodies_of(client, submission.attempt.get_absolute_url()) + mails_to(educator)

    users = [reviewer.user for reviewer in reviewers]
    secrets = [secret for user in users for secret in (user.email, user.phone, user.handle)]
    secrets += [f"canary{letter}" for letter in "rst"]
    secrets += [str(user.public_id) for user in users]
    seats = submission.reviews.all()
    secrets += [str(review.public_id) for review in seats]
    secrets += [
        str(token) for seat in seats for token in seat.exhibits.values_list("token", flat=True)
    ]
    assert sum("Reviewer 1" in body and "Reviewer 2" in body for body in bodies) >= 1
    assert found_in(bodies, secrets) == set()


def test_a_reviewer_sees_nothing_of_the_others_sheet(client, submission):
    first, second = submission.reviews.open()
    actions.save_scores(first, answers(first), "CanaryFirstSheet overall")
    actions.score(first, by=first.reviewer.user)

    bodies = reviewer_pages(client, second) + mails_to(second.reviewer.user)

    others = [first.reviewer.user.name, "CanaryFirstSheet", str(first.public_id), "canaryr"]
    own = second.reviewer.user
    assert (
        found_in(own_menu_removed(bodies, own), [one for one in others if one not in own.email])
        == set()
    )


def test_a_third_reviewer_sees_nothing_of_the_two_sheets(client, submission):
    first, second = submission.reviews.open()
    for review, under in ((first, ()), (second, (PLAN,))):
        actions.save_scores(review, answers(review, under), "CanarySheet overall")
        actions.score(review, by=review.reviewer.user)
    third = submission.reviews.get(seat=3)

    bodies = reviewer_pages(client, third) + mails_to(third.reviewer.user)

    secrets = [
        "CanarySheet",
        str(first.public_id),
        str(second.public_id),
        first.reviewer.user.email,
    ]
    assert found_in(bodies, secrets) == set()


def test_two_reviewers_of_one_round_share_no_address(client, submission):
    first, second = submission.reviews.open()

    addresses = []
    for review in (first, second):
        client.force_login(review.reviewer.user)
        page = client.get(review.get_absolute_url()).content.decode()
        addresses.append(set(re.findall(r"[0-9a-f]{8}-[0-9a-f-]{27}", page)))

    assert all(addresses)
    assert addresses[0] & addresses[1] == set()


def test_searching_the_queue_for_a_name_changes_nothing(client, submission, educator):
    review = submission.reviews.open().first()
    client.force_login(review.reviewer.user)
    queries = ({"q": educator.name}, {"q": "Nobody"}, {"educator": educator.pk}, {"order": "name"})

    pages = {blank(client.get(reverse("reviews"), query).content) for query in queries}

    assert len(pages) == 1


def blank(content):
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]*"', b"", content)


def plain(value):
    if isinstance(value, models.Model):
        return False
    if is_dataclass(value):
        return all(plain(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, tuple | list):
        return all(map(plain, value))
    return isinstance(value, PLAIN)


def test_the_packet_holds_plain_values_only(submission):
    review = submission.reviews.open().first()
    hand_in(review, under=(PLAN,))

    assert plain(blind.packet(review))
    assert plain(blind.queue(review.reviewer.user))
    assert plain(blind.seat(review))


@pytest.mark.parametrize("name", ["reviews", "review", "review-hand-in"])
def test_no_row_of_a_model_reaches_a_reviewers_template(client, submission, name):
    review = submission.reviews.open().first()
    client.force_login(review.reviewer.user)
    args = [] if name == "reviews" else [review.public_id]

    page = client.get(reverse(name, args=args))

    given = {key: value for layer in page.context for d in layer for key, value in d.items()}
    rows = {
        key for key, value in given.items() if isinstance(value, models.Model | models.QuerySet)
    }
    assert rows <= {"user"}


def test_the_order_of_reviewer_one_and_two_says_nothing_of_seats(submission):
    for review in submission.reviews.open().order_by("-seat"):
        actions.save_scores(review, answers(review), f"Seat {review.seat}")
        actions.score(review, by=review.reviewer.user)
    submission.refresh_from_db()

    told = blind.feedback_for_educator(submission)

    by_chance = Review.objects.filter(submission=submission).order_by("public_id")
    assert [words for _name, words in told.comments] == [f"Seat {one.seat}" for one in by_chance]
    assert [name for name, _words in told.comments] == ["Reviewer 1", "Reviewer 2"]


def test_typed_words_of_a_reviewer_are_shown_as_text(client, submission, educator):
    for review in submission.reviews.open():
        client.force_login(review.reviewer.user)
        script = "<script>alert(1)</script>"
        client.post(review.get_absolute_url(), posted(review, comment=script))
        client.post(reverse("review-hand-in", args=[review.public_id]))
    client.force_login(educator)

    page = client.get(reverse("attempt-feedback", args=[submission.attempt.public_id]))

    assert b"<script>alert" not in page.content
    assert b"&lt;script&gt;alert" in page.content
