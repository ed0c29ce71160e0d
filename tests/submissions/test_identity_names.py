"""The rules for names, at their edges."""

import pytest

from submissions.identity import CERTAIN, DOUBTFUL, check
from submissions.identity.lexicon import short_forms
from submissions.identity.person import FAMILY, GIVEN, MIDDLE, NICK, person_of
from submissions.identity.weight import Weight, weigh
from tests.submissions.identity.one import DANA, certainty, found, named


@pytest.mark.parametrize(
    "phrase",
    [
        "Dana Whitfield",
        "DANA WHITFIELD",
        "dana whitfield",
        "Dana Marie Whitfield",
        "Dana M. Whitfield",
        "Dana\nWhitfield",
        "Whitfield, Dana",
        "D. Whitfield",
        "D. M. Whitfield",
        "Dana W.",
        "Dee Whitfield",
        "Whitfield",
        "Dana",
        "Whit\u00adfield",
        "Whit\u200bfield",
        "Ｗｈｉｔｆｉｅｌｄ",
        "Whit\ufb01eld",
        "danawhitfield",
        "MsWhitfield",
    ],
)
def test_a_name_is_found_in_every_form(phrase):
    assert found(f"The plan is by {phrase}") == [("name", phrase.rstrip("."))]


@pytest.mark.parametrize("sign", ["'", "’", "ʼ"])
def test_an_owner_is_found_without_the_s(sign):
    assert found(f"It is Whitfield{sign}s plan") == [("name", "Whitfield")]


@pytest.mark.parametrize("text", ["Whitfielding", "aWhitfield", "unDana", "Danaher", "Deed"])
def test_parts_of_other_words_are_no_names(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("María Peña", "Ms. Pena"),
        ("Maria Pena", "Ms. Peña"),
        ("Søren Kjær", "Mr. Kjaer"),
        ("Zoë O'Brien", "Ms. O’Brien"),
        ("Zoe OBrien", "Ms. O'Brien"),
        ("Ana de la Cruz", "Ana De La Cruz"),
        ("Ana de la Cruz", "Mrs. Cruz"),
        ("Anne-Marie Roy-Blum", "Anne Marie Roy Blum"),
        ("Roy-Blum, Anne-Marie", "Ms. Blum"),
        ("Dr. Paul K. Stein, Jr., Ph.D.", "Paul Stein"),
        ('Robert "Bo" Hale', "Bo Hale"),
        ("Robert (Bo) Hale", "Mr. Hale"),
        ("Xóchitl Ramírez Luna", "Xochitl Ramirez"),
        ("Cher", "Ms. Cher"),
        ("Sukarno", "signed: Sukarno"),
    ],
)
def test_names_of_every_make_are_taken_apart(name, text):
    assert certainty(text, named(name)) == [CERTAIN]


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Robert Quist", "Bob Quist"),
        ("Bob Quist", "Robert Quist"),
        ("Elizabeth Quist", "Betsy Quist"),
        ("Liz Quist", "Beth Quist"),
        ("Guillermo Quist", "Memo Quist"),
        ("Francisco Quist", "Paco Quist"),
    ],
)
def test_short_forms_stand_for_the_name(name, called):
    assert certainty(f"{called} wrote it", named(name)) == [CERTAIN]


def test_short_forms_go_both_ways_and_to_one_another():
    forms = short_forms()

    assert {"bob", "rob"} <= forms["robert"]
    assert "robert" in forms["bob"]
    assert "debbie" in forms["deb"]


def test_a_short_form_alone_is_a_doubt():
    assert certainty("We asked Bob for help.", named("Robert Quist")) == [DOUBTFUL]


@pytest.mark.parametrize("word", ["grace", "reading", "hope", "may", "english", "li", "young"])
def test_everyday_words_prove_nothing(word):
    assert weigh(word) == Weight.WORD


@pytest.mark.parametrize("word", ["lincoln", "piaget", "charlotte", "virginia"])
def test_words_known_for_something_else_prove_little(word):
    assert weigh(word) == Weight.KNOWN


def test_a_name_that_is_nothing_else_proves_most():
    assert weigh("whitfield") == Weight.NAME


@pytest.mark.parametrize(
    "text",
    [
        "(Whitcomb, 2015)",
        "Whitcomb and Lee (2015) agree",
        "as Whitcomb et al. (2015) say",
        "Whitcomb, J. (2015). A title.",
    ],
)
def test_a_source_is_not_the_author(text):
    certain = [one for one in check(named("Jo Whitcomb"), text) if one.is_certain]

    assert certain == []


def test_parts_of_a_name_know_their_place():
    person = person_of(DANA)

    roles = {part.words: part.role for part in person.parts}
    assert roles[("dana",)] == GIVEN
    assert roles[("marie",)] == MIDDLE
    assert roles[("whitfield",)] == FAMILY
    assert roles[("dee",)] == NICK


WORDS = named("Mark Hope", nicknames=("Rosie", "Coach Hope"))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("“Thanks for the feedback, Mark!” wrote the chair.", [CERTAIN]),
        ("Interviewer: How did you begin, Mark?", [CERTAIN]),
        ("A colleague wrote, “Mark, your rubric is clear.”", [CERTAIN]),
        ("A colleague wrote, “Mark, this is clear.”", [DOUBTFUL]),
        ("Time to go home, Mark!", [DOUBTFUL]),
        ("“Nice work at the quiet table, Mark,” she said.", [DOUBTFUL]),
        ("They counted off: Ready, Set, Mark!", []),
        ("We learned to leave a lasting mark, hope.", []),
    ],
)
def test_a_name_that_is_a_word_is_one_where_somebody_is_spoken_to(text, told):
    assert certainty(text, WORDS) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hope, M. (Teacher), first cycle", [DOUBTFUL]),
        ("Hope, M. grade 3", [DOUBTFUL]),
        ("Hope, M. (2003). A title.", []),
        ("Hope, M., Kim, S., & Ness, R. (2003). A title.", []),
        ("Hope, M., & Kim, S. (2003). A title.", []),
        ("Hope, K. (Teacher)", []),
    ],
)
def test_the_family_name_may_come_first_with_an_initial(text, told):
    assert certainty(text, WORDS) == told


def test_what_else_one_is_called_is_a_name():
    assert found("Students call me Coach H, or just Hope.", WORDS)[-1] == ("name", "Hope")
    assert found("We plan well, or just Hope Street waits.", WORDS) == []


@pytest.mark.parametrize("text", ["La luna llena", "las fases de luna", "mi luna, tu luna"])
def test_a_spanish_word_in_small_letters_is_no_name(text):
    assert found(text, named("Ana Luna")) == []


@pytest.mark.parametrize(
    "text",
    ["Medina is a city that pilgrims visit.", "Medina was the capital.", "Medina is a large town."],
)
def test_what_is_said_to_be_a_place_is_no_name(text):
    assert found(text, named("Rosa Medina")) == []


@pytest.mark.parametrize("other", ["Fresno", "Weaver", "Escalante"])
def test_a_given_name_before_another_family_name_is_somebody_else(other):
    rows = found(f"The clip with Joaquin {other} was short.", named("Joaquín Reyes"))

    assert [phrase for rule, phrase in rows if rule == "name"] == []


@pytest.mark.parametrize("text", ["Toy Story gave us a plot.", "Old Story said little."])
def test_a_family_name_behind_a_word_with_a_capital_is_a_title(text):
    assert found(text, named("Christian Story")) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Whitfield machines took a week.", []),
        ("We read the Whitfield scale.", []),
        ("Whitfield’s law explains the tide.", []),
        ("Whitfield’s scale is on the wall.", [("name", "Whitfield")]),
        ("Mr. Whitfield machines the parts.", [("name", "Whitfield")]),
    ],
)
def test_a_thing_named_for_somebody_is_not_the_author(text, told):
    assert found(text) == told


def test_a_name_that_is_a_word_is_one_where_it_knows_something():
    assert certainty("Penny knows how to wait.", named("Penny Marsh")) == [DOUBTFUL]


def test_who_is_said_to_be_a_person_is_named():
    assert found("Medina is a good teacher.", named("Rosa Medina")) == [("name", "Medina")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Winter Chase: A Cooperative Game", [DOUBTFUL]),
        ("Winter, Chase: portfolio", [CERTAIN]),
        ("Chase Winter: portfolio", [CERTAIN]),
    ],
)
def test_two_words_the_other_way_round_are_a_doubt(text, told):
    assert certainty(text, named("Chase Winter")) == told


@pytest.mark.parametrize("title", ["Pani", "Kumu", "Mwalimu", "Tita"])
def test_teachers_have_titles_in_many_languages(title):
    assert found(f"{title} Whitfield is what they call me.") == [("name", "Whitfield")]


@pytest.mark.parametrize(
    "text",
    [
        "Photo 3. Diego Ontiveros measures a shadow.",
        "Pictured: Zuzanna Nakamura",
        "Photo: two of us and Diego Ontiveros",
        "Notes on Keoni Nakamura: three of four.",
        "Caption: Aarav Balasubramanian with the bridge",
    ],
)
def test_a_caption_may_name_a_student(text):
    assert [rule for rule, _phrase in found(text)] == ["student"]


def test_a_villain_is_no_student():
    assert found("Augustus Gloop was the favorite villain of the class.") == []


def test_a_title_with_the_family_name_is_no_name_by_itself():
    assert found("The Coach of the team spoke to Coach Hope.", WORDS) == [("name", "Hope")]


@pytest.mark.parametrize("name", ["hope_mark_plan.pdf", "mark_hope_plan.pdf", "Hope_Mark.pdf"])
def test_a_file_may_be_named_in_small_letters(name):
    assert len(certainty(f"The file is {name} now", WORDS)) == 1


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("DeShawn Whitaker and Priya Raman led the lab at our table.", 2),
        ("Lorraine Gomez was cited by the panel.", 0),
        ("Lorraine Gomez coined the phrase.", 0),
        ("Todd Whitaker is quoted on hiring by Maria Lopez.", 0),
        ("Justice Kennedy wrote the opinion.", 0),
        ("Our student Justice Kennedy revised her essay.", 1),
        ("Prince Hall wrote a petition.", 0),
    ],
)
def test_a_student_may_share_a_name_known_to_all(text, phrases):
    assert [rule for rule, _phrase in found(text)] == ["student"] * phrases
