import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

PROFILE = {
    "name": "Grace Reading",
    "nicknames": "Gigi, Gracie",
    "email": "greading@lincolnk8.org",
    "school": "Lincoln Elementary",
    "member_number": 77310,
    "unknown": {"left": "alone"},
    "district": None,
}
TEXT = "My reading group met.\nAt Lincoln we read about Lincoln.\nAsk Ms. Reading, member 77310."


def files(tmp_path, profile=PROFILE, text=TEXT):
    given, read = tmp_path / "profile.json", tmp_path / "text.txt"
    given.write_bytes(profile if isinstance(profile, bytes) else json.dumps(profile).encode())
    read.write_bytes(text if isinstance(text, bytes) else text.encode())
    return given, read


def run(profile, text):
    out = StringIO()
    call_command("identity_check", "--profile", str(profile), "--text", str(text), stdout=out)
    return json.loads(out.getvalue())


def test_findings_are_printed_as_json(tmp_path):
    rows = run(*files(tmp_path))

    assert [(row["rule"], row["phrase"], row["line"]) for row in rows] == [
        ("school", "Lincoln", 2),
        ("name", "Reading", 3),
        ("member number", "77310", 3),
    ]
    assert rows[0] == {
        "rule": "school",
        "certainty": "certain",
        "phrase": "Lincoln",
        "start": 25,
        "end": 32,
        "line": 2,
        "suggestion": "[my school]",
        "sentence": "At Lincoln we read about Lincoln.",
    }


def test_a_text_without_names_gives_an_empty_list(tmp_path):
    assert run(*files(tmp_path, text="We met on Monday.")) == []


def test_places_are_those_of_the_file_with_its_line_ends(tmp_path):
    profile, text = files(tmp_path, text="one\r\nMs. Reading\r\n")

    row = run(profile, text)[0]

    assert text.read_bytes().decode()[row["start"] : row["end"]] == "Reading"


def test_a_mark_at_the_beginning_is_no_sign(tmp_path):
    profile, text = files(tmp_path, text=b"\xef\xbb\xbfMs. Reading")

    assert run(profile, text)[0]["start"] == 4


@pytest.mark.parametrize(
    ("profile", "text", "words"),
    [
        (b"{", b"", "is no JSON"),
        (b"[" * 100_000, b"", "is no JSON"),
        (b"[]", b"", "must hold one JSON object"),
        (b"\xff\xfe", b"", "is no text in UTF-8"),
        (b"{}", b"\xff\xfe", "is no text in UTF-8"),
        (b"{}", b"x" * 10_000_001, "is larger than 10 MB"),
    ],
    ids=["broken", "deep", "list", "coding", "text", "large"],
)
def test_a_bad_file_is_named_in_a_sentence(tmp_path, profile, text, words):
    with pytest.raises(CommandError) as trouble:
        run(*files(tmp_path, profile, text))

    assert words in str(trouble.value)
    assert trouble.value.returncode == 1


def test_a_missing_file_is_named_in_a_sentence(tmp_path):
    profile, _text = files(tmp_path)

    with pytest.raises(CommandError) as trouble:
        run(profile, tmp_path / "nothing.txt")

    assert "can’t be read: No such file" in str(trouble.value)
