"""What a review shows of every table: its fields, their forms, and how a row is taken apart and put back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from trigpoint.documents.review import forms
from trigpoint.documents.review.figures import SCORE, SERIES, TARGETS
from trigpoint.documents.review.forms import Form
from trigpoint.plans.changes import Part
from trigpoint.plans.model import Baseline, Plan, Polarity, Scope

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a table. ``refers`` names the table of the row that it stands under; a needed one is never empty.

    ``model`` is what the model calls it, where that differs (a baseline has three fields here).
    """

    name: str
    label: str
    form: Form = forms.TEXT
    needed: bool = False
    refers: str = ""
    model: str = ""

    @property
    def part_of(self) -> str:
        """The field of the model."""
        return self.model or self.name


@dataclass(frozen=True, slots=True)
class TableForm:
    """A table of the plan: what one row is called, its part in a diff, its fields; ``main`` holds a row's own words."""

    name: str
    noun: str
    part: Part
    main: str
    fields: tuple[Field, ...]

    def rows(self, plan: Plan) -> tuple[Any, ...]:
        """The rows of a plan's table."""
        rows: tuple[Any, ...] = getattr(plan, self.name)
        return rows

    def field(self, name: str) -> Field:
        """The field of this name."""
        return next(field for field in self.fields if field.name == name)


_NUMBER = Field("number", "Number")
_THEME = Field("theme", "Theme", refers="themes")
_OBJECTIVE = Field("objective", "Objective", refers="objectives", needed=True)
_DELIVERABLE = Field("deliverable", "Deliverable", refers="deliverables")
_TEXT = Field("text", "Text", needed=True)
_TITLE = Field("title", "Title", needed=True)
_TARGETS = Field("targets", "Targets", TARGETS)
_LEADS = Field("leads", "Leads", forms.LEADS)
_BASELINE = (
    Field("baseline", "Baseline"),
    Field("baseline_value", "Baseline figure", forms.NUMBER, model="baseline"),
    Field("baseline_unit", "Baseline unit", model="baseline"),
)
_COMMITMENT = (
    Field("due", "Due", forms.DATE),
    Field("due_phrase", "Due, in words"),
    Field("column", "Column", forms.PERIOD),
    Field("scope", "Scope", forms.SCOPE),
    Field("area", "Area"),
    Field("detail", "Detail"),
    _LEADS,
    Field("partners", "Partners", forms.WORDS),
    _TARGETS,
)
_FIGURE = (Field("value", "Value", forms.NUMBER, needed=True), Field("unit", "Unit"))
_RISK_WORDS = ("mitigation", "category", "cause", "effect", "objective", "committee", "scale")
_RISK_MORE = ("controls", "assurances", "gaps", "actions", "status")


def _words(*names: str) -> tuple[Field, ...]:
    return tuple(Field(name, name.capitalize()) for name in names)


# Parents before what stands under them: the order in which pages show them and decisions take effect.
TABLES: Mapping[str, TableForm] = {
    table.name: table
    for table in (
        TableForm("themes", "theme", Part.THEME, "title", (_NUMBER, _TITLE)),
        TableForm(
            "objectives",
            "objective",
            Part.OBJECTIVE,
            "title",
            (
                _THEME,
                _NUMBER,
                _TITLE,
                Field("summary", "Summary"),
                _LEADS,
                Field("committees", "Committees", forms.WORDS),
                *_BASELINE,
            ),
        ),
        TableForm(
            "deliverables",
            "deliverable",
            Part.DELIVERABLE,
            "text",
            (_OBJECTIVE, _NUMBER, _TEXT, *_COMMITMENT, *_BASELINE),
        ),
        TableForm(
            "milestones", "milestone", Part.MILESTONE, "text", (_OBJECTIVE, _DELIVERABLE, _NUMBER, _TEXT, *_COMMITMENT)
        ),
        TableForm("measures", "success measure", Part.MEASURE, "text", (_OBJECTIVE, _DELIVERABLE, _TEXT, _TARGETS)),
        TableForm("links", "link", Part.LINK, "text", (_OBJECTIVE, _DELIVERABLE, _TEXT)),
        TableForm(
            "indicators",
            "indicator",
            Part.INDICATOR,
            "title",
            (
                _TITLE,
                *_words("unit", "kind"),
                Field("polarity", "Polarity", forms.POLARITY),
                Field("decimals", "Decimals", forms.WHOLE),
                Field("objective", "Objective", refers="objectives"),
                *_words("source", "note"),
                Field("rows", "Numbers", SERIES),
            ),
        ),
        TableForm(
            "risks",
            "risk",
            Part.RISK,
            "title",
            (
                _NUMBER,
                Field("title", "Title"),
                Field("text", "Text"),
                Field("amount_gbp", "Amount (£)", forms.NUMBER),
                *_words(*_RISK_WORDS),
                _LEADS,
                Field("inherent", "Inherent score", SCORE),
                Field("current", "Current score", SCORE),
                Field("target", "Target score", SCORE),
                *_words(*_RISK_MORE),
            ),
        ),
        TableForm(
            "finance",
            "financial figure",
            Part.FINANCE,
            "name",
            (*_words("group", "name", "period"), *_FIGURE, *_words("requirement", "note")),
        ),
        TableForm(
            "activity",
            "activity assumption",
            Part.ACTIVITY,
            "name",
            (
                *_words("kind"),
                Field("pod", "Point of delivery"),
                *_words("name", "period"),
                *_FIGURE,
                *_words("note"),
            ),
        ),
    )
}

PLAN_FIELDS = (
    Field("title", "Title of the plan", needed=True),
    Field("organisation", "Organisation"),
    Field("years", "Financial years", forms.YEARS),
    Field("as_at", "Date of the statuses", forms.DATE),
)
PROGRESS_FIELDS = (
    Field("progress", "Progress", forms.PROGRESS),
    Field("status", "Status as printed"),
    Field("note", "Latest update"),
)


def values_of(table: TableForm, row: Any) -> Values:
    """The fields of a row by name, its baseline in three."""
    values = {field.name: getattr(row, field.name) for field in table.fields if not field.name.startswith("baseline")}
    if table.fields[-1].model == "baseline":
        found = row.baseline or Baseline("")
        values.update(baseline=found.text, baseline_value=found.value, baseline_unit=found.unit)
    return values


def with_values(row: Any, values: Mapping[str, Any]) -> Any:
    """The row with some of its fields changed; those of a baseline are put together."""
    plain = {name: value for name, value in values.items() if not name.startswith("baseline")}
    if len(plain) < len(values):
        before = row.baseline or Baseline("")
        text = values.get("baseline", before.text)
        number = values.get("baseline_value", before.value)
        unit = values.get("baseline_unit", before.unit)
        found = text or unit or number is not None
        plain["baseline"] = Baseline(text, number, unit) if found else None
    return replace(row, **plain)


_SAYS_NOTHING = (None, "", (), Scope.SYSTEM, Polarity.NEITHER)


def is_empty(field: Field, value: object) -> bool:
    """Whether a value says nothing; the whole system is the scope where nothing is said."""
    return value in _SAYS_NOTHING or value == field.form.empty


def is_empty_plan(plan: Plan) -> bool:
    """Whether a plan has no row in any table."""
    return not any(table.rows(plan) for table in TABLES.values())
