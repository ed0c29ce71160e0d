"""My credits, an application, the letters: through the pages."""

import uuid
from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse

from credits import actions
from credits.models import Consent, HoursEntry, Letter, UnitApplication
from credits.requests import Confirmation, Wish
from credits.takeout import files_of
from portal.accounts.models import User
from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    ChicoFactory,
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
from tests.factories import MemberFactory, StaffFactory, UserFactory, decided_round

pytestmark = pytest.mark.django_db

MY = "/my/credits/"
APPLY = "/my/credits/units/apply/"


def text_of(response):
    return " ".join(response.content.decode().split())


def messages_of(response):
    return [str(message) for message in response.context["messages"]]


def form(term, units=1, **extra):
    return {"key": str(uuid.uuid4()), "term": str(term.public_id), "units": units} | extra


def test_the_ledger_names_what_earned_each_line(client):
    Act48Factory()
    educator = psea_member()
    title = decided_round(educator=educator).attempt.micro_certification.title
    client.force_login(educator)

    page = text_of(client.get(MY))

    assert page.count(title) == 2
    assert ("Complete submission" in page, "Micro-certification earned" in page) == (True, True)


def test_waiting_hours_say_when_they_will_be_there(client):
    entry = pending(psea_member(), due_on=date(2026, 10, 1))
    client.force_login(entry.educator)

    with time_machine.travel("2026-10-01T16:00:00Z", tick=False):
        page = text_of(client.get(MY))
    with time_machine.travel("2026-10-02T16:00:00Z", tick=False):
        client.force_login(entry.educator)
        late = text_of(client.get(MY))

    assert "15 hours wait for release. The first of them come by October 1, 2026." in page
    assert "They are late (October 1, 2026); staff were reminded." in late


def test_enough_hours_lead_to_the_application(signed_in, educator):
    earn(educator), earn(educator)
    TermFactory(name="Fall ’26", application_deadline=date(2099, 12, 1))

    page = text_of(signed_in.get(MY))

    assert "worth 2 units. Apply for Fall ’26 by December 1, 2099." in page
    assert f'href="{APPLY}"' in page


def test_too_few_hours_say_how_many_are_missing(signed_in, educator):
    earn(educator, Decimal("7.5"))

    page = text_of(signed_in.get(MY))

    assert "7.5 more hours make a unit." in page


def test_hours_without_an_open_term_wait(signed_in, educator):
    earn(educator)

    page = text_of(signed_in.get(MY))

    assert "No term takes applications at the moment." in page


def test_non_members_read_what_they_would_need(client):
    ChicoFactory()
    client.force_login(UserFactory())

    page = text_of(client.get(MY))

    assert "This needs membership of CTA when you click Start." in page


def test_a_program_with_nothing_in_it_says_what_it_awards(client):
    Act48Factory()
    client.force_login(psea_member())

    page = text_of(client.get(MY))

    assert "A complete submission earns 15 hours here, the badge 5 more." in page
    assert "The first line appears by itself" in page


def test_the_steps_to_see_grades_are_shown(signed_in):
    program = ChicoFactory()

    page = text_of(signed_in.get(MY))

    assert [step in page for step in program.steps] == [True] * len(program.steps)


def test_without_any_program_the_page_says_what_to_do(client):
    client.force_login(UserFactory(association=None))

    assert "No credit program yet" in text_of(client.get(MY))


@pytest.mark.parametrize("count", [1, 3])
def test_my_credits_takes_the_same_queries_however_long(client, count, django_assert_num_queries):
    Act48Factory(), Chapter14Factory()
    educator, staff = psea_member(), psea_staff()
    chico = ChicoFactory(association=educator.association)
    TermFactory(program=chico)
    for _number in range(count):
        decided_round(educator=educator)
    actions.release(HoursEntry.objects.pending(), by=staff)
    for _number in range(count):
        actions.apply(uuid.uuid4(), Wish(chico.terms.get(), 1), by=educator)
    client.force_login(educator)

    with django_assert_num_queries(12):
        response = client.get(MY)

    assert len(response.context["accounts"]) == 3


def test_an_application_is_sent_and_its_date_of_birth_asked_for(signed_in, educator):
    earn(educator)

    response = signed_in.post(APPLY, form(TermFactory()), follow=True)

    application = UnitApplication.objects.get()
    assert response.redirect_chain == [(application.get_absolute_url(), 302)]
    assert application.status == "submitted"
    assert [words.split(".")[0] for words in messages_of(response)] == [
        "Sent",
        "Your date of birth is missing",
    ]


def test_with_a_date_of_birth_there_is_no_warning(signed_in, educator):
    earn(educator)

    response = signed_in.post(APPLY, form(TermFactory(), date_of_birth="1980-01-31"), follow=True)

    assert len(messages_of(response)) == 1
    assert UnitApplication.objects.get().date_of_birth == "1980-01-31"


def test_a_draft_is_kept_and_sent_later(signed_in, educator):
    earn(educator)
    signed_in.post(APPLY, form(TermFactory(), later="1"))
    draft = UnitApplication.objects.get()
    assert draft.status == "draft"

    signed_in.post(f"/my/credits/units/{draft.public_id}/send/")

    draft.refresh_from_db()
    assert draft.status == "submitted"


def test_a_double_click_sends_one_application(signed_in, educator):
    earn(educator), earn(educator)
    sent = form(TermFactory())

    pages = [signed_in.post(APPLY, sent).url for _click in range(2)]

    assert pages[0] == pages[1]
    assert UnitApplication.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"units": "0"},
        {"units": "-1"},
        {"units": "two"},
        {"units": ""},
        {"units": "1.5"},
        {"term": str(uuid.uuid4())},
        {"term": "1"},
        {"key": "1"},
        {"date_of_birth": "1880-01-01"},
        {"date_of_birth": "2999-01-01"},
        {"date_of_birth": "31.1.1980"},
    ],
)
def test_wrong_input_is_shown_again_and_nothing_is_kept(signed_in, educator, wrong):
    earn(educator)

    response = signed_in.post(APPLY, form(TermFactory()) | wrong)

    assert response.status_code == 200
    assert "Not saved yet." in text_of(response)
    assert UnitApplication.objects.count() == 0


def test_too_many_units_are_refused_with_the_number_that_fits(signed_in, educator):
    earn(educator)

    response = signed_in.post(
        APPLY, form(TermFactory(), units=5), HTTP_REFERER=f"http://testserver{APPLY}", follow=True
    )

    (words,) = messages_of(response)
    assert words.startswith("Your unspent hours are worth 1 unit at the moment. Nothing was sent")


def test_hidden_fields_added_to_the_form_change_nothing(signed_in, educator):
    earn(educator)

    signed_in.post(
        APPLY,
        form(
            TermFactory(), status="paid", fee_per_unit_cents="1", educator="1", verified_hours="9"
        ),
    )

    application = UnitApplication.objects.get()
    assert (application.status, application.fee_cents) == ("submitted", 7500)


def test_without_hours_the_page_says_how_to_earn_them(signed_in):
    TermFactory()

    assert "Not enough free hours yet" in text_of(signed_in.get(APPLY))


def test_without_an_open_term_the_page_says_so(signed_in, educator):
    earn(educator)
    TermFactory(application_deadline=date(2021, 12, 1))

    assert "No term takes applications right now" in text_of(signed_in.get(APPLY))


def test_no_documents_are_asked_for(signed_in, educator):
    earn(educator)
    TermFactory()

    page = text_of(signed_in.get(APPLY))

    assert ('type="file"' in page, "Nothing to upload" in page) == (False, True)


def stage(name, educator):
    staff = StaffFactory()
    if name == "draft":
        earn(educator)
        wish = Wish(TermFactory(), 1, "")
        return actions.draft(uuid.uuid4(), wish, by=educator)
    if name == "submitted":
        return applied(educator)
    if name in {"verified", "paid"}:
        return {"verified": verified, "paid": paid}[name](staff, educator=educator)
    if name == "rejected":
        actions.reject(applied(educator), "Please call us.", by=staff)
        return educator.unit_applications.get()
    batch, application = batched(staff, educator=educator)
    grade = "CR" if name == "graded" else ""
    if name != "batched":
        line = Confirmation(str(application.public_id), "012345678", grade)
        actions.confirm(batch, [line], by=staff)
    return application


STAGES = {
    "draft": "Not sent yet.",
    "submitted": "There is nothing to send.",
    "verified": "The fee of $75.00 is due now",
    "paid": "with the next batch",
    "batched": "Your application is in a batch for the university.",
    "enrolled": "The university has enrolled you.",
    "graded": "Your grade is CR.",
    "rejected": "Please call us.",
}


@pytest.mark.parametrize(("name", "words"), STAGES.items())
def test_an_application_says_where_it_stands(signed_in, educator, name, words):
    application = stage(name, educator)

    assert words in text_of(signed_in.get(application.get_absolute_url()))


def test_an_application_can_be_withdrawn(signed_in, educator):
    application = applied(educator)

    response = signed_in.post(reverse("units-withdraw", args=[application.public_id]), follow=True)

    application.refresh_from_db()
    assert application.status == "withdrawn"
    assert messages_of(response) == ["Withdrawn. Its hours are free again."]


@pytest.mark.parametrize("name", ["units-application", "units-send", "units-withdraw"])
def test_the_application_of_another_person_is_not_there(client, stranger, name):
    application = applied()
    client.force_login(stranger)
    address = reverse(name, args=[application.public_id])

    response = client.get(address) if name == "units-application" else client.post(address)

    assert response.status_code == 404


def test_no_page_of_credit_opens_without_a_sign_in(client):
    assert [client.get(page).status_code for page in (MY, APPLY, "/staff/credits/")] == [302] * 3


def test_the_number_and_the_consent_are_given_on_one_page(client):
    program, educator = Act48Factory(), psea_member()
    client.force_login(educator)
    address = reverse("credits-identifier", args=[program.code])
    assert f'href="{address}"' in text_of(client.get(MY))

    client.post(address, {"identifier": "0123456", "consent": "on"})

    assert User.objects.get(pk=educator.pk).ppid == "0123456"
    assert "Add your PPID" not in text_of(client.get(MY))
    assert "0123456" not in text_of(client.get(address))


@pytest.mark.parametrize(
    "sent",
    [
        {"identifier": "123456", "consent": "on"},
        {"identifier": "0123456"},
        {"identifier": "0123456\n", "consent": ""},
        {},
    ],
)
def test_a_wrong_number_or_no_consent_keeps_nothing(client, sent):
    program, educator = Act48Factory(), psea_member()
    client.force_login(educator)

    response = client.post(reverse("credits-identifier", args=[program.code]), sent)

    assert "Not saved yet." in text_of(response)
    assert (User.objects.get(pk=educator.pk).ppid, Consent.objects.count()) == ("", 0)


def test_consent_can_be_taken_back(client):
    program, educator = Act48Factory(), psea_member(ppid="0123456")
    Consent.objects.create(educator=educator, program=program)
    client.force_login(educator)

    client.post(reverse("credits-identifier", args=[program.code]), {"withdraw": "1"})

    assert Consent.objects.count() == 0


def test_a_program_that_reports_nothing_asks_for_no_number(signed_in):
    program = ChicoFactory()

    assert signed_in.get(reverse("credits-identifier", args=[program.code])).status_code == 404


def test_a_letter_is_a_pdf_of_its_owner_alone(client, stranger):
    entry = pending(psea_member(), Chapter14Factory())
    with time_machine.travel("2026-09-20T15:00:00Z", tick=False):
        actions.issue(entry, by=psea_staff())
    address = Letter.objects.get().get_absolute_url()
    client.force_login(entry.educator)

    assert f'href="{address}"' in text_of(client.get(MY))
    response = client.get(address)

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == 'inline; filename="letter-2026-00001.pdf"'
    assert response.content.startswith(b"%PDF")
    client.force_login(stranger)
    assert client.get(address).status_code == 404


def test_a_replaced_letter_is_not_handed_out_any_more(client):
    entry = pending(psea_member(), Chapter14Factory())
    staff = psea_staff()
    actions.issue(entry, by=staff)
    address = Letter.objects.get().get_absolute_url()
    actions.correct(entry, Decimal(20), "Both at once.", by=staff)
    client.force_login(entry.educator)

    assert client.get(address).status_code == 404
    assert client.get(Letter.objects.valid().get().get_absolute_url()).status_code == 200


def test_a_letter_states_what_chapter_14_asks_for():
    from django.template.loader import render_to_string

    entry = pending(psea_member(name="Ana Cruz"), Chapter14Factory())
    actions.issue(entry, by=psea_staff())
    letter = Letter.objects.get()

    page = render_to_string("pdf/chapter14.html", {"letter": letter, "lines": [entry]})

    title = entry.micro_certification.title
    wanted = ["Ana Cruz", "15 hours", title, "PSEA Teachers Association"]
    wanted += ["September 1, 2026", "______"]
    assert [words in page for words in wanted] == [True] * len(wanted)


def test_the_ledger_goes_home_as_csv():
    educator = MemberFactory()
    entry = earn(educator)

    files = dict(files_of(educator))

    lines = files["credits/ledger.csv"].decode("utf-8-sig").splitlines()
    assert lines[1].startswith(f"CSU Chico units,{entry.micro_certification.title},")


def test_someone_without_hours_takes_no_ledger_home():
    assert "credits/ledger.csv" not in dict(files_of(MemberFactory()))


@pytest.mark.parametrize(("born", "words"), [("1980-01-31", "Your profile has it"), ("", "alone")])
def test_a_date_of_birth_is_not_asked_twice_and_never_drawn(client, born, words):
    educator = MemberFactory(date_of_birth=born)
    earn(educator)
    TermFactory()
    client.force_login(educator)

    page = client.get(APPLY).text

    told = "Your profile has it", "kept encrypted with this application alone"
    assert [one for one in told if one in page] == [one for one in told if words in one]
    assert "1980" not in page
