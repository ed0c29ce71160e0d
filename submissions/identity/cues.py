"""Words that say what a name is doing in a sentence."""

from submissions.identity.lexicon import cue_words, listed

PUBLIC_TITLES = cue_words("public titles")
CONTENT = cue_words("content")
ABOUT = cue_words("about")
NAMED = (
    ("name", "is"), ("names",), ("i", "am"), ("im",), ("call", "me"), ("calls", "me"),
    ("called", "me"), ("calling", "me"), ("know", "me", "as"), ("known", "as"), ("it", "is"),
    ("this", "is"), ("named", "me"), ("me", "as"), ("myself",), ("me", "is"), ("llamo",), ("soy",),
)  # fmt: skip
CALLING = frozenset(["call", "calls", "called", "calling"])
SPEAKING_TO = cue_words("speaking to")
EPONYMS = cue_words("eponyms")
EPONYMS_OWNED = cue_words("eponyms owned")
CAPTIONS = cue_words("captions")
SPANISH_BEFORE = cue_words("spanish before")
LABELS = cue_words("labels")
GREETINGS = cue_words("greetings")
OWN_THINGS = cue_words("own things")
PERSON_VERBS = cue_words("person verbs")
PERSON_BEFORE = cue_words("person before")
ALWAYS_CAPITAL = listed("capitals")
SCHOOL_THINGS = cue_words("school things")
SCHOOL_WORDS = cue_words("school words")
SCHOOL_VERBS = cue_words("school verbs")
WORKPLACE = cue_words("workplace")
DISTRICT_VERBS = cue_words("district verbs")
ANYONES_THINGS = cue_words("anyones things")
LOCAL_THINGS = cue_words("local things")
GEOGRAPHY = cue_words("geography")
MAP_BEFORE = cue_words("map before")
PLACE_NOUNS = cue_words("place nouns")
KIN = cue_words("kin")
TEACHING = cue_words("teaching")
DISTRICT_THINGS = cue_words("district things")
STUDENTS = cue_words("students")
STRONG_STUDENTS = cue_words("strong students")
STUDENT_NOUNS = cue_words("student nouns")
COLLEAGUES = cue_words("colleagues")
AUTHORS = CONTENT | cue_words("authors")
