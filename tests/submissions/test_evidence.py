import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.formats import date_format

from catalog.models import Part
from portal.refusal import Refused
from submissions import actions
from submissions.completeness import missing_from
from submissions.models import Evidence, Progress
from tests.factories import hand_in
from tests.files import archive, photo, text_file

STATUS = Evidence.Status


@pytest.fixture
def progress(attempt):
    return attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)


@pytest.fixture
def plan(progress):
    return progress.part.requirements.get(key="plan")


@pytest.fixture
def proof(progress):
    return progress.part.requirements.get(key="proof")


def stored():
    return sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


def test_a_photo_is_taken_in_and_cleaned(progress, plan, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        evidence = actions.add_file(progress, plan, photo())

    evidence.refresh_from_db()
    assert (evidence.status, evidence.extension) == (STATUS.CLEAN, "jpg")
    assert evidence.given_name == "photo.jpg"
    assert len(stored()) == 2


def test_a_files_name_is_nowhere_in_the_store(progress, plan):
    actions.add_file(progress, plan, photo("Erin Educator plan.jpg"))

    assert [path.name for path in stored() if "Erin" in path.name] == []


@pytest.mark.parametrize(
    "file",
    [
        SimpleUploadedFile("empty.jpg", b""),
        text_file("notes.rtf", b"{\\rtf1 just notes}"),
        text_file("disguised.jpg"),
        archive(),
        archive("plan.docx"),
        SimpleUploadedFile("page.html", b"<html><script>alert(1)</script></html>"),
        SimpleUploadedFile("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        SimpleUploadedFile("setup.exe", b"MZ" + b"\0" * 200),
        SimpleUploadedFile("wrong.pdf", photo().read()),
    ],
    ids=lambda file: file.name,
)
def test_what_cant_be_accepted_leaves_nothing_behind(progress, plan, file):
    with pytest.raises(Refused) as refusal:
        actions.add_file(progress, plan, file)

    assert refusal.value.words.endswith(".")
    assert Evidence.objects.count() == 0
    assert stored() == []


def test_a_name_of_300_accented_characters_is_fine(progress, plan):
    evidence = actions.add_file(progress, plan, photo("é" * 300 + ".jpg"))

    assert evidence.status == STATUS.RECEIVED
    assert len(stored()) == 1


def test_other_files_stay_when_one_is_refused(progress, plan):
    kept = actions.add_file(progress, plan, photo())

    with pytest.raises(Refused):
        actions.add_file(progress, plan, archive())

    assert list(Evidence.objects.all()) == [kept]


def test_a_file_for_a_closed_attempt_leaves_nothing_behind(progress, plan, attempt):
    actions.withdraw(attempt, by=attempt.educator)

    with pytest.raises(Refused):
        actions.add_file(progress, plan, photo())

    assert stored() == []


def test_a_link_counts_at_once(progress, proof):
    evidence = actions.add_link(progress, proof, "https://example.org/lesson")

    assert evidence.status == STATUS.CLEAN
    assert evidence.date_of_entry == progress.attempt.today


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "javascript:alert(1)", "http://localhost/", "https://u:p@e.org/"]
)
def test_a_link_that_reviewers_cant_open_is_refused(progress, proof, url):
    with pytest.raises(Refused):
        actions.add_link(progress, proof, url)

    assert Evidence.objects.count() == 0


def test_a_link_is_refused_where_only_files_are_asked_for(progress, plan):
    with pytest.raises(Refused):
        actions.add_link(progress, plan, "https://example.org/lesson")


def test_part_2_lacks_each_artifact_until_it_is_ready(progress, attempt, plan, proof):
    assert missing_from(progress) == ["Hand in “Plan”.", "Hand in “Proof”."]

    hand_in(attempt, plan)

    assert missing_from(progress) == ["Hand in “Proof”."]


def test_a_requirement_of_two_says_how_many_there_are(progress, attempt, plan, proof):
    type(plan).objects.filter(pk=plan.pk).update(count=2)
    hand_in(attempt, plan)
    hand_in(attempt, proof)

    assert missing_from(progress) == ["Hand in “Plan”: 1 of 2 so far."]


def test_an_option_must_be_chosen_and_then_only_it_counts(progress, attempt, plan, proof):
    Part.objects.filter(pk=progress.part_id).update(options={"A": "A case", "B": "A pamphlet"})
    type(plan).objects.filter(pk=plan.pk).update(option="A")
    type(proof).objects.filter(pk=proof.pk).update(option="B")
    progress = Progress.objects.get(pk=progress.pk)
    assert missing_from(progress) == ["Choose an option: A, B."]

    actions.choose_option(progress, "B")

    progress = Progress.objects.get(pk=progress.pk)
    assert missing_from(progress) == ["Hand in “Proof”."]


def test_an_option_that_does_not_exist_is_refused(progress):
    with pytest.raises(Refused):
        actions.choose_option(progress, "C")


def test_removing_takes_an_item_out_of_the_work_only(progress, attempt, plan):
    evidence = hand_in(attempt, plan)

    actions.remove(progress, evidence)

    evidence.refresh_from_db()
    assert evidence.status == STATUS.REMOVED
    assert missing_from(progress)[0] == "Hand in “Plan”."


def test_twenty_items_are_enough_for_one_requirement(progress, attempt, proof):
    for number in range(20):
        hand_in(attempt, proof, number)

    with pytest.raises(Refused) as refusal:
        actions.add_link(progress, proof, "https://example.org/one-more")

    assert "20 items" in refusal.value.words


def add(client, attempt, **data):
    return client.post(reverse("evidence-add", args=[attempt.public_id]), data, follow=True)


def test_a_file_is_handed_in_on_the_page(signed_in, attempt):
    page = add(signed_in, attempt, requirement="plan", file=photo(), activity_description="Lesson")

    item = Evidence.objects.get()
    assert "Handed in under “Plan”." in page.text
    assert item.activity_description == "Lesson"
    assert f"Date of entry: {date_format(item.date_of_entry, 'F j, Y')}" in page.text


def slots(page):
    """The page of Part 2 by its slots."""
    parts = {key: page.text.partition(f'id="{key}"')[2] for key in ("plan", "proof")}
    return {key: rest.partition("</section>")[0] for key, rest in parts.items()}


def test_a_refusal_is_shown_in_its_slot_and_keeps_what_was_typed(signed_in, attempt):
    typed = {"activity_description": "Lesson two", "date_of_entry": "2026-05-03"}

    page = add(signed_in, attempt, requirement="plan", file=archive(), **typed)

    shown = slots(page)
    assert Evidence.objects.count() == 0
    assert "This is an archive such as a zip" in shown["plan"]
    assert "up to 25 MB" in shown["plan"]
    assert 'value="Lesson two"' in shown["plan"]
    assert 'value="2026-05-03"' in shown["plan"]
    assert [text for text in ("archive", "Lesson two") if text in shown["proof"]] == []


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"requirement": "plan"}, "Choose one file or give one link."),
        ({"requirement": "proof", "url": "no link at all"}, "Enter a valid URL."),
    ],
)
def test_a_form_without_one_file_or_link_adds_nothing(signed_in, attempt, data, words):
    page = add(signed_in, attempt, **data)

    assert Evidence.objects.count() == 0
    assert [key for key, slot in slots(page).items() if words in slot] == [data["requirement"]]


@pytest.mark.parametrize("data", [{"requirement": "none", "url": "https://example.org/"}, {}])
def test_what_fits_no_slot_is_refused_on_top_of_the_page(signed_in, attempt, data):
    page = add(signed_in, attempt, **data)

    assert Evidence.objects.count() == 0
    assert len(page.context["messages"]) == 1


def test_each_slot_says_what_it_asks_for_in_which_formats_and_how_large(signed_in, attempt):
    page = signed_in.get(reverse("part", args=[attempt.public_id, 2]))

    shown = slots(page)
    assert "<summary>Add a document or an image</summary>" in shown["plan"]
    assert "PDF, DOCX or ODT, up to 25 MB; TXT or CSV, up to 5 MB" in shown["plan"]
    assert "<summary>Add an image or a link</summary>" in shown["proof"]
    assert "HEIC or AVIF, up to 25 MB<" in shown["proof"]
    assert len(re.findall(r"optional</span>", shown["proof"])) == 2  # the date, the description


def test_a_slot_for_a_recording_takes_a_link_in_its_place(signed_in, attempt, plan):
    type(plan).objects.filter(pk=plan.pk).update(kinds=["video"])

    page = add(signed_in, attempt, requirement="plan", url="https://example.org/lesson")

    assert Evidence.objects.get().url == "https://example.org/lesson"
    assert "<summary>Add a video or a link</summary>" in slots(page)["plan"]
    assert "MP4, MOV or WEBM, up to 2 GB" in slots(page)["plan"]


def test_an_upload_by_script_gets_an_answer_it_can_read(signed_in, attempt):
    answer = signed_in.post(
        reverse("evidence-add", args=[attempt.public_id]),
        {"requirement": "proof", "url": "https://example.org/"},
        headers={"X-Requested-With": "fetch"},
    )

    assert answer.json() == {"page": reverse("part", args=[attempt.public_id, 2])}


def test_items_are_removed_on_the_page(signed_in, attempt, proof):
    evidence = hand_in(attempt, proof)

    signed_in.post(reverse("evidence-remove", args=[evidence.public_id]))

    evidence.refresh_from_db()
    assert evidence.status == STATUS.REMOVED


def test_an_option_is_chosen_on_the_page(signed_in, attempt, progress):
    Part.objects.filter(pk=progress.part_id).update(options={"A": "A case", "B": "A pamphlet"})

    signed_in.post(reverse("part", args=[attempt.public_id, 2]), {"option": "A"})

    progress.refresh_from_db()
    assert progress.option == "A"


def test_part_2_is_completed_with_its_button(signed_in, attempt, plan, proof):
    hand_in(attempt, plan)
    hand_in(attempt, proof)

    signed_in.post(reverse("part-complete", args=[attempt.public_id, 2]))

    assert attempt.progress.get(part__number=2).status == Progress.Status.COMPLETED
    assert (
        "Part 2 is completed." in signed_in.get(reverse("part", args=[attempt.public_id, 2])).text
    )
