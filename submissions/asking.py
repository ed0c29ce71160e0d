"""How a slot of Part 2 asks: by the kinds of evidence it takes, with their formats and sizes."""

from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.models import ArtifactRequirement
from submissions.cleaning.formats import FORMATS
from submissions.uploads import size_words, takes_links

Medium = ArtifactRequirement.Medium

KINDS = {
    Medium.DOCUMENT: gettext_lazy("a document"),
    Medium.PRESENTATION: gettext_lazy("slides"),
    Medium.SPREADSHEET: gettext_lazy("a spreadsheet"),
    Medium.IMAGE: gettext_lazy("an image"),
    Medium.AUDIO: gettext_lazy("a sound recording"),
    Medium.VIDEO: gettext_lazy("a video"),
    Medium.LINK: gettext_lazy("a link"),
}


def heading(requirement: ArtifactRequirement) -> str:
    """What to add here: "Add a document, an image or a link"."""
    kinds = [kind for kind in requirement.kinds if kind != Medium.LINK]
    if takes_links(requirement):
        kinds.append(Medium.LINK)
    names = [str(KINDS[Medium(kind)]) for kind in kinds]
    return _("Add %(kinds)s") % {"kinds": get_text_list(names, _("or"))}


def files_taken(requirement: ArtifactRequirement) -> str:
    """The formats that fit, with the most a file may weigh: "PDF or ODT, up to 25 MB"."""
    by_limit: dict[int, list[str]] = {}
    for known in FORMATS.values():
        if set(known.media) & set(requirement.kinds):
            names = by_limit.setdefault(known.most, [])
            names.extend(name for name in known.names if name not in names)
    return "; ".join(
        _("%(formats)s, up to %(most)s")
        % {"formats": get_text_list(names, _("or")), "most": size_words(most)}
        for most, names in by_limit.items()
    )
