"""School, district and local as they are written, and every shorter form in which they are said."""

from dataclasses import dataclass, replace

from submissions.identity.folding import folded_words
from submissions.identity.lexicon import cue_words, listed, phrases
from submissions.identity.weight import Weight, is_given, weigh_all

ELEMENTARY = frozenset(["elementary", "elem", "el", "es", "primary"])
MIDDLE = frozenset(["middle", "ms", "intermediate", "junior", "jr", "jhs"])
HIGH = frozenset(["high", "hs", "senior", "sr"])
ANY_SCHOOL = cue_words("any school")
PROGRAMS = cue_words("school programs")
LEVELS = (ELEMENTARY, MIDDLE, HIGH)
SCHOOL = (
    ELEMENTARY
    | MIDDLE
    | HIGH
    | ANY_SCHOOL
    | PROGRAMS
    | frozenset(["of", "the", "for", "and", "k", "8", "12", "6", "center"])
)
DISTRICT = cue_words("district")
DISTRICT_LEADING = (
    ("school", "district", "of"), ("school", "district", "of", "the"), ("board", "of", "education"),
    ("city", "of"), ("the",),
)  # fmt: skip
LOCAL = cue_words("local")
LOCAL_LEADING = (
    ("united", "educators", "of"), ("united", "teachers", "of"), ("federation", "of", "teachers"),
    ("associated", "teachers", "of"), ("united", "teachers"), ("the",),
)  # fmt: skip
SHORT_SCHOOL = frozenset(
    ["es", "ms", "hs", "jhs", "el", "sr", "jr"]
)  # school words only in capital letters
UPPER_ONLY = SHORT_SCHOOL | {"sd", "usd", "isd", "csd", "uhsd", "hsd", "esd", "cusd", "ea", "ta"}
AFTER_SCHOOL = ELEMENTARY | MIDDLE | HIGH | (ANY_SCHOOL - {"schools"})
AFTER_DISTRICT = cue_words("after district")
AFTER_LOCAL = cue_words("after local")
BEHIND_PERSON = frozenset(["jr", "sr", "iii"])
LONG_ENOUGH = 4
LONG_HALF = 3
UNUSUAL = frozenset(["regional", "consolidated", "township", "independent", "municipal", "central"])
OTHERWISE = {"st": "saint", "saint": "st", "mt": "mount", "mount": "mt", "ft": "fort", "fort": "ft"}
SAINTS = frozenset(["st", "saint", "san", "santa", "santo"])
ROADS = frozenset(["street", "st", "avenue", "ave", "road", "rd", "boulevard", "drive", "lane"])
UNSPOKEN = frozenset(["of", "the", "and", "for"])


@dataclass(frozen=True)
class Place:
    """A school, a district or a local: ``core`` is what sets it apart from others of its kind."""

    rule: str
    suggestion: str
    core: tuple[str, ...]
    whole: tuple[str, ...]
    after: frozenset[str]  # words that make the core the name of such a place

    @property
    def weight(self) -> Weight:
        """What the core proves by itself: a city or “Riverview” less than it would of a person."""
        whole = "".join(self.core)
        if whole in listed("cities"):
            return min(Weight.KNOWN, weigh_all(self.core))
        if whole in listed("acronyms"):
            return Weight.WORD
        weight = weigh_all(self.core)
        return Weight.RARE_WORD if weight == Weight.NAME and is_made_of_words(self.core) else weight

    @property
    def own_kind(self) -> frozenset[str]:
        """Words of its own full name that go with the core: “Regional”; “STEM”, “Dual Language”."""
        behind = set(self.whole) - set(self.core)
        kinds = {"district": UNUSUAL, "school": PROGRAMS}
        return frozenset(behind & kinds.get(self.rule, frozenset()))

    @property
    def is_person(self) -> bool:
        """Whether it is named for a person: then the last word alone is in use, too."""
        is_known = any(phrase[: len(self.core)] == self.core for phrase in phrases())
        return len(self.core) > 1 and (is_known or is_given(self.core[0]))

    @property
    def levels(self) -> frozenset[str]:
        """The words for its own level, none where its name tells none."""
        own = set(self.whole)
        return frozenset().union(*(level for level in LEVELS if own & (level - {"jr", "el", "sr"})))


def school_of(name: str) -> Place:
    """A school."""
    whole = without_leading(folded_words(name), (("the",),))
    core = without_trailing(whole, SCHOOL)
    core = tuple(word for word in core if word not in BEHIND_PERSON) or whole
    return Place("school", "[my school]", spelled_out(core), whole, AFTER_SCHOOL)


def district_of(name: str) -> Place:
    """A district."""
    whole = folded_words(name)
    named = without_leading(whole, DISTRICT_LEADING)
    core = without_trailing(without_number(named), DISTRICT)
    return Place("district", "[my district]", core or whole, whole, AFTER_DISTRICT)


def without_number(words: tuple[str, ...]) -> tuple[str, ...]:
    """A district's name without the number behind it, where it is more than “ISD 622”."""
    if not (words[-1:] and words[-1].isdigit()):
        return words
    plain = without_trailing(words[:-1], frozenset(["no", "number"]))
    return plain if without_trailing(plain, DISTRICT) else words


def local_of(name: str) -> Place:
    """A local association."""
    whole = folded_words(name)
    core = without_trailing(without_leading(whole, LOCAL_LEADING), LOCAL)
    return Place("local", "[my local]", core or whole, whole, AFTER_LOCAL)


def without_leading(
    words: tuple[str, ...], leading: tuple[tuple[str, ...], ...]
) -> tuple[str, ...]:
    """The words behind the longest opening of these kinds."""
    for opening in sorted(leading, key=len, reverse=True):
        if words[: len(opening)] == opening and len(words) > len(opening):
            return words[len(opening) :]
    return words


def without_trailing(words: tuple[str, ...], kinds: frozenset[str]) -> tuple[str, ...]:
    """The words before those that every place of the kind has; nothing may be left."""
    end = len(words)
    while end and words[end - 1] in kinds:
        end -= 1
    return words[:end]


def spelled_out(core: tuple[str, ...]) -> tuple[str, ...]:
    """Single letters pulled together: “P.S. 118” is “PS 118”."""
    letters = tuple(word for word in core if len(word) == 1 and word.isalpha())
    if len(letters) > 1 and core[: len(letters)] == letters:
        return ("".join(letters), *core[len(letters) :])
    return core


def short_cores(place: Place) -> list[tuple[str, ...]]:
    """What people say of a school's longer name: “King”, “MLK”; “San Miguel”; “Hoover” (Street)."""
    core = place.core
    if place.rule != "school" or len(core) < len(("two", "words")):
        return []
    if core[-1] in ROADS:
        return [core[:-1]]
    if place.is_person:
        return [core[-1:], (initials(core),)]
    is_byname = core[0] in SAINTS and len(core) > len(("saint", "name"))
    return [core[:2]] if is_byname else []


def is_made_of_words(core: tuple[str, ...]) -> bool:
    """Whether a single word is two everyday words in one: “Riverview”, “Oakdale”."""
    word = core[0]
    halves = ((word[:cut], word[cut:]) for cut in range(LONG_HALF, len(word) - LONG_HALF + 1))
    return len(core) == 1 and any(is_word(one) and is_word(other) for one, other in halves)


def is_word(half: str) -> bool:
    """Whether half of a word is a word."""
    return half in listed("words") or half in listed("rarer")


def variants(place: Place) -> list[Place]:
    """The place with its core as written, and with “Saint” for “St.” and the like."""
    others = {
        tuple(OTHERWISE.get(word, word) if word == short else word for word in place.core)
        for short in OTHERWISE
    }
    return [place, *(replace(place, core=core) for core in sorted(others - {place.core}))]


def initials(words: tuple[str, ...]) -> str:
    """The first letters of the words that count."""
    return "".join(word[0] for word in words if word not in UNSPOKEN)


def acronyms_of(place: Place) -> frozenset[str]:
    """The letters by which a place goes: three at least."""
    short = initials(place.core)
    found = {initials(place.whole)}
    kinds = set(place.whole) - set(place.core)
    if place.rule == "school":
        for level, ends in zip(LEVELS, ("es", "ms", "hs"), strict=True):
            if kinds & level:
                found.add(short + ends)
        found |= {initials(tuple(word for word in place.whole if word not in BEHIND_PERSON))}
    if place.rule == "district":
        found |= {short + "sd", short + "usd"} if short[1:] else {short + "usd"}
        found -= {short + "usd"} if not kinds & {"unified", "union", "usd"} else set()
    return frozenset(letters for letters in found if letters[2:] and letters.isalpha())


def is_common(letters: str) -> bool:
    """Whether the letters mean something else to every teacher."""
    return letters in listed("acronyms") or letters in listed("words")


def run_together(place: Place) -> frozenset[str]:
    """Forms without a space, as in addresses and tags: “alderelem”, “riverbendusd”."""
    core = "".join(place.core)
    if len(core) < LONG_ENOUGH or core.isdigit():
        return frozenset()
    ends = {word for word in place.after if word not in {"el", "sr", "jr", "ea", "ta", "area"}}
    ends &= (place.levels or ends) | ANY_SCHOOL if place.rule == "school" else ends
    return frozenset(core + end for end in ends) | {core + "schools"}
