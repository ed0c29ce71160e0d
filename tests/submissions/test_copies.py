"""The same bytes count once under one artifact requirement, however they come."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalog.models import Part
from portal.refusal import Refused
from submissions import actions
from submissions.models import Evidence, Upload
from tests.factories import started_attempt
from tests.submissions.tus_client import Sender, picture

ALREADY = "You handed in this very file here already: “plan.png”. Nothing was added."


@pytest.fixture
def progress(attempt):
    return attempt.progress.get(part__kind=Part.Kind.ARTIFACTS)


@pytest.fixture
def sender(signed_in, attempt):
    return Sender(signed_in, attempt)


def slot(progress, key="plan"):
    return progress.part.requirements.get(key=key)


def file(name="plan.png", content=None):
    """A picture as a plain form brings it."""
    return SimpleUploadedFile(name, content or picture(), content_type="image/png")


def kept():
    return list(Evidence.objects.kept().values_list("given_name", flat=True))


def test_the_plain_form_refuses_it_in_its_slot(signed_in, attempt, progress):
    actions.add_file(progress, slot(progress), file())

    sent = {"requirement": "plan", "file": file("again.png")}
    page = signed_in.post(reverse("evidence-add", args=[attempt.public_id]), sent)

    assert (page.status_code, page.context["slots"][0].form.non_field_errors(), kept()) == (
        200,
        [ALREADY],
        ["plan.png"],
    )


def test_chunks_are_refused_in_the_same_words_and_leave_nothing(sender):
    sender.create(3000, picture())

    answer = sender.create(3000, picture(), filename="again.png")

    assert (answer.status_code, answer.text, kept()) == (422, ALREADY, ["plan.png"])
    assert Upload.objects.under_way().count() == 0


def test_a_file_in_chunks_that_nobody_has_hashed_yet_is_known_to_the_plain_form(sender, progress):
    sender.create(3000, picture())

    with pytest.raises(Refused, match="this very file"):
        actions.add_file(progress, slot(progress), file("again.png"))

    assert (Evidence.objects.get().sha256, kept()) == ("", ["plan.png"])


def test_other_bytes_of_the_same_size_and_other_places_are_fine(progress, educator):
    other = started_attempt(educator).progress.get(part__kind=Part.Kind.ARTIFACTS)

    actions.add_file(progress, slot(progress), file())
    actions.add_file(progress, slot(progress), file("b.png", picture()[:-1] + b"x"))
    actions.add_file(other, slot(other), file("c.png"))

    assert kept() == ["plan.png", "b.png", "c.png"]


def test_what_was_not_accepted_may_be_tried_again(progress):
    first = actions.add_file(progress, slot(progress), file())
    Evidence.objects.filter(pk=first.pk).update(status=Evidence.Status.REFUSED)

    actions.add_file(progress, slot(progress), file("again.png"))

    assert kept() == ["plan.png", "again.png"]


def test_what_was_taken_out_and_handed_in_anew_is_not_put_back(progress):
    first = actions.add_file(progress, slot(progress), file("first.png"))
    actions.remove(progress, first)
    actions.add_file(progress, slot(progress), file())

    with pytest.raises(Refused) as refusal:
        actions.put_back(progress, first)

    assert (refusal.value.words, kept()) == (ALREADY, ["plan.png"])
