"""What may be typed: a question, an answer, a place in a session, a session."""

from typing import Any, cast

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import Association, User
from portal.support import limits, moments, pages
from portal.support.asker import Asker
from portal.support.models import InformationSession

LONGEST_TEXT = 4000
MOST_PLACES = 10_000
TOO_OFTEN = _("That was a lot in one hour. Your text is still here: please send it a little later.")


class VisitorForm(forms.Form):
    """A form that visitors may fill in too.

    ``website`` is a trap that only machines fill in; whoever does gets thanks, and nothing more.
    Who is signed in is not asked for a name or an address.
    """

    visitor_name = forms.CharField(label=_("Your name"), max_length=120, required=False)
    visitor_email = forms.EmailField(label=_("Your e-mail address"))
    website = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        if request.user.is_authenticated:
            del self.fields["visitor_name"], self.fields["visitor_email"]

    @property
    def is_trapped(self) -> bool:
        """Whether a machine filled in what people don't see."""
        return bool(self.data.get("website"))

    def clean(self) -> dict[str, Any]:
        """Refuse who writes too often, so that the typed text stays on the page."""
        cleaned = super().clean() or {}
        email = cleaned.get("visitor_email", "")
        if not self.errors and not self.is_trapped and not limits.may_write(self.request, email):
            raise forms.ValidationError(TOO_OFTEN)
        return cleaned

    def asker(self) -> Asker:
        """Who sends this."""
        if self.request.user.is_authenticated:
            return Asker(self.request.user)
        return Asker(None, self.cleaned_data["visitor_name"], self.cleaned_data["visitor_email"])


class AskForm(VisitorForm):
    """A question; visitors may say which association they belong to."""

    text = forms.CharField(
        label=_("Your question"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    association = forms.ModelChoiceField(
        Association.objects.all(),
        label=_("Your association"),
        to_field_name="slug",
        required=False,
        empty_label=_("Another, or none"),
    )
    page = forms.CharField(required=False, widget=forms.HiddenInput)

    field_order = ("text", "visitor_name", "visitor_email", "association")

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if request.user.is_authenticated:
            del self.fields["association"]

    def clean_page(self) -> str:
        """An address of this portal, whatever was sent."""
        return pages.own_path(self.cleaned_data["page"])

    def in_care_of(self) -> Association | None:
        """The asker's association; else the one chosen, else the one whose page it was."""
        if self.request.user.is_authenticated:
            return self.request.user.association
        return self.cleaned_data["association"] or pages.association_of(self.cleaned_data["page"])


class RegistrationForm(VisitorForm):
    """A place in a session; a visitor gives a name and an address."""

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        if name := self.fields.get("visitor_name"):
            name.required = True


class AnswerForm(forms.Form):
    """An educator's answer."""

    answer = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("It goes out by mail, together with the question."),
    )


class SessionForm(forms.Form):
    """A session, its day and times told on the association's clocks."""

    association = forms.ModelChoiceField(
        Association.objects.none(), label=_("Association"), to_field_name="slug", empty_label=None
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    description = forms.CharField(
        label=_("What it is about"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    day = forms.DateField(label=_("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    starts = forms.TimeField(label=_("From"), widget=forms.TimeInput(attrs={"type": "time"}))
    ends = forms.TimeField(label=_("To"), widget=forms.TimeInput(attrs={"type": "time"}))
    place = forms.CharField(
        label=_("Place"),
        max_length=120,
        required=False,
        help_text=_("Leave it empty for a meeting that is online only."),
    )
    link = forms.URLField(
        label=_("Address to join online"),
        required=False,
        assume_scheme="https",
        help_text=_("Shown only to people who have a place."),
    )
    capacity = forms.IntegerField(
        label=_("Places"),
        min_value=1,
        max_value=MOST_PLACES,
        required=False,
        help_text=_("Leave it empty when everyone is welcome."),
    )

    def __init__(self, staff: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Association]", self.fields["association"])
        field.queryset = Association.objects.staffed_by(staff)

    def clean(self) -> dict[str, Any]:
        """Turn day and times into instants; refuse what no clock of the zone shows."""
        cleaned = super().clean() or {}
        if {"association", "day", "starts", "ends"} <= cleaned.keys():
            self.clean_times(cleaned)
        return cleaned

    def clean_times(self, cleaned: dict[str, Any]) -> None:
        """Put ``starts_at`` and ``ends_at`` in, or say which time is wrong."""
        zone = cleaned["association"].zone
        for name in ("starts", "ends"):
            cleaned[f"{name}_at"] = moments.instant(cleaned["day"], cleaned[name], zone)
            if cleaned[f"{name}_at"] is None:
                words = gettext("The clocks skip this time that night. Please choose another.")
                self.add_error(name, words)
        if not self.errors and cleaned["ends_at"] <= cleaned["starts_at"]:
            self.add_error("ends", gettext("The end must come after the start."))

    def facts(self) -> dict[str, Any]:
        """The fields of the session, day and times as instants."""
        told = {"day", "starts", "ends"}
        return {name: value for name, value in self.cleaned_data.items() if name not in told}


def as_typed(session: InformationSession) -> dict[str, Any]:
    """What the form shows of a session that is there: times as the association's clocks do."""
    zone = session.association.zone
    starts, ends = session.starts_at.astimezone(zone), session.ends_at.astimezone(zone)
    names = ("title", "description", "place", "link", "capacity")
    return {
        "association": session.association.slug,
        "day": starts.date().isoformat(),
        "starts": f"{starts:%H:%M}",
        "ends": f"{ends:%H:%M}",
        **{name: getattr(session, name) for name in names},
    }
