"""The parts of a person's name, and every form in which they are said."""

import re
from dataclasses import dataclass, field

from submissions.identity.folding import fold, folded_words
from submissions.identity.lexicon import cue_words, short_forms
from submissions.identity.profile import Profile
from submissions.identity.weight import Weight, is_family, is_given, weigh, weigh_all

TITLES = cue_words("titles")
BEHIND = cue_words("behind")
PARTICLES = cue_words("particles")
CALLED = re.compile(r"[\"“(‘']([^\"”)’']{2,40})[\"”)’']")
GIVEN, MIDDLE, FAMILY, SHORT, NICK = "given", "middle", "family", "short", "nick"
LONG_ENOUGH = 3


@dataclass(frozen=True)
class Part:
    """One part of a name, as the words that say it."""

    words: tuple[str, ...]
    role: str

    @property
    def weight(self) -> Weight:
        """What it proves by itself."""
        return weigh_all(self.words)

    @property
    def goes_before(self) -> bool:
        """Whether it may stand before the family name, and by itself where someone is addressed."""
        return self.role in {GIVEN, SHORT, NICK}


@dataclass
class Person:
    """All parts of one person's names."""

    parts: list[Part] = field(default_factory=list)
    initials: frozenset[str] = frozenset()
    family_initials: frozenset[str] = frozenset()

    def of(self, *roles: str) -> list[Part]:
        """The parts with these roles, longest first."""
        found = [part for part in self.parts if part.role in roles]
        return sorted(found, key=lambda part: -len(part.words))

    @property
    def words(self) -> frozenset[str]:
        """Every word of the names."""
        return frozenset(word for part in self.parts for word in part.words)


def person_of(profile: Profile) -> Person:
    """Take a full name apart: titles, given, middle and family names, degrees."""
    called = CALLED.findall(profile.name)
    plain = CALLED.sub(" ", profile.name)
    before, family = split(plain)
    person = Person()
    for role, words in (*roles_of(before), *families(family)):
        add(person, role, words)
    for nickname in (*profile.nicknames, *called):
        add_nickname(person, nickname)
    for part in person.of(GIVEN):
        for word in part.words:
            for short in sorted(short_forms().get(word, ())):
                add(person, SHORT, (short,))
    person.initials = frozenset(part.words[0][0] for part in person.of(GIVEN, NICK, SHORT))
    person.family_initials = frozenset(part.words[0][0] for part in person.of(FAMILY))
    return person


def split(name: str) -> tuple[list[str], list[str]]:
    """What stands before the family name, and the family name; hyphens stay."""
    first, comma, rest = name.partition(",")
    if comma and not set(folded_words(rest)) <= BEHIND | {"sr", "ma", "ms", "m", "ed", "d", "ph"}:
        return bare(rest), bare(first)
    words = bare(first)
    if len(words) <= 1:
        return words, []
    for place, word in enumerate(words[1:-1], start=1):
        if word.lower().strip(".") in PARTICLES:
            return words[:place], words[place:]
    count = 2 if has_two_families(words) else 1
    return words[:-count], words[-count:]


def has_two_families(words: list[str]) -> bool:
    """Whether the last two words are family names, as in Spanish: “Ramírez Luna”."""
    second = fold(words[-2]) if len(words) > len(("given", "family")) else ""
    return is_family(second) and not is_given(second)


def bare(name: str) -> list[str]:
    """The words of a name without titles before and degrees behind it."""
    words = [word for word in name.split() if folded_words(word)]
    while len(words) > 1 and folded_words(words[0])[0] in TITLES:
        words.pop(0)
    while len(words) > 1 and folded_words(words[-1])[0] in BEHIND:
        words.pop()
    return words


def roles_of(before: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The given name, with each half of a double one, and the middle names."""
    rows = [(GIVEN, folded_words(word)) for word in before[:1]]
    parts = [words for _role, words in rows if len(words) > 1]
    rows += [(GIVEN, (half,)) for words in parts for half in ("".join(words), *words)]
    return rows + [(MIDDLE, folded_words(word)) for word in before[1:]]


def families(family: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """The family name in full, without its particles, in one word, and by its halves."""
    whole = folded_words(" ".join(family))
    core = tuple(word for word in whole if word not in PARTICLES or len(whole) == 1)
    rows = [whole, core, *((half,) for half in core)]
    rows += [("".join(whole),)] if len(whole) > 1 else []
    rows += [(f"{word}s",) for word in core if weigh(word) == Weight.NAME and word[-1:] != "s"]
    return [(FAMILY, words) for words in rows]


def add_nickname(person: Person, nickname: str) -> None:
    """A name one goes by; where it is a whole name, its last word is no name by itself."""
    words = folded_words(nickname)
    if len(words) > 1 and words[-1] in {part.words[-1] for part in person.of(FAMILY)}:
        words = () if words[0] in TITLES else words[:-1]
    add(person, NICK, words)


def add(person: Person, role: str, words: tuple[str, ...]) -> None:
    """Keep a part, once; single letters are initials, not parts."""
    long_enough = len("".join(words)) >= LONG_ENOUGH or role in {GIVEN, FAMILY, MIDDLE, NICK}
    known = {part.words for part in person.parts}
    if words and words not in known and long_enough and len("".join(words)) > 1:
        person.parts.append(Part(words, role))
