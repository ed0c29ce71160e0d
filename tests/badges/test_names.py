"""Staff put the name right that papers print: asked why, written down, told to the holder."""

import pytest

from badges.models import Assertion
from portal.models import Entry, Message
from tests.badges.factories import earned, revoked
from tests.badges.test_papers import text_of
from tests.factories import AssociationFactory, MemberFactory, StaffFactory
from tests.mails import addresses, faults_of, missing_words

pytestmark = pytest.mark.django_db

LIST = "/staff/badges/"


@pytest.fixture
def holder():
    return MemberFactory(name="Thuy Nguyen")


def address(assertion):
    return f"{LIST}{assertion.public_id}/name/"


def correct(client, assertion, name="Nguyễn Thị Thúy", reason="misspelled"):
    given = {"name": name, "reason": reason}
    return client.post(address(assertion), given, follow=True)


def printed(person):
    return set(Assertion.objects.owned_by(person).values_list("recipient_name", flat=True))


def test_the_papers_print_the_corrected_name_from_then_on(client, staff, holder, tmp_path):
    badges = [earned(holder), earned(holder)]
    client.force_login(staff)

    page = correct(client, badges[0])

    assert "The papers print the new name now" in page.text
    assert printed(holder) == {"Nguyễn Thị Thúy"}
    client.force_login(holder)
    paper = client.get(f"/badges/{badges[1].public_id}/certificate.pdf")
    text = text_of(paper.content, tmp_path)
    assert ("Nguyễn Thị Thúy" in text, "Thuy Nguyen" in text) == (True, False)


def test_a_correction_is_written_down_without_any_name(staff_client, staff, holder):
    assertion = earned(holder)

    correct(staff_client, assertion, reason="changed")

    entry = Entry.objects.get(event="name on papers corrected")
    assert (entry.by, entry.subject_id) == (str(staff.public_id), str(assertion.public_id))
    assert entry.facts == {"reason": "changed"}


def test_the_holder_is_told_both_names(staff_client, holder):
    assertion = earned(holder)

    correct(staff_client, assertion)

    mail = Message.objects.get(template="name_corrected")
    assert (mail.to, faults_of(mail)) == (holder.email, [])
    assert missing_words(mail, "Thuy Nguyen", "Nguyễn Thị Thúy") == []
    assert addresses(mail).count(assertion.url) == 2


def test_the_profile_and_other_names_stay_as_they_are(staff_client, holder):
    first, second = earned(holder), earned(holder)
    Assertion.objects.filter(pk=second.pk).update(recipient_name="Thuy N.")

    correct(staff_client, first)

    holder.refresh_from_db()
    assert (holder.name, printed(holder)) == ("Thuy Nguyen", {"Nguyễn Thị Thúy", "Thuy N."})


def test_pressing_twice_corrects_and_tells_once(staff_client, holder):
    assertion = earned(holder)

    for _ in range(2):
        correct(staff_client, assertion)

    assert Message.objects.filter(template="name_corrected").count() == 1
    assert Entry.objects.filter(event="name on papers corrected").count() == 1


@pytest.mark.parametrize(
    ("name", "reason", "wrong"),
    [
        ("", "misspelled", ["name"]),
        ("x" * 121, "misspelled", ["name"]),
        ("Thuy\u202eNguyen", "misspelled", ["name"]),
        ("Thúy Nguyễn", "", ["reason"]),
        ("Thúy Nguyễn", "because", ["reason"]),
    ],
)
def test_without_a_proper_name_and_a_reason_nothing_changes(
    staff_client, holder, name, reason, wrong
):
    assertion = earned(holder)

    page = correct(staff_client, assertion, name, reason)

    assert list(page.context["form"].errors) == wrong
    assert printed(holder) == {"Thuy Nguyen"}


def test_a_revoked_badge_has_no_papers_to_correct(staff_client, staff, holder):
    assertion = revoked(by=staff, educator=holder)

    page = staff_client.get(address(assertion))
    answer = correct(staff_client, assertion)

    assert 'name="reason"' not in page.text
    assert "it has no papers to be corrected" in answer.text
    assert printed(holder) == {"Thuy Nguyen"}


def test_staff_do_not_correct_their_own_papers(client, holder):
    holder.association.staff.add(holder)
    assertion = earned(holder)
    client.force_login(holder)

    answer = correct(client, assertion)

    assert "Please ask a colleague" in answer.text
    assert printed(holder) == {"Thuy Nguyen"}


def test_badges_in_the_care_of_others_stay_as_they_are(client, holder):
    assertion = earned(holder)
    client.force_login(StaffFactory(association=AssociationFactory(slug="psea")))

    assert (client.get(address(assertion)).status_code, correct(client, assertion).status_code) == (
        404,
        404,
    )
    assert printed(holder) == {"Thuy Nguyen"}
