"""The filters above the list of measures. Their choices are what the plan and its figures hold."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from trigpoint.web.dashboards.listing import Choices, Order, Sections, Wanted

ANY = ("", "Any")
_SECTIONS = (
    (Sections.OBJECTIVE, "Objective"),
    (Sections.TAG, "Tag"),
    (Sections.NONE, "Nothing, one list"),
)
_ORDERS = (
    (Order.PRINTED, "As in the plan"),
    (Order.RATING, "Rating, worst first"),
    (Order.VARIATION, "Variation, concern first"),
    (Order.NAME, "Name"),
)


class MeasuresForm(forms.Form):
    """Every field is optional; an unknown choice in the address is an error that the page shows."""

    q = forms.CharField(label="Words in the name", required=False, max_length=200, strip=True)
    objective = forms.ChoiceField(label="Objective", required=False)
    committee = forms.ChoiceField(label="Committee", required=False)
    tag = forms.ChoiceField(label="Tag", required=False)
    place = forms.ChoiceField(label="Place", required=False)
    by = forms.ChoiceField(label="Group by", required=False, choices=[(each.value, text) for each, text in _SECTIONS])
    sort = forms.ChoiceField(label="Sort by", required=False, choices=[(each.value, text) for each, text in _ORDERS])
    missed = forms.BooleanField(label="Missed targets only", required=False)

    def __init__(self, data: Any, choices: Choices) -> None:
        super().__init__(data)
        self._choose("objective", choices.objectives)
        self._choose("committee", [(name, name) for name in choices.committees])
        self._choose("tag", [(name, name) for name in choices.tags])
        self._choose("place", choices.places)
        if "place" in self.fields:
            self.fields["place"].choices[0] = ("", "The plan’s own")
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = f"“{field.label}” has no such choice in this plan"

    def _choose(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        # A filter with nothing to choose between would only take up room.
        if len(choices) < 2 and not self.data.get(name):
            del self.fields[name]
        else:
            self.fields[name].choices = [ANY, *choices]

    def question(self) -> dict[str, str]:
        """What was asked, as the address carries it on."""
        return {name: str(value) for name in self.fields if (value := self.data.get(name))}

    def wanted(self) -> Wanted:
        """The filters of a valid form."""
        given = self.cleaned_data
        return Wanted(
            words=given["q"],
            objective=given.get("objective", ""),
            committee=given.get("committee", ""),
            tag=given.get("tag", ""),
            missed=given["missed"],
        )

    def place_asked(self) -> str:
        """The code of the place asked for, "" for the main place of each measure."""
        chosen: str = self.cleaned_data.get("place", "")
        return chosen

    def order(self) -> Order:
        return Order(self.cleaned_data["sort"] or Order.PRINTED.value)

    def sections(self) -> Sections:
        return Sections(self.cleaned_data["by"] or Sections.OBJECTIVE.value)
