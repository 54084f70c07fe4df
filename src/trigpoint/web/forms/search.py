"""The search form. Its choices are what the plan holds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from trigpoint.plans.state import State
from trigpoint.web.register import search
from trigpoint.web.register.presenters.looks import PROGRESS, STATES
from trigpoint.web.register.reading import Reading
from trigpoint.web.register.search import Kind, Order, Wanted

ANY = ("", "Any")


def _choices(values: Iterable[str]) -> list[tuple[str, str]]:
    return [ANY, *((value, value) for value in values)]


class DayField(forms.DateField):
    """A day as the browser's own field sends it, or as people write it."""

    def __init__(self, label: str) -> None:
        message = f"“{label}” must be a date, such as 31/12/2017"
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y", "%d %b %Y"],
            error_messages={"invalid": message},
        )


class SearchForm(forms.Form):
    """Every field is optional; an unknown choice in the address is an error that the page shows."""

    q = forms.CharField(label="Words or “a phrase”", required=False, max_length=200, strip=True)
    state = forms.ChoiceField(label="State", required=False)
    lead = forms.ChoiceField(label="Lead", required=False)
    committee = forms.ChoiceField(label="Committee", required=False)
    area = forms.ChoiceField(label="Locality", required=False)
    quarter = forms.ChoiceField(label="Due in quarter", required=False)
    due_after = DayField("Due on or after")
    due_before = DayField("Due on or before")
    theme = forms.ChoiceField(label="Theme", required=False)
    declared = forms.ChoiceField(label="Reported by the lead", required=False)
    kind = forms.ChoiceField(label="Kind", required=False)
    sort = forms.ChoiceField(required=False, choices=[("", ""), *((order.value, order.value) for order in Order)])
    down = forms.BooleanField(required=False)

    def __init__(self, data: Any, reading: Reading) -> None:
        super().__init__(data)
        plan, states = reading.plan, reading.states
        self._choose("state", [ANY, *((look.slug, look.label) for look in STATES.values())])
        self._choose("lead", _choices(search.leads(plan)))
        self._choose("committee", _choices(plan.committees))
        self._choose("area", _choices(search.areas(plan)))
        self._choose("quarter", _choices(search.quarters(states)))
        self._choose("theme", [ANY, *((row.id, row.heading) for row in plan.themes)])
        self._choose("declared", [ANY, *((look.slug, look.label) for look in PROGRESS.values())])
        self._choose("kind", [ANY, ("deliverable", "Deliverables"), ("milestone", "Milestones")])
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = f"“{field.label}” has no such choice in this plan"

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        # A filter with nothing to choose from would only take up room.
        if len(choices) == 1 and not self.data.get(name):
            del self.fields[name]
        else:
            self.fields[name].choices = choices

    def wanted(self) -> Wanted:
        """The search that a valid form describes."""
        given = self.cleaned_data
        return Wanted(
            words=given["q"],
            theme=given.get("theme", ""),
            lead=given.get("lead", ""),
            committee=given.get("committee", ""),
            area=given.get("area", ""),
            quarter=given.get("quarter", ""),
            due_after=given["due_after"],
            due_before=given["due_before"],
            states=_states(given["state"]),
            declared=next((word for word, look in PROGRESS.items() if look.slug == given["declared"]), None),
            kind=Kind(given["kind"]) if given["kind"] else None,
        )

    def order(self) -> Order:
        return Order(self.cleaned_data["sort"] or "due")


def _states(slug: str) -> tuple[State, ...]:
    """*Complete* also asks for what was completed late."""
    chosen = tuple(state for state, look in STATES.items() if look.slug == slug)
    return (State.COMPLETE, State.COMPLETE_LATE) if chosen == (State.COMPLETE,) else chosen
