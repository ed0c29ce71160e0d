"""Staff's pages of credit: hours, reports, applications, batches, terms."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from credits import actions
from credits.models import Consent, EnrollmentBatch, HoursEntry, StateReport, Term
from credits.requests import Wish
from credits.tasks import make_waiting
from portal.models import Entry
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    TermFactory,
    applied,
    batched,
    earn,
    paid,
    pending,
    psea_member,
    psea_staff,
    verified,
)
from tests.factories import AssociationFactory, MemberFactory, StaffFactory

pytestmark = pytest.mark.django_db

HOURS = "/staff/credits/"


def text_of(response):
    return " ".join(response.content.decode().split())


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def psea(client):
    """PSEA's staff, signed in."""
    client.force_login(psea_staff(name="Pia Staff"))
    return client


def today():
    return Act48Factory().association.today()


def test_the_most_urgent_hours_come_first_with_the_days_left(psea):
    later = pending(psea_member(), due_on=today() + timedelta(days=20))
    tomorrow = pending(psea_member(), due_on=today() + timedelta(days=1))
    overdue = pending(psea_member(), due_on=today() - timedelta(days=2))

    response = psea.get(HOURS)

    lines = [(line.entry, line.days_left) for line in response.context["lines"]]
    assert lines == [(overdue, -2), (tomorrow, 1), (later, 20)]
    page = text_of(response)
    assert [words in page for words in ("overdue", "1 day left", "20 days left")] == [True] * 3


def test_selected_hours_are_released(psea):
    chosen, other = pending(psea_member()), pending(psea_member())

    response = psea.post(f"{HOURS}release/", {"entry": [str(chosen.public_id)]}, follow=True)

    chosen.refresh_from_db(), other.refresh_from_db()
    assert (chosen.status, other.status) == ("issued", "pending")
    assert messages_of(response) == ["Released: 1 line."]


@pytest.mark.parametrize("sent", [[], ["1"], ["' OR 1=1"], ["0" * 36]])
def test_selecting_nothing_real_says_so(psea, sent):
    pending(psea_member())

    response = psea.post(f"{HOURS}release/", {"entry": sent}, follow=True)

    assert messages_of(response) == ["Select the lines you want to release."]


def test_a_line_on_hold_can_not_be_selected_and_is_named_when_sent_anyway(psea):
    entry = pending(psea_member())
    actions.hold(entry, "A look.", by=psea_staff())

    page = text_of(psea.get(HOURS))
    response = psea.post(f"{HOURS}release/", {"entry": [str(entry.public_id)]}, follow=True)

    assert "disabled" in page
    assert ["is on hold" in words for words in messages_of(response)] == [True]


def test_the_list_can_be_narrowed_to_a_program(psea):
    hours = pending(psea_member())
    letter = pending(psea_member(), Chapter14Factory())

    shown = {
        code: [line.entry for line in psea.get(HOURS, {"program": code}).context["lines"]]
        for code in ("act-48", "chapter-14", "nonsense")
    }

    assert shown == {"act-48": [hours], "chapter-14": [letter], "nonsense": []}


def test_an_empty_list_says_that_nothing_waits(psea):
    assert "Nothing waits" in text_of(psea.get(HOURS))


def test_identifiers_are_masked(psea):
    pending(psea_member(ppid="0123456"))
    pending(psea_member())

    page = text_of(psea.get(HOURS))

    assert ("0123456" in page, "•••••56" in page) == (False, True)
    assert "Professional Personnel ID missing" in page


def act(client, entry, verb, **sent):
    return client.post(reverse(f"hours-{verb}", args=[entry.public_id]), sent, follow=True)


def test_one_line_can_be_held_resumed_and_voided(psea):
    entry = pending(psea_member())
    assert entry.micro_certification.title in text_of(psea.get(entry.get_absolute_url()))

    seen = []
    for verb, reason in (("hold", "A look."), ("resume", ""), ("void", "Not own work.")):
        act(psea, entry, verb, reason=reason)
        entry.refresh_from_db()
        seen.append((entry.status, entry.hold, entry.reason))

    assert seen == [
        ("pending", "staff", "A look."),
        ("pending", "", ""),
        ("void", "", "Not own work."),
    ]


@pytest.mark.parametrize("verb", ["hold", "void", "send-back"])
def test_without_a_reason_the_page_says_so_and_nothing_changes(psea, verb):
    entry = pending(psea_member())

    response = act(psea, entry, verb)

    entry.refresh_from_db()
    assert messages_of(response) == [
        "Please give a reason: the educator will read it. Nothing was changed."
    ]
    assert (entry.status, entry.hold) == ("pending", "")


def test_hours_are_corrected_on_the_page_of_the_line(psea):
    entry = pending(psea_member())

    response = act(psea, entry, "correct", hours="15", reason="Wrong day.")

    new = HoursEntry.objects.get(kind="correction")
    assert response.redirect_chain == [(new.get_absolute_url(), 302)]


@pytest.mark.parametrize("hours", ["", "0", "-5", "many", "1.234", "99999"])
def test_wrong_hours_are_shown_again(psea, hours):
    entry = pending(psea_member())

    response = act(psea, entry, "correct", hours=hours, reason="A guess.")

    assert "Not saved yet." in text_of(response)
    assert HoursEntry.objects.count() == 1


def reportable():
    program = Act48Factory()
    entry = earn(psea_member(ppid="0123456", name="=1+1 Cruz"), program=program)
    Consent.objects.create(educator=entry.educator, program=program)
    return entry


def test_before_the_first_report_the_page_says_what_is_still_to_do(psea):
    entry = pending(psea_member())
    waiting = text_of(psea.get(f"{HOURS}reports/"))

    actions.release(HoursEntry.objects.filter(pk=entry.pk), by=psea_staff())
    released = text_of(psea.get(f"{HOURS}reports/"))

    told = ("Release hours first", "Hours that were released are counted above.")
    assert [words in waiting for words in told] == [True, False]
    assert [words in released for words in told] == [False, True]


@pytest.mark.parametrize(
    "page",
    [
        *("credits", "credits/reports", "credits/applications", "credits/batches"),
        *("credits/terms", "badges", "reviews", "help", "sessions", "evidence", "charges"),
        "memberships",
    ],
)
def test_every_page_of_the_staffs_day_leads_back_to_it_by_its_name(psea, page):
    text = text_of(psea.get(f"/staff/{page}/"))

    header = text.partition('<header class="page-header">')[2].partition("</header>")[0]
    assert f'<a href="{reverse("staff")}">' in header
    assert "Your day </a>" in header


def test_a_report_is_made_downloaded_and_answered(psea):
    fine, wrong = reportable(), reportable()
    page = text_of(psea.get(f"{HOURS}reports/"))
    assert "2 ready to be reported, 2 waiting in all." in page

    psea.post(f"{HOURS}reports/", {"program": "act-48"})
    report = StateReport.objects.get()
    act(psea, wrong, "send-back", reason="Name does not match.")
    psea.post(f"{report.get_absolute_url()}accept/")

    fine.refresh_from_db(), wrong.refresh_from_db()
    assert (fine.status, wrong.status) == ("accepted", "error")
    assert "=1+1 Cruz" in text_of(psea.get(report.get_absolute_url()))
    assert report.program.name in text_of(psea.get(f"{HOURS}reports/"))


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_file_for_the_state_holds_no_formula(psea, form):
    entry = reportable()
    report = actions.report(entry.program, by=psea_staff())

    response = psea.get(reverse("hours-report-roster", args=[report.public_id, form]))

    name = f"act-48-{report.made_at:%Y-%m-%d}.{form}"
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    if form == "csv":
        assert "0123456,Cruz,'=1+1," in response.content.decode("utf-8-sig")
    else:
        sheet = load_workbook(BytesIO(response.content)).active
        assert [cell.value for cell in sheet[2]][:3] == ["0123456", "Cruz", "'=1+1"]


def test_a_report_of_a_program_that_has_none_is_not_there(psea):
    Chapter14Factory()

    assert psea.post(f"{HOURS}reports/", {"program": "chapter-14"}).status_code == 404
    assert psea.post(f"{HOURS}reports/").status_code == 404


def test_applications_to_verify_are_listed_oldest_first(staff_client):
    first, second = applied(), applied()

    response = staff_client.get("/staff/credits/applications/")

    assert list(response.context["page"]) == [first, second]
    assert first.educator.name in text_of(response)


def test_applications_of_another_status_can_be_looked_up(staff_client, staff):
    application = paid(staff)
    applied()

    response = staff_client.get("/staff/credits/applications/", {"show": "paid"})

    assert list(response.context["page"]) == [application]
    assert "Nothing here" in text_of(staff_client.get("/staff/credits/applications/?show=x"))


def check(application):
    return reverse("units-check", args=[application.public_id])


def test_an_application_shows_the_lines_that_bear_it_out_and_masks_the_student(staff_client):
    educator = MemberFactory(date_of_birth="1980-01-31", university_id="012345678")
    application = applied(educator)

    page = text_of(staff_client.get(check(application)))

    assert application.items.get().entry.micro_certification.title in page
    assert ("1980" in page, "012345678" in page, "•••••78" in page) == (False, False, True)


def test_a_look_at_the_student_shows_and_writes_it_down(staff_client, staff):
    application = applied(MemberFactory(date_of_birth="1980-01-31", university_id="012345678"))

    page = text_of(staff_client.post(f"{check(application)}reveal/"))

    assert ("1980-01-31" in page, "012345678" in page) == (True, True)
    assert Entry.objects.get(event="identity revealed").by == str(staff.public_id)


def test_staff_verify_with_one_click(staff_client, staff):
    application = applied()

    response = staff_client.post(f"{check(application)}verify/", follow=True)

    application.refresh_from_db()
    assert (application.status, application.verified_by) == ("verified", staff)
    assert "15 h, Stef Staff" in text_of(response)


def test_staff_reject_with_a_reason(staff_client):
    application = applied()

    staff_client.post(f"{check(application)}reject/", {"reason": "Please call us."})

    application.refresh_from_db()
    assert (application.status, application.reason) == ("rejected", "Please call us.")


def test_a_draft_is_nothing_staff_can_see(staff_client, educator):
    import uuid

    draft = actions.draft(uuid.uuid4(), Wish(TermFactory(), 1, ""), by=educator)

    assert staff_client.get(check(draft)).status_code == 404


def test_a_batch_is_made_and_downloaded(staff_client, staff):
    application = paid(staff)
    assert "1 paid application" in text_of(staff_client.get("/staff/credits/batches/"))

    response = staff_client.post(
        "/staff/credits/batches/", {"term": str(application.term.public_id)}, follow=True
    )
    assert "The roster is being made." in text_of(response)
    make_waiting()
    batch = EnrollmentBatch.objects.get()

    page = text_of(staff_client.get(batch.get_absolute_url()))
    roster = staff_client.get(reverse("batch-roster", args=[batch.public_id, "csv"]))
    listed = text_of(staff_client.get("/staff/credits/batches/"))
    assert application.educator.name in page
    assert str(application.public_id) in roster.content.decode()
    assert ("1 student" in listed, batch.get_absolute_url() in listed) == (True, True)


@pytest.mark.parametrize("term", ["", "1", "0" * 36])
def test_a_batch_of_no_term_is_not_there(staff_client, term):
    assert staff_client.post("/staff/credits/batches/", {"term": term}).status_code == 404


def test_a_roster_in_another_form_is_not_there(staff_client, staff):
    batch, _application = batched(staff)

    assert (
        staff_client.get(reverse("batch-roster", args=[batch.public_id, "pdf"])).status_code == 404
    )


def answer(client, batch, content, name="answer.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(batch.get_absolute_url(), {"file": file}, follow=True)


def test_the_university_s_answer_enrolls_and_grades(staff_client, staff):
    batch, application = batched(staff)
    line = f"Grade,REFERENCE, student_id\ncr,{str(application.public_id).upper()},'012345678\n"

    response = answer(staff_client, batch, "\ufeff" + line)

    application.refresh_from_db()
    assert messages_of(response) == ["1 line told news."]
    assert (application.status, application.grade) == ("graded", "CR")
    assert application.student_id == "012345678"


def test_the_exported_roster_filled_in_is_a_fitting_answer(staff_client, staff):
    batch, application = batched(staff, educator=MemberFactory(name="=1 Cruz, Ana"))
    roster = staff_client.get(reverse("batch-roster", args=[batch.public_id, "csv"]))

    answer(staff_client, batch, roster.content)

    application.refresh_from_db()
    assert application.status == "enrolled"


BAD_ANSWERS = {
    b"": "The submitted file is empty.",
    b"hello": "The first line must name the columns",
    b"reference;student_id\n": "The first line must name the columns",
    b"\xff\xfe\x00r": "This is not a CSV file in UTF-8.",
    b"reference,student_id\n\x00": "The first line must name the columns",
    b"reference,student_id,grade\nx,,Z": "Line 2: the grade must be CR, NC or a letter.",
    b"reference,student_id\n" + b"x" * 1_000_001: "larger than one megabyte",
}


@pytest.mark.parametrize(("content", "words"), BAD_ANSWERS.items(), ids=range(len(BAD_ANSWERS)))
def test_a_file_that_is_no_answer_is_refused_in_one_sentence(staff_client, staff, content, words):
    batch, application = batched(staff)

    response = answer(staff_client, batch, content)

    application.refresh_from_db()
    assert words in text_of(response)
    assert application.status == "batched"


@pytest.mark.parametrize("content", ["reference,student_id\n", "reference,student_id\nx,1,2,3,4\n"])
def test_an_answer_that_fits_nobody_changes_nothing(staff_client, staff, content):
    batch, application = batched(staff)

    response = answer(staff_client, batch, content)

    application.refresh_from_db()
    assert ["Nothing was changed." in words for words in messages_of(response)] == [True]
    assert application.status == "batched"


def term_form(**changes):
    return {
        "opens_on": "2026-08-01",
        "application_deadline": "2099-12-15",
        "fee": "85.00",
        "unit_cap": "",
    } | changes


def test_staff_set_fee_and_deadline_of_a_coming_term(staff_client):
    term = TermFactory()

    staff_client.post(reverse("term", args=[term.public_id]), term_form())

    term.refresh_from_db()
    assert (term.fee_per_unit_cents, term.application_deadline) == (8500, date(2099, 12, 15))
    assert term.set_by_staff is True
    page = text_of(staff_client.get("/staff/credits/terms/"))
    assert ("$85.00" in page, "December 15, 2099" in page) == (True, True)


def test_the_form_shows_the_fee_in_dollars(staff_client):
    term = TermFactory()

    page = text_of(staff_client.get(reverse("term", args=[term.public_id])))

    assert 'name="fee" value="75' in page


@pytest.mark.parametrize(
    "wrong",
    [
        {"fee": "-1"},
        {"fee": "75.001"},
        {"fee": "free"},
        {"application_deadline": "2026-07-31"},
        {"application_deadline": "soon"},
        {"unit_cap": "0"},
    ],
)
def test_a_wrong_term_is_shown_again_and_stays(staff_client, wrong):
    term = TermFactory()

    response = staff_client.post(reverse("term", args=[term.public_id]), term_form(**wrong))

    assert "Not saved yet." in text_of(response)
    assert Term.objects.get() == term
    assert Term.objects.get().fee_per_unit_cents == 7500


def test_a_term_that_is_over_is_listed_without_a_link(staff_client):
    term = TermFactory(opens_on=date(2021, 8, 1), application_deadline=date(2021, 12, 1))

    page = text_of(staff_client.get("/staff/credits/terms/"))

    assert (term.name in page, str(term.public_id) in page) == (True, False)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("page", "queries"),
    [("", 7), ("reports/", 9), ("applications/", 6), ("batches/", 7), ("terms/", 5)],
)
def test_every_list_takes_the_same_queries_however_long(
    client, django_assert_num_queries, count, page, queries
):
    staff = psea_staff()
    cta = AssociationFactory(slug="cta")
    cta.staff.add(staff)
    for _number in range(count):
        pending(psea_member(ppid="0123456"))
        reportable()
        applied()
        batched(staff, term=TermFactory())
    actions.report(Act48Factory(), by=staff)
    client.force_login(staff)

    with django_assert_num_queries(queries):
        response = client.get(f"{HOURS}{page}")

    assert response.status_code == 200


def addresses():
    """Every staff address of one row of each kind, with the method it takes."""
    staff = StaffFactory()
    entry = pending(psea_member())
    batch, application = batched(staff)
    report = actions.report(reportable().program, by=psea_staff())
    one = {"hours": entry, "units": application}
    yield from (
        (reverse(f"hours-{verb}", args=[entry.public_id]), verb == "entry")
        for verb in ("entry", "hold", "resume", "void", "correct", "send-back")
    )
    yield from (
        (reverse(f"units-{verb}", args=[one["units"].public_id]), verb == "check")
        for verb in ("check", "reveal", "verify", "reject")
    )
    yield batch.get_absolute_url(), True
    yield reverse("batch-roster", args=[batch.public_id, "csv"]), True
    yield reverse("term", args=[application.term.public_id]), True
    yield report.get_absolute_url(), True
    yield reverse("hours-report-roster", args=[report.public_id, "csv"]), True
    yield reverse("hours-report-accept", args=[report.public_id]), False


def statuses(client):
    return {
        (client.get if is_page else client.post)(address).status_code
        for address, is_page in addresses()
    }


def test_staff_of_another_association_find_nothing(client):
    stranger = StaffFactory(association=AssociationFactory(slug="nea"))
    client.force_login(stranger)

    assert statuses(client) == {404}


def test_educators_find_no_staff_page(client):
    client.force_login(MemberFactory())
    lists = [client.get(f"{HOURS}{page}") for page in ("", "reports/", "applications/", "terms/")]

    assert statuses(client) | {page.status_code for page in lists} == {404}


def test_the_lists_hold_only_the_own_association_s_rows(client):
    pending(psea_member()), verified(StaffFactory()), applied()
    batched(StaffFactory())
    client.force_login(StaffFactory(association=AssociationFactory(slug="nea")))

    assert client.get(HOURS).context["lines"] == []
    assert list(client.get(f"{HOURS}applications/").context["page"]) == []
    assert list(client.get(f"{HOURS}batches/").context["page"]) == []
    assert list(client.get(f"{HOURS}terms/").context["terms"]) == []


def test_the_staff_s_day_counts_what_waits():
    from credits.staff import LINES

    staff, nobody = StaffFactory(), StaffFactory(association=AssociationFactory(slug="nea"))
    pending(psea_member()), applied(), applied(), paid(staff)
    staff.associations_staffed.add(Act48Factory().association)

    assert [count(staff) for _label, _url, count in LINES] == [1, 2, 1]
    assert [count(nobody) for _label, _url, count in LINES] == [0, 0, 0]


def test_the_back_office_shows_no_identifier(client):
    application = applied(MemberFactory(date_of_birth="1980-01-31"))
    boss = StaffFactory(is_staff=True, is_superuser=True)
    client.force_login(boss)

    page = text_of(client.get(f"/admin/credits/unitapplication/{application.pk}/change/"))

    assert ("1980" in page, application.term.name in page) == (False, True)
