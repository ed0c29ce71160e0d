"""Two windows at one upload at the same instant, on PostgreSQL: one file comes of it, or none."""

import itertools

import pytest
from django.conf import settings

from portal.refusal import Refused
from submissions import actions, quotas, tasks
from submissions.actions import uploads
from submissions.entries import PLAIN
from submissions.models import Evidence, Upload
from submissions.tus import Declined
from tests.factories import MemberFactory, started_attempt
from tests.races.harness import together
from tests.submissions.tus_client import picture

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]

ROUNDS = 40
CONTENT = picture()
SIZE = len(CONTENT)


@pytest.fixture(autouse=True)
def nobody_cleans(monkeypatch):
    """The race is about taking in: orders for the cleaner are lost."""
    monkeypatch.setattr(tasks.clean_evidence, "delay", lambda *ids: None)


@pytest.fixture
def progress():
    return part_of(started_attempt())


def part_of(attempt):
    return attempt.progress.select_related("attempt", "part").get(part__kind="artifacts")


def begin(progress, size=SIZE):
    plan = progress.part.requirements.get(key="plan")
    return uploads.begin(progress, uploads.Promise(plan, "plan.png", "image/png", size), PLAIN)


def begun(progress, there):
    """An upload of which so many bytes have arrived, as two requests see it."""
    upload = begin(progress)
    if there:
        uploads.append(upload, 0, [CONTENT[:there]])
    rows = Upload.objects.select_related("attempt", "requirement")
    return rows.get(pk=upload.pk), rows.get(pk=upload.pk)


def refusing(move, *arguments):
    """The move, with its refusal as its answer."""

    def run():
        try:
            return move(*arguments)
        except Refused as refusal:
            return refusal

    return run


def pieces(content, step=100):
    return [content[start : start + step] for start in range(0, len(content), step)]


def stored(room):
    return [path for path in (settings.MEDIA_ROOT / room).rglob("*") if path.is_file()]


def remove_all(progress):
    """Make room for the next round."""
    for evidence in Evidence.objects.kept():
        actions.remove(progress, evidence)


def test_of_two_chunks_for_one_place_one_is_taken(progress):
    seen = set()
    for _round in range(ROUNDS):
        mine, other = begun(progress, 1000)
        coming = pieces(CONTENT[1000:2000])
        answers = together(
            refusing(uploads.append, mine, 1000, coming),
            refusing(uploads.append, other, 1000, coming),
        )
        seen.add(tuple(sorted(getattr(one, "status", one) for one in answers)))
        uploads.append(mine, 2000, [CONTENT[2000:]])
        uploads.finish(mine)
        remove_all(progress)

    assert seen <= {(423, 2000), (409, 2000)}
    assert [path.read_bytes() for path in stored("vault")] == [CONTENT] * ROUNDS


def told(answer, pk):
    """What finishing came to: the evidence of that id, or a refusal's status."""
    if isinstance(answer, Evidence):
        return "this one" if answer.pk == pk else "another one"
    return answer.status


def test_a_file_finished_twice_at_once_is_one_piece_of_evidence(progress):
    seen = set()
    for _round in range(ROUNDS):
        mine, other = begun(progress, SIZE)
        answers = together(refusing(uploads.finish, mine), refusing(uploads.finish, other))
        one = Evidence.objects.latest("pk").pk
        seen |= {told(answer, one) for answer in answers}
        remove_all(progress)

    assert seen <= {"this one", 423}
    assert Evidence.objects.count() == Upload.objects.exclude(evidence=None).count() == ROUNDS
    assert len(stored("vault")) == ROUNDS


def test_finishing_against_canceling_leaves_the_file_or_nothing(progress):
    for _round in range(ROUNDS):
        mine, other = begun(progress, SIZE)
        together(refusing(uploads.finish, mine), refusing(uploads.end, other))
        remove_all(progress)

    assert Upload.objects.under_way().count() == 0
    assert len(stored("vault")) == Evidence.objects.count()
    assert [path for path in stored("parts") if path.suffix == ""] == []


def test_finishing_against_withdrawing_leaves_the_file_or_nothing():
    odd = []
    for _round in range(ROUNDS // 4):
        attempt = started_attempt()
        mine, _other = begun(part_of(attempt), SIZE)
        together(
            refusing(uploads.finish, mine),
            refusing(actions.withdraw, attempt, attempt.educator),
        )
        attempt.refresh_from_db()
        if attempt.status != "withdrawn":
            odd.append(attempt)

    assert odd == []
    assert Upload.objects.under_way().count() == 0
    assert len(stored("vault")) == Evidence.objects.count()


def test_promises_made_at_once_never_pass_the_limits(monkeypatch):
    monkeypatch.setattr(quotas, "MOST_PERSON_BYTES", 10 * SIZE)
    monkeypatch.setattr(quotas, "MOST_UPLOADS", 7)
    educator = MemberFactory()
    parts_of_two = [part_of(started_attempt(educator)) for _attempt in range(2)]
    moves = [
        refusing(begin, progress, 2 * SIZE)
        for progress, _number in itertools.product(parts_of_two, range(4))
    ]

    answers = together(*moves)

    promised = [one for one in answers if isinstance(one, Upload)]
    refused = [one for one in answers if isinstance(one, Declined) and one.status == 413]
    assert (len(promised), len(refused)) == (5, 3)
    assert Upload.objects.count() == 5


def test_of_one_file_sent_twice_at_once_one_is_taken(progress):
    for _round in range(ROUNDS):
        (mine, _same), (other, _again) = begun(progress, SIZE), begun(progress, SIZE)
        answers = together(refusing(uploads.finish, mine), refusing(uploads.finish, other))
        assert sorted(type(answer).__name__ for answer in answers) == ["Evidence", "Refused"]
        remove_all(progress)

    assert Evidence.objects.count() == len(stored("vault")) == ROUNDS
    assert Upload.objects.under_way().count() == 0


def test_the_sweep_and_a_returning_owner_hand_a_whole_file_in_once(progress):
    for _round in range(ROUNDS // 4):
        mine, _other = begun(progress, SIZE)
        Upload.objects.filter(pk=mine.pk).update(
            expires_at=mine.expires_at - uploads.LEFT_ALONE[0] - uploads.NOTED_EVERY
        )
        together(uploads.sweep, refusing(uploads.finish, mine))
        uploads.sweep()
        remove_all(progress)  # the very same file again would be refused

    assert Evidence.objects.count() == ROUNDS // 4
    assert len(stored("vault")) == ROUNDS // 4
