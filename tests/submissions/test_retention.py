"""What is kept for its time is really deleted then, and nothing before (SAFETY T32, 7.3)."""

import hashlib
import json
from datetime import timedelta

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from catalog.loading import BrokenLibrary
from portal.models import Entry
from portal.refusal import Refused
from submissions import actions, library, vault
from submissions.models import (
    Attempt,
    Evidence,
    EvidenceText,
    IdentityFinding,
    Response,
    RetentionClass,
    Revision,
    SubmittedPart,
)
from tests.factories import decided_round, finish_parts, started_attempt, submitted_round

MARK = b"only in this file: Zzyzx-4711"


@pytest.fixture(autouse=True)
def classes(db):
    library.load_library()


@pytest.fixture
def commits(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def with_files(attempt):
    """Every file of an attempt stored for real: original, clean copy, text."""
    for row in attempt.evidence.filter(kind="file"):
        keys = {}
        for field, room in (("vault_key", "vault"), ("clean_key", "clean")):
            keys[field] = default_storage.save(vault.new_key(room), content_of(row))
        Evidence.objects.filter(pk=row.pk).update(**keys)
        EvidenceText.objects.create(evidence=row, text=MARK.decode())
    return attempt


def content_of(row):
    return ContentFile(MARK + str(row.pk).encode())


def closed(attempt, status, days_ago):
    at = timezone.now() - timedelta(days=days_ago)
    Attempt.objects.filter(pk=attempt.pk).update(status=status, closed_at=at)
    return attempt


def sweep(commits):
    with commits():
        return actions.delete_due()


def stored(settings):
    return sorted(
        path
        for path in settings.MEDIA_ROOT.rglob("*")
        if path.is_file() and MARK in path.read_bytes()
    )


def work_of(educator):
    attempt = started_attempt(educator)
    finish_parts(attempt)
    return with_files(attempt)


@pytest.mark.parametrize("status", ["reset", "withdrawn", "denied"])
def test_for_ninety_days_after_its_end_an_attempt_keeps_everything(
    educator, settings, commits, status
):
    attempt = closed(work_of(educator), status, 89)

    count = sweep(commits)

    assert count == 0
    assert len(stored(settings)) == 2
    assert Response.objects.filter(progress__attempt=attempt).count() == 4


@pytest.mark.parametrize("status", ["reset", "withdrawn", "denied"])
def test_then_files_copies_text_and_answers_are_gone(educator, settings, commits, status):
    attempt = closed(work_of(educator), status, 91)
    IdentityFinding.objects.create(attempt=attempt, source="answer:1", rule="name", phrase="Erin")

    sweep(commits)

    assert stored(settings) == []
    assert EvidenceText.objects.count() == Response.objects.count() == 0
    assert IdentityFinding.objects.count() == 0
    assert set(attempt.evidence.values_list("status", "vault_key", "clean_key", "url")) == {
        ("deleted", "", "", "")
    }


def test_nothing_of_the_file_is_left_in_the_database(educator, commits):
    attempt = closed(work_of(educator), "reset", 91)
    Evidence.objects.update(given_name="Erin Educator plan.pdf", activity_description="Erin’s")

    sweep(commits)

    rows = json.dumps(list(attempt.evidence.values()), default=str)
    assert "Erin" not in rows
    assert MARK.decode() not in rows


def test_a_deletion_leaves_its_hash_and_the_rule_in_the_journal(educator, commits):
    attempt = work_of(educator)
    row = attempt.evidence.get(kind="file")
    digest = hashlib.sha256(b"x").hexdigest()
    Evidence.objects.filter(pk=row.pk).update(sha256=digest)
    closed(attempt, "reset", 91)

    sweep(commits)

    events = Entry.objects.filter(subject_id=str(row.public_id), event__endswith="deleted")
    assert [entry.facts["sha256"] for entry in events][-1] == digest
    assert {entry.by for entry in events} == {"clock"}
    assert "closed: 90 days" in events.last().facts["kept"]


def test_after_a_pass_the_original_goes_first_and_reviewers_copy_stays(educator, settings, commits):
    attempt = with_files(decided_round(educator=educator).attempt)
    closed(attempt, "passed", 91)

    sweep(commits)

    row = attempt.evidence.get(kind="file")
    assert (row.status, row.vault_key) == ("clean", "")
    assert [path.parts[-3] for path in stored(settings)] == ["clean"]
    assert default_storage.exists(row.clean_key)


def test_a_year_after_a_pass_copies_and_answers_go_but_the_round_keeps_its_texts(
    educator, settings, commits
):
    attempt = with_files(decided_round(educator=educator).attempt)
    closed(attempt, "passed", 366)

    sweep(commits)

    assert stored(settings) == []
    assert Response.objects.filter(progress__attempt=attempt).count() == 0
    texts = SubmittedPart.objects.filter(submission__attempt=attempt, part__kind="overview")
    assert "word word" in texts.get().answers[0]["answer"]


def test_after_seven_years_the_texts_of_rounds_go_and_the_decision_stays(educator, commits):
    submission = decided_round(educator=educator)
    closed(submission.attempt, "passed", 2558)

    sweep(commits)

    submission.refresh_from_db()
    assert set(map(str, submission.parts.values_list("answers", flat=True))) == {"[]"}
    assert (submission.outcome, submission.note) == ("pass", "")
    assert set(submission.parts.values_list("passed", flat=True)) == {True}


def test_work_that_is_under_way_or_in_review_is_never_deleted(educator, settings, commits):
    with_files(submitted_round(educator).attempt)
    with_files(started_attempt(educator))
    Attempt.objects.update(opened_at=timezone.now() - timedelta(days=4000))

    count = sweep(commits)

    assert count == 0
    assert len(stored(settings)) == 2


def test_earlier_drafts_live_for_thirty_days(educator, commits):
    attempt = work_of(educator)
    answer = Response.objects.filter(progress__attempt=attempt).first()
    for days in (29, 31):
        Revision.objects.create(
            response=answer, text=str(days), saved_at=timezone.now() - timedelta(days=days)
        )

    sweep(commits)

    assert list(Revision.objects.values_list("text", flat=True)) == ["29"]


def test_a_file_taken_out_is_deleted_after_thirty_days(educator, settings, commits):
    attempt = work_of(educator)
    row = attempt.evidence.get(kind="file")
    actions.remove(attempt.progress.get(part__kind="artifacts"), row)
    first = sweep(commits)

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        sweep(commits)

    row.refresh_from_db()
    assert (first, row.status, stored(settings)) == (0, "deleted", [])


def test_a_file_that_a_round_shows_stays_with_its_round(educator, settings, commits):
    attempt = with_files(decided_round("not_yet", educator=educator).attempt)
    row = attempt.evidence.get(kind="file")
    actions.remove(attempt.progress.get(part__kind="artifacts"), row)

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        sweep(commits)

    row.refresh_from_db()
    assert (row.status, len(stored(settings))) == ("removed", 2)


def test_deleting_twice_is_deleting_once(educator, commits):
    closed(work_of(educator), "reset", 91)
    sweep(commits)
    entries = Entry.objects.count()

    count = sweep(commits)

    assert (count, Entry.objects.count()) == (0, entries)


def test_every_rule_and_the_store_agree_after_a_deletion(educator, commits, capsys):
    closed(work_of(educator), "reset", 91)
    sweep(commits)

    call_command("invariants")
    call_command("reconcile")

    out = capsys.readouterr().out
    assert '"rows_without_files": []' in out
    assert '"files_without_rows": []' in out


def test_a_number_set_by_staff_stays_when_the_library_is_loaded_again():
    RetentionClass.objects.filter(holds="original", since="passed").update(days=30)

    sentence = library.load_library()

    assert RetentionClass.objects.get(holds="original", since="passed").days == 30
    assert sentence == "10 retention classes."


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("holds: originals", "holds"),
        ("days: soon", "days"),
        ("since: never", "since"),
        ("word: x", "word"),
    ],
)
def test_a_broken_file_is_told_by_field_and_changes_nothing(tmp_path, line, words):
    fields = {"holds": "copy", "since": "passed", "days": "3", "words": "A"}
    key, _colon, value = line.partition(": ")
    fields[key] = value
    path = tmp_path / "library.yaml"
    rows = "\n".join(f"    {name}: {given}" for name, given in fields.items())
    path.write_text(f"retention:\n  - {rows.strip()}\n")

    with pytest.raises(BrokenLibrary) as broken:
        library.load_library(path)

    assert words in str(broken.value)
    assert RetentionClass.objects.get(holds="copy", since="passed").days == 365


def test_a_closed_attempt_says_until_when_it_can_be_taken_home(signed_in, educator):
    attempt = closed(work_of(educator), "reset", 0)
    day = timezone.localdate(timezone.now() + timedelta(days=90), attempt.association.zone)

    page = signed_in.get(attempt.get_absolute_url()).content.decode()

    assert f"take it home until {day:%B} {day.day}, {day.year}" in page


def test_a_page_says_how_long_everything_is_kept(signed_in):
    page = signed_in.get(reverse("kept")).content.decode()

    assert page.count("<dt>") == RetentionClass.objects.count() == 10
    assert "After the badge was earned" in page
    assert "2557 days" in page


def test_my_work_leads_to_the_takeout_and_to_what_is_kept(signed_in):
    page = signed_in.get(reverse("my")).content.decode()

    assert f'href="{reverse("takeout")}"' in page
    assert f'href="{reverse("kept")}"' in page


# --- taken out, put back, deleted for good ---
def taken_out(educator):
    attempt = work_of(educator)
    row = attempt.evidence.get(kind="file")
    actions.remove(attempt.progress.get(part__kind="artifacts"), row)
    row.refresh_from_db()
    return row


def test_what_was_taken_out_is_put_back_with_a_click(signed_in, educator):
    row = taken_out(educator)
    part = reverse("part", args=[row.attempt.public_id, 2])
    before = signed_in.get(part).content.decode()

    after = signed_in.post(reverse("evidence-put-back", args=[row.public_id]), follow=True)

    row.refresh_from_db()
    assert ("1 item taken out" in before, row.status, row.removed_at) == (True, "clean", None)
    assert "item taken out" not in after.content.decode()


def test_what_was_taken_out_before_it_was_cleaned_is_cleaned_after_it_comes_back(educator):
    row = taken_out(educator)
    Evidence.objects.filter(pk=row.pk).update(clean_key="", tries=3)
    row.refresh_from_db()

    actions.put_back(row.attempt.progress.get(part__kind="artifacts"), row)

    row.refresh_from_db()
    assert (row.status, row.tries) == ("received", 0)


def test_a_refused_file_does_not_come_back(educator):
    row = taken_out(educator)
    Evidence.objects.filter(pk=row.pk).update(clean_key="", vault_key="")
    row.refresh_from_db()

    with pytest.raises(Refused) as refusal:
        actions.put_back(row.attempt.progress.get(part__kind="artifacts"), row)

    assert "not accepted before" in refusal.value.words


def test_its_owner_deletes_at_once_what_must_not_be_kept(signed_in, educator, settings, commits):
    row = taken_out(educator)

    with commits():
        page = signed_in.post(reverse("evidence-delete", args=[row.public_id]), follow=True)

    row.refresh_from_db()
    assert (row.status, stored(settings)) == ("deleted", [])
    assert "Deleted for good" in page.content.decode()
    assert EvidenceText.objects.count() == 0


def test_before_deleting_for_good_the_page_asks_in_a_sentence(signed_in, educator):
    row = taken_out(educator)

    page = signed_in.get(reverse("part", args=[row.attempt.public_id, 2])).text
    asking = page.partition("Delete for good now")[2].partition("</details>")[0]
    words, _form, button = asking.partition(reverse("evidence-delete", args=[row.public_id]))

    assert ("</summary>" in words, "Yes, delete it" in button) == (True, True)
    assert f"“{row}”, its cleaned copy and the text in it will be deleted" in button
    assert "This can’t be undone" in button


def test_only_what_was_taken_out_can_be_deleted(educator, settings):
    attempt = work_of(educator)
    row = attempt.evidence.get(kind="file")

    with pytest.raises(Refused) as refusal:
        actions.delete_for_good(attempt.progress.get(part__kind="artifacts"), row)

    assert refusal.value.words == "Take the file out first. Nothing was deleted."
    assert len(stored(settings)) == 2


def test_a_round_that_was_handed_in_keeps_its_file(educator, settings):
    attempt = with_files(decided_round("not_yet", educator=educator).attempt)
    row = attempt.evidence.get(kind="file")
    progress = attempt.progress.get(part__kind="artifacts")
    actions.remove(progress, row)

    with pytest.raises(Refused) as refusal:
        actions.delete_for_good(progress, row)

    assert "kept with that round" in refusal.value.words
    assert len(stored(settings)) == 2


def test_nobody_else_puts_back_or_deletes(client, stranger, educator):
    row = taken_out(educator)
    client.force_login(stranger)

    statuses = [
        client.post(reverse(name, args=[row.public_id])).status_code
        for name in ("evidence-put-back", "evidence-delete")
    ]

    row.refresh_from_db()
    assert (statuses, row.status) == ([404, 404], "removed")


def test_giving_up_says_the_same_before_after_and_on_my_work(signed_in, educator):
    attempt = work_of(educator)
    day = timezone.localdate(timezone.now() + timedelta(days=90), attempt.association.zone)
    words = f"{day:%B} {day.day}, {day.year}"

    before = signed_in.get(attempt.get_absolute_url()).text
    after = signed_in.post(f"{attempt.get_absolute_url()}withdraw/", follow=True).text

    assert "take it home for 90 days; then files and answers are deleted for good." in before
    assert f"stays here to read and to take home until {words}." in after
    assert f"Kept until {words}" in after
    assert "stays readable" not in before + after


def test_without_a_rule_nothing_promises_a_day(signed_in, educator):
    RetentionClass.objects.all().delete()
    attempt = work_of(educator)

    before = signed_in.get(attempt.get_absolute_url()).text
    after = signed_in.post(f"{attempt.get_absolute_url()}withdraw/", follow=True).text

    assert "You can still read this one and take it home." in before
    assert "Withdrawn. Your work stays here to read and to take home." in after
    assert "Kept until" not in after
