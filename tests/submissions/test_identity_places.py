"""The rules for school, district and local, and what a profile may hold."""

import pytest

from submissions.identity import DOUBTFUL, Profile, check, profile_from
from submissions.identity.check import sentence_at
from submissions.identity.place_names import acronyms_of, district_of, local_of, school_of
from tests.submissions.identity.one import DANA, certainty

RULES = {
    "name": "[my name]",
    "email": "[my email]",
    "phone": "[my phone]",
    "school": "[my school]",
    "district": "[my district]",
    "local": "[my local]",
    "handle": "[my handle]",
    "member number": "[my member number]",
}


@pytest.mark.parametrize(
    "text",
    [
        "Alder Creek Elementary School",
        "Alder Creek Elementary",
        "Alder Creek Elem.",
        "Alder Creek ES",
        "Alder Creek",
        "ACES",
        "AlderCreekElementary",
    ],
)
def test_a_school_is_found_in_every_form(text):
    profile = Profile(school=DANA.school)

    phrases = [one.phrase for one in check(profile, f"We teach at {text} every day")]

    assert [phrase.rstrip(".") for phrase in phrases] == [text.rstrip(".")]


def test_a_school_of_another_level_is_a_doubt():
    assert certainty("Alder Creek Middle School", Profile(school=DANA.school)) == [DOUBTFUL]


@pytest.mark.parametrize(
    ("make", "name", "core", "letters"),
    [
        (school_of, "Lincoln High School", ("lincoln",), {"lhs"}),
        (
            school_of,
            "Martin Luther King Jr. Middle School",
            ("martin", "luther", "king"),
            {"mlkms"},
        ),
        (school_of, "The Academy", ("academy",), set()),
        (school_of, "P.S. 118", ("ps", "118"), set()),
        (district_of, "Riverbend Unified School District", ("riverbend",), {"rusd"}),
        (district_of, "School District of North Penn", ("north", "penn"), {"npsd", "sdnp"}),
        (district_of, "Pine Lake School District No. 411", ("pine", "lake"), {"plsd"}),
        (district_of, "ISD 622", ("isd", "622"), set()),
        (district_of, "Sunset Ridge School District 29", ("sunset", "ridge"), {"srsd"}),
        (local_of, "Riverbend Teachers Association", ("riverbend",), {"rta"}),
        (local_of, "United Educators of San Francisco", ("san", "francisco"), {"uesf"}),
    ],
)
def test_places_are_taken_apart(make, name, core, letters):
    place = make(name)

    assert place.core == core
    assert letters <= acronyms_of(place)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"name": None, "emails": None, "phone": 7, "school": [], "handle": {"a": 1}},
        {"name": "", "nicknames": "", "emails": ["", None, 3], "member_number": True},
        {"name": "   ", "school": "School", "district": "School District", "local": "CTA"},
        {"name": "-", "email": "@", "school": "!!!", "district": "?", "handle": "@"},
        {"name": "Mr.", "email": "a@b", "phone": "+", "member_numbers": ["-", ""]},
    ],
)
def test_a_profile_may_say_little_or_nonsense(values):
    assert check(profile_from(values), "We read in groups, and the students wrote.") == []


def test_lists_may_come_as_text():
    profile = profile_from({"nicknames": "Dee, Dana; Di", "email": "a@b.example", "emails": []})

    assert profile.nicknames == ("Dee", "Dana", "Di")
    assert profile.emails == ("a@b.example",)


def test_findings_say_what_could_stand_there():
    text = "Dana Whitfield, danaw5, 530-555-0134, Alder Creek, Riverbend Unified, 00482917"

    findings = check(DANA, text)

    assert {one.rule: one.suggestion for one in findings}.items() <= RULES.items()
    assert [text[one.start : one.end] for one in findings] == [one.phrase for one in findings]


def test_a_colleague_is_called_one():
    findings = check(DANA, "My colleague Marcus Johnson read two drafts.")

    assert [(one.rule, one.suggestion) for one in findings] == [("student", "[a colleague]")]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("One. Two is here. Three.", "Two is here."),
        ("Two is here", "Two is here"),
        ("One!\nTwo is\u00a0here\nThree", "Two is here"),
    ],
)
def test_a_place_is_shown_with_its_sentence(text, sentence):
    start = text.index("Two")

    assert sentence_at(text, start, start + 3) == sentence


def test_a_very_long_sentence_is_cut():
    assert len(sentence_at("word " * 1000, 2000, 2004)) <= 500


@pytest.mark.parametrize(
    ("school", "text", "phrases"),
    [
        ("Hoover Street Elementary School", "All of us at Hoover agreed.", ["Hoover"]),
        ("Hoover Street Elementary School", "Hoover Elementary is small.", ["Hoover Elementary"]),
        ("Hoover Street Elementary School", "Hoover was president.", []),
        ("Hoover Street Elementary School", "The Hoover Dam holds a lake.", []),
        ("San Miguel Arcángel Academy", "San Miguel is a small academy.", ["San Miguel"]),
        ("San Miguel Arcángel Academy", "We read of the town of San Miguel.", []),
        ("St. Thomas Aquinas School", "At Saint Thomas we pray first.", ["Saint Thomas"]),
        ("Spring Hill Elementary", "Spring Hill has two dual-language strands.", ["Spring Hill"]),
        ("Spring Hill Elementary", "Spring has two school breaks.", []),
        ("McKinley Road School", "We at McKinley share a copier.", ["McKinley"]),
        ("Monroe STEM Academy", "We at Monroe share a copier.", ["Monroe"]),
        ("Monroe STEM Academy", "The Monroe STEM fair is ours.", ["Monroe STEM"]),
        ("Monroe Academy", "A sketch of Monroe Arts and Monroe Day.", []),
        ("Coyote Wash Day School", "Coyote Wash is small.", ["Coyote Wash"]),
        ("Monroe School of the Arts", "We at Monroe share a copier.", ["Monroe"]),
        ("Valle Verde Dual Language School", "We met at Valle Verde today.", ["Valle Verde"]),
        ("Hoover School", "I joined Hoover in 2016.", ["Hoover"]),
        ("Hoover School", "I transferred to Hoover in 2016.", ["Hoover"]),
        ("Hoover School", "They wrote to Hoover in 1931.", []),
        ("Hoover School", "I left Hoover out of the timeline of the war.", []),
        ("Winter Elementary", "Winter has two school breaks.", []),
    ],
)
def test_a_school_is_said_without_the_end_of_its_name(school, text, phrases):
    assert [one.phrase for one in check(Profile(school=school), text)] == phrases


@pytest.mark.parametrize("short", ["CUSD 118", "District 118", "SD 118", "ISD 118"])
def test_a_district_is_told_by_its_number(short):
    profile = Profile(district="Barrington Creek Community Unit School District 118")

    assert certainty(f"All of {short} reads aloud.", profile) == ["certain"]
    assert certainty("All of CUSD 119 reads aloud.", profile) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Cedar Bluff County gives every child a laptop.", ["certain"]),
        ("Cedar Bluff County teachers met.", ["certain"]),
        ("Cedar Bluff County has two rivers.", []),
        ("We drove through Cedar Bluff County.", []),
    ],
)
def test_a_district_is_said_as_its_county_where_it_does_what_districts_do(text, told):
    assert certainty(text, Profile(district="Cedar Bluff County Public Schools")) == told
