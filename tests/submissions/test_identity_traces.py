"""The rules for addresses, numbers and links, at their edges."""

import pytest

from submissions.identity import DOUBTFUL, Profile, check
from tests.submissions.identity.one import DANA, found


@pytest.mark.parametrize(
    "phone",
    [
        "(530) 555-0134",
        "530-555-0134",
        "530.555.0134",
        "530 555 0134",
        "5305550134",
        "+1 530 555 0134",
        "1-530-555-0134",
        "+15305550134",
        "530/555-0134",
        "530–555–0134",
        "555-0134",
        "555.0134",
    ],
)
def test_a_phone_number_is_found_however_it_is_written(phone):
    assert found(f"Call {phone}.") == [("phone", phone)]


@pytest.mark.parametrize(
    "text",
    ["15305550134567", "530-555-0135", "5550134", "1.530.555.01345", "530 555 013", "12-555-01345"],
)
def test_other_numbers_are_no_phone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "rule", "phrase"),
    [
        ("D.Whitfield@RiverbendUSD.org", "email", "D.Whitfield@RiverbendUSD.org"),
        ("danaw@gmail.com", "email", "danaw@gmail.com"),
        ("ask danaw for it", "email", "danaw"),
        ("jo@riverbendusd.org", "domain", "jo@riverbendusd.org"),
        ("jo@staff.riverbendusd.org.", "domain", "jo@staff.riverbendusd.org"),
        ("see www.riverbendusd.org/alder", "domain", "www.riverbendusd.org"),
        ("RIVERBENDUSD.ORG", "domain", "RIVERBENDUSD.ORG"),
    ],
)
def test_addresses_are_found(text, rule, phrase):
    assert found(text)[0] == (rule, phrase)


@pytest.mark.parametrize(
    "text",
    [
        "someone@gmail.com",
        "gmail.com",
        "notriverbendusd.org",
        "riverbendusd.org.example",
        "riverbendusd.organic",
        "mydanaw",
        "danaws",
        "danaw_x",
    ],
)
def test_other_addresses_are_not(text):
    assert found(text, Profile(emails=DANA.emails)) == []


def test_a_whole_k12_domain_counts_with_its_state():
    profile = Profile(emails=("ann@oak.k12.ca.us", "bo@school.co.uk"))

    assert found("www.oak.k12.ca.us", profile) == [("domain", "www.oak.k12.ca.us")]
    assert found("www.elm.k12.ca.us", profile) == []
    assert found("school.co.uk other.co.uk", profile) == [("domain", "school.co.uk")]


@pytest.mark.parametrize("text", ["00482917", "0048-2917", "004 829 17", "mn-773", "MN 77 3"])
def test_a_member_number_is_found_whatever_parts_it(text):
    assert found(f"No. {text}") == [("member number", text)]


@pytest.mark.parametrize("text", ["100482917", "00482917%", "004829170", "MN-774"])
def test_other_numbers_are_no_member_number(text):
    assert found(text) == []


def test_a_handle_is_found_with_its_at_and_an_everyday_one_only_so():
    assert found("by danaw5, on @danaw5") == [("handle", "danaw5"), ("handle", "@danaw5")]
    assert found("a pencil, /pencil, @pencil", Profile(handle="pencil")) == [
        ("handle", "pencil"),
        ("handle", "@pencil"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "https://drive.google.com/file/d/1/view",
        "docs.google.com/document/d/1",
        "https://www.dropbox.com/s/x/plan.pdf?dl=0",
        "https://1drv.ms/u/s!x",
        "https://school.sharepoint.com/:w:/x",
        "https://www.icloud.com/pages/x",
        "https://www.youtube.com/@somebody",
        "https://www.youtube.com/channel/UC1",
        "https://school.box.com/s/1",
    ],
)
def test_links_to_drives_and_channels_are_doubts(text):
    findings = check(Profile(), f"See {text}.")

    assert [(one.rule, one.certainty, one.phrase) for one in findings] == [("link", DOUBTFUL, text)]


@pytest.mark.parametrize(
    "text",
    [
        "https://example.org/dropbox",
        "https://www.youtube.com/watch?v=1",
        "notdropbox.com",
        "box.com.pl",
    ],
)
def test_other_links_are_not(text):
    assert check(Profile(), text) == []
