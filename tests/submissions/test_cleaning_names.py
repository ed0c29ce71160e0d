"""Whatever a file is called: the content decides, and no name brings anything down."""

import json
import subprocess
import sys

import pytest

from submissions.cleaning.process import HOUSE
from submissions.filenames import as_sent, ending_of
from submissions.management.commands.clean_file import joined, taken_in
from tests.submissions import samples

HARMLESS = [
    "é" * 300 + ".pdf",
    "日本語" * 100 + ".pdf",
    "x" * 5000 + ".pdf",
    "plan\u202efdp.pdf",
    "../../etc/passwd.pdf",
    "..\\..\\windows\\plan.pdf",
    "CON.pdf",
    "NUL",
    ".hidden.pdf",
    ".pdf",
    "plan.pdf.",
    "plan.pdf ",
    '=HYPERLINK("http://example.com").pdf',
    "-2+3+cmd.pdf",
    "<img src=x onerror=alert(1)>.pdf",
    "a\nb\r\nX-Header: 1.pdf",
    "😀🎉.pdf",
    "plan.exe.pdf",
    "PLAN.PDF",
    "plan.ＰＤＦ",
    "plan.pdf\u200b",
    "no ending",
    "Unit 3.5",
    "Mr. Smith",
    "",
    " ",
    ".",
    "..",
    "/",
    "plan.pdf/",
    "\ud800.pdf",
]
LYING = ["plan.pdf.exe", "plan.pdf\0.exe", "plan\u202efdp.exe", "plan.jpg", "plan.php5", "a.tar.gz"]


@pytest.fixture
def plan(tmp_path):
    (tmp_path / "in").write_bytes(samples.plain_pdf(1))
    return tmp_path / "in"


@pytest.mark.parametrize("name", HARMLESS, ids=ascii)
def test_a_name_that_is_only_odd_does_not_matter(plan, name):
    assert taken_in(plan, name, "application/pdf").outcome == "clean"


@pytest.mark.parametrize("name", LYING, ids=ascii)
def test_a_name_that_says_something_else_is_refused_with_what_to_do(plan, name):
    report = taken_in(plan, name, "application/pdf")

    assert report.outcome == "refused"
    assert report.reason.endswith("rename it to end in “.pdf” and hand it in again.")


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("plan.pdf", "pdf"),
        ("PLAN.PDF ..", "pdf"),
        ("plan.pdf\0.exe", "exe"),
        ("plan.ｅｘｅ", "exe"),
        ("plan.e\u200bxe", "exe"),
        ("Version 2.1 final", ""),
        ("Unit 3.5", ""),
        ("plan.pdf::$DATA", ""),
    ],
    ids=ascii,
)
def test_an_ending_is_read_as_it_looks(name, ending):
    assert ending_of(name) == ending


@pytest.mark.parametrize(
    ("name", "sent"),
    [("a/b\\c.pdf", "c.pdf"), ("a\n\u202eb.pdf", "ab.pdf"), ("..", "file"), ("a/", "file")],
    ids=ascii,
)
def test_a_name_arrives_as_a_web_form_hands_it_on(name, sent):
    assert as_sent(name) == sent


def test_a_name_may_begin_with_a_dash():
    given = ["manage.py", "clean_file", "in", "out", "--name", "-1+cmd.pdf", "--type", "--x"]

    assert joined(given)[4:] == ["--name=-1+cmd.pdf", "--type=--x"]


def test_a_dash_and_an_odd_letter_in_a_name_reach_the_command(tmp_path):
    (tmp_path / "in").write_bytes(samples.plain_pdf(1))
    command = ["manage.py", "clean_file", tmp_path / "in", tmp_path / "out", "--name", b"-a.\xe9"]

    told = subprocess.run(
        [sys.executable, *command],
        cwd=HOUSE,
        env={"DEBUG": "1", "LC_ALL": "C", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    )

    assert json.loads(told.stdout)["outcome"] == "clean"
