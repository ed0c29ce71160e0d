"""Where the name of a place stands: what makes it one where people teach."""

from submissions.identity import cues
from submissions.identity.lexicon import cue_words
from submissions.identity.place_names import Place
from submissions.identity.scene import Scene
from submissions.identity.weight import Weight

SUBJECT_BEFORE = cue_words("subject before")


def is_said_as_place(scene: Scene, place: Place) -> bool:
    """Whether the words around make it a place where people teach."""
    if is_at(scene) or is_called(scene, place) or is_joined(scene):
        return True
    if has_things(scene, place) and not scene.is_possessive:
        return True
    if scene.tells_of_content():
        return False
    return (
        has_things(scene, place) or does_what_schools_do(scene, place) or is_taught_in(scene, place)
    )


def is_at(scene: Scene) -> bool:
    """Whether it reads “at Lincoln”, and not “at Lincoln Center”, “at Grant's Tomb”."""
    if scene.before != "at" or not scene.text.is_next(scene.start):
        return False
    if scene.text.at(scene.start - 2) in SUBJECT_BEFORE:
        return False
    goes_on = scene.text.is_next(scene.end) and scene.text.is_capital(scene.end)
    if scene.is_possessive:
        return scene.after in cues.SCHOOL_THINGS
    return not goes_on or scene.after in cues.SCHOOL_THINGS | {"i"}


def is_joined(scene: Scene) -> bool:
    """Whether the author came to work there: “I joined Lincoln in 2016”, “I moved to Lincoln”."""
    step = 1 if scene.before == "joined" else 2
    verb, who = scene.text.at(scene.start - step), scene.text.at(scene.start - step - 1)
    is_moved = step == 1 or (scene.before == "to" and verb in {"came", "moved", "transferred"})
    is_told = who == "i" and scene.after in {"in", "after", "as"}
    return is_moved and is_told and not scene.is_possessive


def is_called(scene: Scene, place: Place) -> bool:
    """Whether it reads “our school, Lincoln”, “a school called Lincoln”."""
    kinds = {"school", "campus", "building", "academy"} if place.rule == "school" else {"district"}
    before = [scene.text.at(scene.start - step) for step in (1, 2, 3)]
    if before[0] in {"called", "named", "is"} and before[1] in kinds:
        return not scene.text.parts(scene.start)
    return before[0] in kinds and scene.text.gap(scene.start).strip() in {",", ":"}


def has_things(scene: Scene, place: Place) -> bool:
    """Whether students, a staff, a campus are said to be there."""
    things = cues.SCHOOL_THINGS if place.rule == "school" else cues.DISTRICT_THINGS
    is_next = scene.after in things and scene.text.is_next(scene.end)
    is_ours = place.weight == Weight.RARE_WORD and scene.near() >= {"our", "school"}
    if scene.begins and place.weight in {Weight.WORD, Weight.RARE_WORD} and not is_ours:
        things = things - cues.ANYONES_THINGS
        is_next = is_next and scene.after in things
    is_subject = set(place.core) & cues.ALWAYS_CAPITAL
    return is_next and not is_subject and not (scene.begins and place.weight == Weight.WORD)


def does_what_schools_do(scene: Scene, place: Place) -> bool:
    """Whether it reads “Lincoln is a Title I school”."""
    if scene.after not in cues.SCHOOL_VERBS or scene.is_possessive:
        return False
    behind = {scene.text.at(scene.end + step) for step in range(1, 8)}
    is_subject = len(place.core) == 1 and place.core[0] in cues.ALWAYS_CAPITAL
    return bool(behind & cues.SCHOOL_WORDS) and not is_subject


def is_taught_in(scene: Scene, place: Place) -> bool:
    """Whether someone teaches in that district: “I teach in Fresno”."""
    is_inside = scene.before in {"in", "for", "within", "across", "throughout"}
    if place.rule == "school" or not is_inside or not scene.text.is_next(scene.start):
        return False
    before = {scene.text.at(scene.start - step) for step in range(2, 9)}
    return bool(before & (cues.TEACHING - {"our", "district", "school"}))
