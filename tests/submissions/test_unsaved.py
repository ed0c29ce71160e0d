"""What can't be saved is handed back with the true reason, and only with ways on that work."""

import re

import pytest
from django.urls import reverse

from submissions import actions
from submissions.models import Attempt, Evidence

REASONS = {
    "in_review": "is with the reviewers",
    "passed": "You have earned this micro-certification",
    "withdrawn": "You gave this attempt up",
    "denied": "This attempt was closed",
    "reset": "The time for this attempt is over",
}


def send(client, attempt):
    """What the page of Part 1 sends, typed before the attempt changed."""
    progress = attempt.progress.get(part__number=1)
    typed = {"seen": progress.saves, "answer_1": "typed too late"}
    return client.post(reverse("part", args=[attempt.public_id, 1]), typed)


@pytest.mark.parametrize(("status", "reason"), REASONS.items())
def test_the_true_reason_is_told_with_what_was_typed(signed_in, finished, status, reason):
    Attempt.objects.filter(pk=finished.pk).update(status=status)

    answer = send(signed_in, finished)

    told = [words for words in REASONS.values() if words in answer.text]
    assert (answer.status_code, told) == (409, [reason])
    assert "typed too late" in answer.text
    assert "Open the part again" not in answer.text


def test_a_stale_window_can_open_the_part_again(signed_in, finished):
    before = finished.progress.get(part__number=1)
    actions.save_answers(before, {})
    typed = {"seen": before.saves, "answer_1": "typed too late"}

    answer = signed_in.post(reverse("part", args=[finished.public_id, 1]), typed)

    assert answer.status_code == 409
    assert "Open the part again" in answer.text


def test_nothing_is_promised_of_names_that_can_be_seen(signed_in, finished):
    finished.evidence.filter(kind=Evidence.Kind.FILE).update(status="received")

    page = signed_in.get(reverse("part", args=[finished.public_id, 2])).text

    assert "Names you can see in it stay" in page
    assert "Names and hidden details are being taken out" not in page


def sent_by(page):
    """What the browser sends of the page's own form: every hidden value with its name."""
    form = page.text.partition("data-autosave")[2].partition("</form>")[0]
    inputs = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form)
    return dict(inputs)


def test_after_the_session_ended_only_what_was_typed_comes_back_under_its_question(
    client, signed_in, attempt
):
    address = reverse("part", args=[attempt.public_id, 1])
    hidden = sent_by(signed_in.get(address))
    client.logout()

    typed = {"answer_1": "A school by the sea.", "answer_2": "", "date_of_entry": "2026-05-03"}
    answer = client.post(address, hidden | typed | {"activity_description": "Field work"})

    assert answer.status_code == 403
    assert "seen" in hidden
    assert [(one["label"], one["text"]) for one in answer.context["typed"]] == [
        ("1. What is your setting?", "A school by the sea."),
        ("Activity description", "Field work"),
    ]
