"""What coverage is asked for: a planning round, one of its years, and which answers are shown."""

from __future__ import annotations

from enum import Enum
from typing import Any

from django import forms

from trigpoint.frameworks import Framework, known_frameworks, load_framework


class Shown(Enum):
    """Which rows the page shows."""

    ALL = "all"
    NOT = "not"
    DOUBTFUL = "doubtful"


_SHOWN = (
    (Shown.ALL, "Everything"),
    (Shown.NOT, "What is not answered"),
    (Shown.DOUBTFUL, "Targets that are weaker, later or undated"),
)


class CoverageForm(forms.Form):
    """Every field is optional; an unknown choice in the address is an error that the page shows."""

    framework = forms.ChoiceField(label="Planning round", required=False)
    year = forms.ChoiceField(label="Year", required=False)
    show = forms.ChoiceField(label="Show", required=False, choices=[(each.value, text) for each, text in _SHOWN])

    def __init__(self, data: Any, own: Framework | None) -> None:
        """``own`` is the plan's own round, ``None`` where it is not known."""
        super().__init__(data)
        known = known_frameworks()
        named = data.get("framework", "")
        chosen = load_framework(named) if named in known else own
        first = ("", "The plan’s own" if own else "Choose one")
        self._choose("framework", [first, *((each, load_framework(each).title) for each in known)])
        self._choose("year", [("", "All years"), *((year, year) for year in (chosen.years if chosen else ()))])
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = f"“{field.label}” has no such choice"

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def question(self) -> dict[str, str]:
        """What was asked, as the address carries it on."""
        return {name: str(value) for name in self.fields if (value := self.data.get(name))}

    def shown(self) -> Shown:
        """Which rows a valid form asks for."""
        return Shown(self.cleaned_data["show"] or Shown.ALL.value)
