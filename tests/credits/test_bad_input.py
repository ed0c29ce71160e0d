"""What no form of credit may take: shown again with a sentence, and nothing is kept."""

import uuid
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from credits.models import Consent, HoursEntry, Term, UnitApplication
from tests.credits.factories import (
    Act48Factory,
    TermFactory,
    applied,
    batched,
    earn,
    pending,
    psea_member,
    psea_staff,
)
from tests.factories import MemberFactory, StaffFactory

pytestmark = pytest.mark.django_db

APPLY = "/my/credits/units/apply/"
COLUMNS = "The first line must name the columns reference and student_id. Nothing was read."
TOMORROW = (timezone.localdate() + timedelta(days=2)).isoformat()


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("units", ""),
        ("units", "0"),
        ("units", "-1"),
        ("units", "1.5"),
        ("units", "one"),
        ("units", "40000"),
        ("units", "9" * 30),
        ("units", "1; drop table"),
        ("term", ""),
        ("term", "1"),
        ("term", "00000000-0000-4000-8000-000000000000"),
        ("term", "' or 1=1"),
        ("key", ""),
        ("key", "1"),
        ("date_of_birth", "1899-12-31"),
        ("date_of_birth", "2026-02-30"),
        ("date_of_birth", "yesterday"),
        ("date_of_birth", TOMORROW),
    ],
)
@pytest.mark.parametrize("button", [{}, {"later": "1"}])
def test_an_application_with_one_wrong_field_is_shown_again(
    signed_in, educator, field, value, button
):
    earn(educator)
    sent = {"key": str(uuid.uuid4()), "term": str(TermFactory().public_id), "units": "1"}

    response = signed_in.post(APPLY, sent | {field: value} | button)

    assert list(response.context["form"].errors) == [field]
    assert UnitApplication.objects.count() == 0


def test_a_closed_term_can_not_be_slipped_into_the_form(signed_in, educator):
    earn(educator)
    TermFactory()
    closed = TermFactory(application_deadline=date(2021, 12, 1))
    sent = {"key": str(uuid.uuid4()), "term": str(closed.public_id), "units": "1"}

    response = signed_in.post(APPLY, sent)

    assert list(response.context["form"].errors) == ["term"]


@pytest.mark.parametrize(
    ("number", "consent", "wrong"),
    [
        ("", "on", ["identifier"]),
        ("123456", "on", ["identifier"]),
        ("12345678", "on", ["identifier"]),
        ("123456a", "on", ["identifier"]),
        ("１２３４５６７", "on", ["identifier"]),
        ("0" * 21, "on", ["identifier"]),
        ("1234567", "", ["consent"]),
        ("x", "", ["identifier", "consent"]),
    ],
)
def test_a_wrong_number_or_no_consent_is_shown_again(client, number, consent, wrong):
    program, educator = Act48Factory(), psea_member()
    client.force_login(educator)
    sent = {"identifier": number} | ({"consent": consent} if consent else {})

    response = client.post(reverse("credits-identifier", args=[program.code]), sent)

    educator.refresh_from_db()
    assert list(response.context["form"].errors) == wrong
    assert (educator.ppid, Consent.objects.count()) == ("", 0)


@pytest.mark.parametrize(
    "hours", ["", "0", "-15", "abc", "15.001", "NaN", "Infinity", "10000", "1e9"]
)
def test_hours_of_a_wrong_shape_correct_nothing(client, hours):
    line = pending(psea_member())
    client.force_login(psea_staff())

    response = client.post(
        reverse("hours-correct", args=[line.public_id]), {"hours": hours, "reason": "Off."}
    )

    assert list(response.context["form"].errors) == ["hours"]
    assert list(HoursEntry.objects.values_list("status", flat=True)) == ["pending"]


@pytest.mark.parametrize("name", ["hours-hold", "hours-void", "hours-send-back", "units-reject"])
@pytest.mark.parametrize("reason", ["A\0B", "\0"])
def test_a_reason_with_a_null_character_is_refused_in_words(client, name, reason):
    row = applied() if name == "units-reject" else pending(psea_member())
    staff = psea_staff()
    staff.associations_staffed.add(MemberFactory().association)
    client.force_login(staff)

    before = str(row.status)

    response = client.post(reverse(name, args=[row.public_id]), {"reason": reason}, follow=True)

    row.refresh_from_db()
    assert (response.status_code, str(row.status)) == (200, before)
    assert messages_of(response) == [
        "Please give a reason: the educator will read it. Nothing was changed."
    ]


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("/staff/credits/?program=", "lines"),
        ("/staff/credits/applications/?show=", "page"),
    ],
)
@pytest.mark.parametrize("value", ["%00", "nonsense", "%27", "act-48%00", "9" * 500])
def test_a_filter_nobody_offers_shows_an_empty_list(client, address, key, value):
    pending(psea_member())
    client.force_login(psea_staff())

    response = client.get(address + value)

    assert (response.status_code, list(response.context[key])) == (200, [])


@pytest.mark.parametrize("page", ["0", "-1", "two", "999999", "%00"])
def test_a_page_that_is_none_shows_the_nearest(client, page):
    line = pending(psea_member())
    client.force_login(psea_staff())

    response = client.get(f"/staff/credits/?page={page}")

    assert [one.entry for one in response.context["lines"]] == [line]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("fee", "-1"),
        ("fee", "abc"),
        ("fee", "75.001"),
        ("fee", "100000"),
        ("fee", "NaN"),
        ("opens_on", ""),
        ("opens_on", "2026-02-30"),
        ("application_deadline", ""),
        ("application_deadline", "9999-12-31"),
        ("application_deadline", "0001-01-01"),
        ("unit_cap", "0"),
        ("unit_cap", "-1"),
        ("unit_cap", "99999999"),
    ],
)
def test_a_term_with_one_wrong_field_is_shown_again_and_stays(staff_client, field, value):
    term = TermFactory()
    sent = {"opens_on": "2020-01-01", "application_deadline": "2099-12-01", "fee": "80"}

    response = staff_client.post(reverse("term", args=[term.public_id]), sent | {field: value})

    faults = response.context["form"].errors
    kept = Term.objects.get()
    assert [name in {field, "__all__"} for name in faults] == [True] * len(faults)
    assert (len(faults) > 0, kept.fee_per_unit_cents, kept.set_by_staff) == (True, 7500, False)


def answered(client, batch, content):
    file = SimpleUploadedFile("answer.csv", content)
    return client.post(batch.get_absolute_url(), {"file": file})


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The submitted file is empty."),
        (b"reference,id\n1,2\n", COLUMNS),
        (b"reference;student_id\n1;2\n", COLUMNS),
        (b'"reference,student_id"\n1,2\n', COLUMNS),
        (b"reference,student_id\n\0", COLUMNS),
        (b"\nreference,student_id\n", COLUMNS),
        (
            b"reference,student_id\n\xff\xfe",
            "This is not a CSV file in UTF-8. Save it as “CSV UTF-8” and try again.",
        ),
        (
            b"reference,student_id,grade\n1,2,Z\n",
            "Line 2: the grade must be CR, NC or a letter. Nothing was read.",
        ),
        (
            b"reference,student_id,grade\n1,2,CR\n1,2,A++\n",
            "Line 3: the grade must be CR, NC or a letter. Nothing was read.",
        ),
        (
            b'reference,student_id\n"' + b"x" * 200_000,
            "This file can’t be read as a table. Is a quotation mark left open? Nothing was read.",
        ),
        (b"x" * 1_000_001, "This file is larger than one megabyte. Nothing was read."),
    ],
)
def test_an_answer_that_is_no_table_is_shown_again(staff_client, staff, content, words):
    batch, application = batched(staff)

    response = answered(staff_client, batch, content)

    application.refresh_from_db()
    assert response.context["form"].errors == {"file": [words]}
    assert application.status == "batched"


@pytest.mark.parametrize(
    "head",
    [
        "reference,student_id",
        "Reference, Student_ID ",
        '"reference","student_id"',
        "x,reference,student_id",
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_an_answer_may_be_saved_by_any_spreadsheet(staff_client, staff, head, end):
    batch, application = batched(staff)
    cells = ["x"] if head.startswith("x") else []
    line = ",".join([*cells, str(application.public_id).upper(), "'012345678"])

    response = answered(staff_client, batch, f"\ufeff{head}{end}{line}{end}".encode())

    application.refresh_from_db()
    assert (response.status_code, application.status) == (302, "enrolled")
    assert application.student_id == "012345678"


def test_staff_of_no_term_make_no_batch(client):
    client.force_login(StaffFactory())

    for term in ("", "1", "\0", str(uuid.uuid4())):
        assert client.post("/staff/credits/batches/", {"term": term}).status_code == 404


@pytest.mark.parametrize("program", ["", "\0", "nobody", "chico-units"])
def test_a_report_of_no_program_is_not_there(client, program):
    Act48Factory()
    client.force_login(psea_staff())

    assert client.post("/staff/credits/reports/", {"program": program}).status_code == 404
