"""Where a name stands: what the words and signs around it say of it."""

import re
from dataclasses import dataclass

from submissions.identity import cues
from submissions.identity.lexicon import famous, listed, phrases, phrases_with
from submissions.identity.person import PARTICLES, TITLES
from submissions.identity.reading import Text
from submissions.identity.weight import Weight, is_family, is_given, is_ordinary, weigh

YEAR = re.compile(r"\d{4}[a-z]?")
OLD = range(1000, 1991)
CITED = re.compile(
    r"(?:,? et al\.?)?,? ?\(?(?:in press|n\.d\.|(?:1[89]|20)\d\d[a-z]?)\b"
    r"|,? (?:and|&) [A-Z][\w’'-]{1,30},? ?\(?(?:1[89]|20)\d\d|,? et al\b"
    r"|, [A-Z]\.(?: ?[A-Z]\.)?,? ?(?:&|\(?(?:1[89]|20)\d\d|\((?:in press|n\.d\.|Eds?\b|Director))"
    r"|, [A-Z]\.(?: ?[A-Z]\.)?, [A-Z][\w’'-]{1,30}, [A-Z]\."
)
CITED_BEFORE = re.compile(r"(?:& |and )$")
OPENED = re.compile(r"[“\"]$")
ENDED = re.compile(r"[.!?]|,[”\"]")
ASKED = re.compile(r"[!?]|,[”\"]")
SIGNED = re.compile(r"(?:^|\n)\s*[-–—~]{1,2}\s*$|[.!?]\s*[–—]\s*$")
CITATION_REACH = 48


@dataclass(frozen=True)
class Scene:
    """A stretch of words, from ``start`` to before ``end``, and its surroundings."""

    text: Text
    start: int
    end: int
    own: frozenset[str]  # words of the author's own name

    @property
    def before(self) -> str:
        """The word before."""
        return self.text.at(self.start - 1)

    @property
    def after(self) -> str:
        """The word behind."""
        return self.text.at(self.end)

    @property
    def is_capital(self) -> bool:
        """Whether every word of it has a capital letter."""
        return self.text.are_capital(self.start, self.end)

    @property
    def begins(self) -> bool:
        """Whether its capital letter would be there anyway."""
        return self.text.begins(self.start)

    @property
    def is_possessive(self) -> bool:
        """Whether something is said to be theirs."""
        return self.text.owns(self.end - 1)

    def near(self, reach: int = 12) -> set[str]:
        """The words around, in the same sentence."""
        return {self.text.at(place) for place in self.text.around(self.start, self.end, reach)}

    def is_part_of_something(self) -> bool:
        """Whether it stands inside the name of a known person, work or thing."""
        size = self.end - self.start
        for place in range(self.start, self.end):
            for phrase, offset in phrases_with().get(self.text.at(place), ()):
                is_more = len(phrase) > size
                if is_more and self.text.matches(place - offset, phrase):
                    return True
        return False

    def is_something(self) -> bool:
        """Whether these words are themselves the name of a known person, work or thing."""
        return tuple(self.text.at(at) for at in range(self.start, self.end)) in phrases()

    def is_with_characters(self) -> bool:
        """Whether it stands beside someone out of a story: “Tom and Huck”."""
        behind = self.after == "and" and self.text.at(self.end + 1) in listed("characters")
        before = self.before == "and" and self.text.at(self.start - 2) in listed("characters")
        is_capital = self.text.is_capital(self.end + 1) if behind else before
        return (behind or before) and is_capital

    def is_of_old(self) -> bool:
        """Whether a byname follows: “William the Conqueror”."""
        return self.after == "the" and self.text.is_capital(self.end + 1)

    def is_on_map(self) -> bool:
        """Whether it is part of a place on the map: “San Joaquin”, “Whitney Street”."""
        is_behind = self.before in cues.MAP_BEFORE and self.text.joins(self.start)
        if is_behind and self.text.is_capital(self.start - 1):
            return True
        if self.is_said_to_be_place():
            return True
        is_next = self.text.is_next(self.end) and self.text.is_capital(self.end)
        return is_next and self.after in cues.GEOGRAPHY and not self.is_possessive

    def is_said_to_be_place(self) -> bool:
        """Whether it reads “Medina is a large city”."""
        behind = [self.text.at(self.end + step) for step in range(4)]
        is_told = behind[0] in {"is", "was"} and behind[1] in {"a", "an", "the"}
        return is_told and not cues.PLACE_NOUNS.isdisjoint(behind[2:])

    def is_eponym(self) -> bool:
        """Whether a thing is named for them: “Goldberg machines”, “Murphy’s law”."""
        nouns = cues.EPONYMS_OWNED if self.is_possessive else cues.EPONYMS
        return self.after in nouns and self.text.is_next(self.end) and not self.has_title()

    def is_near_home(self) -> bool:
        """Whether the sentence speaks of the author’s family, or cites the author."""
        return bool(self.near(6) & cues.KIN) or self.is_cited()

    def has_title(self) -> bool:
        """Whether “Ms.” or the like stands right before."""
        return self.before in TITLES and self.text.joins(self.start)

    def is_public(self) -> bool:
        """Whether “President”, “poet” or the like stands right before."""
        return self.before in cues.PUBLIC_TITLES and self.text.is_next(self.start)

    def is_introduced(self) -> bool:
        """Whether the words before say whose name follows: “my name is”, “call me”."""
        return self.is_capital and (self.says_whose_name() or self.is_said_instead())

    def is_said_instead(self) -> bool:
        """Whether it is what else one is called: “they call me Mr. R, or just Rivers”."""
        is_other = self.before in {"or", "just"} and self.text.is_next(self.start)
        return is_other and "me" in self.near() and bool(self.near() & cues.CALLING)

    def says_whose_name(self) -> bool:
        """Whether “my name is” or the like stands before, capital letter or not."""
        return self.text.joins(self.start) and any(
            tuple(self.text.at(self.start - len(words) + step) for step in range(len(words)))
            == words
            for words in cues.NAMED
        )

    def is_labeled(self) -> bool:
        """Whether a label, a greeting or a line of its own makes it a signature."""
        gap = self.text.gap(self.start)
        if not self.is_capital:
            return False
        if ":" in gap and self.before in cues.LABELS:
            return True
        if self.before in cues.GREETINGS and self.text.begins(self.start - 1):
            return "," in gap or "\n" in gap or self.ends_greeting()
        if self.before == "you" and self.text.at(self.start - 2) == "thank":
            return "," in gap or "\n" in gap
        tail = self.text.gap(self.end)
        ends = "\n" in tail or self.end == len(self.text)
        return ends and bool(SIGNED.search(gap))

    def ends_greeting(self) -> bool:
        """Whether a comma or the like follows a greeted name."""
        tail = self.text.gap(self.end)[:1]
        return tail in {",", "!", ".", ":", "\n"} and self.before not in {"best", "love"}

    def is_spoken_to(self) -> bool:
        """Whether a comma sets it apart as someone addressed: “Thanks, May!”, “Will, look.”."""
        gap, tail = self.text.gap(self.start), self.text.gap(self.end)
        opens = self.start == 0 or bool(OPENED.search(gap))
        if opens and tail == ", " and self.is_capital:
            return bool(OPENED.search(gap)) or self.speaks_to_someone()
        ends = gap == ", " and bool(ENDED.match(tail)) and self.is_capital
        is_listed = self.text.is_capital(self.start - 1) and self.before not in {"i", "you"}
        return ends and not is_listed and (self.speaks_to_someone() or bool(ASKED.match(tail)))

    def speaks_to_someone(self) -> bool:
        """Whether the sentence has a “you” or a “thanks” in it."""
        return bool(self.near() & cues.SPEAKING_TO)

    def owns_class(self) -> bool:
        """Whether a class, a room or a lesson is said to be theirs."""
        return self.is_capital and self.is_possessive and self.after in cues.OWN_THINGS

    def stands_with_me(self) -> bool:
        """Whether it reads “X and I”."""
        after = (self.after, self.text.at(self.end + 1))
        return self.is_capital and after == ("and", "i") and not self.is_possessive

    def is_named(self) -> bool:
        """Whether something says that this is a person who is there."""
        is_addressed = self.has_title() or self.is_introduced() or self.is_labeled()
        return is_addressed or self.owns_class() or self.stands_with_me()

    def is_cited(self) -> bool:
        """Whether it stands as sources are cited: “(Black & Wiliam, 1998)”."""
        words = self.text.words
        stop = words[self.end - 1].stop
        tail = self.text.raw[stop : stop + CITATION_REACH]
        if CITED.match(tail):
            return True
        head = self.text.raw[
            max(0, words[self.start].start - CITATION_REACH) : words[self.start].start
        ]
        return bool(CITED_BEFORE.search(head)) and bool(re.match(r",? ?\(?(?:19|20)\d\d", tail))

    def tells_of_content(self) -> bool:
        """Whether the sentence speaks of what is taught: history, books, places, theories."""
        near = self.near()
        if self.is_public() or near & cues.CONTENT:
            return True
        if any(YEAR.fullmatch(word) and int(word[:4]) in OLD for word in near):
            return True
        return self.is_among_famous()

    def is_among_famous(self) -> bool:
        """Whether another name known to all stands near."""
        near = self.text.around(self.start, self.end, 8)
        return any(self.is_famous(place) for place in near)

    def is_famous(self, place: int) -> bool:
        """Whether a word is a name known to all, and not of somebody else: “DeShawn Whitaker”."""
        word = self.text.at(place)
        if not self.text.is_capital(place) or word not in famous() or word in self.own:
            return False
        one = Scene(self.text, place, place + 1, self.own)
        return one.is_part_of_something() or not one.follows_given_name()

    def follows_given_name(self) -> bool:
        """Whether a given name stands right before."""
        is_next = self.text.is_next(self.start) and self.text.is_capital(self.start - 1)
        return is_next and is_given(self.before) and not is_ordinary(self.before)

    def is_in_title(self) -> bool:
        """Whether a neighbor has a capital letter too, as in headings and in names of things."""
        before, after = self.start - 1, self.end
        left = self.text.is_next(self.start) and self.is_telling_capital(before)
        right = self.text.is_next(after) and self.is_telling_capital(after)
        return left or right

    def is_telling_capital(self, place: int) -> bool:
        """Whether a word has a capital letter that its place does not explain."""
        word = self.text.at(place)
        if word in self.own or word in TITLES or word in {"i", "im", "ive", "ill"}:
            return False
        return self.text.is_capital(place) and not self.text.begins(place)

    def follows_another_name(self) -> bool:
        """Whether someone else's given name or initial stands right before."""
        place = self.start - 1
        while self.text.at(place) in PARTICLES and self.text.joins(place):
            place -= 1
        word = self.text.at(place)
        if not self.text.joins(self.start) or self.text.parts(self.start):
            return False
        if not self.text.is_capital(place) or word in self.own:
            return False
        if len(word) == 1:
            return word not in {"i", "a"} or "." in self.text.gap(self.start)
        if word in TITLES or word.isdigit():
            return False
        return is_given(word) or not is_ordinary(word)

    def precedes_another_name(self) -> bool:
        """Whether someone else's family name or initial follows."""
        word = self.after
        if not self.text.is_next(self.end) or not self.text.is_capital(self.end):
            return False
        if word in self.own or self.is_possessive or word == "i":
            return False
        return len(word) == 1 or is_family(word) or not is_ordinary(word)

    def begins_another_name(self) -> bool:
        """Whether a word that is nothing but a name follows: “Luna Lovegood”."""
        is_next = self.text.is_next(self.end) and self.text.is_capital(self.end)
        if not is_next or self.is_possessive or self.after in self.own or self.has_title():
            return False
        return weigh(self.after) > Weight.WORD and len(self.after) > 1

    def is_behind_capital(self) -> bool:
        """Whether a word with a capital that is no title stands right before: “Toy Story”."""
        is_next = self.text.is_next(self.start) and self.text.is_capital(self.start - 1)
        return is_next and self.before not in TITLES | self.own

    def acts(self) -> bool:
        """Whether it does or gets what only people who are there do and get."""
        step = self.after in {"co", "re"}
        if self.text.at(self.end + step) in cues.PERSON_VERBS and not self.is_possessive:
            return not self.text.at(self.end + step + 1).isdigit()
        return not self.begins and self.before in cues.PERSON_BEFORE
