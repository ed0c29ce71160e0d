"""The agreement every attempt begins with: versioned text, one row for each acceptance."""

from django.utils.translation import gettext_lazy as _

VERSION = "2026-11"

NOVEMBER_2026 = (
    _("The work I hand in is my own. Where I worked with others, I say what I did myself."),
    _(
        "I have every release I need for the students and adults who can be seen or heard in my "
        "evidence, and I will not share it in public."
    ),
    _(
        "I leave out names: my own, my students’, my colleagues’, and those of my school and "
        "district, in what I write, in my files and in their names. Reviewers do not know me."
    ),
    _(
        "I understand that false, borrowed or machine-written work can mean that a badge is denied "
        "or taken back."
    ),
    _("I keep my own copies. The portal keeps my work too, and I can take it home at any time."),
)

TEXTS = {"2026-11": NOVEMBER_2026}
"""Every version that was ever accepted, so that each can be read again as it was."""

PROMISES = TEXTS[VERSION]
