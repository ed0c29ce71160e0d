"""The author's school, district and local, in every form in which they are said."""

from collections.abc import Iterator

from submissions.identity import cues
from submissions.identity.finding import CERTAIN, DOUBTFUL
from submissions.identity.names import Hit
from submissions.identity.place_names import (
    BEHIND_PERSON,
    ELEMENTARY,
    HIGH,
    MIDDLE,
    UNSPOKEN,
    UPPER_ONLY,
    Place,
    acronyms_of,
    is_common,
    run_together,
    short_cores,
    variants,
)
from submissions.identity.place_scene import is_at, is_said_as_place
from submissions.identity.reading import Text
from submissions.identity.scene import Scene
from submissions.identity.weight import Weight

NUMBERED = ("district", *sorted(word for word in UPPER_ONLY if word.endswith("sd")))
LONG_ENOUGH = 4


def find_place(text: Text, place: Place) -> Iterator[Hit]:
    """Every place where the text says this name."""
    if not place.core:
        return
    for one in variants(place):
        yield from by_core(text, one)
    for start, end in text.find(place.whole):
        is_more = len(place.whole) > len(place.core) and is_written_as_name(text, start, end)
        if is_more and not Scene(text, start, end, frozenset()).is_part_of_something():
            yield start, end, CERTAIN
    yield from by_number(text, place)
    yield from by_county(text, place)
    yield from by_short_name(text, place)
    yield from by_letters(text, place)
    for word in sorted(run_together(place)):
        yield from ((start, end, CERTAIN) for start, end in text.find((word,)))


def by_number(text: Text, place: Place) -> Iterator[Hit]:
    """A district by its number: “District 29”."""
    number = place.whole[-1]
    if place.rule == "district" and number.isdigit():
        for word in NUMBERED:
            for start, end in text.find((word, number)):
                if text.is_capital(start):
                    yield start, end, CERTAIN


def by_county(text: Text, place: Place) -> Iterator[Hit]:
    """A district by its county, where it does what districts do: “Cobb County gave us two days”."""
    size = len(place.core) + 1
    if place.rule != "district" or place.whole[size - 1 : size] not in {("county",), ("city",)}:
        return
    for start, end in text.find(place.whole[:size]):
        acts = text.at(end) in cues.DISTRICT_VERBS | cues.DISTRICT_THINGS and text.is_next(end)
        if acts and text.are_capital(start, end):
            yield start, end, CERTAIN


def is_written_as_name(text: Text, start: int, end: int) -> bool:
    """Whether every word that counts has a capital letter."""
    return all(
        text.is_capital(at) or text.at(at) in UNSPOKEN or text.at(at).isdigit()
        for at in range(start, end)
    )


def by_core(text: Text, place: Place) -> Iterator[Hit]:
    """Every place where the core stands and means the author's."""
    for start, end in text.find(place.core):
        last, certainty = judge(text, place, start, end)
        if certainty:
            yield start, last, certainty


def judge(text: Text, place: Place, start: int, end: int) -> tuple[int, str]:
    """Where the name ends that begins with this core, and whether it is the author's place."""
    scene = Scene(text, start, end, frozenset(place.core))
    last = end_of_kind(text, place, end)
    if last > end:
        whole = Scene(text, start, last, frozenset(place.core))
        certainty = judge_with_kind(text, place, scene, last)
        if certainty and not whole.is_part_of_something():
            return last, certainty
        if certainty:
            return end, ""
    return end, judge_core(scene, place)


def end_of_kind(text: Text, place: Place, end: int) -> int:
    """Behind the words that say what kind of place it is: “Elementary School”, “USD”."""
    last = end
    if text.at(last) in BEHIND_PERSON and text.joins(last):
        last += 1
    begun = last
    while text.joins(last) and is_kind_word(text, place, last, is_first=last == begun):
        last += 1
    return end if last == begun else last


def is_kind_word(text: Text, place: Place, at: int, *, is_first: bool) -> bool:
    """Whether this word goes on with the name of such a place."""
    word = text.at(at)
    if word in UPPER_ONLY and not text.is_shouted(at):
        return False
    if is_first and place.rule == "district" and word in {"school", "public", "city", "county"}:
        return text.at(at + 1) in {"district", "schools", "school", "board", "unified"}
    known = (
        place.after | place.own_kind
        if is_first
        else place.after | set(place.whole) | {"school", "schools"}
    )
    if place.rule != "school":
        known = known | {"association", "union", "unified", "school", "district", "federation"}
        known = known if not is_first else place.after | place.own_kind
    return word in known and word not in place.core


def judge_with_kind(text: Text, place: Place, scene: Scene, last: int) -> str:
    """A core with the words for its kind behind it."""
    kind = {text.at(at) for at in range(scene.end, last)}
    is_plain = place.weight != Weight.NAME
    if is_plain and not scene.is_capital:
        return ""
    is_lower = not text.is_capital(last - 1)
    if is_plain and is_lower and (scene.begins or not kind & cues_of_kind(place)):
        return ""
    return CERTAIN if is_own_level(place, kind) else DOUBTFUL


def cues_of_kind(place: Place) -> frozenset[str]:
    """Words that make a place of a core even without a capital letter."""
    if place.rule == "school":
        return frozenset(["school", "academy", "elementary", "middle", "high", "elem"])
    return frozenset(["district", "unified", "teachers", "education"])


def is_own_level(place: Place, kind: set[str]) -> bool:
    """Whether a school's level is the author's, where both are told."""
    if place.rule != "school" or not place.levels:
        return True
    told = kind & (ELEMENTARY | MIDDLE | HIGH)
    return not told or bool(told & place.levels)


def judge_core(scene: Scene, place: Place) -> str:
    """A core standing alone: at once where nothing else has that name, else where it is a place."""
    if scene.is_part_of_something() or scene.is_cited():
        return ""
    if place.weight == Weight.NAME:
        return judge_rare(scene, place)
    if not scene.is_capital or scene.after in cues.GEOGRAPHY:
        return ""
    return CERTAIN if is_said_as_place(scene, place) else judge_words(scene, place)


def judge_words(scene: Scene, place: Place) -> str:
    """A core of rarer words, or of several, which nothing around makes a place."""
    if is_known_acting(scene, place):
        return "" if scene.tells_of_content() else DOUBTFUL
    if place.weight == Weight.KNOWN and scene.near() & cues.WORKPLACE and not scene.begins:
        return "" if scene.tells_of_content() or scene.is_in_title() else DOUBTFUL
    is_rare = place.weight == Weight.RARE_WORD
    if not is_rare or scene.before == "the":
        return ""
    if scene.tells_of_content() or scene.is_in_title():
        return ""
    if len(place.core) > 1:
        return CERTAIN
    return "" if scene.begins else DOUBTFUL


def is_known_acting(scene: Scene, place: Place) -> bool:
    """Whether a district named for a city does what districts do: “Penn Hills gave us two days”."""
    is_city = place.weight == Weight.KNOWN and place.rule != "school" and len(place.core) > 1
    return is_city and scene.after in cues.DISTRICT_VERBS and not scene.is_possessive


def judge_rare(scene: Scene, place: Place) -> str:
    """A core that is nothing but a name."""
    goes_on = scene.text.is_next(scene.end) and scene.text.is_capital(scene.end)
    is_thing = goes_on and not scene.is_possessive and scene.after not in cues.SCHOOL_THINGS | {"i"}
    if len(place.core) == 1 and (is_thing or scene.follows_another_name()):
        return ""
    if len(place.core) > 1 and not scene.is_capital:
        return ""
    is_long = len("".join(place.core)) >= LONG_ENOUGH
    return CERTAIN if scene.is_capital or is_long else ""


def by_short_name(text: Text, place: Place) -> Iterator[Hit]:
    """A school by a part of its name: “King Middle”, “at Muir”, “at Hoover”."""
    for one in variants(place):
        for short in short_cores(one):
            for start, end in text.find(short):
                begin = start if short == one.core[: len(short)] else end - len(one.core)
                is_whole = text.matches(begin, one.core)
                if not is_whole and (last := end_of_short(text, one, start, end)):
                    yield start, last, CERTAIN


def end_of_short(text: Text, place: Place, start: int, end: int) -> int:
    """Behind a school's short name, 0 where it is not the school's."""
    scene = Scene(text, start, end, frozenset(place.core))
    last = end_of_kind(text, place, end)
    if not scene.is_capital:
        return 0
    if last > end and judge_with_kind(text, place, scene, last) == CERTAIN:
        return last
    is_it = is_at(scene) if place.is_person else is_said_as_place(scene, place)
    return end if is_it and not scene.is_part_of_something() else 0


def by_letters(text: Text, place: Place) -> Iterator[Hit]:
    """A place by its letters, “RUSD”; letters with another meaning only where it is a place."""
    for letters in sorted(acronyms_of(place)):
        for start, end in text.find((letters,)):
            scene = Scene(text, start, end, frozenset(place.core))
            is_clear = not is_common(letters) or is_at(scene) or has_letters_things(scene, place)
            if text.is_shouted(start) and is_clear:
                yield start, end, CERTAIN


def has_letters_things(scene: Scene, place: Place) -> bool:
    """Whether students or a campus are said to be there."""
    things = cues.LOCAL_THINGS if place.rule == "local" else cues.SCHOOL_THINGS
    return scene.after in things and scene.text.is_next(scene.end)
