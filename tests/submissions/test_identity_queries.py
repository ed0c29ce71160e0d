"""How many queries the check for names takes: the same, however much is found."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from submissions.models import Response
from tests.submissions.telling import dana, file_saying, finished_by

pytestmark = pytest.mark.django_db


def queries_of(client, attempt, name):
    with CaptureQueriesContext(connection) as caught:
        assert client.get(reverse(name, args=[attempt.public_id])).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["attempt-check", "attempt-submit"])
def test_a_page_takes_the_same_queries_however_much_was_found(client, name):
    attempt = finished_by(dana())
    client.force_login(attempt.educator)
    client.get(reverse(name, args=[attempt.public_id]))
    counts = []
    for times in (1, 3, 20):
        Response.objects.filter(progress__attempt=attempt).update(
            text="Alder Creek. " * times + "word " * 126
        )
        file_saying(attempt, "Ms. Whitfield. " * times)
        counts.append(queries_of(client, attempt, name))

    assert len(set(counts)) == 1
    assert counts[0] <= 15
