"""The shape of what educators and staff send; whether it may be done is the actions' business."""

import csv
import re
import uuid
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from credits.models import CreditProgram, Term
from credits.requests import Confirmation, Wish
from portal.accounts.models import User

OLDEST_BIRTH_YEAR = 1900
LARGEST_FILE = 1_000_000
GRADE = re.compile(r"CR|NC|[A-F][+-]?")
CENTS = 100
MOST_UNITS = 999  # more than any career holds; columns can keep it
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)  # of any term


class UnitsForm(forms.Form):
    """An application for units: the term, how many, a date of birth if it is not known yet.

    A date of birth is never drawn on the page again; where the profile has one, that is said.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)
    term = forms.ModelChoiceField(
        Term.objects.none(),
        to_field_name="public_id",
        empty_label=None,
        label=gettext_lazy("Term"),
    )
    units = forms.IntegerField(label=gettext_lazy("Units"), min_value=1, max_value=MOST_UNITS)
    date_of_birth = forms.DateField(
        label=gettext_lazy("Date of birth"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy(
            "The university needs it to open your student account. It is kept encrypted with this "
            "application alone; put it in your profile and the next one need not ask. You can add "
            "it later."
        ),
    )

    def __init__(self, wisher: User, terms: list[Term], most: int, data: Any = None) -> None:
        super().__init__(data)
        if wisher.date_of_birth:
            self.fields["date_of_birth"].help_text = _(
                "Your profile has it; leave this empty to use that one."
            )
        self.initial.setdefault("key", uuid.uuid4())
        self.initial.setdefault("units", most)
        choices = Term.objects.filter(pk__in=[term.pk for term in terms])
        cast("forms.ModelChoiceField[Term]", self.fields["term"]).queryset = choices
        self.fields["units"].widget.attrs["max"] = most

    def clean_date_of_birth(self) -> date | None:
        """A day between 1900 and today."""
        born: date | None = self.cleaned_data["date_of_birth"]
        if born and not (born.year >= OLDEST_BIRTH_YEAR and born < date.today()):  # noqa: DTZ011 - a birthday has no zone
            raise forms.ValidationError(_("Please check the year."))
        return born

    def wish(self) -> Wish:
        """What the educator asks for."""
        sent = self.cleaned_data
        return Wish(sent["term"], sent["units"], str(sent["date_of_birth"] or ""))


class IdentifierForm(forms.Form):
    """What identifies an educator to a program, and the consent to report hours."""

    identifier = forms.CharField(
        max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    consent = forms.BooleanField(
        label=gettext_lazy("Report my hours to the state under this number.")
    )

    def __init__(self, program: CreditProgram, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["identifier"].label = program.identifier_label
        pattern = RegexValidator(
            re.compile(rf"\A(?:{program.identifier_pattern})\Z"),
            _("That does not look like a %(label)s.") % {"label": program.identifier_label},
        )
        self.fields["identifier"].validators.append(pattern)


class CorrectionForm(forms.Form):
    """The right hours of a line, and why."""

    hours = forms.DecimalField(
        label=gettext_lazy("Right number of hours"),
        min_value=Decimal("0.01"),
        max_digits=6,
        decimal_places=2,
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class TermForm(forms.ModelForm[Term]):
    """The dates and the fee of a term; the fee is written in dollars."""

    fee = forms.DecimalField(
        label=gettext_lazy("Fee for each unit, in dollars"),
        min_value=Decimal(0),
        max_digits=7,
        decimal_places=2,
    )

    class Meta:
        model = Term
        fields = ("opens_on", "application_deadline", "unit_cap")
        widgets = {
            "opens_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "application_deadline": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["fee"] = Decimal(self.instance.fee_per_unit_cents) / CENTS
        year = gettext_lazy("Please check the year.")
        for name in ("opens_on", "application_deadline"):
            self.fields[name].validators += [
                MinValueValidator(FIRST_DAY, year),
                MaxValueValidator(LAST_DAY, year),
            ]
        self.fields["unit_cap"].validators.append(MaxValueValidator(MOST_UNITS))

    def changes(self) -> dict[str, Any]:
        """The new values, the fee in whole cents."""
        sent = dict(self.cleaned_data)
        sent["fee_per_unit_cents"] = int(sent.pop("fee") * CENTS)
        return sent


class ConfirmationForm(forms.Form):
    """The university's answer as a CSV file: reference, student_id and, later, grade."""

    file = forms.FileField(
        label=gettext_lazy("The university’s answer (CSV)"),
        help_text=gettext_lazy(
            "The roster sent back with the columns reference, student_id and grade filled in. "
            "Other columns are not read."
        ),
    )

    def clean_file(self) -> list[Confirmation]:
        """The lines of the file; refuses what is no such table."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                _("This file is larger than one megabyte. Nothing was read.")
            )
        lines = lines_of(decoded(file.read()))
        return [confirmation(line, number) for number, line in enumerate(lines, start=2)]


def decoded(content: bytes) -> str:
    """The text of an uploaded table."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        words = _("This is not a CSV file in UTF-8. Save it as “CSV UTF-8” and try again.")
        raise forms.ValidationError(words) from error


def lines_of(text: str) -> list[dict[str | None, Any]]:
    """The lines of a table by column; refuses one without the columns that are needed."""
    table = csv.DictReader(StringIO(text, newline=""))
    head = text.partition("\n")[0].strip()
    try:
        names = {name.strip().lower() for name in table.fieldnames or ()} if head else set()
        lines = list(table)
    except csv.Error as error:
        raise forms.ValidationError(
            _("This file can’t be read as a table. Is a quotation mark left open?")
            + " "
            + _("Nothing was read.")
        ) from error
    if "\x00" in text or not {"reference", "student_id"} <= names:
        raise forms.ValidationError(
            _("The first line must name the columns reference and student_id. Nothing was read.")
        )
    return lines


def confirmation(line: dict[str | None, Any], number: int) -> Confirmation:
    """One line of the file."""
    cells = {
        name.strip().lower(): (text or "").strip().removeprefix("'")
        for name, text in line.items()
        if isinstance(name, str) and not isinstance(text, list)
    }
    grade = cells.get("grade", "").upper()
    if grade and not GRADE.fullmatch(grade):
        raise forms.ValidationError(
            _("Line %(number)d: the grade must be CR, NC or a letter. Nothing was read.")
            % {"number": number}
        )
    return Confirmation(cells["reference"].lower(), cells["student_id"], grade)
