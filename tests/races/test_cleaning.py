"""Two workers, a sweep and an educator at one file at the same instant, on PostgreSQL."""

import io

import pytest
from django.conf import settings

from catalog.models import Part
from portal.models import Entry
from portal.refusal import Refused
from submissions import actions, tasks, vault
from submissions.cleaning import process
from submissions.cleaning.report import Report
from submissions.models import Evidence
from tests.factories import started_attempt
from tests.races.harness import together
from tests.submissions import samples

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

STATUS = Evidence.Status
FILES = 40


@pytest.fixture
def quick(monkeypatch):
    """A cleaner without a process of its own: the race is about the rows."""

    def run(source, target, media_type):
        target.write_bytes(b"clean")
        return Report(media_type=media_type, extension="png")

    monkeypatch.setattr(process, "run", run)


@pytest.fixture
def progress():
    return started_attempt().progress.select_related("attempt").get(part__kind="artifacts")


def received(progress):
    key, sha256, size = vault.store(io.BytesIO(samples.png()))
    return Evidence.objects.create(
        attempt=progress.attempt,
        requirement=progress.part.requirements.get(key="plan"),
        kind=Evidence.Kind.FILE,
        given_name="plan.png",
        vault_key=key,
        sha256=sha256,
        size=size,
    )


def copies():
    return sum(1 for path in (settings.MEDIA_ROOT / "clean").rglob("*") if path.is_file())


def test_of_two_workers_at_one_file_one_cleans_it(quick, progress):
    answers = []
    for _number in range(FILES):
        pk = received(progress).pk
        clean = lambda which=pk: tasks.clean_evidence(which)
        answers.append(sorted(together(clean, clean)))

    assert answers == [[False, True]] * FILES
    assert set(Evidence.objects.values_list("status", "tries")) == {(STATUS.CLEAN, 1)}
    assert Entry.objects.filter(event="evidence clean").count() == FILES
    assert copies() == FILES


def test_two_sweeps_and_a_task_clean_each_file_once(quick, progress):
    files = [received(progress) for _ in range(FILES)]

    done = together(
        tasks.clean_waiting,
        tasks.clean_waiting,
        lambda: sum(tasks.clean_evidence(one.pk) for one in files),
    )

    assert sum(done) == FILES
    assert set(Evidence.objects.values_list("status", "tries")) == {(STATUS.CLEAN, 1)}
    assert copies() == FILES


def test_removing_against_cleaning_leaves_no_copy_of_what_was_removed(quick, progress):
    odd = []
    for _number in range(FILES):
        evidence = received(progress)

        def remove(what=evidence):
            try:
                return actions.remove(progress, what)
            except Refused as refusal:
                return refusal

        together(remove, lambda what=evidence: tasks.clean_evidence(what.pk))
        row = Evidence.objects.get(pk=evidence.pk)
        if row.status not in {STATUS.REMOVED, STATUS.CLEAN}:
            odd.append(row.status)

    named = Evidence.objects.exclude(clean_key="").count()
    assert (odd, copies()) == ([], named)
    assert not Evidence.objects.filter(status=STATUS.CLEAN, clean_key="").exists()


def test_submit_never_takes_a_file_along_that_is_not_clean(quick):
    attempt = started_attempt()
    part = attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)
    evidence = received(part)

    refused, cleaned = together(
        lambda: actions.submit(attempt), lambda: tasks.clean_evidence(evidence.pk)
    )

    assert (isinstance(refused, Refused), cleaned) == (True, True)
    assert not attempt.submissions.exists()
