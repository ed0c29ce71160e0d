"""Artifacts as reviewers get them: the clean copy, neutral and quiet."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from reviews import blind
from submissions.models import Evidence
from tests.reviews.factories import seated_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def review():
    review = seated_round()[1][0]
    evidence = file_of(review)
    Evidence.objects.filter(pk=evidence.pk).update(given_name="Erin Educator.pdf")
    default_storage.save(evidence.clean_key, ContentFile(b"%PDF-1.7 clean"))
    return review


def file_of(review):
    return review.submission.evidence.get(kind=Evidence.Kind.FILE)


def address(review):
    exhibit = review.exhibits.get(evidence=file_of(review))
    return reverse("review-evidence", args=[review.public_id, exhibit.token])


def fetch(client, review):
    client.force_login(review.reviewer.user)
    answer = client.get(address(review))
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def test_a_file_comes_under_a_neutral_name_with_headers_that_say_nothing(client, review):
    answer = fetch(client, review)

    assert answer.body == b"%PDF-1.7 clean"
    assert answer["Content-Disposition"] == 'inline; filename="Part 2 - Artifact 1.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "Last-Modified" not in answer


def test_the_etag_is_another_each_time(client, review):
    tags = {fetch(client, review)["ETag"] for _ in range(3)}

    assert len(tags) == 3


@pytest.mark.parametrize(
    ("media_type", "extension", "disposition", "expected"),
    [
        ("image/png", "png", "inline", "image/png"),
        ("video/mp4", "mp4", "attachment", "video/mp4"),
        ("text/html", "html", "attachment", "application/octet-stream"),
        ("image/svg+xml", "svg", "attachment", "application/octet-stream"),
    ],
)
def test_only_kinds_that_run_nothing_are_shown_in_the_browser(
    client, review, media_type, extension, disposition, expected
):
    Evidence.objects.filter(pk=file_of(review).pk).update(
        media_type=media_type, extension=extension
    )

    answer = fetch(client, review)

    assert answer["Content-Disposition"].split(";")[0] == disposition
    assert answer["Content-Type"] == expected


@pytest.mark.parametrize("change", [{"status": "held"}, {"status": "refused"}])
def test_without_a_clean_copy_there_is_no_file_and_the_page_says_so(client, review, change):
    Evidence.objects.filter(pk=file_of(review).pk).update(**change)

    answer = fetch(client, review)

    assert answer.status_code == 404
    assert b"is being prepared" in client.get(review.get_absolute_url()).content


def test_a_lost_file_is_not_found(client, review):
    default_storage.delete(file_of(review).clean_key)

    assert fetch(client, review).status_code == 404


def test_evidence_removed_later_stays_with_the_round_it_was_handed_in_for(client, review):
    Evidence.objects.filter(pk=file_of(review).pk).update(status=Evidence.Status.REMOVED)

    assert fetch(client, review).status_code == 200


def test_an_address_is_good_for_its_own_reviewer_only(client, review, educator, staff):
    other = review.submission.reviews.exclude(pk=review.pk).get()
    answers = []
    for user in (other.reviewer.user, educator, staff):
        client.force_login(user)
        answers.append(client.get(address(review)).status_code)
    client.logout()

    assert answers == [404, 404, 404]
    assert client.get(address(review)).status_code == 302


def test_a_token_of_another_seat_opens_nothing(client, review):
    other = review.submission.reviews.exclude(pk=review.pk).get()
    token = other.exhibits.get(evidence=file_of(review)).token
    client.force_login(review.reviewer.user)

    answer = client.get(reverse("review-evidence", args=[review.public_id, token]))

    assert answer.status_code == 404


def test_a_link_is_shown_as_text_and_tells_its_owner_nothing(client, review):
    client.force_login(review.reviewer.user)

    page = client.get(review.get_absolute_url()).content.decode()

    link = re.search(r'<a href="https://example.org/work/0"([^>]*)>([^<]*)</a>', page)
    assert link[2].strip() == "https://example.org/work/0"
    assert 'rel="noreferrer noopener nofollow"' in link[1]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_a_link_of_another_kind_is_not_shown(client, review, url):
    review.submission.evidence.filter(kind=Evidence.Kind.LINK).update(url=url)
    client.force_login(review.reviewer.user)

    page = client.get(review.get_absolute_url()).content.decode()

    assert url not in page
    assert "can’t be opened safely" in page


@pytest.mark.parametrize(
    ("media_type", "tag"),
    [("image/png", "<img"), ("video/mp4", "<video"), ("audio/mpeg", "<audio")],
)
def test_pictures_and_recordings_are_shown_on_the_page(client, review, media_type, tag):
    Evidence.objects.filter(pk=file_of(review).pk).update(media_type=media_type)
    client.force_login(review.reviewer.user)

    page = client.get(review.get_absolute_url()).content.decode()

    assert f'src="{address(review)}"' in page
    assert tag in page


def test_artifacts_are_numbered_alike_for_both_reviewers(review):
    other = review.submission.reviews.exclude(pk=review.pk).get()

    names = [
        [
            item.name
            for part in blind.packet(one).parts
            for r in part.requirements
            for item in r.items
        ]
        for one in (review, other)
    ]

    assert names == [["Part 2 - Artifact 1.pdf", "Part 2 - Artifact 2"]] * 2
