"""The author's own name: in full, in parts, with initials, in short forms."""

import re
from collections.abc import Iterator

from submissions.identity import cues
from submissions.identity.cues import ALWAYS_CAPITAL as ALWAYS
from submissions.identity.finding import CERTAIN, DOUBTFUL
from submissions.identity.person import FAMILY, GIVEN, MIDDLE, NICK, SHORT, Part, Person
from submissions.identity.reading import Text
from submissions.identity.scene import Scene
from submissions.identity.weight import Weight, is_family, is_given

Hit = tuple[int, int, str]  # first word, behind the last word, certainty
REVERSED = re.compile(r",?[ \u00a0\n]{1,2}|,|_")
FILE_JOIN = "_"  # what parts words in the names of files, where small letters are usual
MOST_BETWEEN = 2
LONG_ENOUGH = 4


def find_names(text: Text, person: Person) -> Iterator[Hit]:
    """Every place where the text says the author's name."""
    taken: set[int] = set()
    for start, end, certainty in whole_names(text, person):
        taken.update(range(start, end))
        if certainty:
            yield start, end, certainty
    for start, end, part in parts_of_names(text, person):
        if not taken.isdisjoint(range(start, end)):
            continue
        if certainty := judge(Scene(text, start, end, person.words), part):
            taken.update(range(start, end))
            yield start, end, certainty
    yield from title_and_initial(text, person)


def parts_of_names(text: Text, person: Person) -> Iterator[tuple[int, int, Part]]:
    """Every part of the name wherever it stands."""
    for part in person.of(GIVEN, FAMILY, NICK, SHORT, MIDDLE):
        for start, end in text.find(part.words):
            yield start, end, part


def whole_names(text: Text, person: Person) -> Iterator[Hit]:
    """Given and family name together, in either order; an initial may stand for the given one."""
    for family in person.of(FAMILY):
        for start, end in text.find(family.words):
            first = given_before(text, person, start)
            last = given_behind(text, person, end)
            if first is not None:
                yield first, end, judge_whole(text, person, (first, end), family)
            elif last is not None:
                yield start, last, judge_whole(text, person, (start, last), family)
    yield from with_own_initials(text, person)


def with_own_initials(text: Text, person: Person) -> Iterator[Hit]:
    """A given name and the initial of the family name: “Dana W.”."""
    for part in person.of(GIVEN, NICK):
        for start, end in text.find(part.words):
            if has_own_initial(text, person, end):
                yield start, end + 1, CERTAIN


def given_before(text: Text, person: Person, family: int) -> int | None:
    """Where a given name begins that leads up to a family name, middle names between."""
    place = family
    for _step in range(MOST_BETWEEN + 1):
        if place < 1 or not text.joins(place):
            return None
        if (first := given_ending(text, person, place)) is not None:
            return first
        if not is_between(text, person, place - 1):
            return None
        if starts_with_initial(text, person, place - 1):
            return place - 1
        place -= 1
    return None


def given_ending(text: Text, person: Person, end: int) -> int | None:
    """Where a given name begins that ends before this word."""
    for part in person.of(GIVEN, NICK, SHORT):
        if text.matches(end - len(part.words), part.words):
            return end - len(part.words)
    return None


def is_between(text: Text, person: Person, place: int) -> bool:
    """Whether a word may stand between given and family name."""
    word = text.at(place)
    middles = {word for part in person.of(MIDDLE) for word in part.words}
    return word in middles or (len(word) <= MOST_BETWEEN and text.is_shouted(place))


def starts_with_initial(text: Text, person: Person, place: int) -> bool:
    """Whether this is the initial of the given name, with no other initial before it."""
    word = text.at(place)
    if word[:1] not in person.initials or word.isdigit() or word == "i":
        return False
    return not (len(text.at(place - 1)) == 1 and text.joins(place) and text.is_shouted(place - 1))


def given_behind(text: Text, person: Person, end: int) -> int | None:
    """Where a given name ends that stands behind a family name: “Whitfield, Dana”."""
    if not REVERSED.fullmatch(text.gap(end)):
        return None
    for part in person.of(GIVEN, NICK):
        last = end + len(part.words)
        is_written = text.are_capital(end, last) or text.gap(end) == FILE_JOIN
        if text.matches(end, part.words) and is_written:
            return last
    return end + 1 if is_initial_behind(text, person, end) else None


def is_initial_behind(text: Text, person: Person, end: int) -> bool:
    """Whether the initial of the given name follows a comma, not as in a source: “Park, R.”."""
    is_own = len(text.at(end)) == 1 and text.at(end) in person.initials and text.is_shouted(end)
    is_apart = text.gap(end) == ", " and text.gap(end + 1).startswith(".")
    return is_own and is_apart and not Scene(text, end - 1, end, person.words).is_cited()


def has_own_initial(text: Text, person: Person, end: int) -> bool:
    """Whether the initial of the family name follows: “Dana W.”."""
    word = text.at(end)
    is_initial = len(word) == 1 and text.is_shouted(end) and text.is_next(end)
    if not is_initial or word not in person.family_initials:
        return False
    tail = text.gap(end + 1)
    return text.is_capital(end - 1) and (word not in {"a", "i"} or tail.startswith("."))


def judge_whole(text: Text, person: Person, span: tuple[int, int], family: Part) -> str:
    """Whether a whole name is the author's: nearly always, unless its words are everyday words."""
    start, end = span
    scene = Scene(text, start, end, person.words)
    if scene.is_part_of_something():
        return ""
    if scene.is_something() and not scene.is_named():
        return "" if scene.tells_of_content() else DOUBTFUL
    is_rare = family.weight == Weight.NAME or has_rare_given(text, person, span)
    return CERTAIN if is_rare else judge_plain(scene, person, family)


def judge_plain(scene: Scene, person: Person, family: Part) -> str:
    """Whether a whole name is the author's where all its words mean something else as well."""
    text = scene.text
    if not scene.is_capital:
        return DOUBTFUL if text.gap(scene.end - 1) == FILE_JOIN else ""
    if len(text.at(scene.start)) == 1 and scene.is_cited():
        return ""
    weights = [part.weight for part in person.parts if text.find(part.words)]
    known = max(weights, default=Weight.WORD) < Weight.NAME and scene.tells_of_content()
    is_heading = scene.is_in_title() and not scene.has_title()
    return DOUBTFUL if known or is_heading or is_turned(scene, family) else CERTAIN


def is_turned(scene: Scene, family: Part) -> bool:
    """Whether the family name comes first, with an initial or no comma: “Park, R.”, “Park Rose”."""
    gap = scene.text.gap(scene.start + 1)
    is_first = scene.text.at(scene.start) in family.words and gap in {" ", "\u00a0"}
    return is_first or len(scene.text.at(scene.end - 1)) == 1


def has_rare_given(text: Text, person: Person, span: tuple[int, int]) -> bool:
    """Whether a given name in this stretch is nothing but a name."""
    words = {text.at(place) for place in range(*span)}
    given = person.of(GIVEN, NICK, SHORT)
    return any(part.weight == Weight.NAME and words >= set(part.words) for part in given)


def judge(scene: Scene, part: Part) -> str:
    """Whether one part of the name, standing alone, means the author."""
    if scene.text.is_shouted(scene.start) and is_heading(scene) and part.weight != Weight.NAME:
        return ""
    if scene.is_part_of_something():
        return CERTAIN if scene.owns_class() and scene.has_title() else ""
    if is_named(scene, part):
        return CERTAIN
    if scene.is_cited() or belongs_to_another(scene, part):
        return DOUBTFUL if is_rarest(part) and scene.is_near_home() else ""
    if part.weight == Weight.NAME:
        return judge_name(scene, part)
    return judge_word(scene, part)


def is_named(scene: Scene, part: Part) -> bool:
    """Whether the surroundings name the author with this part."""
    if len(part.words) > 1 and part.role == NICK:
        return scene.is_capital
    if scene.has_title() and not scene.precedes_another_name():
        return True
    return scene.is_named() and not belongs_to_another(scene, part)


def is_heading(scene: Scene) -> bool:
    """Whether the words beside it are written in capital letters too."""
    beside = scene.start - 1, scene.end
    return any(scene.text.is_shouted(place) and len(scene.text.at(place)) > 1 for place in beside)


def is_rarest(part: Part) -> bool:
    """Whether next to nobody else has this name."""
    return part.weight == Weight.NAME and not any(
        is_family(word) or is_given(word) for word in part.words
    )


def belongs_to_another(scene: Scene, part: Part) -> bool:
    """Whether the part is someone else's: “Maria Montessori”, “Viet Thanh Nguyen”."""
    if scene.is_public() or scene.is_on_map():
        return True
    if part.role == FAMILY:
        is_joined = scene.follows_another_name() or scene.begins_another_name()
        return is_joined or scene.is_eponym()
    return scene.precedes_another_name() or (
        scene.follows_another_name() and is_given(scene.before)
    )


def judge_name(scene: Scene, part: Part) -> str:
    """A word that is nothing but a name."""
    if not scene.is_capital:
        return judge_small(scene, part)
    if scene.is_of_old() or scene.is_with_characters():
        return ""
    if part.role in {SHORT, MIDDLE}:
        return "" if scene.tells_of_content() else DOUBTFUL
    return CERTAIN


def judge_small(scene: Scene, part: Part) -> str:
    """A name without its capital letter: a family name that is nothing else, or one introduced."""
    is_long = len("".join(part.words)) >= LONG_ENOUGH
    is_clear = part.role == FAMILY or scene.says_whose_name()
    is_spanish = scene.before in cues.SPANISH_BEFORE and len(part.words) == 1
    return CERTAIN if is_long and is_clear and not is_spanish else ""


def judge_word(scene: Scene, part: Part) -> str:
    """A word that means other things as well: only where it can hardly mean anything else."""
    if not scene.is_capital or scene.after.isdigit() or scene.is_in_title():
        return ""
    if is_something_else(scene, part):
        return ""
    if part.goes_before and scene.is_spoken_to():
        return CERTAIN if scene.speaks_to_someone() else DOUBTFUL
    if scene.tells_of_content() or scene.before in {"about", "on"}:
        return ""
    if any(word in ALWAYS for word in part.words):
        return ""
    is_marked = part.weight == Weight.RARE_WORD and not scene.begins
    return DOUBTFUL if is_marked or scene.acts() else ""


def is_something_else(scene: Scene, part: Part) -> bool:
    """Whether a byname, an article or a capital before makes it no person: “Toy Story”."""
    is_title = part.role == FAMILY and scene.is_behind_capital()
    return is_title or scene.is_of_old() or scene.before == "the"


def title_and_initial(text: Text, person: Person) -> Iterator[Hit]:
    """“Ms. W.”, “Mr. B”: how children call their teacher."""
    for initial in sorted(person.family_initials):
        for place in text.places.get(initial, ()):
            scene = Scene(text, place, place + 1, person.words)
            if scene.has_title() and text.is_shouted(place) and not scene.precedes_another_name():
                yield place - 1, place + 1, DOUBTFUL
