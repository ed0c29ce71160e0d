"""Staff's page of held files: who sees what, and what they can do about it."""

import re
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from portal import duties
from portal.models import Entry, Message
from portal.refusal import Refused
from reviews.models import Conflict, Review
from submissions import actions, held, invariants, tasks
from submissions.cleaning.report import HELD, Report
from submissions.models import Attempt, Evidence
from submissions.tasks import GAVE_UP, MOST_TRIES
from tests.factories import (
    AssociationFactory,
    MemberFactory,
    StaffFactory,
    finish_parts,
    started_attempt,
    submitted_round,
)
from tests.files import photo
from tests.reviews.factories import ReviewerFactory, hand_in, seated_round

pytestmark = pytest.mark.django_db

STATUS = Evidence.Status
SENTENCE = "The file is damaged; export it as a PDF and hand that in."


def keep_back(attempt, hours=1, **fields):
    """A file of an attempt that could not be prepared, with its original in the store."""
    number = Evidence.objects.count()
    told = {
        "given_name": "Erin Educator plan.pdf",
        "reason": GAVE_UP,
        "size": 3_400_000,
        "tries": MOST_TRIES,
        "cleaned_at": timezone.now() - timedelta(hours=hours),
        "vault_key": f"vault/ee/{number}",
        **fields,
    }
    plan = attempt.edition.parts.get(number=2).requirements.get(key="plan")
    default_storage.save(told["vault_key"], ContentFile(b"original"))
    return Evidence.objects.create(
        attempt=attempt, requirement=plan, kind="file", status=STATUS.HELD, **told
    )


@pytest.fixture
def kept(attempt):
    return keep_back(attempt)


def place(name, evidence, who):
    return reverse(f"staff-evidence-{name}", args=[held.address_for(who, evidence.pk)])


def listed(client):
    return [file.address for file in client.get(reverse("staff-evidence")).context["files"]]


def test_the_list_says_what_waits_and_why_and_names_nobody(staff_client, staff, kept):
    page = staff_client.get(reverse("staff-evidence"))

    for words in ("Plan", kept.attempt.micro_certification.title, "A PDF document", "3.2", "CTA"):
        assert words in page.text
    assert "could not be prepared after several tries" in page.text
    assert place("item", kept, staff) in page.text
    assert re.findall(f"Erin|{kept.public_id}|{kept.attempt.public_id}|vault", page.text) == []


def test_the_page_of_one_file_names_nobody_either(staff_client, staff, kept):
    page = staff_client.get(place("item", kept, staff))

    assert "could not be prepared after several tries" in page.text
    assert re.findall(f"Erin|{kept.public_id}|{kept.attempt.public_id}|vault", page.text) == []


def test_the_file_that_waits_longest_comes_first(staff_client, staff, attempt):
    ages = {hours: keep_back(attempt, hours) for hours in (2, 30, 1)}

    assert listed(staff_client) == [held.address_for(staff, ages[n].pk) for n in (30, 2, 1)]


def test_an_empty_list_says_so(staff_client):
    assert "Nothing waits for you" in staff_client.get(reverse("staff-evidence")).text


@pytest.mark.parametrize("status", [one for one in STATUS.values if one != STATUS.HELD])
def test_only_held_files_are_listed(staff_client, staff, kept, status):
    Evidence.objects.filter(pk=kept.pk).update(status=status, clean_key="clean/x")

    assert listed(staff_client) == []
    assert staff_client.get(place("file", kept, staff)).status_code == 404


@pytest.mark.parametrize("status", ["withdrawn", "reset", "denied", "passed"])
def test_files_of_work_that_is_over_wait_for_nobody(staff_client, kept, status):
    Attempt.objects.filter(pk=kept.attempt_id).update(status=status)

    assert listed(staff_client) == []


def test_one_of_several_staff_finds_a_file_once(client, kept):
    someone, *_others = StaffFactory.create_batch(3)
    client.force_login(someone)

    assert listed(client) == [held.address_for(someone, kept.pk)]


def test_nobody_is_shown_their_own(client, edition):
    clerk = StaffFactory()
    own = keep_back(started_attempt(clerk, edition))
    client.force_login(clerk)

    answers = [client.get(place(name, own, clerk)).status_code for name in ("item", "file")]

    assert (listed(client), answers) == ([], [404, 404])
    assert (held.count_for(clerk), held.oldest_for(clerk)) == (0, None)


def test_staff_of_another_association_see_nothing(client, staff, kept):
    other = StaffFactory(association=AssociationFactory(slug="psea"))
    client.force_login(other)

    tried = [place(name, kept, who) for name in ("item", "file") for who in (staff, other)]

    assert listed(client) == []
    assert [client.get(address).status_code for address in tried] == [404] * 4


@pytest.mark.parametrize("name", ["item", "file", "again"])
def test_an_address_is_good_for_one_person_only(client, staff, kept, name):
    colleague = StaffFactory()
    client.force_login(colleague)

    answers = [
        client.get(place(name, kept, staff)).status_code,
        client.post(place(name, kept, staff), {"reason": SENTENCE}).status_code,
    ]

    kept.refresh_from_db()
    assert kept.status == STATUS.HELD
    assert set(answers) <= {404, 405}
    assert held.address_for(colleague, kept.pk) != held.address_for(staff, kept.pk)


@pytest.mark.parametrize("name", ["item", "file", "again"])
def test_who_is_not_on_the_staff_finds_nothing(client, educator, stranger, staff, kept, name):
    answers = []
    for person in (educator, stranger, ReviewerFactory().user):
        client.force_login(person)
        for who in (person, staff):
            answers.append(client.get(place(name, kept, who)).status_code)
            answers.append(client.post(place(name, kept, who)).status_code)
    client.logout()

    assert set(answers) == {404}
    assert client.get(place(name, kept, staff)).status_code == 302


def test_an_address_tells_neither_the_file_nor_the_person(staff):
    addresses = [held.address_for(staff, number) for number in range(500)]

    assert len(set(addresses)) == 500
    assert {address.version for address in addresses} == {4}
    assert len({str(address)[:4] for address in addresses}) > 400


def test_the_original_is_saved_under_a_name_that_tells_nothing(staff_client, staff, kept):
    answer = staff_client.get(place("file", kept, staff))

    assert b"".join(answer) == b"original"
    assert answer["Content-Disposition"] == 'attachment; filename="Held file.pdf"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["plan", "plan.", "plan.exe", "plan.p\u202edf", "a.b/c", ""])
def test_an_ending_that_is_not_known_is_left_off(staff_client, staff, attempt, name):
    kept = keep_back(attempt, given_name=name)

    answer = staff_client.get(place("file", kept, staff))

    assert answer["Content-Disposition"] == 'attachment; filename="Held file"'


def test_every_look_is_written_down(staff_client, staff, kept):
    staff_client.get(place("item", kept, staff))
    staff_client.get(place("file", kept, staff))

    (entry,) = Entry.objects.filter(event="original opened")
    assert (entry.by, entry.subject_id) == (str(staff.public_id), str(kept.public_id))


def test_who_looked_will_never_score_the_owner(client, kept):
    clerk = StaffFactory()
    reviewer = ReviewerFactory(user=clerk)
    client.force_login(clerk)

    for _again in range(2):
        client.get(place("file", kept, clerk))

    assert Conflict.objects.get().educator == kept.attempt.educator
    assert Conflict.objects.get().reviewer == reviewer


def test_who_looked_gets_no_seat_in_the_round_that_follows(client, kept, educator):
    clerk = StaffFactory()
    ReviewerFactory(user=clerk)
    client.force_login(clerk)
    client.get(place("file", kept, clerk))
    ReviewerFactory.create_batch(2)

    finish_parts(kept.attempt)
    actions.submit(kept.attempt)

    assert Review.objects.filter(reviewer__user=clerk).count() == 0
    assert Review.objects.filter(submission__attempt=kept.attempt).count() == 2


def test_the_list_and_its_pages_keep_nobody_from_scoring(client, kept):
    clerk = StaffFactory()
    ReviewerFactory(user=clerk)
    client.force_login(clerk)

    client.get(reverse("staff-evidence"))
    client.get(place("item", kept, clerk))

    assert Conflict.objects.count() == 0


def scored_before():
    """A file held after a not yet, and someone on the staff who scored the round before."""
    submission, reviews = seated_round(MemberFactory(name="Erin Educator"))
    for review in reviews:
        hand_in(review, under=("Quality of the plan",))
    clerk = reviews[0].reviewer.user
    AssociationFactory().staff.add(clerk)
    return keep_back(submission.attempt), clerk


def test_who_scores_the_owner_does_not_get_the_file(client):
    kept, clerk = scored_before()
    client.force_login(clerk)

    answer = client.get(
        place("file", kept, clerk),
        headers={"Referer": f"http://testserver{place('item', kept, clerk)}"},
    )

    page = client.get(answer["Location"])
    assert (answer.status_code, answer["Location"]) == (302, place("item", kept, clerk))
    assert "ask a colleague to look at it" in page.text
    assert (Conflict.objects.count(), Entry.objects.filter(event="original opened").count()) == (
        0,
        0,
    )


def test_who_scores_the_owner_may_still_give_the_file_back_to_the_cleaner(client):
    kept, clerk = scored_before()
    client.force_login(clerk)

    client.post(place("again", kept, clerk))

    kept.refresh_from_db()
    assert kept.status == STATUS.CLEANING


def test_trying_again_gives_the_file_back_to_the_cleaner_with_all_its_tries(
    staff_client, staff, attempt, django_capture_on_commit_callbacks
):
    kept = keep_back(attempt, given_name="photo.jpg")
    default_storage.delete(kept.vault_key)
    default_storage.save(kept.vault_key, photo())

    with django_capture_on_commit_callbacks(execute=True):
        answer = staff_client.post(place("again", kept, staff), follow=True)

    kept.refresh_from_db()
    assert (kept.status, kept.tries, kept.reason) == (STATUS.CLEAN, 1, "")
    assert "Being prepared again." in answer.text
    assert listed(staff_client) == []


def test_a_file_that_was_tried_again_waits_in_the_queue_of_the_sweep(staff, kept):
    actions.try_again(kept, by=staff)

    assert list(tasks.free(timezone.now())) == [kept]
    assert Entry.objects.get(event="evidence tried again").by == str(staff.public_id)


def test_a_file_that_is_held_again_comes_back_without_a_second_mail(
    staff_client, staff, kept, django_capture_on_commit_callbacks
):
    evidence = tasks_held(kept)
    default_storage.delete(kept.vault_key)

    for _turn in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            actions.try_again(evidence, by=staff)
        evidence.refresh_from_db()

    assert evidence.status == STATUS.HELD
    assert listed(staff_client) == [held.address_for(staff, kept.pk)]
    assert Message.objects.filter(template="evidence_held").count() == 1


def tasks_held(kept):
    """The same file, held at its first try by the task itself."""
    Evidence.objects.filter(pk=kept.pk).update(status=STATUS.CLEANING, tries=1)
    kept.refresh_from_db()
    tasks.hold(kept, Report(outcome=HELD, reason=GAVE_UP))
    return kept


def test_refusing_mails_the_sentence_and_deletes_the_original(
    staff_client, staff, kept, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = staff_client.post(place("item", kept, staff), {"reason": f"  {SENTENCE}\n"})

    kept.refresh_from_db()
    message = Message.objects.get(template="evidence_refused")
    assert answer["Location"] == reverse("staff-evidence")
    assert (kept.status, kept.reason, kept.vault_key) == (STATUS.REFUSED, SENTENCE, "")
    assert not default_storage.exists("vault/ee/0")
    assert (message.to, SENTENCE in message.text, SENTENCE in message.html) == (
        kept.attempt.educator.email,
        True,
        True,
    )
    assert staff.name not in message.text


def test_the_owner_reads_the_sentence_on_the_page_of_the_artifact(client, staff, kept):
    actions.refuse_held(kept, SENTENCE, by=staff)
    client.force_login(kept.attempt.educator)

    page = client.get(reverse("part", args=[kept.attempt.public_id, 2]))

    assert SENTENCE in page.text


@pytest.mark.parametrize("reason", ["", "   \n", "x" * 301])
def test_a_refusal_without_one_sentence_changes_nothing(staff_client, staff, kept, reason):
    page = staff_client.post(place("item", kept, staff), {"reason": reason})

    kept.refresh_from_db()
    assert (page.status_code, kept.status) == (200, STATUS.HELD)
    assert page.context["form"].errors.keys() == {"reason"}
    assert reason.strip() in page.text
    assert default_storage.exists(kept.vault_key)


def test_the_action_too_wants_a_sentence(staff, kept):
    with pytest.raises(Refused):
        actions.refuse_held(kept, " ", by=staff)

    assert Message.objects.count() == Message.objects.filter(template="attempt_started").count()


def refuse(evidence, by):
    actions.refuse_held(evidence, "Another sentence.", by=by)


@pytest.mark.parametrize("move", [refuse, actions.try_again])
def test_a_file_that_was_settled_in_the_meantime_stays_as_it_is(staff, kept, move):
    late = Evidence.objects.get(pk=kept.pk)
    actions.refuse_held(kept, SENTENCE, by=staff)

    with pytest.raises(Refused):
        move(late, by=staff)

    kept.refresh_from_db()
    assert (kept.status, kept.reason) == (STATUS.REFUSED, SENTENCE)


def test_its_owner_may_take_a_held_file_out_before_staff_look(signed_in, staff, kept):
    signed_in.post(reverse("evidence-remove", args=[kept.public_id]))

    kept.refresh_from_db()
    assert kept.status == STATUS.REMOVED
    assert held.count_for(staff) == 0


def test_a_lost_original_is_not_found_and_can_still_be_refused(staff_client, staff, kept):
    default_storage.delete(kept.vault_key)

    lost = staff_client.get(place("file", kept, staff))
    staff_client.post(place("item", kept, staff), {"reason": SENTENCE})

    kept.refresh_from_db()
    assert (lost.status_code, kept.status) == (404, STATUS.REFUSED)


def test_the_staffs_day_tells_how_many_wait_and_since_when(staff_client, staff, attempt):
    keep_back(attempt, hours=50)
    keep_back(attempt, hours=3)

    page = staff_client.get(reverse("staff"))

    line = next(one for one in page.context["lines"] if one.url == reverse("staff-evidence"))
    assert line.waiting == 2
    assert "the oldest has waited 2\xa0days, 2\xa0hours" in " ".join(page.text.split(" "))


def test_a_day_without_held_files_tells_of_none(staff_client, staff):
    (line,) = (one for one in duties.registry.staff_lines if one.url_name == "staff-evidence")

    assert (line.count(staff), line.oldest(staff)) == (0, None)
    assert "the oldest has waited" not in staff_client.get(reverse("staff")).text


@pytest.mark.parametrize("count", [1, 3, 100])
def test_the_list_asks_the_same_queries_however_long(
    staff_client, attempt, count, django_assert_num_queries
):
    for _number in range(count):
        keep_back(attempt)

    with django_assert_num_queries(6):
        page = staff_client.get(reverse("staff-evidence"))

    assert len(page.context["files"]) == min(count, 25)


def test_a_held_file_is_never_part_of_a_round(finished):
    kept = keep_back(finished)

    submission = actions.submit(finished)

    assert kept not in submission.evidence.all()
    assert list(invariants.held_in_rounds()) == []


def test_the_rule_of_held_files_sees_a_breach():
    submission = submitted_round()
    evidence = submission.evidence.filter(kind="file").get()
    Evidence.objects.filter(pk=evidence.pk).update(status=STATUS.HELD)

    assert list(invariants.held_in_rounds()) == [
        f"Evidence {evidence.public_id} is held and part of a round."
    ]


def test_what_is_clean_can_never_be_held_again():
    assert Evidence.lifecycle.origins(STATUS.HELD) == [STATUS.CLEANING]
