"""Addresses, numbers and links: what machines know the author by."""

import re
from collections.abc import Iterator

from submissions.identity.finding import CERTAIN, DOUBTFUL, Finding
from submissions.identity.lexicon import cue_words
from submissions.identity.profile import Profile
from submissions.identity.weight import is_family, is_given, is_ordinary

EVERYBODYS = cue_words("everybodys")
MADE_OF_LABELS = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
IN_ADDRESS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-")
IN_LOCAL = IN_ADDRESS | frozenset("_+%'")
DIGITS = re.compile(r"\d")
PHONE = re.compile(
    r"(?<![\d.])(?:\+?\d{1,3}[ .\-]?)?\(?\d{3}\)?[ .\-/–]{0,3}\d{3}[ .\-–]{0,2}\d{4}(?!\d)"
)
SHORT_PHONE = re.compile(r"(?<![\d\-.])\d{3}[ .\-–]\d{4}(?![\d-])")
OUTSIDE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:"
    r"(?:(?:drive|docs|sites|photos|classroom)\.google\.com|goo\.gl|dropbox\.com|db\.tt"
    r"|onedrive\.live\.com|1drv\.ms|[a-z0-9-]{1,60}\.sharepoint\.com|icloud\.com"
    r"|(?:[a-z0-9-]{1,60}\.)?box\.com|padlet\.com|canva\.com|facebook\.com|instagram\.com"
    r"|twitter\.com|x\.com|linkedin\.com)(?![\w-]|\.\w)"
    r"|(?:m\.)?youtube\.com/(?:@|channel/|c/|user/)|tiktok\.com/@)"
    r"[^\s<>\"”)\]]{0,400}",
    re.IGNORECASE,
)
ENDING = re.compile(r"\.(?:com|gl|tt|ms)(?!\w)", re.IGNORECASE)
IN_LINK = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:/@")
LONGEST_HOST = 120
LONGEST_ADDRESS = 254
SHORTEST, SHORTEST_NUMBER = 4, 5
WHOLE_PHONE, LOCAL_PHONE = 10, 7
NUMBER_WORDS = re.compile(
    r"(?:member|membership|number|no|id|card)\W{0,3}(?:is\W{0,2})?$", re.IGNORECASE
)
STANDARD_LABELS = 2


def find_traces(raw: str, profile: Profile) -> Iterator[Finding]:
    """Every place where an address or a number of the author's stands."""
    small = raw.lower() if len(raw.lower()) == len(raw) else raw
    yield from addresses(raw, small, profile)
    for email in profile.emails:
        yield from local_part(raw, small, email)
    yield from phones(raw, profile.phone)
    for number in profile.member_numbers:
        yield from member_number(raw, number)
    yield from handles(raw, small, profile.handle)
    yield from links(raw)


def found(raw: str, span: tuple[int, int], rule: str, suggestion: str) -> Finding:
    """A certain finding."""
    start, end = span
    return Finding(rule, CERTAIN, start, end, raw[start:end], suggestion)


def base_of(email: str) -> str:
    """The part of an address that a whole school shares; empty where everybody has it."""
    domain = email.rpartition("@")[2].strip().lower().rstrip(".")
    if "@" not in email or not MADE_OF_LABELS.fullmatch(domain) or domain in EVERYBODYS:
        return ""
    labels = domain.split(".")
    size = STANDARD_LABELS
    if "k12" in labels:
        size = len(labels) - labels.index("k12") + 1
    elif (
        len(labels[-1]) == STANDARD_LABELS and len(labels[-2]) <= len("com") and len(labels) > size
    ):
        size += 1
    return ".".join(labels[-size:])


def addresses(raw: str, small: str, profile: Profile) -> Iterator[Finding]:
    """The author's e-mail addresses, others of the same house, and the house's own address."""
    own = {email.strip().lower() for email in profile.emails if "@" in email}
    for base in sorted({base for email in own if (base := base_of(email))} | own):
        start = small.find(base)
        while start >= 0:
            if is_whole(small, start, start + len(base)):
                begin, end = widened(small, start, start + len(base))
                yield address(raw, (begin, end), is_own=small[begin:end] in own)
            start = small.find(base, start + len(base))


def is_whole(small: str, start: int, end: int) -> bool:
    """Whether an address ends and begins here, and is not part of a longer word."""
    before, after = small[start - 1 : start], small[end : end + 2]
    ends = not after[:1] or after[:1] not in IN_ADDRESS or after == "." or after[:1] == "."
    is_label = after[:1] == "." and after[1:2].isalnum()
    return (not before or before not in IN_ADDRESS - {"."}) and ends and not is_label


def widened(small: str, start: int, end: int) -> tuple[int, int]:
    """The whole address around its domain: subdomains, and what stands before an @."""
    first, least = start, max(0, start - LONGEST_ADDRESS)
    while first > least and small[first - 1] in IN_ADDRESS:
        first -= 1
    if first and small[first - 1] == "@":
        begin = first - 1
        while begin > least and small[begin - 1] in IN_LOCAL:
            begin -= 1
        return begin, end
    return first, end


def address(raw: str, span: tuple[int, int], *, is_own: bool) -> Finding:
    """An address as a finding."""
    if is_own:
        return found(raw, span, "email", "[my email]")
    is_mail = "@" in raw[slice(*span)]
    return found(raw, span, "domain", "[an email]" if is_mail else "[a web address]")


def local_part(raw: str, small: str, email: str) -> Iterator[Finding]:
    """What stands before the @, where it is a word of its own and no everyday word."""
    word = email.partition("@")[0].strip().lower()
    is_plain = is_ordinary(word) or is_given(word) or is_family(word)
    if "@" in email and len(word) >= SHORTEST and not is_plain:
        yield from words(raw, small, word, ("email", "[my email]"))


def words(raw: str, small: str, word: str, told: tuple[str, str]) -> Iterator[Finding]:
    """Where a made-up word stands by itself."""
    start = small.find(word)
    while start >= 0:
        end = start + len(word)
        before, after = small[start - 1 : start], small[end : end + 1]
        if not (before.isalnum() or after.isalnum() or before in {".", "_"} or after == "_"):
            first = start - (before == "@")
            yield found(raw, (first, end), *told)
        start = small.find(word, end)


def phones(raw: str, phone: str) -> Iterator[Finding]:
    """The author's phone number, however it is written, also without the area code."""
    digits = digits_of(phone)[-WHOLE_PHONE:]
    if len(digits) < LOCAL_PHONE:
        return
    yield from (found(raw, span, "phone", "[my phone]") for span in spaced(raw, digits_of(phone)))
    for pattern, size in ((PHONE, WHOLE_PHONE), (SHORT_PHONE, LOCAL_PHONE)):
        for hit in pattern.finditer(raw):
            if digits_of(hit.group())[-size:] == digits[-size:]:
                yield found(raw, hit.span(), "phone", "[my phone]")


def digits_of(text: str) -> str:
    """The digits in a text."""
    return "".join(DIGITS.findall(text))


def spaced(raw: str, signs: str) -> Iterator[tuple[int, int]]:
    """Where these signs stand in a row, with at most one other sign between two of them."""
    pattern = r"[ .\-–]?".join(re.escape(sign) for sign in signs)
    for hit in re.finditer(rf"(?<![\w.]){pattern}(?![\w%])", raw, re.IGNORECASE):
        yield hit.span()


def member_number(raw: str, number: str) -> Iterator[Finding]:
    """A member number, whatever signs part its digits."""
    signs = "".join(sign for sign in number if sign.isalnum())
    if len(signs) < SHORTEST or not any(sign.isdigit() for sign in signs):
        return
    for start, end in spaced(raw, signs):
        is_long = len(signs) >= SHORTEST_NUMBER
        if is_long or NUMBER_WORDS.search(raw[max(0, start - 20) : start]):
            yield found(raw, (start, end), "member number", "[my member number]")


def handles(raw: str, small: str, handle: str) -> Iterator[Finding]:
    """The author's handle; one that is an everyday word only behind an @ or a slash."""
    word = handle.strip().lstrip("@").lower()
    if len(word) < SHORTEST - 1:
        return
    is_plain = is_ordinary(word) or is_given(word) or is_family(word)
    for hit in words(raw, small, word, ("handle", "[my handle]")):
        before = raw[hit.start - 1 : hit.start]
        if not is_plain or hit.phrase.startswith("@") or before == "/":
            yield hit


def links(raw: str) -> Iterator[Finding]:
    """Links to drives and channels, which show whose they are."""
    last = 0
    for ending in ENDING.finditer(raw):
        if ending.start() < last:
            continue
        start = ending.start()
        while start > last and ending.start() - start < LONGEST_HOST and raw[start - 1] in IN_LINK:
            start -= 1
        if hit := OUTSIDE.match(raw, start):
            phrase = hit.group().rstrip(".,;:!?")
            last = start + len(phrase)
            yield Finding("link", DOUBTFUL, start, last, phrase, "[a link]")
