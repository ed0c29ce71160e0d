"""A certificate and a record of the requirements met, for their owner only."""

import subprocess
from importlib import import_module

import pytest
from django.apps import apps

from badges import papers
from badges.models import Assertion
from portal.accounts.actions import change_profile
from tests.badges.factories import earned, finished_stack, revoked
from tests.factories import EditionFactory, MemberFactory


def text_of(content, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(content)
    run = ["pdftotext", "-layout", str(file), "-"]
    printed = subprocess.run(run, capture_output=True, check=True, text=True).stdout
    return " ".join(printed.split())


def attachments_of(content, tmp_path):
    file = tmp_path / "paper.pdf"
    file.write_bytes(content)
    run = ["pdfdetach", "-list", str(file)]
    return subprocess.run(run, capture_output=True, check=True, text=True).stdout.strip()


def test_the_certificate_names_badge_issuer_recipient_date_and_address(
    signed_in, assertion, educator, tmp_path
):
    answer = signed_in.get(f"/badges/{assertion.public_id}/certificate.pdf")

    text = text_of(answer.content, tmp_path)
    wanted = [
        "Certificate of completion",
        educator.name,
        educator.email,
        assertion.badge_class.name,
        "National Education Association",
        f"{assertion.day:%B} {assertion.day.day}, {assertion.day.year}",
        f"http://testserver/badges/{assertion.public_id}/",
        "Write to the issuer:",
        "micro-certifications@nea.example",
    ]
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert [words for words in wanted if words not in text] == []


def test_the_holders_address_stands_by_the_name_and_only_the_issuers_by_the_issuer(
    assertion, educator, tmp_path
):
    text = text_of(papers.certificate(assertion), tmp_path)

    named, _issuer, foot = text.partition("National Education Association")
    assert f"{educator.name} {educator.email}" in named
    assert educator.email not in foot


def test_the_certificate_is_one_page(assertion):
    content = papers.certificate(assertion)

    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") <= 1
    assert content.startswith(b"%PDF-")


def test_the_record_lists_parts_criteria_hours_and_dates(signed_in, assertion, tmp_path):
    answer = signed_in.get(f"/badges/{assertion.public_id}/record.pdf")

    text = text_of(answer.content, tmp_path)
    day = f"{assertion.day:%B} {assertion.day.day}, {assertion.day.year}"
    wanted = [
        "Record of requirements met",
        "Hours 15",
        "Rounds 1",
        f"Started {day}",
        f"Attained {day}",
        "Agreement",
        "Part 1. Overview Questions",
        "What is your setting?",
        "Part 2. Artifacts",
        "Plan",
        "Quality of the plan Proficient",
        "Quality of the proof Proficient",
        "Part 3. Reflection",
        "Final Submission",
        f"Completed on {day}",
        "Passing",
    ]
    assert [words for words in wanted if words not in text] == []


def test_the_record_says_nothing_of_what_was_written(signed_in, assertion, tmp_path):
    answer = signed_in.get(f"/badges/{assertion.public_id}/record.pdf")

    text = text_of(answer.content, tmp_path)

    assert "word word" not in text
    assert "example.org/work" not in text


def test_only_the_option_that_was_chosen_is_recorded(educator, tmp_path):
    edition = EditionFactory()
    part = edition.parts.get(kind="artifacts")
    type(part).objects.filter(pk=part.pk).update(options={"A": "one way", "B": "another"})
    part.requirements.filter(key="plan").update(option="A")
    assertion = earned(educator, edition=None)
    own = assertion.attempt.progress.get(part__kind="artifacts")
    own.part = part
    own.option = "B"

    requirement = papers.requirement(own)

    assert requirement.asked == ["Proof"]
    assert [row.criterion for row in requirement.rows] == ["Quality of the proof"]


def test_a_criterion_without_a_bar_has_no_level(assertion):
    criterion = assertion.attempt.edition.parts.get(kind="overview").criteria.get()
    criterion.levels.update(meets_bar=False)

    assert papers.bar_of(criterion) == ""


def test_the_record_of_a_stack_lists_what_was_earned(signed_in, educator, tmp_path):
    assertion = finished_stack(educator)

    answer = signed_in.get(f"/badges/{assertion.public_id}/record.pdf")

    text = text_of(answer.content, tmp_path)
    titles = [
        badge.badge_class.name for badge in Assertion.objects.exclude(attempt=None).with_class()
    ]
    assert [title for title in titles if title not in text] == []
    assert text.count(" 15 ") == 2


def test_the_certificate_of_a_stack_says_so(signed_in, educator, tmp_path):
    assertion = finished_stack(educator)

    answer = signed_in.get(f"/badges/{assertion.public_id}/certificate.pdf")

    text = text_of(answer.content, tmp_path)
    assert "has earned every micro-certification of the stack" in text


@pytest.mark.parametrize("paper", ["certificate", "record"])
def test_another_persons_papers_are_not_there(client, assertion, stranger, staff, paper):
    address = f"/badges/{assertion.public_id}/{paper}.pdf"

    answers = []
    for reader in (stranger, staff):
        client.force_login(reader)
        answers.append(client.get(address).status_code)

    assert answers == [404, 404]


@pytest.mark.parametrize("paper", ["certificate", "record"])
def test_a_visitor_is_asked_to_sign_in(client, assertion, paper):
    assert client.get(f"/badges/{assertion.public_id}/{paper}.pdf").status_code == 302


@pytest.mark.parametrize("paper", ["certificate", "record"])
def test_a_revoked_badge_has_no_papers(signed_in, educator, staff, paper):
    assertion = revoked(by=staff, educator=educator)

    answer = signed_in.get(f"/badges/{assertion.public_id}/{paper}.pdf", follow=True)

    words = "This badge was revoked, so it has no certificate and no record."
    assert words in answer.content.decode()


def test_a_name_full_of_html_fetches_nothing_and_attaches_nothing(db, tmp_path, socket_disabled):
    trap = '<img src="http://127.0.0.1:9/x"><link rel=attachment href="file:///etc/passwd">'
    assertion = earned(MemberFactory(name=trap))

    for content in (papers.certificate(assertion), papers.record(assertion)):
        text = text_of(content, tmp_path)

        assert '<img src="http://127.0.0.1:9/x">' in text
        assert "root:" not in text
        assert attachments_of(content, tmp_path) == "0 embedded files"


def test_papers_print_the_name_the_badge_was_issued_to(assertion, educator, tmp_path):
    before = educator.name
    change_profile(educator, {"name": "Somebody Else"})
    assertion.refresh_from_db()

    texts = [text_of(paper(assertion), tmp_path) for paper in (papers.certificate, papers.record)]

    assert [before in text for text in texts] == [True, True]
    assert ["Somebody Else" in text for text in texts] == [False, False]


@pytest.mark.parametrize(
    "name",
    [
        "Maria " * 19 + "Garcia",
        "M" * 120,
        "Maximiliana Featherstonehaugh-Cholmondeley de la Concepción y Villanueva García",
        "Nguyễn Thị Thúy Hằng",
        "Александра Вячеславовна Преображенская",
        "王小明 김민수",
        "محمد علي",
    ],
    ids=[
        "many-words",
        "one-word",
        "eighty-letters",
        "Vietnamese",
        "Cyrillic",
        "Chinese-and-Korean",
        "Arabic",
    ],
)
def test_every_name_fits_on_one_certificate(db, name, tmp_path):
    assertion = earned(MemberFactory(name=name))

    content = papers.certificate(assertion)

    text = text_of(content, tmp_path)
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") <= 1
    assert "Write to the issuer:" in text
    letters = [ord(letter) for letter in name if letter != " "]
    assert [hex(letter) for letter in letters if not is_drawn(letter)] == []


def is_drawn(letter):
    """Whether one of the fonts of our papers has this letter."""
    wanted = f":charset={letter:x}"
    run = ["fc-list", wanted, "family"]
    found = subprocess.run(run, capture_output=True, check=True, text=True).stdout
    return "DejaVu" in found or "WenQuanYi Micro Hei" in found


def test_badges_issued_before_take_the_name_of_that_day(assertion, educator):
    fill_in = import_module("badges.migrations.0002_name_on_papers").fill_in
    Assertion.objects.update(recipient_name="")

    fill_in(apps, None)

    assertion.refresh_from_db()
    assert assertion.recipient_name == educator.name
