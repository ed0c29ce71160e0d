"""Who may send what, how much of it, and until when: each no is one sentence."""

import hashlib

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.models import ArtifactRequirement, Part
from portal.refusal import Refused
from submissions import actions, parts, quotas
from submissions.models import Attempt, Evidence, Upload
from tests.factories import hand_in, started_attempt
from tests.files import archive, document, photo, text_file
from tests.submissions.tus_client import CHUNK, Sender, picture

MEGABYTE = 1024 * 1024


@pytest.fixture
def sender(signed_in, attempt):
    return Sender(signed_in, attempt)


@pytest.fixture
def progress(attempt):
    return attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)


def stored():
    return sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def requirement(key="plan"):
    return ArtifactRequirement.objects.get(key=key)


def promised(attempt, size, key="plan"):
    """An upload of which nothing has arrived."""
    count = Upload.objects.count()
    return Upload.objects.create(
        attempt=attempt,
        requirement=requirement(key),
        given_name="promised.png",
        size=size,
        part_key=f"parts/00/{count}",
        expires_at=timezone.now() + timezone.timedelta(hours=24),
    )


# Who


def test_another_persons_attempt_and_upload_are_not_there(sender, stranger):
    sender.create(3000)
    sender.client.force_login(stranger)

    answers = [sender.head(), sender.patch(0, b"x"), sender.delete()]
    answers.append(sender.client.post(f"{sender.place}cancel/"))
    place, sender.place = sender.place, ""
    answers.append(sender.create(3000))

    assert [one.status_code for one in answers] == [404] * 5
    assert (Upload.objects.count(), sender.place) == (1, "")
    assert place.startswith("/my/uploads/")


def test_who_is_signed_out_is_told_in_a_sentence_a_script_can_read(sender):
    sender.create(3000)
    sender.client.logout()
    told = {"X-Requested-With": "fetch"}

    answer = sender.client.patch(
        sender.place, b"x", content_type=CHUNK, headers=sender.headers(Upload_Offset=0) | told
    )

    assert (answer.status_code, answer.json()["error"][:19]) == (403, "You were signed out")


def test_a_form_on_another_site_can_not_send_anything(sender):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sender.attempt.educator)
    stern = Sender(client, sender.attempt)
    refused = stern.create(3000)
    client.get(reverse("part", args=[sender.attempt.public_id, 2]))
    token = {"X-CSRFToken": client.cookies["csrftoken"].value}

    taken = stern.create(3000, headers=token)
    answers = [stern.patch(0, b"x"), stern.delete()]

    assert (refused.status_code, taken.status_code) == (403, 201)
    assert [one.status_code for one in answers] == [403, 403]
    assert stern.patch(0, b"x", X_CSRFToken=token["X-CSRFToken"]).status_code == 204


# What


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (archive("plan.zip"), "This is an archive"),
        (photo("plan.pdf"), "This file is a JPEG picture inside, but its name ends in “.pdf”"),
        (text_file("plan.jpg"), "This file is a plain text file inside"),
    ],
    ids=["archive", "wrong name", "text in disguise"],
)
def test_what_can_not_be_accepted_is_refused_whole_and_leaves_nothing(sender, file, words):
    content = file.read()
    sender.create(len(content), filename=file.name, filetype=file.content_type)

    answer = sender.patch(0, content)

    assert (answer.status_code, answer.headers["Content-Type"][:10]) == (422, "text/plain")
    assert (answer.text[: len(words)], answer.text[-1]) == (words, ".")
    assert (Upload.objects.count(), Evidence.objects.count(), stored()) == (0, 0, [])
    assert sender.head().status_code == 404


def test_what_is_too_large_is_refused_before_its_first_byte(sender):
    answers = [
        sender.create(26 * MEGABYTE, filename="plan.pdf"),
        sender.create(3000 * MEGABYTE, filename="plan"),
    ]

    assert [one.status_code for one in answers] == [413, 413]
    assert answers[0].text.startswith("This file is larger than 25 MB;")
    assert Upload.objects.count() == 0


def test_an_empty_file_is_refused(sender):
    answer = sender.create(0)

    assert (answer.status_code, answer.text) == (
        422,
        "This file is empty; check it and hand it in again.",
    )


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"requirement": "nonsense"}, "This part does not ask for that."),
        ({"date_of_entry": "tomorrow"}, "Enter a valid date."),
        ({"activity_description": "x" * 301}, "Ensure this value has at most 300 characters"),
    ],
)
def test_what_is_said_of_a_file_must_have_its_shape(sender, said, words):
    answer = sender.create(3000, **said)

    assert (answer.status_code, answer.text[: len(words)]) == (422, words)
    assert Upload.objects.count() == 0


def test_where_only_a_link_is_asked_for_no_file_is_begun(sender):
    ArtifactRequirement.objects.filter(key="plan").update(kinds=["link"])

    answer = sender.create(3000)

    assert (answer.status_code, answer.text) == (
        422,
        "This is a file, but what is asked for here is: link.",
    )


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ("C:\\Users\\erin\\plan.png", "plan.png"),
        ("/home/erin/plan.png", "plan.png"),
        ("..", ""),
        ("", ""),
        ("a\x00b\n.png", "ab.png"),
        ("é" * 400 + ".png", "é" * 300),
    ],
)
def test_a_name_is_kept_without_folders_and_control_signs(sender, told, kept):
    sender.create(3000, picture(), filename=told)

    assert Evidence.objects.get().given_name == kept


def test_a_kind_with_control_signs_is_no_trouble(sender):
    answer = sender.create(3000, picture(), filetype="image/\x00png\r\n")

    assert (answer.status_code, Upload.objects.get().declared_type) == (201, "image/png")


@pytest.mark.parametrize(("tick", "shows"), [("1", True), ("", False), ("0", False), ("on", False)])
def test_the_tick_for_people_comes_with_its_releases(sender, tick, shows):
    sender.create(3000, picture(), people=tick)

    evidence = Evidence.objects.get()
    assert (evidence.shows_people, evidence.releases_confirmed_at is not None) == (shows, shows)


def test_the_worker_hashes_what_came_in_chunks(sender, django_capture_on_commit_callbacks):
    content = document().read()
    with django_capture_on_commit_callbacks(execute=True):
        sender.create(len(content), content, filename="plan.pdf", filetype="application/pdf")

    evidence = Evidence.objects.get()
    assert evidence.status == Evidence.Status.CLEAN
    assert evidence.sha256 == hashlib.sha256(content).hexdigest()


# How much


def test_items_on_their_way_count_as_items(sender, attempt, progress):
    for number in range(15):
        hand_in(attempt, requirement("proof"), number)
    for _number in range(5):
        promised(attempt, 1000, "proof")

    answer = sender.create(3000, requirement="proof")
    with pytest.raises(Refused) as refusal:
        actions.add_link(progress, requirement("proof"), "https://example.org/one-more")

    assert (answer.status_code, answer.text) == (413, refusal.value.words)
    assert refusal.value.words.startswith("There are 20 items here already;")


@pytest.mark.parametrize(("over", "status"), [(0, 201), (1, 413)])
def test_one_attempt_holds_six_gigabytes(sender, attempt, monkeypatch, over, status):
    monkeypatch.setattr(quotas, "MOST_ATTEMPT_BYTES", 10_000)
    have = hand_in(attempt, requirement())
    Evidence.objects.filter(pk=have.pk).update(size=3000)
    promised(attempt, 4000)

    answer = sender.create(3000 + over)

    assert answer.status_code == status
    assert ("may take" in answer.text) == bool(over)


def test_the_plain_form_counts_the_same(progress, attempt, monkeypatch):
    monkeypatch.setattr(quotas, "MOST_ATTEMPT_BYTES", 10_000)
    promised(attempt, 9_900)

    with pytest.raises(Refused, match="The files of one micro-certification may take"):
        actions.add_file(progress, requirement(), photo())

    assert (Evidence.objects.count(), stored()) == (0, [])


def test_a_removed_file_counts_for_the_person_only(sender, attempt, progress, monkeypatch):
    removed = hand_in(attempt, requirement())
    Evidence.objects.filter(pk=removed.pk).update(size=9000)
    actions.remove(progress, removed)
    monkeypatch.setattr(quotas, "MOST_ATTEMPT_BYTES", 10_000)
    taken = sender.create(3000)
    sender.delete()

    monkeypatch.setattr(quotas, "MOST_PERSON_BYTES", 10_000)
    refused = sender.create(3000)

    assert (taken.status_code, refused.status_code) == (201, 413)
    assert refused.text.startswith("All your files may take")


def test_a_person_counts_across_attempts(sender, educator, monkeypatch):
    monkeypatch.setattr(quotas, "MOST_PERSON_BYTES", 10_000)
    other = started_attempt(educator)
    file = hand_in(other, other.edition.parts.get(number=2).requirements.get(key="plan"))
    Evidence.objects.filter(pk=file.pk).update(size=8000)

    assert [sender.create(size).status_code for size in (2001, 2000)] == [413, 201]


def test_putting_back_counts_again(attempt, progress, monkeypatch):
    removed = hand_in(attempt, requirement())
    Evidence.objects.filter(pk=removed.pk).update(size=9000)
    removed.refresh_from_db()
    actions.remove(progress, removed)
    monkeypatch.setattr(quotas, "MOST_ATTEMPT_BYTES", 8_999)

    with pytest.raises(Refused, match="may take"):
        actions.put_back(progress, removed)

    removed.refresh_from_db()
    assert removed.status == Evidence.Status.REMOVED


def test_ten_unfinished_uploads_are_enough_for_one_person(sender):
    answers = [sender.create(3000).status_code for _number in range(11)]

    assert answers == [201] * 10 + [413]
    assert sender.delete().status_code == 204
    assert sender.create(3000).status_code == 201


def test_a_finished_upload_is_not_unfinished(sender):
    sizes = range(3000, 3011)
    answers = [sender.create(size, picture(size)).status_code for size in sizes]

    assert answers == [201] * 11


def test_what_does_not_fit_on_the_disk_is_not_begun(sender, progress, monkeypatch):
    monkeypatch.setattr(quotas, "SPARE_BYTES", 2**60)

    answer = sender.create(3000)
    with pytest.raises(Refused) as refusal:
        actions.add_file(progress, requirement(), photo())

    assert (answer.status_code, answer.text) == (507, refusal.value.words)
    assert (Upload.objects.count(), Evidence.objects.count(), stored()) == (0, 0, [])


# Until when


def test_a_closed_attempt_takes_no_more_and_keeps_nothing_half(sender, attempt):
    sender.create(3000)
    sender.patch(0, picture()[:1000])
    actions.withdraw(Attempt.objects.get(), by=attempt.educator)

    answer = sender.patch(1000, picture()[1000:2000])

    assert (answer.status_code, answer.text[:33]) == (422, "This work can’t be changed now, s")
    assert (Upload.objects.count(), stored()) == (0, [])


def test_an_attempt_that_closes_just_before_the_end_takes_no_file(sender, attempt):
    sender.create(3000)
    sender.patch(0, picture()[:2999])
    last = Upload.objects.get()

    there = parts.store().append(last, 2999, [b"\0"], None)
    actions.withdraw(Attempt.objects.get(), by=attempt.educator)
    answer = sender.patch(3000, b"")

    assert (there, answer.status_code) == (3000, 422)
    assert (Upload.objects.count(), Evidence.objects.count(), stored()) == (0, 0, [])


def test_a_closed_attempt_begins_nothing(sender, attempt):
    actions.withdraw(Attempt.objects.get(), by=attempt.educator)

    answer = sender.create(3000)

    assert (answer.status_code, Upload.objects.count(), stored()) == (422, 0, [])


def test_after_a_lost_answer_the_same_evidence_is_found(sender):
    content = picture()
    sender.create(3000)
    sender.patch(0, content)

    answers = [sender.head(), sender.patch(3000, b""), sender.patch(3000, b"")]

    assert [one["Upload-Offset"] for one in answers] == ["3000"] * 3
    assert [one.status_code for one in answers] == [200, 204, 204]
    assert (Evidence.objects.count(), len(stored())) == (1, 1)
    assert sender.patch(2000, content[2000:]).status_code == 409


def test_the_page_shows_what_is_unfinished_with_a_button_to_cancel_it(sender, attempt):
    sender.create(3000)
    sender.patch(0, picture()[:1000])
    page = reverse("part", args=[attempt.public_id, 2])
    before = sender.client.get(page)

    answer = sender.client.post(f"{sender.place}cancel/", follow=True)

    assert ("33 % here" in before.text, "plan.png" in before.text) == (True, True)
    assert ("33 % here" in answer.text, "Nothing of this file was kept." in answer.text) == (
        False,
        True,
    )
    assert (Upload.objects.count(), stored()) == (0, [])


def test_the_page_takes_the_same_queries_for_one_and_for_five(
    sender, attempt, django_assert_num_queries
):
    page = reverse("part", args=[attempt.public_id, 2])
    promised(attempt, 1000)
    sender.client.get(page)
    with django_assert_num_queries(20, exact=False) as first:
        sender.client.get(page)
    for _number in range(4):
        promised(attempt, 1000)

    with django_assert_num_queries(len(first)):
        assert sender.client.get(page).text.count("0 % here") == 5
