"""What may be handed in: files looked at by content, links by their form (SAFETY 7.1, T8).

Each refusal is one sentence that says what to do instead. ``check_file`` is the first gate; what
lies deeper in a file is judged by the cleaner.
"""

import ipaddress
import re
from typing import BinaryIO, cast
from urllib.parse import SplitResult, urlsplit

from django.core.files.uploadedfile import UploadedFile
from django.utils.text import format_lazy, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import ArtifactRequirement
from portal.refusal import Refused
from submissions.cleaning.formats import (
    FORMATS,
    MEGABYTE,
    RECORDING_ENDINGS,
    TEXT,
    Format,
)
from submissions.cleaning.recognition import recognize
from submissions.cleaning.report import NotAccepted
from submissions.filenames import ending_of

MOST_DOCUMENT_BYTES = 25 * MEGABYTE
LONGEST_LINK = 500
Medium = ArtifactRequirement.Medium

SAVE_AS = gettext_lazy("save it as %(formats)s and hand that in.")
INSTEAD = {
    "macros": gettext_lazy(
        "This file holds macros; save it as a plain Word, PowerPoint or Excel file, or as a PDF, "
        "and hand that in."
    ),
    "office template": gettext_lazy(
        "This is a template or a slide show file; open it, save it as an ordinary Word, PowerPoint "
        "or Excel file, and hand that in."
    ),
    "old office": format_lazy(
        "{} {}", gettext_lazy("This file is in an old Office format; open it,"), SAVE_AS
    ),
    "other office": format_lazy(
        "{} {}", gettext_lazy("Files of this program (such as Pages) can’t be taken;"), SAVE_AS
    ),
    "rich text": gettext_lazy(
        "Rich text files can’t be taken; save it as a Word document, an OpenDocument text or a "
        "PDF, and hand that in."
    ),
    "other recording": gettext_lazy(
        "Recordings in this format can’t be taken; export it as an MP4 video or an MP3 sound file "
        "and hand that in."
    ),
    "locked": gettext_lazy(
        "This file is protected with a password; save a copy without the password and hand that in."
    ),
    "archive": gettext_lazy(
        "This is an archive such as a zip, which can’t be taken; unpack it and hand in the files "
        "one by one."
    ),
    "two in one": gettext_lazy(
        "This file has another file hidden behind it; export it again, or print it to a new PDF, "
        "and hand that in."
    ),
    "svg": gettext_lazy(
        "SVG drawings can’t be taken; export the drawing as a PNG or PDF and hand that in."
    ),
    "html": gettext_lazy(
        "Web pages can’t be taken as files; print the page to a PDF and hand that in, or hand in "
        "its link where links are taken."
    ),
    "other picture": gettext_lazy(
        "Pictures in this format can’t be taken; save it as a JPEG or PNG and hand that in."
    ),
    "playlist": gettext_lazy(
        "This is only a playlist, not the recording itself; hand in the recording or a link to it."
    ),
    "program": gettext_lazy(
        "Programs and scripts can’t be taken; show what it does in a PDF or a picture and hand "
        "that in."
    ),
    "unknown": format_lazy(
        "{} {}",
        gettext_lazy("The portal does not know this kind of file; open it in its program,"),
        SAVE_AS,
    ),
}
LOCAL_ENDINGS = (
    "local",
    "localhost",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "test",
    "arpa",
)
UNSAFE = re.compile(r"[\x00-\x20\x7f\\]")


def check_file(file: "UploadedFile[bytes]", requirement: ArtifactRequirement) -> None:
    """Refuse a file that can't be accepted: by size, content, name's ending, or kind asked for."""
    if not file.size:
        raise Refused(_("This file is empty; check it and hand it in again."))
    kind = kind_of(file)
    if kind not in FORMATS:
        raise Refused(instead(kind, requirement))
    known = FORMATS[kind]
    check_size(file.size, known)
    check_name(file.name or "", known)
    check_declared(file.content_type or "", known)
    check_asked_for(known, requirement)


def instead(kind: str, requirement: ArtifactRequirement) -> str:
    """What to do with a file of a kind that is never taken; names the formats taken here."""
    if names := names_taken(requirement):
        return str(INSTEAD[kind]) % {"formats": get_text_list(names, _("or"))}
    return not_asked_for(_("a file"), requirement)


def names_taken(requirement: ArtifactRequirement) -> list[str]:
    """The formats that fit here, by name: PDF, DOCX."""
    fitting = [one for one in FORMATS.values() if set(one.media) & set(requirement.kinds)]
    return list(dict.fromkeys(name for one in fitting for name in one.names))


def kind_of(file: "UploadedFile[bytes]") -> str:
    """What the file is by its content, or the sentence of what hinders to find out."""
    try:
        return recognize(cast("BinaryIO", file))
    except NotAccepted as refusal:
        raise Refused(_(str(refusal))) from refusal


def takes_links(requirement: ArtifactRequirement) -> bool:
    """Whether a link may be handed in: also in place of a recording."""
    return bool({Medium.LINK, Medium.VIDEO, Medium.AUDIO} & set(requirement.kinds))


def too_large(most: int) -> str:
    """The sentence for a file of more bytes than its kind may have; only recordings are large."""
    advice = _("save it with smaller pictures or in two parts, and hand those in.")
    if most > MOST_DOCUMENT_BYTES:
        advice = _("export it in a smaller size or cut it into parts, and hand those in.")
    return _("This file is larger than %(most)s; %(advice)s") % {
        "most": size_words(most // MEGABYTE),
        "advice": advice,
    }


def size_words(megabytes: int) -> str:
    """A limit as people say it."""
    if megabytes % 1024:
        return _("%(most)d MB") % {"most": megabytes}
    return _("%(most)d GB") % {"most": megabytes // 1024}


def check_size(size: int, known: Format) -> None:
    """Refuse what is over the limit of its kind."""
    if size > known.most_bytes:
        raise Refused(too_large(known.most_bytes))


def is_recording(name: str, size: int) -> bool:
    """Whether an accepted file is, or may be, sound or video, whose cleaning can take long.

    Names that end as if the file were something else are refused, and nothing else is so large.
    """
    ending = ending_of(name)
    return size > MOST_DOCUMENT_BYTES or not ending or ending in RECORDING_ENDINGS


def check_name(name: str, known: Format) -> None:
    """Refuse a name that ends as if the file were something else."""
    ending = ending_of(name)
    if ending and ending not in known.extensions:
        raise Refused(
            _(
                "This file is %(kind)s inside, but its name ends in “.%(ending)s”; rename it to "
                "end in “.%(right)s” and hand it in again."
            )
            % {"kind": known.words, "ending": ending[:12], "right": known.extensions[0]}
        )


def check_declared(declared: str, known: Format) -> None:
    """Refuse a file sent as something of another family; "plain text" is said of anything."""
    other = FORMATS.get(declared.partition(";")[0].strip().lower())
    if other and other.media_type != TEXT and other.family != known.family:
        raise Refused(
            _(
                "This file is %(kind)s inside, but was sent as %(other)s; open it in its program, "
                "save it again, and hand in the new copy."
            )
            % {"kind": known.words, "other": other.words}
        )


def check_asked_for(known: Format, requirement: ArtifactRequirement) -> None:
    """Refuse a kind of file that this artifact is not."""
    if not set(known.media) & set(requirement.kinds):
        raise Refused(not_asked_for(known.words, requirement))


def not_asked_for(words: str, requirement: ArtifactRequirement) -> str:
    """The sentence that names what is taken here."""
    taken = get_text_list(requirement.kind_names(), _("or"))
    return _("This is %(kind)s, but what is asked for here is: %(taken)s.") % {
        "kind": words,
        "taken": taken,
    }


def check_link(url: str, requirement: ArtifactRequirement) -> None:
    """Refuse a link that reviewers could not open, or that is not asked for here."""
    if not takes_links(requirement):
        raise Refused(not_asked_for(_("a link"), requirement))
    if len(url) > LONGEST_LINK:
        raise Refused(
            _("This link is longer than %(most)d characters; use its short form.")
            % {"most": LONGEST_LINK}
        )
    parts = parts_of(url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise Refused(_("A link must start with https:// or http://; copy it from the browser."))
    if "@" in parts.netloc:
        raise Refused(
            _("This link has a name or password in it; share the page openly and use that link.")
        )
    if not is_public_host(parts.hostname or ""):
        raise Refused(
            _("This link leads to a computer only you can reach; put the page on the web first.")
        )


def parts_of(url: str) -> SplitResult:
    """The parts of an address, or a refusal when it is none."""
    unreadable = Refused(
        _("This link can’t be read; copy it from the browser’s address bar and try again.")
    )
    if UNSAFE.search(url):
        raise unreadable
    try:
        parts = urlsplit(url)
        str(parts.port)  # looking at it is the check
    except ValueError as broken:
        raise unreadable from broken
    return parts


def is_public_host(host: str) -> bool:
    """Whether this is a name that others can look up: has a dot, is no number, not local."""
    labels = host.rstrip(".").split(".")
    if len(labels) == 1 or not all(labels) or labels[-1].lower() in LOCAL_ENDINGS:
        return False
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return re.search(r"[^\W\d_]", labels[-1]) is not None and not labels[-1].startswith("0x")
    return False
