"""The form that sends files of published statistics."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from trigpoint.periods import Month, period_of
from trigpoint.web.accounts.models import Organisation
from trigpoint.web.intake.uploads import LIMIT_WORDS

MOST_FILES = 100
"""As many as Django takes in one request."""


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once, in the order in which the browser sends them."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Every file by the rules of one; an empty one is said to be empty by the reader, beside the others."""
        return [super(FilesField, self).clean(each, initial) for each in (data or [None])]


class MonthField(forms.DateField):
    """A month as people write it, as its first day."""

    def to_python(self, value: Any) -> date | None:
        period = period_of(str(value).strip()) if value else None
        if value and not isinstance(period, Month):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return period.start if period else None


class SendForm(forms.Form):
    """Files, and the organisation that they are held for where there is a choice."""

    files = FilesField(
        label="Choose files",
        max_length=255,
        allow_empty_file=True,
        error_messages={
            "required": "Choose the files to add",
            "missing": "Choose the files to add",
            "max_length": "The name of a file is longer than 255 characters. Shorten it and choose the files again",
        },
    )
    month = MonthField(
        label="Month, if a file does not say it",
        required=False,
        error_messages={"invalid": "Write the month as March 2025"},
    )
    organisation = forms.ChoiceField(label="Which organisation are they for?", required=False)

    def __init__(self, *args: Any, owners: tuple[Organisation, ...], too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._owners = {str(row.pk): row for row in owners}
        self._too_large = too_large
        self.fields["organisation"].choices = [(key, row.name) for key, row in self._owners.items()]
        self.fields["organisation"].error_messages["invalid_choice"] = "Choose one of the list"

    def clean(self) -> dict[str, Any]:
        """With one organisation there is nothing to choose."""
        given = super().clean() or self.cleaned_data
        if self._too_large:
            self._errors.pop("files", None)
            self.add_error("files", f"The files are larger than {LIMIT_WORDS} together. Add them in several goes")
        if len(self._owners) == 1:
            given["organisation"] = next(iter(self._owners.values()))
        else:
            given["organisation"] = self._owners.get(given.get("organisation", ""))
            if given["organisation"] is None and "organisation" not in self._errors:
                self.add_error("organisation", "Choose which organisation they are for")
        return given

    @property
    def sent(self) -> dict[str, Any]:
        """What a valid form asks to be kept."""
        given = self.cleaned_data
        return {"files": given["files"], "owner": given["organisation"], "month": given["month"]}
