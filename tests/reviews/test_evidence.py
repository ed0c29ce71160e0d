"""Artifacts as reviewers get them: the clean copy, neutral and quiet."""

import re
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from reviews import blind
from submissions import held
from submissions.models import Evidence
from submissions.serving import QUIET, SHOWN
from tests.reviews.factories import seated_round

pytestmark = pytest.mark.django_db

PAIR = ("review-evidence", "review-evidence-view")
OFFICE = "application/vnd.openxmlformats-officedocument"
CLEANED = [
    ("application/pdf", "pdf"),
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("text/plain", "txt"),
    ("video/mp4", "mp4"),
    ("video/webm", "webm"),
    ("audio/mp4", "m4a"),
    ("audio/mpeg", "mp3"),
    ("audio/ogg", "ogg"),
    ("audio/webm", "weba"),
    (f"{OFFICE}.wordprocessingml.document", "docx"),
    (f"{OFFICE}.presentationml.presentation", "pptx"),
    (f"{OFFICE}.spreadsheetml.sheet", "xlsx"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.presentation", "odp"),
    ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
]


@pytest.fixture
def review():
    review = seated_round()[1][0]
    evidence = file_of(review)
    Evidence.objects.filter(pk=evidence.pk).update(given_name="Erin Educator.pdf")
    default_storage.save(evidence.clean_key, ContentFile(b"%PDF-1.7 clean"))
    return review


def file_of(review):
    return review.submission.evidence.get(kind=Evidence.Kind.FILE)


def address(review, name="review-evidence"):
    exhibit = review.exhibits.get(evidence=file_of(review))
    return reverse(name, args=[review.public_id, exhibit.token])


def fetch(client, review, name="review-evidence"):
    client.force_login(review.reviewer.user)
    answer = client.get(address(review, name))
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def made(review, media_type, extension="pdf"):
    kind = {"media_type": media_type, "extension": extension}
    Evidence.objects.filter(pk=file_of(review).pk).update(**kind)


def test_a_file_is_saved_under_a_neutral_name(client, review):
    answer = fetch(client, review)

    assert answer.body == b"%PDF-1.7 clean"
    assert answer["Content-Disposition"] == 'attachment; filename="Part 2 - Artifact 1.pdf"'
    assert answer["Content-Type"] == "application/pdf"


def test_a_file_is_looked_at_under_the_same_name(client, review):
    answer = fetch(client, review, "review-evidence-view")

    assert answer.body == b"%PDF-1.7 clean"
    assert answer["Content-Disposition"] == 'inline; filename="Part 2 - Artifact 1.pdf"'


@pytest.mark.parametrize("name", PAIR)
@pytest.mark.parametrize(("media_type", "extension"), CLEANED)
def test_the_headers_of_every_kind_say_nothing(client, review, name, media_type, extension):
    made(review, media_type, extension)

    answer = fetch(client, review, name)

    if answer.status_code == 404:
        assert (name, media_type in SHOWN) == ("review-evidence-view", False)
        return
    assert {key: answer[key] for key in QUIET} == QUIET
    assert answer["Content-Disposition"].endswith(f'filename="Part 2 - Artifact 1.{extension}"')
    assert {"Last-Modified", "ETag", "Content-MD5", "Digest"} & set(answer.headers) == set()


@pytest.mark.parametrize("media_type", ["text/html", "image/svg+xml", "application/xhtml+xml", ""])
def test_what_could_run_is_only_ever_saved_as_nothing_in_particular(client, review, media_type):
    made(review, media_type, "html")

    saved, shown = (fetch(client, review, name) for name in PAIR)

    assert (saved["Content-Type"], shown.status_code) == ("application/octet-stream", 404)
    assert saved["Content-Disposition"].startswith("attachment;")


@pytest.mark.parametrize("name", PAIR)
def test_a_recording_is_fetched_in_pieces(client, review, name):
    client.force_login(review.reviewer.user)

    answer = client.get(address(review, name), headers={"Range": "bytes=5-7"})

    assert (answer.status_code, b"".join(answer)) == (206, b"1.7")
    assert answer["Content-Range"] == "bytes 5-7/14"


def test_no_byte_of_an_original_is_within_reach_of_its_reviewers(client, review):
    original = file_of(review)
    default_storage.save(original.vault_key, ContentFile(b"Erin Educator, Lakeside School"))
    client.force_login(review.reviewer.user)
    others = ("evidence", "evidence-preview", "evidence-copy", "evidence-copy-view")

    seen = [client.get(reverse(name, args=[original.public_id])).status_code for name in others]
    seen.append(client.get(reverse("evidence", args=[token_of(review)])).status_code)
    seen.append(client.get(reverse("staff-evidence-file", args=[token_of(review)])).status_code)

    assert seen == [404] * 6
    assert [b"Erin" in fetch(client, review, name).body for name in PAIR] == [False, False]


def token_of(review):
    return review.exhibits.get(evidence=file_of(review)).token


@pytest.mark.parametrize("change", [{"status": "held"}, {"status": "refused"}])
def test_without_a_clean_copy_there_is_no_file_and_the_page_says_so(client, review, change):
    Evidence.objects.filter(pk=file_of(review).pk).update(**change)

    answers = [fetch(client, review, name).status_code for name in PAIR]

    assert answers == [404, 404]
    assert b"is being prepared" in client.get(review.get_absolute_url()).content


@pytest.mark.parametrize("name", PAIR)
def test_a_lost_file_is_not_found(client, review, name):
    default_storage.delete(file_of(review).clean_key)

    assert fetch(client, review, name).status_code == 404


def test_evidence_removed_later_stays_with_the_round_it_was_handed_in_for(client, review):
    Evidence.objects.filter(pk=file_of(review).pk).update(status=Evidence.Status.REMOVED)

    assert fetch(client, review).status_code == 200


@pytest.mark.parametrize("name", PAIR)
def test_an_address_is_good_for_its_own_reviewer_only(client, review, educator, staff, name):
    other = review.submission.reviews.exclude(pk=review.pk).get()
    owner = review.submission.attempt.educator
    answers = []
    for user in (other.reviewer.user, owner, educator, staff):
        client.force_login(user)
        answers.append(client.get(address(review, name)).status_code)
    client.logout()

    assert answers == [404, 404, 404, 404]
    assert client.get(address(review, name)).status_code == 302


@pytest.mark.parametrize("name", PAIR)
def test_a_token_of_another_seat_opens_nothing(client, review, name):
    other = review.submission.reviews.exclude(pk=review.pk).get()
    client.force_login(review.reviewer.user)

    answer = client.get(reverse(name, args=[review.public_id, token_of(other)]))

    assert answer.status_code == 404


def test_the_addresses_of_two_viewers_share_nothing(review, staff):
    other = review.submission.reviews.exclude(pk=review.pk).get()
    evidence = file_of(review)
    told = [
        {review.public_id, token_of(review)},
        {other.public_id, token_of(other)},
        {evidence.public_id, review.submission.attempt.public_id},
        {held.address_for(staff, evidence.pk)},
    ]

    everything = set().union(*told)

    assert len(everything) == sum(map(len, told))
    assert len({str(one)[:8] for one in everything}) == len(everything)


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
    [
        ("application/pdf", "<iframe"),
        ("text/plain", "<iframe"),
        ("image/png", "<img"),
        ("video/mp4", "<video"),
        ("audio/mpeg", "<audio"),
    ],
)
def test_what_browsers_can_show_is_shown_on_the_page(client, review, media_type, tag):
    made(review, media_type)
    client.force_login(review.reviewer.user)

    page = client.get(review.get_absolute_url()).text

    view = address(review, "review-evidence-view")
    (drawn,) = re.findall(f'{tag}[^>]* src="{view}["#][^>]*>', page)
    assert "Part 2 - Artifact 1.pdf" in drawn
    assert f'href="{address(review)}"' in page


def test_other_kinds_are_there_to_be_saved(client, review):
    made(review, f"{OFFICE}.wordprocessingml.document", "docx")
    client.force_login(review.reviewer.user)

    page = client.get(review.get_absolute_url()).text

    assert address(review, "review-evidence-view") not in page
    assert f'href="{address(review)}"' in page
    assert "download it and open it in its program" in page


def test_description_and_date_of_entry_are_shown_with_a_file(client, review):
    entry = {"activity_description": "Week three", "date_of_entry": date(2026, 11, 3)}
    Evidence.objects.filter(pk=file_of(review).pk).update(**entry)
    client.force_login(review.reviewer.user)

    page = client.get(review.get_absolute_url()).text

    assert page.count("Week three") == 1
    assert "Date of entry: November 3, 2026" in page


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
