"""Names that look like a student's: “Emily Chen”, “Maria G.”, “a student named Javier”."""

from collections.abc import Iterator

from submissions.identity import cues
from submissions.identity.finding import DOUBTFUL
from submissions.identity.lexicon import cue_words, famous
from submissions.identity.names import Hit
from submissions.identity.reading import Text
from submissions.identity.scene import Scene
from submissions.identity.weight import (
    Weight,
    is_family,
    is_given,
    is_ordinary,
    weigh,
)

NO_FAMILY = cue_words("no family")
WEAK = frozenset(["a", "i"])
CALLED = frozenset(["named", "called"])
NOBODY = cue_words("nobody")
CLOSE = 8


def find_students(text: Text, own: frozenset[str]) -> Iterator[Hit]:
    """Every name that is not the author's and may be a student's."""
    for word in sorted(name for name in text.places if is_given(name)):
        for place in text.places[word]:
            if text.is_capital(place) and (end := end_of_name(text, place)):
                scene = Scene(text, place, end, own)
                if is_persons(scene) and is_students(scene):
                    yield place, end, DOUBTFUL
    yield from said_to_be_students(text, own)


def end_of_name(text: Text, place: int) -> int:
    """Behind a family name or its initial that goes with a given name, 0 where there is none."""
    following = place + 1
    if not text.is_next(following) or text.owns(place):
        return 0
    word = text.at(following)
    if len(word) == 1:
        return following + 1 if is_initial(text, following) else 0
    if word in {"de", "del", "van", "von", "la", "al", "el"}:
        following += 2 if text.at(following + 1) in {"la", "los", "las"} else 1
        word = text.at(following)
    if not text.is_capital(following) or text.is_shouted(following) or word in NO_FAMILY:
        return 0
    return with_second_name(text, following) if could_be_family(word) else 0


def with_second_name(text: Text, place: int) -> int:
    """Behind a double family name or one with a hyphen."""
    following = place + 1
    is_more = text.joins(following) and text.is_capital(following) and not text.owns(place)
    return following + 1 if is_more and is_family(text.at(following)) else following


def is_initial(text: Text, place: int) -> bool:
    """Whether a single letter is an initial: never “I”, and “A” only with its dot."""
    word, tail = text.at(place), text.gap(place + 1)
    if not text.is_shouted(place) or tail[:1] in {"-", "/", "+", "'", "’"}:
        return False
    return tail.startswith(".") or word not in WEAK


def could_be_family(word: str) -> bool:
    """Whether a word with a capital letter behind a given name may be a family name."""
    return word.isalpha() and (is_family(word) or not is_ordinary(word))


def is_persons(scene: Scene) -> bool:
    """Whether it is the name of someone who is not the author and not known to all."""
    words = {scene.text.at(place) for place in range(scene.start, scene.end)}
    if words & scene.own and words <= scene.own | {scene.text.at(scene.end - 1)[:1]}:
        return False
    if scene.is_part_of_something() or scene.is_cited() or scene.is_public():
        return False
    return not (scene.before == "by" or is_name_before(scene) or is_known_thing(scene))


def is_name_before(scene: Scene) -> bool:
    """Whether a title of scholars or of places stands before, or another given name."""
    if scene.before in {
        "dr",
        "doctor",
        "professor",
        "prof",
        "st",
        "saint",
        "san",
        "santa",
        "mount",
    }:
        return scene.text.joins(scene.start)
    return scene.follows_another_name() and not scene.has_title()


def is_known_thing(scene: Scene) -> bool:
    """Whether the phrase is the name of a known person, work or thing itself."""
    return any(
        Scene(scene.text, place, place + 1, scene.own).is_part_of_something()
        for place in range(scene.start, scene.end)
    )


def is_students(scene: Scene) -> bool:
    """Whether the sentence speaks of a student, or at least of nobody known to all."""
    near = scene.near(16)
    close = scene.near(CLOSE)
    speaks_of_students = bool(close & cues.STRONG_STUDENTS)
    is_of_content = close & cues.AUTHORS or scene.is_among_famous()
    if is_of_content and not speaks_of_students:
        return False
    first, last = scene.text.at(scene.start), scene.text.at(scene.end - 1)
    if first in cues.PUBLIC_TITLES and last in famous():
        return bool(close & cues.STUDENT_NOUNS)
    if scene.text.is_capital(scene.start - 1) and scene.is_in_title():
        return speaks_of_students
    if weigh(first) < Weight.NAME or is_ordinary(last):
        return speaks_of_students or (is_family(last) and bool(near & cues.STUDENTS))
    if len(last) == 1 or not is_family(last):
        return bool(near & cues.STUDENTS) or is_captioned(scene)
    return True


def is_captioned(scene: Scene) -> bool:
    """Whether a caption begins shortly before: “Photo 3. Diego Ontiveros measures”."""
    before = range(max(0, scene.start - CLOSE), scene.start)
    return any(scene.text.at(at) in cues.CAPTIONS and scene.text.begins(at) for at in before)


def said_to_be_students(text: Text, own: frozenset[str]) -> Iterator[Hit]:
    """“A student named Javier”, “my student Javier”, “one student, Maria,”."""
    for noun in sorted(cues.STUDENT_NOUNS & text.places.keys()):
        for place in text.places[noun]:
            start = place + 1
            if text.at(start) in CALLED or (text.at(start), text.at(start + 1)) == ("is", "named"):
                start += 1 + (text.at(start) == "is")
                is_named = text.is_capital(start) and len(text.at(start)) > 1
            else:
                is_named = is_told_by_name(text, start)
            if is_named and text.at(start) not in own | NOBODY and not text.parts(start):
                yield start, end_of_name(text, start) or start + 1, DOUBTFUL


def is_told_by_name(text: Text, place: int) -> bool:
    """Whether a given name follows right behind the word for a student."""
    word = text.at(place)
    if not text.is_capital(place) or not is_given(word) or is_ordinary(word):
        return False
    if text.is_next(place):
        return not text.owns(place - 1)
    is_apart = text.gap(place).strip() == ","
    return is_apart and text.gap(place + 1)[:1] in {",", ".", " "} and not text.begins(place)
