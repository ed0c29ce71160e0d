"""Every address of credit, opened and pressed by the wrong person; and every list, however long."""

import uuid

import pytest
from django.urls import reverse

from credits import actions
from credits.models import HoursEntry, Letter, UnitApplication
from credits.urls import urlpatterns
from portal.models import Entry
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    TermFactory,
    applied,
    batched,
    earn,
    pending,
    psea_member,
    psea_staff,
)
from tests.factories import AssociationFactory, MemberFactory, StaffFactory, decided_round

pytestmark = pytest.mark.django_db

NAMES = {pattern.name: str(pattern.pattern) for pattern in urlpatterns}
OF_STAFF = sorted(name for name, path in NAMES.items() if path.startswith("staff/"))
OF_ONE_ROW = sorted(name for name in NAMES if "<" in NAMES[name])
LISTS = ["staff-credits", "hours-reports", "units-applications", "batches", "terms"]


@pytest.fixture
def rows():
    """One row of each kind, of two associations that are not the stranger's."""
    Chapter14Factory(), Act48Factory()
    staff, clerk, educator = StaffFactory(), psea_staff(), psea_member(ppid="7654321")
    actions.give_identifier(Act48Factory(), "7654321", by=educator)
    actions.issue(pending(educator), by=clerk)
    actions.issue(pending(educator, Chapter14Factory()), by=clerk)
    batch, application = batched(staff)
    report = actions.report(Act48Factory(), by=clerk)
    return {
        "hours": pending(educator).public_id,
        "applications": applied().public_id,
        "units": application.public_id,
        "batches": batch.public_id,
        "reports": report.public_id,
        "letters": Letter.objects.get().public_id,
        "terms": application.term.public_id,
    }


def address(name, rows):
    path = NAMES[name]
    args = [rows[room] for room in rows if f"/{room}/<uuid" in path]
    args += ["csv"] if "<slug:form>" in path else []
    args += ["act-48"] if "<slug:code>" in path else []
    return reverse(name, args=args)


def state():
    """Everything a wrong click could have changed."""
    return (
        sorted(HoursEntry.objects.values_list("pk", "status", "hold", "reason")),
        sorted(UnitApplication.objects.values_list("pk", "status", "reason", "student_id")),
        Entry.objects.count(),
    )


@pytest.mark.parametrize("name", sorted(set(OF_STAFF) & set(OF_ONE_ROW)))
def test_staff_of_another_association_find_and_change_nothing(client, rows, name):
    client.force_login(StaffFactory(association=AssociationFactory(slug="nea")))
    before = state()

    answers = [
        client.get(address(name, rows)).status_code,
        client.post(address(name, rows), {"reason": "Mine now.", "hours": "20"}).status_code,
    ]

    assert [code for code in answers if code not in {404, 405}] == []
    assert state() == before


@pytest.mark.parametrize("name", OF_STAFF)
def test_educators_find_no_staff_page_at_all(client, rows, name):
    client.force_login(MemberFactory())
    before = state()

    answers = [client.get(address(name, rows)), client.post(address(name, rows), {"reason": "x"})]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert state() == before


@pytest.mark.parametrize("name", [name for name in OF_ONE_ROW if name not in OF_STAFF])
def test_educators_find_nothing_of_each_other(client, rows, name):
    client.force_login(MemberFactory())
    before = state()

    answers = [client.get(address(name, rows)), client.post(address(name, rows))]

    mine = 200 if name == "credits-identifier" else 404
    assert [one.status_code for one in answers if one.status_code not in {404, 405}] in (
        [],
        [mine, mine],
    )
    assert state() == before


@pytest.mark.parametrize("name", sorted(NAMES))
def test_nobody_reads_or_changes_anything_without_a_sign_in(client, rows, name):
    before = state()

    answer = client.get(address(name, rows))
    client.post(address(name, rows), {"reason": "x"})

    assert (answer.status_code, answer.url.startswith("/accounts/login/")) == (302, True)
    assert state() == before


@pytest.mark.parametrize("name", OF_ONE_ROW)
def test_a_row_that_was_never_there_is_not_there(client, rows, name):
    client.force_login(StaffFactory())
    nowhere = dict.fromkeys(rows, uuid.uuid4())

    answers = {client.get(address(name, nowhere)).status_code}

    assert answers <= ({200} if name == "credits-identifier" else {404, 405})


def grow(count, staff, educator):
    for _number in range(count):
        actions.issue(pending(psea_member(), Act48Factory(consent_required=True)), by=staff)
        pending(psea_member())
        batched(staff, educator=educator, term=TermFactory())
        applied(educator, term=TermFactory())


def queries_of(client, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(40) as captured:
        assert client.get(address).status_code == 200
    return len(captured.captured_queries)


def test_every_list_asks_as_little_for_thirty_rows_as_for_one(
    client, django_assert_max_num_queries
):
    staff, educator = psea_staff(), MemberFactory()
    AssociationFactory(slug="cta").staff.add(staff)
    client.force_login(staff)
    asked = []

    for more in (1, 2, 27):
        grow(more, staff, educator)
        asked.append(
            [queries_of(client, reverse(name), django_assert_max_num_queries) for name in LISTS]
        )

    assert asked[0] == asked[1] == asked[2]


def test_my_credits_asks_as_little_for_thirty_lines_as_for_one(
    client, django_assert_max_num_queries
):
    staff, educator = StaffFactory(), MemberFactory()
    client.force_login(educator)
    asked = []

    for more in (1, 2, 27):
        for _number in range(more):
            earn(educator)
            batched(staff, educator=educator, term=TermFactory())
        asked.append(queries_of(client, "/my/credits/", django_assert_max_num_queries))

    assert asked == [asked[0]] * 3


def test_one_page_of_a_batch_asks_as_little_for_thirty_students(
    client, django_assert_max_num_queries
):
    staff, term = StaffFactory(), TermFactory()
    client.force_login(staff)
    asked = []

    for count in (1, 30):
        batch, _one = batched(staff, term=term)
        for _number in range(count - 1):
            UnitApplication.objects.filter(pk=applied(term=term).pk).update(
                status="batched", batch=batch, **whole()
            )
        asked.append(queries_of(client, batch.get_absolute_url(), django_assert_max_num_queries))

    assert asked[0] == asked[1]


def whole():
    """What the table asks of an application on its way to the university."""
    from django.utils import timezone

    from portal.payments.models import Charge

    application = UnitApplication.objects.latest("pk")
    charge = Charge.objects.create(
        payer=application.educator,
        association=application.term.program.association,
        purpose="units",
        description="1 unit",
        amount_cents=7500,
    )
    return {"charge": charge, "verified_at": timezone.now(), "verified_hours": 15}


def test_my_credits_hold_the_own_lines_only(client):
    Act48Factory()
    one, other = psea_member(), psea_member()
    mine = decided_round(educator=one).attempt.micro_certification.title
    theirs = decided_round(educator=other).attempt.micro_certification.title
    client.force_login(one)

    page = client.get("/my/credits/").text

    assert (mine in page, theirs in page) == (True, False)
