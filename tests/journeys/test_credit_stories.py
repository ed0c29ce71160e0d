"""Stories of credit, told through pages alone: hours to units with grades, and Act 48 in time."""

import csv
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.credits.factories import (
    Act48Factory,
    Chapter14Factory,
    ChicoFactory,
    TermFactory,
    psea_member,
    psea_staff,
)
from tests.factories import EditionFactory, MemberFactory, StaffFactory
from tests.journeys.people import (
    Educator,
    Person,
    mail_to,
    reviewers,
    rules_hold,
    seated,
    travel,
)

pytestmark = pytest.mark.django_db(transaction=True)

SUMS = re.compile(r"<dt>([^<]+)</dt>\s*<dd>([\d.]+)</dd>")


def sums_of(person):
    """What My credits says, by label, for a person with one program."""
    return dict(SUMS.findall(person.get("my-credits").text))


def earn_badge(person, panel):
    """Start, do everything, submit and be passed, through pages."""
    attempt = person.start(EditionFactory().micro_certification)
    person.do_everything(attempt)
    person.submit(attempt)
    for reviewer, seat in seated(panel):
        reviewer.score(seat)


def hand_in(person):
    """A complete submission that waits for its reviewers."""
    attempt = person.start(EditionFactory().micro_certification)
    person.do_everything(attempt)
    person.submit(attempt)
    return attempt


def apply_for_units(person, units=1):
    """Open the form, send it as it stands, read the page that comes back."""
    form = person.get("units-apply").context["form"]
    sent = {
        "key": form["key"].value(),
        "term": str(form.fields["term"].queryset.get().public_id),
        "units": units,
        "date_of_birth": "1984-05-17",
    }
    return person.post("units-apply", **sent)


def choose(clerk, **more):
    """Every line of the list of hours to release, ticked."""
    lines = clerk.get("staff-credits").context["lines"]
    return clerk.post("hours-release", entry=[str(line.entry.public_id) for line in lines], **more)


def filled_in(roster, **cells):
    """The roster as the university sends it back."""
    head, *lines = csv.reader(io.StringIO(roster.content.decode("utf-8-sig"), newline=""))
    for line in lines:
        for name, text in cells.items():
            line[head.index(name)] = text
    out = io.StringIO()
    csv.writer(out).writerows([head, *lines])
    return SimpleUploadedFile("answer.csv", out.getvalue().encode())


def test_a_badge_becomes_a_unit_with_a_grade():
    TermFactory(program=ChicoFactory(), name="Fall")
    erin, clerk = Educator(MemberFactory(name="Erin Educator")), Person(StaffFactory())
    earn_badge(erin, reviewers(2))
    assert sums_of(erin) == {"Hours you have": "15", "Used for units": "0", "Free": "15"}

    page = apply_for_units(erin)
    application = page.context["application"]
    assert "There is nothing to send." in page.text
    assert sums_of(erin)["Free"] == "0"
    assert apply_for_units_again_is_refused(erin)
    clerk.post("units-verify", application.public_id)
    assert "$75.00" in erin.get("charges").text
    charge = clerk.get("staff-charges").context["page"].object_list[0]
    clerk.post("charge-settle", charge.public_id, reference="check 1024")
    term = clerk.get("batches").context["terms"][0]
    batch = clerk.post("batches", term=str(term.public_id)).context["batch"]
    roster = clerk.get("batch-roster", batch.public_id, "csv")
    enrolled = clerk.post("batch", batch.public_id, file=filled_in(roster, student_id="012345678"))
    assert "1 line told news." in enrolled.text
    assert "The university has enrolled you." in erin.get("units-application", page_id(page)).text
    answer = filled_in(roster, student_id="012345678", grade="CR")
    clerk.post("batch", batch.public_id, file=answer)

    assert "Your grade is CR." in erin.get("units-application", page_id(page)).text
    assert sums_of(erin) == {"Hours you have": "15", "Used for units": "15", "Free": "0"}
    assert [name for name in mail_to(erin.user) if name.startswith("units")] == [
        "units_received",
        "units_verified",
        "units_enrolled",
    ]
    assert rules_hold() == {}


def apply_for_units_again_is_refused(person):
    """No hours are left, so the page has no form to send."""
    return 'name="units"' not in person.get("units-apply").text


def page_id(page):
    return page.context["application"].public_id


def test_a_rejected_application_gives_its_hours_back_for_another():
    TermFactory(program=ChicoFactory(), name="Fall")
    erin, clerk = Educator(MemberFactory(name="Erin Educator")), Person(StaffFactory())
    earn_badge(erin, reviewers(2))

    first = apply_for_units(erin)
    clerk.post("units-reject", page_id(first), reason="Please ask your district first.")
    told = erin.get("units-application", page_id(first)).text
    second = apply_for_units(erin)
    erin.post("units-withdraw", page_id(second))
    third = apply_for_units(erin)

    assert "Please ask your district first." in told
    statuses = erin.user.unit_applications.order_by("created_at").values_list("status", flat=True)
    assert list(statuses) == ["rejected", "withdrawn", "submitted"]
    assert page_id(third) not in {page_id(first), page_id(second)}
    assert sums_of(erin)["Free"] == "0"
    assert rules_hold() == {}


def test_a_submission_becomes_act_48_hours_within_thirty_days_and_twenty_with_the_badge():
    Act48Factory(), Chapter14Factory()
    panel = reviewers(2)
    with travel("2026-10-05T14:00:00Z"):
        miles, clerk = Educator(psea_member(name="Miles Member")), Person(psea_staff())
        hand_in(miles)
        assert "The first of them come by November 4, 2026." in miles.get("my-credits").text
        [(_first, left)] = {(line.identifier, line.days_left) for line in due(clerk)}
        assert left == 30

    with travel("2026-10-30T14:00:00Z"):
        clerk, miles = Person(clerk.user), Educator(miles.user)
        assert {line.days_left for line in due(clerk)} == {5}
        assert "Released: 2 lines." in choose(clerk).text
        issued = {(line.hours, line.issued_on.isoformat()) for line in miles.user.hours.all()}
        assert issued == {(15, "2026-10-30")}
        page = miles.get("my-credits")
        assert miles.get("letter", letter_of(page)).content[:5] == b"%PDF-"
        for reviewer, seat in seated([type(one)(one.user) for one in panel]):
            reviewer.score(seat)
        assert {line.days_left for line in due(clerk)} == {30}
        choose(clerk)
        old, new = letter_of(page), letter_of(miles.get("my-credits"))
        assert (miles.get("letter", old).status_code, old == new) == (404, False)
        totals = {account.issued for account in miles.get("my-credits").context["accounts"]}
        assert totals == {20}
        assert rules_hold() == {}


def due(clerk):
    return clerk.get("staff-credits").context["lines"]


def letter_of(page):
    [letter] = [one for account in page.context["accounts"] for one in account.letters]
    return letter.public_id


def test_hours_are_reported_sent_back_mended_and_accepted():
    Act48Factory()
    miles, clerk = Educator(psea_member(name="Miles Member")), Person(psea_staff())
    hand_in(miles)
    choose(clerk)
    assert "No hours are ready" in clerk.post("hours-reports", program="act-48").text
    miles.post("credits-identifier", "act-48", identifier="1234567", consent="on")

    report = clerk.post("hours-reports", program="act-48").context["report"]
    file = clerk.get("hours-report-roster", report.public_id, "csv").content.decode("utf-8-sig")
    assert ("1234567,Member,Miles" in file, "15.00" in file) == (True, True)
    line = miles.user.hours.get()
    clerk.post("hours-send-back", line.public_id, reason="No such number.")
    assert "No such number." in miles.get("my-credits").text
    miles.post("credits-identifier", "act-48", identifier="7654321", consent="on")
    again = clerk.post("hours-reports", program="act-48").context["report"]
    assert "Accepted by the state: 1." in clerk.post("hours-report-accept", again.public_id).text

    line.refresh_from_db()
    assert (line.status, line.report) == ("accepted", again)
    assert mail_to(miles.user)[-2:] == ["hours_issued", "hours_sent_back"]
    assert rules_hold() == {}


def test_a_returned_round_keeps_its_hours_waiting_and_staff_see_why():
    Act48Factory()
    miles, clerk = Educator(psea_member(name="Miles Member")), Person(psea_staff())
    hand_in(miles)
    line = miles.user.hours.get()

    clerk.post("hours-hold", line.public_id, reason="Is this the same work twice?")
    refused = clerk.post("hours-release", entry=[str(line.public_id)])
    assert "is on hold. Take it off hold first." in refused.text
    clerk.post("hours-resume", line.public_id)
    clerk.post("hours-void", line.public_id, reason="The same work twice.")

    page = miles.get("my-credits").text
    assert ("The same work twice." in page, sums_of(miles)["Hours you have"]) == (True, "0")
    assert due(clerk) == []
    assert rules_hold() == {}
