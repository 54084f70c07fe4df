"""The forms of an import: what is uploaded, how one reading is corrected, what the edition is called."""

from __future__ import annotations

from typing import Any

from django import forms

from trigpoint.web.accounts.models import Organisation
from trigpoint.web.intake.uploads import LIMIT_WORDS
from trigpoint.web.register.models import Edition

A_NEW_PLAN = ("", "A plan of its own")


def edition_name(edition: Edition) -> str:
    """An edition as a list of choices shows it."""
    return " – ".join(part for part in (edition.title or "Plan without a title", edition.edition) if part)


class UploadForm(forms.Form):
    """A document, the organisation it is for, and the plan that it is a new edition of, if it is one."""

    document = forms.FileField(
        label="Choose a file",
        max_length=255,
        error_messages={
            "required": "Choose the document to import",
            "missing": "Choose the document to import",
            "empty": "The file is empty. Choose one with the plan in it",
            "max_length": "The file’s name is longer than 255 characters. Shorten it and choose it again",
        },
    )
    organisation = forms.ChoiceField(label="Whose plan is it?", required=False)
    of = forms.ChoiceField(label="Is it a new edition of a plan that is here already?", required=False)

    def __init__(
        self, *args: Any, owners: list[Organisation], editions: list[Edition], too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._owners = {str(row.pk): row for row in owners}
        self._editions = {str(row.pk): row for row in editions}
        self._too_large = too_large
        self.fields["organisation"].choices = [(key, row.name) for key, row in self._owners.items()]
        named = [(key, edition_name(row)) for key, row in self._editions.items()]
        self.fields["of"].choices = [A_NEW_PLAN, *named]
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = "Choose one of the list"

    def clean(self) -> dict[str, Any]:
        """The organisation of a new edition is that of the plan; with one organisation there is nothing to choose."""
        given = super().clean() or self.cleaned_data
        if self._too_large:
            self._errors.pop("document", None)
            self.add_error("document", f"The file is larger than {LIMIT_WORDS}. Remove pictures, or split it")
        given["of"] = self._editions.get(given.get("of", ""))
        if given["of"] is not None:
            given["organisation"] = given["of"].organisation
        elif len(self._owners) == 1:
            given["organisation"] = next(iter(self._owners.values()))
        else:
            given["organisation"] = self._owners.get(given.get("organisation", ""))
            if given["organisation"] is None and "organisation" not in self._errors:
                self.add_error("organisation", "Choose whose plan it is")
        return given

    @property
    def upload(self) -> dict[str, Any]:
        """What a valid form asks to be kept."""
        given = self.cleaned_data
        return {"file": given["document"], "organisation": given["organisation"], "of": given["of"]}
