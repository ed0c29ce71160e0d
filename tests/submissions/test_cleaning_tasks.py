import io
import json
import subprocess
import sys
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from catalog.models import Part
from portal.models import Entry, Message
from submissions import actions, tasks, vault
from submissions.cleaning import __main__ as program
from submissions.cleaning import clean, process
from submissions.cleaning.formats import IMAGE
from submissions.cleaning.process import CleanerDied
from submissions.cleaning.report import Report
from submissions.models import Evidence
from tests.files import photo
from tests.submissions import office, samples

STATUS = Evidence.Status


@pytest.fixture
def evidence(attempt):
    """A photo that was just received; nobody has cleaned it yet."""
    return received(attempt, samples.jpeg())


def received(attempt, content):
    progress = attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)
    key, sha256, size = vault.store(io.BytesIO(content))
    return Evidence.objects.create(
        attempt=attempt,
        requirement=progress.part.requirements.get(key="plan"),
        kind=Evidence.Kind.FILE,
        given_name="Erin's plan.jpg",
        vault_key=key,
        sha256=sha256,
        size=size,
    )


def stored():
    return sorted(path.name for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())


@pytest.fixture
def dying(monkeypatch):
    """A cleaner that is killed each time; returns how often it was tried."""
    tried = []

    def die(source, target, media_type):
        tried.append(media_type)
        raise CleanerDied

    monkeypatch.setattr(process, "run", die)
    return tried


def test_a_received_file_is_cleaned_into_a_copy_of_its_own(evidence):
    assert tasks.clean_evidence(evidence.pk) is True

    evidence.refresh_from_db()
    with default_storage.open(evidence.clean_key) as file:
        copy = file.read()
    assert (evidence.status, evidence.media_type, evidence.extension) == (
        STATUS.CLEAN,
        "image/jpeg",
        "jpg",
    )
    assert (evidence.clean_size, samples.hits(copy)) == (len(copy), [])
    assert "GPS position" in evidence.report["removed"]
    assert (evidence.tries, evidence.taken_at) == (1, None)
    assert default_storage.exists(evidence.vault_key)
    assert Entry.objects.filter(event="evidence clean").count() == 1


def test_cleaning_twice_does_it_once(evidence):
    tasks.clean_evidence(evidence.pk)
    evidence.refresh_from_db()

    assert tasks.clean_evidence(evidence.pk) is False

    assert Evidence.objects.get().clean_key == evidence.clean_key
    assert len(stored()) == 2


def test_a_file_someone_is_at_is_left_alone(evidence):
    Evidence.objects.update(status=STATUS.CLEANING, taken_at=timezone.now(), tries=1)

    assert (tasks.clean_evidence(evidence.pk), tasks.clean_waiting()) == (False, 0)

    assert Evidence.objects.get().status == STATUS.CLEANING


def test_a_file_of_a_killed_worker_is_taken_up_after_ten_minutes(evidence):
    long_ago = timezone.now() - timedelta(minutes=11)
    Evidence.objects.update(status=STATUS.CLEANING, taken_at=long_ago, tries=1)

    assert tasks.clean_waiting() == 1

    evidence.refresh_from_db()
    assert (evidence.status, evidence.tries) == (STATUS.CLEAN, 2)


def test_a_file_that_kills_the_cleaner_is_held_after_three_tries(evidence, dying):
    assert [tasks.clean_waiting() for _ in range(4)] == [1, 1, 1, 0]

    evidence.refresh_from_db()
    assert (evidence.status, evidence.tries, len(dying)) == (STATUS.HELD, 3, 3)
    assert evidence.reason.startswith("This file could not be prepared after several tries")
    assert Message.objects.get(template="evidence_held").to == evidence.attempt.educator.email
    assert default_storage.exists(evidence.vault_key)


def test_a_file_that_kills_the_worker_itself_is_not_tried_a_fourth_time(evidence, dying):
    long_ago = timezone.now() - timedelta(minutes=11)
    Evidence.objects.update(status=STATUS.CLEANING, taken_at=long_ago, tries=3)

    tasks.clean_waiting()

    evidence.refresh_from_db()
    assert (evidence.status, dying) == (STATUS.HELD, [])


@pytest.mark.django_db(transaction=True)
def test_a_refused_file_is_deleted_and_its_owner_told_why(attempt):
    evidence = received(attempt, samples.plain_pdf(501))

    tasks.clean_evidence(evidence.pk)

    evidence.refresh_from_db()
    message = Message.objects.get(template="evidence_refused")
    assert (evidence.status, evidence.vault_key, stored()) == (STATUS.REFUSED, "", [])
    assert "more than 500 pages" in evidence.reason
    assert "Erin's plan.jpg" in message.text
    assert evidence.reason in message.text
    assert message.to == attempt.educator.email


def test_what_turns_out_to_be_no_document_at_all_is_refused(attempt):
    evidence = received(attempt, office.word()[:700])

    tasks.clean_evidence(evidence.pk)

    evidence.refresh_from_db()
    assert (evidence.status, evidence.reason[:20]) == (STATUS.REFUSED, "This file is damaged")


def test_a_doubtful_file_is_held_and_its_owner_told(attempt):
    evidence = received(attempt, office.word(**{"word__media__gone.jpg": b"x"}))
    broken = office.word(**{f"word__media__{samples.CANARY}.jpg": b"x"})
    doubtful = received(attempt, broken)

    tasks.clean_waiting()

    evidence.refresh_from_db()
    doubtful.refresh_from_db()
    assert (evidence.status, doubtful.status) == (STATUS.CLEAN, STATUS.HELD)
    assert "our staff will look at it" in doubtful.reason
    assert Message.objects.filter(template="evidence_held").count() == 1
    assert doubtful.clean_key == ""


def test_staff_may_have_a_held_file_tried_again(evidence, dying, monkeypatch):
    Evidence.objects.update(status=STATUS.CLEANING, taken_at=None, tries=0)

    tasks.clean_evidence(evidence.pk)

    assert len(dying) == 1


def test_a_file_the_store_has_lost_is_held(evidence):
    default_storage.delete(evidence.vault_key)

    tasks.clean_evidence(evidence.pk)

    evidence.refresh_from_db()
    assert (evidence.status, evidence.reason[:27]) == (STATUS.HELD, "The file could not be found")


@pytest.mark.parametrize("outcome", ["clean", "refused", "held"])
def test_a_file_removed_while_it_was_cleaned_stays_removed(evidence, monkeypatch, outcome):
    def remove_meanwhile(source, target, media_type):
        target.write_bytes(b"clean")
        Evidence.objects.update(status=STATUS.REMOVED)
        return Report(outcome=outcome, reason="No.", media_type="image/jpeg", extension="jpg")

    monkeypatch.setattr(process, "run", remove_meanwhile)

    tasks.clean_evidence(evidence.pk)

    evidence.refresh_from_db()
    assert (evidence.status, evidence.clean_key) == (STATUS.REMOVED, "")
    assert len(stored()) == 1
    assert Message.objects.filter(template__startswith="evidence").count() == 0


def test_links_and_settled_files_are_nothing_to_clean(attempt, evidence):
    tasks.clean_evidence(evidence.pk)

    assert (tasks.clean_waiting(), tasks.oldest_waiting()) == (0, None)


def test_the_oldest_waiting_file_is_known(attempt, evidence):
    received(attempt, samples.png())

    assert tasks.oldest_waiting() == evidence.received_at


def test_a_sweep_stops_after_its_minute_and_goes_on_next_time(attempt, evidence, monkeypatch):
    received(attempt, samples.png())
    monkeypatch.setattr(tasks, "SWEEP_SECONDS", -1)
    assert tasks.clean_waiting() == 0

    monkeypatch.setattr(tasks, "SWEEP_SECONDS", 60)

    assert tasks.clean_waiting() == 2


def test_handing_in_orders_the_cleaning(attempt, django_capture_on_commit_callbacks):
    progress = attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)
    plan = progress.part.requirements.get(key="plan")

    with django_capture_on_commit_callbacks(execute=True):
        evidence = actions.add_file(progress, plan, photo("é" * 300 + ".jpg"))

    evidence.refresh_from_db()
    assert (evidence.status, len(evidence.given_name) <= 300) == (STATUS.CLEAN, True)


def test_the_cleaner_knows_neither_django_nor_our_secrets():
    code = (
        "import sys, submissions.cleaning.__main__; "
        "print([name for name in sys.modules if name.partition('.')[0] in ('django', 'portal')])"
    )

    told = subprocess.run(
        [sys.executable, "-c", code], cwd=process.HOUSE, capture_output=True, text=True, check=True
    )

    assert told.stdout == "[]\n"


def test_the_process_reports_time_and_memory(tmp_path):
    (tmp_path / "in").write_bytes(samples.jpeg())

    report = process.run(tmp_path / "in", tmp_path / "out", "image/jpeg")

    assert (report.outcome, report.seconds >= 0, 10 < report.peak_mb < 300) == ("clean", True, True)


def test_the_program_sets_its_own_limits_first(tmp_path, monkeypatch, capsys):
    (tmp_path / "in").write_bytes(samples.jpeg())
    limits = {}
    monkeypatch.setattr(program.resource, "setrlimit", limits.__setitem__)
    monkeypatch.setattr(program.os, "nice", lambda by: limits.setdefault("nice", by))
    files = [str(tmp_path / "in"), str(tmp_path / "out")]
    given = ["--type", "image/jpeg", "--memory", "9", "--seconds", "7", "--copy", "5"]
    monkeypatch.setattr(sys, "argv", ["program", *files, *given])

    program.main()

    assert json.loads(capsys.readouterr().out)["outcome"] == "clean"
    assert limits == {
        program.resource.RLIMIT_AS: (9, 9),
        program.resource.RLIMIT_CPU: (7, 7),
        program.resource.RLIMIT_FSIZE: (5, 5),
        program.resource.RLIMIT_CORE: (0, 0),
        "nice": 10,
    }


@pytest.mark.parametrize(
    ("trouble", "words"), [(MemoryError, "more memory"), (RecursionError, "more memory")]
)
def test_what_exhausts_the_cleaner_is_refused(tmp_path, monkeypatch, trouble, words):
    def exhausted(source, target, media_type):
        target.write_bytes(b"half")
        raise trouble

    monkeypatch.setattr("submissions.cleaning.CLEANERS", {"image/jpeg": exhausted})

    report = clean(tmp_path / "in", tmp_path / "out", "image/jpeg")

    assert (report.outcome, words in report.reason) == ("refused", True)
    assert not (tmp_path / "out").exists()


def test_a_file_that_needs_too_much_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setitem(process.LIMITS, IMAGE, process.Limits(220, 120, 90, 512))
    (tmp_path / "in").write_bytes(samples.saved(samples.pattern((7000, 7000)), "PNG"))

    report = process.run(tmp_path / "in", tmp_path / "out", "image/png")

    assert (report.outcome, (tmp_path / "out").exists()) == ("refused", False)
    assert report.reason.startswith("This file needs more memory")


def test_a_cleaner_out_of_time_is_ended(tmp_path, monkeypatch):
    monkeypatch.setitem(process.LIMITS, IMAGE, process.Limits(1536, 0.05, 90, 512))
    (tmp_path / "in").write_bytes(samples.jpeg())

    with pytest.raises(CleanerDied):
        process.run(tmp_path / "in", tmp_path / "out", "image/jpeg")


def test_a_cleaner_that_ends_badly_is_noticed(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "executable", "/bin/false")

    with pytest.raises(CleanerDied):
        process.run(tmp_path / "in", tmp_path / "out", "image/jpeg")


def test_the_process_runs_by_hand_without_limits(tmp_path):
    (tmp_path / "in").write_bytes(b"nothing known")

    told = subprocess.run(
        [
            sys.executable,
            "-m",
            "submissions.cleaning",
            tmp_path / "in",
            tmp_path / "out",
            "--type",
            "x/y",
        ],
        cwd=process.HOUSE,
        capture_output=True,
        check=True,
    )

    assert json.loads(told.stdout)["outcome"] == "refused"


def clean_file(tmp_path, capsys, content, **options):
    (tmp_path / "in").write_bytes(content)
    call_command("clean_file", str(tmp_path / "in"), str(tmp_path / "out"), **options)
    return json.loads(capsys.readouterr().out)


def test_a_stranger_can_clean_one_file(tmp_path, capsys, db):
    answer = clean_file(
        tmp_path, capsys, samples.telling_pdf(), name="plan.pdf", content_type="application/pdf"
    )

    assert sorted(answer) == ["outcome", "peak_mb", "reason", "removed", "seconds", "warnings"]
    assert (answer["outcome"], answer["reason"]) == ("clean", "")
    assert samples.hits((tmp_path / "out").read_bytes()) == []


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (b"", {}, "This file is empty"),
        (samples.jpeg(), {"name": "a.pdf"}, "its name ends in “.pdf”"),
        (samples.plain_pdf(501), {"name": "a.pdf"}, "more than 500 pages"),
        (samples.bomb(9000, 9000), {"name": "a.png"}, "50 million pixels"),
    ],
)
def test_a_stranger_reads_why_a_file_is_refused(tmp_path, capsys, db, content, options, words):
    answer = clean_file(tmp_path, capsys, content, **options)

    assert (answer["outcome"], words in answer["reason"]) == ("refused", True)
    assert not (tmp_path / "out").exists()


def test_a_stranger_reads_that_a_file_is_held(tmp_path, capsys, db, dying):
    answer = clean_file(tmp_path, capsys, samples.jpeg())

    assert (answer["outcome"], (tmp_path / "out").exists()) == ("held", False)
