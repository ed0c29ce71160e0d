"""Charges: every rule's words, every border, every list however long."""

import pytest

from portal.models import Entry
from portal.payments import actions
from portal.payments.invariants import charge_breaches
from portal.payments.models import Charge
from portal.refusal import Refused
from portal.templatetags.portal import money
from tests.factories import AssociationFactory, StaffFactory, UserFactory
from tests.payments.factories import ChargeFactory

pytestmark = pytest.mark.django_db

NO_WORDS = "Please write a reference or a reason. The charge is still due."
LABELS = {"due": "due", "paid": "paid", "waived": "waived", "refunded": "refunded"}
LEGAL = {("due", "paid"), ("due", "waived"), ("paid", "refunded")}
ACTS = {"paid": actions.pay, "waived": actions.waive, "refunded": actions.refund}


def in_state(status, staff):
    charge = ChargeFactory()
    if status in {"paid", "refunded"}:
        actions.pay(charge, "check 1", by=staff)
    if status in {"waived", "refunded"}:
        ACTS[status](charge, "reason", by=staff)
    return charge


@pytest.mark.parametrize("goal", ["paid", "waived", "refunded"])
@pytest.mark.parametrize("origin", LABELS)
def test_only_the_moves_of_the_table_are_made_and_the_rest_say_why(staff, origin, goal):
    charge = in_state(origin, staff)
    before = Entry.objects.count()

    if (origin, goal) in LEGAL:
        ACTS[goal](charge, "words", by=staff)
    else:
        with pytest.raises(Refused) as caught:
            ACTS[goal](charge, "words", by=staff)
        assert caught.value.words == (f"This can’t be done any more: it is now “{LABELS[origin]}”.")

    charge.refresh_from_db()
    moved = (origin, goal) in LEGAL
    assert charge.status == (goal if moved else origin)
    assert Entry.objects.count() - before == int(moved)
    assert list(charge_breaches()) == []


@pytest.mark.parametrize("act", [actions.pay, actions.waive])
@pytest.mark.parametrize("words", ["", " ", "\t\n"])
def test_blank_words_leave_the_charge_due_and_say_so(staff, act, words):
    charge = ChargeFactory()

    with pytest.raises(Refused) as caught:
        act(charge, words, by=staff)

    charge.refresh_from_db()
    assert (caught.value.words, charge.status, charge.settled_by) == (NO_WORDS, "due", None)


def test_the_journal_tells_who_and_what_and_no_reference(staff):
    charge = ChargeFactory(description="Giving Feedback")

    actions.pay(charge, "card of Erin, 4111 1111", by=staff)
    actions.refund(charge, "Twice by mistake", by=staff)

    entries = Entry.objects.filter(subject_id=str(charge.public_id)).order_by("pk")
    assert [(one.event, one.by) for one in entries] == [
        ("charge paid", str(staff.public_id)),
        ("charge refunded", str(staff.public_id)),
    ]
    assert "4111" not in "".join(str(one.facts) for one in entries)


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("more", ["", "waive/"])
@pytest.mark.parametrize("who", ["payer", "stranger", "staff elsewhere", "visitor"])
def test_nobody_but_its_own_staff_touches_a_charge(client, who, more, method):
    charge = ChargeFactory()
    people = {
        "payer": charge.payer,
        "stranger": UserFactory(),
        "staff elsewhere": StaffFactory(association=AssociationFactory(slug="nea")),
    }
    if who in people:
        client.force_login(people[who])

    response = getattr(client, method)(
        f"/staff/charges/{charge.public_id}/{more}", {"reference": "1", "reason": "1"}
    )

    charge.refresh_from_db()
    hidden = {404} if who in people else {302, 200, 403}
    allowed = hidden | ({405} if more and method == "get" else set())
    assert (response.status_code in allowed, charge.status) == (True, "due")


@pytest.mark.parametrize("page", ["/my/charges/", "/staff/charges/"])
def test_no_list_of_money_opens_without_a_sign_in(client, page):
    response = client.get(page)

    assert (response.status_code, response.url) == (302, f"/accounts/login/?next={page}")


@pytest.mark.parametrize("page", ["/my/charges/", "/staff/charges/"])
def test_every_list_asks_as_little_for_thirty_rows_as_for_one(
    client, django_assert_max_num_queries, page
):
    person, asked = StaffFactory(), []
    client.force_login(person)

    for more in (1, 2, 27):
        ChargeFactory.create_batch(more, payer=person)
        with django_assert_max_num_queries(12) as captured:
            client.get(page)
        asked.append(len(captured.captured_queries))

    assert asked == [asked[0]] * 3


@pytest.mark.parametrize("shown", ["%00", "nonsense", "DUE", "' or 1=1", ""])
def test_a_standing_that_is_none_shows_what_is_due(staff_client, staff, shown):
    due = ChargeFactory()
    actions.pay(ChargeFactory(), "check 1", by=staff)

    page = staff_client.get("/staff/charges/", {"show": shown}).context["page"]

    assert list(page) == [due]


@pytest.mark.parametrize("text", ["A\0B", "x" * 81, " ", ""])
@pytest.mark.parametrize(
    ("more", "field", "form"), [("", "reference", "payment"), ("waive/", "reason", "waiver")]
)
def test_words_no_column_keeps_are_shown_again(staff_client, more, field, form, text):
    charge = ChargeFactory()

    response = staff_client.post(f"/staff/charges/{charge.public_id}/{more}", {field: text})

    assert list(response.context[form].errors) == [field]
    assert Charge.objects.due().count() == 1


@pytest.mark.parametrize(
    ("cents", "words"),
    [(1, "$0.01"), (7500, "$75.00"), (15000, "$150.00"), (123456789, "$1,234,567.89")],
)
def test_amounts_are_whole_cents_written_as_dollars(signed_in, educator, cents, words):
    ChargeFactory(payer=educator, amount_cents=cents)

    assert words in signed_in.get("/my/charges/").text
    assert money(cents) == words


def test_a_description_with_markup_is_text(staff_client):
    ChargeFactory(description="<script>alert(1)</script>")

    page = staff_client.get("/staff/charges/").text

    assert "<script>alert" not in page
