"""Rosters, letters and pages of people whose names were made to break them."""

import csv
import io

import pikepdf
import pytest
from django.template.loader import render_to_string
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from credits import actions, roster
from credits.models import Letter
from portal.accounts.models import User
from tests.credits.factories import (
    Chapter14Factory,
    applied,
    batched,
    pending,
    psea_member,
    psea_staff,
)
from tests.factories import MemberFactory, StaffFactory

pytestmark = pytest.mark.django_db

NAMES = [
    '=HYPERLINK("http://evil.example","Pay") Smith',
    "+1-555 Call",
    "-2+3 Dash",
    "@SUM(A1:A9) At",
    "  =cmd|' /C calc'!A0",
    'Ana "Quote" O\'Neil, Jr.; Dr.',
    "Zoë Łukasz 山田",
    "<script>alert(1)</script> Tag",
    "{{ settings.SECRET_KEY }} Brace",
    "Robert'); DROP TABLE credits_hoursentry;-- Tables",
    "\u202eevil\u202c Turned",
    "Madonna",
]
FORMULA = ("=", "+", "-", "@")
names = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60
)


def cells_of_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def cells_of_xlsx(content):
    sheet = load_workbook(io.BytesIO(content)).active
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value}
    assert kinds <= {"s", "inlineStr"}
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(names, min_size=3, max_size=3), min_size=1, max_size=5))
def test_both_files_hold_the_same_cells_whatever_people_are_called(table):
    expected = [[roster.safe(cell) for cell in row] for row in table]

    assert cells_of_csv(roster.as_csv(table)) == expected
    assert cells_of_xlsx(roster.as_xlsx([["a", "b", "c"], *table]))[1:] == expected


@settings(max_examples=100, deadline=None)
@given(names)
def test_nothing_is_taken_from_a_name_but_a_mark_in_front(name):
    assert roster.safe(name).removeprefix("'") in {name, name.removeprefix("'")}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("form", "read"), [("csv", cells_of_csv), ("xlsx", cells_of_xlsx)])
def test_a_roster_keeps_a_name_as_text_and_gets_it_back(staff_client, staff, name, form, read):
    batch, _application = batched(staff, educator=MemberFactory(name=name))

    response = staff_client.get(reverse("batch-roster", args=[batch.public_id, form]))

    head, line = read(response.content)
    row = dict(zip(head, line, strict=True))
    whole = " ".join(f"{row['first_name'].removeprefix(chr(39))} {row['last_name']}".split())
    assert [cell for cell in line if cell.lstrip().startswith(FORMULA)] == []
    assert whole.replace("'", "") == " ".join(name.split()).replace("'", "")
    assert response["Content-Disposition"] == (
        f'attachment; filename="roster-{batch.requested_at:%Y-%m-%d}.{form}"'
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_filled_in_roster_comes_back_whatever_the_name(staff_client, staff, name):
    batch, application = batched(staff, educator=MemberFactory(name=name))
    table = cells_of_csv(
        staff_client.get(reverse("batch-roster", args=[batch.public_id, "csv"])).content
    )
    table[1][table[0].index("student_id")] = "012345678"
    out = io.StringIO()
    csv.writer(out).writerows(table)
    file = io.BytesIO(out.getvalue().encode())
    file.name = "answer.csv"

    staff_client.post(batch.get_absolute_url(), {"file": file})

    application.refresh_from_db()
    assert (application.status, application.student_id) == ("enrolled", "012345678")


@pytest.mark.parametrize("name", NAMES)
def test_a_page_shows_a_name_as_it_was_typed_and_runs_nothing(staff_client, name):
    application = applied(MemberFactory(name=name))

    page = staff_client.get(reverse("units-check", args=[application.public_id])).text

    assert "<script>alert" not in page
    assert "{{ settings" not in page or name.startswith("{{")


@pytest.mark.parametrize("name", [*NAMES, "X" * 120])
def test_a_letter_is_a_sound_pdf_for_every_name(client, name):
    educator = psea_member(name=name)
    actions.issue(pending(educator, Chapter14Factory()), by=psea_staff())
    client.force_login(educator)

    response = client.get(Letter.objects.get().get_absolute_url())

    with pikepdf.open(io.BytesIO(response.content)) as paper:
        assert len(paper.pages) == 1
        assert "/JavaScript" not in str(paper.Root.get("/Names", {}))
    assert response["Content-Type"] == "application/pdf"


def test_a_letter_says_who_what_how_much_and_nothing_secret():
    educator = psea_member(name="Ana <b>Bold</b>", ppid="7654321", date_of_birth="1980-01-31")
    actions.issue(pending(educator, Chapter14Factory()), by=psea_staff())
    letter = Letter.objects.get()

    html = render_to_string("pdf/chapter14.html", {"letter": letter, "lines": educator.hours.all()})

    text = " ".join(html.split())
    assert "Letter of 15 hours of professional learning" in text
    assert "that Ana &lt;b&gt;Bold&lt;/b&gt; has completed 15 hours" in text
    assert f"Letter {letter.name}, issued" in text
    assert [
        word for word in ("7654321", "1980", educator.email, educator.school or "?") if word in text
    ] == []


def raw(model, column):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {model._meta.db_table}")
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("column", ["date_of_birth", "university_id", "ppid"])
def test_the_table_of_people_holds_ciphertext_that_differs_each_time(column):
    values = {"date_of_birth": "1980-01-31", "university_id": "012345678", "ppid": "7654321"}
    MemberFactory(**values), MemberFactory(**values)

    kept = raw(User, column)

    assert [values[column] in text for text in kept] == [False, False]
    assert kept[0] != kept[1]
    assert {getattr(user, column) for user in User.objects.all()} == {values[column]}


def test_batches_and_applications_hold_no_plain_identity():
    batch, application = batched(
        StaffFactory(),
        educator=MemberFactory(
            name="Erin Apart", date_of_birth="1980-01-31", university_id="012345678"
        ),
    )

    rosters, births = raw(type(batch), "roster"), raw(type(application), "date_of_birth")
    numbers = raw(type(application), "student_id")

    kept = " ".join([*rosters, *births, *numbers])
    assert [word for word in ("Erin", "1980", "01/31", "012345678") if word in kept] == []
    assert [len(column[0]) > 40 for column in (rosters, births, numbers)] == [True] * 3
