"""The owner's preview: exactly what reviewers will see, beside what was taken out."""

import re
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from catalog.models import Part
from reviews import blind
from reviews.models import Review
from submissions import actions
from submissions.models import Evidence
from submissions.preview import preview_of
from tests.factories import StaffFactory, hand_in
from tests.files import photo
from tests.reviews.factories import ReviewerFactory

STATUS = Evidence.Status
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = ("evidence-copy", "evidence-copy-view")
EVERYTHING = ("evidence", "evidence-preview", *FILES)


@pytest.fixture
def filed(finished):
    """A clean file of a finished attempt, with a report, a description and bytes of both kinds."""
    rows = Evidence.objects.filter(attempt=finished, kind=Evidence.Kind.FILE)
    rows.update(
        given_name="Leçon of Erin Educator.pdf",
        activity_description="Week three, <b>period 2</b>",
        date_of_entry=date(2026, 11, 3),
        report={"removed": ["author name", "comments (3)"], "warnings": ["Page 2 shows a sign."]},
    )
    evidence = rows.get()
    default_storage.save(evidence.vault_key, ContentFile(b"original"))
    default_storage.save(evidence.clean_key, ContentFile(b"cleaned"))
    return evidence


def page_of(client, evidence):
    return client.get(reverse("evidence-preview", args=[evidence.public_id]))


def change(evidence, **fields):
    Evidence.objects.filter(pk=evidence.pk).update(**fields)
    evidence.refresh_from_db()


def artifact_of(page):
    """The part of the page that reviewers see too."""
    return re.search(r'<article class="panel artifact">(.*?)</article>', page.text, re.DOTALL)[1]


def test_the_page_shows_what_reviewers_will_see_and_what_was_taken_out(signed_in, filed):
    page = page_of(signed_in, filed)

    seen = artifact_of(page)
    assert "Part 2 - Artifact 1.pdf" in seen
    assert "Week three, &lt;b&gt;period 2&lt;/b&gt;" in seen
    assert "Date of entry: November 3, 2026" in seen
    told = ("Author name", "Comments (3)", "Page 2 shows a sign.")
    assert [page.text.count(words) for words in told] == [1, 1, 1]


def test_nothing_of_the_original_stands_in_what_reviewers_will_see(signed_in, filed):
    page = page_of(signed_in, filed)

    assert re.findall("Erin|Leçon|vault|clean/", artifact_of(page)) == []
    assert page.text.count("Leçon of Erin Educator.pdf") == 1


def test_a_report_without_findings_says_so(signed_in, filed):
    change(filed, report={})

    assert "Nothing hidden was found in this file." in page_of(signed_in, filed).text


@pytest.mark.parametrize(
    ("media_type", "tag"),
    [
        ("application/pdf", "<iframe"),
        ("text/plain", "<iframe"),
        ("image/jpeg", "<img"),
        ("video/mp4", "<video"),
        ("video/webm", "<video"),
        ("audio/mpeg", "<audio"),
    ],
)
def test_what_browsers_can_show_is_shown(signed_in, filed, media_type, tag):
    change(filed, media_type=media_type)

    seen = artifact_of(page_of(signed_in, filed))

    address = reverse("evidence-copy-view", args=[filed.public_id])
    assert len(re.findall(rf'{tag}[^>]* src="{address}["#]', seen)) == 1
    assert f'href="{reverse("evidence-copy", args=[filed.public_id])}"' in seen


def test_an_office_file_is_there_to_be_saved_only(signed_in, filed):
    change(filed, media_type=WORD, extension="docx")

    seen = artifact_of(page_of(signed_in, filed))
    answers = [signed_in.get(reverse(name, args=[filed.public_id])) for name in FILES]

    assert "copy/view/" not in seen
    assert [answer.status_code for answer in answers] == [200, 404]
    assert b"".join(answers[0]) == b"cleaned"


def test_the_copy_comes_as_reviewers_get_it(signed_in, filed):
    saved, shown = (signed_in.get(reverse(name, args=[filed.public_id])) for name in FILES)

    assert (b"".join(saved), b"".join(shown)) == (b"cleaned", b"cleaned")
    assert saved["Content-Disposition"] == 'attachment; filename="Part 2 - Artifact 1.pdf"'
    assert shown["Content-Disposition"] == 'inline; filename="Part 2 - Artifact 1.pdf"'


def test_the_original_comes_back_under_the_name_it_was_given(signed_in, filed):
    answer = signed_in.get(reverse("evidence", args=[filed.public_id]))

    name = "Le%C3%A7on%20of%20Erin%20Educator.pdf"
    assert b"".join(answer) == b"original"
    assert answer["Content-Disposition"] == f"attachment; filename*=utf-8''{name}"
    assert answer["Content-Type"] == "application/octet-stream"


def test_the_original_stays_with_its_owner_after_it_was_taken_out(signed_in, filed):
    change(filed, status=STATUS.REMOVED)

    answers = [
        signed_in.get(reverse(name, args=[filed.public_id])).status_code for name in EVERYTHING
    ]

    assert answers == [200, 404, 404, 404]


@pytest.mark.parametrize("status", ["received", "cleaning", "held", "refused", "removed"])
def test_there_is_no_preview_of_what_reviewers_will_not_get(signed_in, filed, status):
    change(filed, status=status)

    assert page_of(signed_in, filed).status_code == 404


@pytest.mark.parametrize("name", EVERYTHING)
def test_a_file_is_not_there_for_anybody_else(client, stranger, filed, name):
    reviewer = ReviewerFactory().user
    answers = {}
    for person in (stranger, reviewer, StaffFactory()):
        client.force_login(person)
        answers[person] = client.get(reverse(name, args=[filed.public_id])).status_code
    client.logout()

    assert set(answers.values()) == {404}
    assert client.get(reverse(name, args=[filed.public_id])).status_code == 302


@pytest.mark.parametrize("name", EVERYTHING)
def test_a_link_has_no_file_and_no_preview(signed_in, finished, name):
    link = finished.evidence.get(kind=Evidence.Kind.LINK)

    assert signed_in.get(reverse(name, args=[link.public_id])).status_code == 404


def test_a_page_whose_copy_was_lost_still_opens(signed_in, filed):
    default_storage.delete(filed.clean_key)

    assert page_of(signed_in, filed).status_code == 200
    assert signed_in.get(reverse("evidence-copy", args=[filed.public_id])).status_code == 404


def test_the_name_is_the_one_that_both_reviewers_will_read(finished):
    ReviewerFactory.create_batch(2)
    plan = finished.evidence.get(kind=Evidence.Kind.FILE)
    hand_in(finished, plan.requirement, number=1)
    files = list(finished.evidence.filter(kind=Evidence.Kind.FILE).order_by("pk"))
    before = [preview_of(evidence).name for evidence in files]

    actions.submit(finished)

    assert before == ["Part 2 - Artifact 1.pdf", "Part 2 - Artifact 2.pdf"]
    for review in Review.objects.all():
        assert [name for name in names_in(blind.packet(review)) if "." in name] == before


def names_in(packet):
    asked_for = [one for part in packet.parts for one in part.requirements]
    return [item.name for one in asked_for for item in one.items]


def test_a_file_of_an_option_not_chosen_is_said_not_to_count(signed_in, filed):
    part = Part.objects.filter(pk=filed.requirement.part_id)
    part.update(options={"A": "A case", "B": "A pamphlet"})
    type(filed.requirement).objects.filter(pk=filed.requirement_id).update(option="A")
    filed.attempt.progress.filter(part__number=2).update(option="B")

    page = page_of(signed_in, filed)

    assert "belongs to an option you did not choose" in page.text
    assert "Part 2 - Artifact 2.pdf" in artifact_of(page)


def test_the_artifacts_page_leads_to_the_preview(signed_in, filed, finished):
    page = signed_in.get(reverse("part", args=[finished.public_id, 2]))

    assert f'href="{reverse("evidence-preview", args=[filed.public_id])}"' in page.text


def test_the_preview_asks_the_same_queries_however_much_was_handed_in(
    signed_in, filed, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8) as asked:
        page_of(signed_in, filed)
    for number in range(1, 6):
        hand_in(filed.attempt, filed.requirement, number)

    with django_assert_num_queries(len(asked)):
        page_of(signed_in, filed)


def test_a_photo_goes_all_the_way_from_the_form_to_the_preview(
    signed_in, attempt, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        progress = attempt.progress.get(part__number=2)
        plan = progress.part.requirements.get(key="plan")
        evidence = actions.add_file(progress, plan, photo(exif=camera()))

    page = page_of(signed_in, evidence)
    shown = signed_in.get(reverse("evidence-copy-view", args=[evidence.public_id]))

    assert evidence.given_name not in artifact_of(page)
    assert page.context["shown"].removed != ()
    assert (shown["Content-Type"], b"Canary" in b"".join(shown)) == ("image/jpeg", False)


def camera():
    """EXIF in which the camera names its owner."""
    from PIL import Image

    exif = Image.Exif()
    exif[0x013B] = "Canary Owner"
    return exif
