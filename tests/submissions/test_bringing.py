"""Work of a reset attempt comes back only where the association allows it (FACTS 4.58)."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from catalog.models import ArtifactRequirement, Part, Question
from portal.accounts.models import Association
from portal.models import Entry
from portal.refusal import Refused
from submissions import actions, vault
from submissions.models import Attempt, Evidence
from tests.factories import finish_parts, started_attempt
from tests.files import photo


@pytest.fixture
def allowed(db):
    return lambda: Association.objects.update(lets_bring_back=True)


def reset_and_started_again(educator):
    """An attempt with work that was reset, and the new one beside it."""
    old = started_attempt(educator)
    finish_parts(old, word="earlier")
    for row in old.evidence.filter(kind="file"):
        key, sha256, size = vault.store(photo())
        Evidence.objects.filter(pk=row.pk).update(
            vault_key=key, sha256=sha256, size=size, given_name="plan.jpg"
        )
    Attempt.objects.filter(pk=old.pk).update(status="reset", closed_at=timezone.now())
    return old, actions.start(old.micro_certification, by=educator)


def texts_of(attempt):
    rows = attempt.progress.filter(responses__isnull=False)
    return sorted(rows.values_list("responses__text", flat=True))


def address(attempt):
    return reverse("attempt-bring-back", args=[attempt.public_id])


def test_by_default_everything_is_handed_in_anew(signed_in, educator):
    _old, new = reset_and_started_again(educator)

    page = signed_in.get(new.get_absolute_url()).content.decode()
    signed_in.post(address(new))

    assert "Bring back my earlier work" not in page
    assert (texts_of(new), new.evidence.count()) == ([], 0)


def test_where_it_is_allowed_answers_and_files_come_back(signed_in, educator, allowed):
    old, new = reset_and_started_again(educator)
    allowed()
    before = signed_in.get(new.get_absolute_url()).content.decode()

    page = signed_in.post(address(new), follow=True).content.decode()

    new.refresh_from_db()
    assert ("Bring back my earlier work" in before, new.brought_from) == (True, old)
    assert texts_of(new) == texts_of(old)
    assert new.evidence.count() == old.evidence.count() == 2
    assert "Your earlier work is here." in page


def test_a_file_comes_back_as_a_copy_of_its_own(educator, allowed):
    old, new = reset_and_started_again(educator)
    allowed()

    actions.bring_back(new)

    first, second = (one.evidence.get(kind="file") for one in (old, new))
    with default_storage.open(second.vault_key) as file:
        content = file.read()
    assert first.vault_key != second.vault_key
    assert hashlib.sha256(content).hexdigest() == first.sha256 == second.sha256
    assert (second.status, second.given_name) == ("received", "plan.jpg")


def test_parts_have_to_be_completed_again(educator, allowed):
    _old, new = reset_and_started_again(educator)
    allowed()

    actions.bring_back(new)

    statuses = dict(new.progress.values_list("part__kind", "status"))
    assert statuses == {
        "agreement": "not_started",
        "overview": "in_progress",
        "artifacts": "in_progress",
        "reflection": "in_progress",
        "final": "not_started",
    }


def test_only_answers_to_questions_still_asked_come_back(educator, allowed):
    old, _new = reset_and_started_again(educator)
    allowed()
    Attempt.objects.exclude(pk=old.pk).delete()
    new_edition(old)
    new = actions.start(old.micro_certification, by=educator)

    actions.bring_back(new)

    overview = new.progress.get(part__kind=Part.Kind.OVERVIEW)
    asked = list(overview.responses.values_list("question__text", flat=True))
    assert asked == ["What is your setting?"]
    assert list(new.evidence.values_list("requirement__key", flat=True)) == ["proof"]


def new_edition(attempt):
    """Another edition is published: one question and one artifact read differently."""
    from tests.factories import EditionFactory

    edition = attempt.edition
    type(edition).objects.filter(pk=edition.pk).update(status="retired")
    fresh = EditionFactory(micro_certification=attempt.micro_certification, number=2)
    parts = fresh.parts.all()
    Question.objects.filter(part__in=parts, text="What is hard?").update(text="What is easy?")
    ArtifactRequirement.objects.filter(part__in=parts, key="plan").update(label="Another plan")


def test_nothing_is_put_over_what_was_begun(educator, allowed):
    _old, new = reset_and_started_again(educator)
    allowed()
    progress = new.progress.get(part__kind=Part.Kind.OVERVIEW)
    actions.save_answers(progress, {progress.part.questions.first().pk: "anew"})

    with pytest.raises(Refused) as refusal:
        actions.bring_back(new)

    assert refusal.value.words.startswith("There is nothing to bring back")
    assert texts_of(new) == ["anew"]


def test_work_comes_back_once(educator, allowed):
    _old, new = reset_and_started_again(educator)
    allowed()
    actions.bring_back(new)

    with pytest.raises(Refused):
        actions.bring_back(new)

    assert new.evidence.count() == 2
    assert Entry.objects.filter(event="work brought back").count() == 1


def test_a_file_that_is_gone_is_left_out(educator, allowed):
    old, new = reset_and_started_again(educator)
    allowed()
    default_storage.delete(old.evidence.get(kind="file").vault_key)

    actions.bring_back(new)

    assert list(new.evidence.values_list("kind", flat=True)) == ["link"]


@pytest.mark.parametrize("status", ["withdrawn", "denied", "passed"])
def test_only_a_reset_attempt_gives_its_work(educator, allowed, status):
    old, new = reset_and_started_again(educator)
    allowed()
    Attempt.objects.filter(pk=old.pk).update(status="withdrawn" if status == "passed" else status)

    assert actions.to_bring_back(new) is None


def test_another_persons_work_never_comes(client, stranger, educator, allowed):
    _old, new = reset_and_started_again(educator)
    allowed()
    theirs = actions.start(new.micro_certification, by=give_membership(stranger))
    client.force_login(stranger)

    assert actions.to_bring_back(theirs) is None
    assert client.post(address(new)).status_code == 404


def give_membership(user):
    from portal.accounts.models import Membership

    Membership.objects.create(user=user, association=user.association, number="1", status="active")
    return user
