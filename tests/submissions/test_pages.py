import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils.formats import date_format

from submissions import actions
from submissions.agreement import PROMISES
from submissions.models import Attempt, Evidence
from tests.factories import EditionFactory, UserFactory, decided_round, started_attempt


def pages_of(attempt):
    id_ = attempt.public_id
    return [
        reverse("attempt", args=[id_]),
        reverse("attempt-submit", args=[id_]),
        *(reverse("part", args=[id_, number]) for number in range(4)),
    ]


def test_every_page_of_ones_own_attempt_opens(signed_in, attempt):
    assert [signed_in.get(page).status_code for page in pages_of(attempt)] == [200] * 6


def test_every_page_of_another_persons_attempt_is_not_there(client, stranger, finished):
    client.force_login(stranger)

    assert [client.get(page).status_code for page in pages_of(finished)] == [404] * 6


def test_nobody_can_act_on_another_persons_attempt(client, stranger, finished):
    client.force_login(stranger)
    evidence = finished.evidence.first()
    posts = [
        reverse("attempt-submit", args=[finished.public_id]),
        reverse("attempt-withdraw", args=[finished.public_id]),
        reverse("part-complete", args=[finished.public_id, 1]),
        reverse("evidence-add", args=[finished.public_id]),
        reverse("evidence-remove", args=[evidence.public_id]),
    ]

    assert [client.post(page).status_code for page in posts] == [404] * 5
    finished.refresh_from_db()
    assert finished.status == Attempt.Status.IN_PROGRESS


def test_a_visitor_is_asked_to_sign_in(client, attempt):
    answer = client.get(attempt.get_absolute_url())

    assert answer.status_code == 302
    assert answer.url.startswith("/accounts/login/")


def test_start_is_a_post_and_leads_to_the_requirements(signed_in, edition):
    slug = edition.micro_certification.slug

    assert signed_in.get(reverse("attempt-start", args=[slug])).status_code == 405
    answer = signed_in.post(reverse("attempt-start", args=[slug]))

    assert answer.url == Attempt.objects.get().get_absolute_url()


def test_the_requirements_page_counts_and_names_what_is_missing(signed_in, attempt):
    actions.accept_agreement(attempt.progress.get(part__number=0))

    page = signed_in.get(attempt.get_absolute_url())

    assert "You have submitted 1 out of 5 Requirements" in page.text
    assert "Part 1. Overview Questions (Provides Context) is not completed." in page.text
    assert date_format(attempt.due_on, "F j, Y") in page.text


def test_the_requirements_page_asks_few_queries(signed_in, finished, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        signed_in.get(finished.get_absolute_url())


@pytest.mark.parametrize("count", [1, 3])
def test_my_work_takes_the_same_queries_however_long(
    signed_in, educator, count, django_assert_num_queries
):
    for _ in range(count):
        started_attempt(educator, EditionFactory())

    with django_assert_num_queries(5):
        page = signed_in.get(reverse("my"))

    assert [attempt.done for attempt in page.context["live"]] == [0] * count


def test_my_work_is_empty_with_a_way_on(signed_in):
    page = signed_in.get(reverse("my"))

    assert "Nothing started yet" in page.text
    assert reverse("micro-certifications") in page.text


def test_submitting_from_the_page(signed_in, finished):
    answer = signed_in.post(reverse("attempt-submit", args=[finished.public_id]), follow=True)

    assert "Round 1 is with the reviewers" in answer.text
    finished.refresh_from_db()
    assert finished.status == Attempt.Status.IN_REVIEW


def test_submitting_too_early_says_what_is_missing(signed_in, attempt):
    answer = signed_in.post(reverse("attempt-submit", args=[attempt.public_id]), follow=True)

    assert "Not submitted yet. Your work is saved." in answer.text


def test_withdrawing_keeps_the_attempt_readable(signed_in, attempt):
    signed_in.post(reverse("attempt-withdraw", args=[attempt.public_id]))

    page = signed_in.get(reverse("my"))
    assert attempt.micro_certification.title in page.text
    assert "Withdrawn" in page.text


def test_a_non_member_sees_the_fee_and_whom_to_ask(client, edition):
    visitor = UserFactory()
    client.force_login(visitor)
    attempt = actions.start(edition.micro_certification, by=visitor)

    page = client.get(attempt.get_absolute_url())

    assert "$75.00" in page.text
    assert attempt.association.support_email in page.text


@pytest.mark.parametrize("outcome", ["pass", "not_yet"])
def test_after_a_decision_the_page_leads_to_the_feedback(signed_in, educator, edition, outcome):
    attempt = decided_round(outcome, educator, edition).attempt

    page = signed_in.get(attempt.get_absolute_url())

    assert reverse("attempt-feedback", args=[attempt.public_id]) in page.text


def test_a_returned_round_shows_the_reason(signed_in, finished, staff):
    actions.return_incomplete(actions.submit(finished), "The photo is dark.", by=staff)

    page = signed_in.get(finished.get_absolute_url())

    assert "The photo is dark." in page.text


@pytest.fixture
def filed(finished):
    evidence = finished.evidence.get(kind=Evidence.Kind.FILE)
    default_storage.save(evidence.vault_key, ContentFile(b"original"))
    default_storage.save(evidence.clean_key, ContentFile(b"cleaned"))
    return evidence


def test_the_owner_gets_the_original_and_the_clean_copy(signed_in, filed):
    original = signed_in.get(reverse("evidence", args=[filed.public_id]))
    clean = signed_in.get(reverse("evidence-copy", args=[filed.public_id]))

    assert b"".join(original) == b"original"
    assert b"".join(clean) == b"cleaned"
    assert original["Content-Disposition"] == 'attachment; filename="plan.pdf"'
    assert original["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in original["Content-Security-Policy"]


def test_a_lost_file_is_not_there_rather_than_an_error(signed_in, finished):
    evidence = finished.evidence.get(kind=Evidence.Kind.FILE)

    assert signed_in.get(reverse("evidence", args=[evidence.public_id])).status_code == 404


def test_nobody_else_gets_the_files(client, stranger, filed):
    client.force_login(stranger)

    for name in ("evidence", "evidence-preview"):
        assert client.get(reverse(name, args=[filed.public_id])).status_code == 404


def test_everything_can_be_taken_home(signed_in, filed):
    answer = signed_in.get(reverse("takeout"))

    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer)))
    names = [name for name in archive.namelist() if name.startswith("attempts/")]
    assert sorted(name.split("/", 2)[2] for name in names) == [
        "Agreement 2026-11.md",
        "Part 1.md",
        "Part 2/01 plan.pdf",
        "Part 2/02 link.txt",
        "Part 3.md",
    ]
    plan = next(name for name in names if name.endswith("plan.pdf"))
    assert archive.read(plan) == b"original"
    agreement = next(name for name in names if name.endswith("Agreement 2026-11.md"))
    day = date_format(filed.attempt.today, "F j, Y")
    assert archive.read(agreement).decode() == "\n".join(
        [
            f"# Agreement, version 2026-11, accepted on {day}",
            "",
            *(f"- {promise}" for promise in PROMISES),
            "",
        ]
    )


def test_the_day_of_the_answer_is_told_at_once_on_the_page_and_on_the_card(signed_in, finished):
    sent = signed_in.post(reverse("attempt-submit", args=[finished.public_id]), follow=True)
    card = signed_in.get(reverse("my"))

    day = date_format(finished.submissions.get().result_due_on, "F j, Y")
    assert f"Round 1 is with the reviewers. Expect an answer by {day}." in sent.text
    assert f"Expect their answer by <strong>{day}</strong>" in sent.text
    assert f"Expect an answer by {day}. Nothing expires" in card.text


def test_what_was_earned_leads_from_its_card_to_the_badge(signed_in, educator):
    decided_round(educator=educator)

    assert 'href="/my/showcase/">See your badge<' in signed_in.get(reverse("my")).text
