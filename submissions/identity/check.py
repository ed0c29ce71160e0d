"""All rules over one text, and of what they find in the same place the one that says most."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from submissions.identity.finding import CERTAIN, Finding
from submissions.identity.names import find_names
from submissions.identity.person import Person, person_of
from submissions.identity.place_names import Place, district_of, local_of, school_of
from submissions.identity.places import find_place
from submissions.identity.profile import Profile
from submissions.identity.reading import Text
from submissions.identity.students import find_students
from submissions.identity.traces import find_traces

RULES = ("email", "phone", "member number", "handle", "name", "school", "district", "local",
         "domain", "student", "link")  # fmt: skip
NO_LOCAL = frozenset(["cta", "nea", "psea", "aft", "cft"])  # shared by everyone, so no one's own
COLLEAGUE = re.compile(r"colleague|co-?teacher|principal|counselor|mentor|aide\b", re.IGNORECASE)
EXCERPT = 240
LONG_ENOUGH = 4
SENTENCE_END = re.compile(r"[.!?…]['\"”’)]*\s|\n")


class Checker:
    """What to look for in the texts of one educator: made once, used for each text."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile
        self.person: Person = person_of(profile)
        self.places: list[Place] = []
        kinds = (
            (school_of, profile.school),
            (district_of, profile.district),
            (local_of, profile.local),
        )
        for make, name in kinds:
            place = make(name)
            if place.core and place.core[0] not in NO_LOCAL:
                self.places.append(place)

    def check(self, raw: str) -> list[Finding]:
        """What may tell in a text, in the order of the text, none inside another."""
        text = Text(raw)
        return settled([*find_traces(raw, self.profile), *self.in_words(text)])

    def in_words(self, text: Text) -> Iterator[Finding]:
        """What the rules for words find."""
        yield from told(text, "name", "[my name]", find_names(text, self.person))
        yield from told(text, "name", "[my name]", in_one_word(text, self.person))
        for place in self.places:
            yield from told(text, place.rule, place.suggestion, find_place(text, place))
        yield from told(text, "student", "[a student]", find_students(text, self.person.words))


def told(
    text: Text, rule: str, suggestion: str, hits: Iterable[tuple[int, int, str]]
) -> Iterator[Finding]:
    """Hits on words as findings in the text."""
    for first, last, certainty in hits:
        start, end = text.words[first].start, text.words[last - 1].end
        if rule == "student" and COLLEAGUE.search(text.raw[max(0, start - 40) : start]):
            suggestion = "[a colleague]"
        yield Finding(rule, certainty, start, end, text.raw[start:end], suggestion)


def in_one_word(text: Text, person: Person) -> Iterator[tuple[int, int, str]]:
    """The whole name run together, as in addresses: “danawhitfield”, “mswhitfield”."""
    given = [word for part in person.of("given", "nick") for word in ["".join(part.words)]]
    family = [word for part in person.of("family") for word in ["".join(part.words)]]
    glued = {a + b for first in given for last in family for a, b in ((first, last), (last, first))}
    glued |= {first[0] + last for first in given for last in family if len(last) >= LONG_ENOUGH}
    glued |= {title + last for title in ("ms", "mr", "mrs", "miss") for last in family}
    for word in sorted(glued - person.words):
        for place in text.places.get(word, ()):
            yield place, place + 1, CERTAIN


def settled(findings: list[Finding]) -> list[Finding]:
    """Of findings that overlap, the certain one before the doubtful, then the longer."""
    taken: list[tuple[int, int]] = []
    kept = []
    for finding in sorted(findings, key=rank):
        place = bisect_right(taken, (finding.start, finding.end))
        is_free = place == 0 or taken[place - 1][1] <= finding.start
        if is_free and (place == len(taken) or taken[place][0] >= finding.end):
            taken.insert(place, (finding.start, finding.end))
            kept.append(finding)
    return sorted(kept, key=lambda finding: finding.start)


def rank(finding: Finding) -> tuple[bool, int, int, int]:
    """What goes first."""
    length = finding.end - finding.start
    return not finding.is_certain, -length, RULES.index(finding.rule), finding.start


def check(profile: Profile, raw: str) -> list[Finding]:
    """What may tell in one text who its author or a student is."""
    return Checker(profile).check(raw)


def sentence_at(raw: str, start: int, end: int) -> str:
    """The sentence around a place, cut where it is very long."""
    first = max(0, start - EXCERPT)
    breaks = [hit.end() for hit in SENTENCE_END.finditer(raw, first, start)]
    begin = breaks[-1] if breaks else first
    after = SENTENCE_END.search(raw, end, min(len(raw), end + EXCERPT))
    stop = after.end() if after else min(len(raw), end + EXCERPT)
    return " ".join(raw[begin:stop].split())
