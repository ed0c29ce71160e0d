"""What My credits and the staff's pages say of hours that do not count, or count again."""

import pytest

from credits import actions
from tests.credits.factories import applied, earn, pending, psea_member, psea_staff
from tests.factories import StaffFactory

pytestmark = pytest.mark.django_db

MY = "/my/credits/"
STAFF = "/staff/credits/"


def account_of(client, person):
    client.force_login(person)
    return client.get(MY).context["accounts"][0]


def sums(account):
    return [account.issued, account.pending, account.on_hold, account.in_applications, account.free]


def denied(entry):
    actions.hold_denied(entry.attempt)
    entry.refresh_from_db()
    return entry


def test_hours_of_a_rejected_application_are_free_again_and_the_pages_say_so(client):
    application = applied()
    assert sums(account_of(client, application.educator)) == [15, 0, 0, 15, 0]
    assert "15 of them in an application for units" in client.get(MY).text

    actions.reject(application, "Please call us.", by=StaffFactory())

    assert sums(account_of(client, application.educator)) == [15, 0, 0, 0, 15]
    assert "in an application for units" not in client.get(MY).text
    page = client.get(application.get_absolute_url()).text
    assert ("Hours it asked for" in page, "Free again" in page) == (True, True)


def test_hours_of_a_closed_application_that_stand_on_hold_are_not_called_free(client):
    application = applied()
    denied(application.items.get().entry)
    actions.reject(application, "The attempt was denied.", by=StaffFactory())
    client.force_login(application.educator)

    page = client.get(application.get_absolute_url()).text

    assert ("On hold: the attempt was denied" in page, "Free again" in page) == (True, False)


def test_issued_hours_on_hold_are_not_counted_as_hours_one_has(client, educator):
    denied(earn(educator))

    account = account_of(client, educator)

    assert sums(account) == [0, 0, 15, 0, 0]


def test_waiting_hours_on_hold_are_not_promised_for_a_day(client):
    entry = pending(psea_member())
    actions.hold(entry, "We are asking the school.", by=psea_staff())

    account = account_of(client, entry.educator)

    assert (sums(account), account.next_due) == ([0, 0, 15, 0, 0], None)
    assert "hours wait for release" not in client.get(MY).text


def test_void_hours_are_on_hold_no_longer(client, educator):
    entry = denied(earn(educator))

    actions.void(entry, "Borrowed work.", by=StaffFactory())

    entry.refresh_from_db()
    assert (entry.status, entry.hold, entry.reason) == ("void", "", "Borrowed work.")
    assert sums(account_of(client, educator)) == [0, 0, 0, 0, 0]
    page = client.get(MY).text
    assert ("Borrowed work." in page, "On hold" in page) == (True, False)


def test_staff_find_issued_hours_on_hold_in_their_list(staff_client, educator):
    held, _other = denied(earn(educator)), earn(educator)

    page = staff_client.get(STAFF)

    assert [line.entry for line in page.context["lines"]] == [held]


def test_issued_hours_are_said_to_be_issued_not_due(staff_client, educator):
    entry = earn(educator)

    page = staff_client.get(entry.get_absolute_url()).text

    assert ("<dt>Issued</dt>" in page, "<dt>Due</dt>" in page) == (True, False)
    assert "September 1, 2026" in page


def test_waiting_hours_are_said_to_be_due(client):
    entry = pending(psea_member())
    client.force_login(psea_staff())

    page = client.get(entry.get_absolute_url()).text

    assert ("<dt>Due</dt>" in page, "<dt>Issued</dt>" in page) == (True, False)
