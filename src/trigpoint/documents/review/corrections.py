"""Decisions as people make them → values, each correction read in the form of its field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from trigpoint.documents.review.comparison import PLAN, STATUSES, Step
from trigpoint.documents.review.fields import PLAN_FIELDS, PROGRESS_FIELDS, TABLES, Field, Values, is_empty, values_of
from trigpoint.documents.review.forms import Years, read_date
from trigpoint.documents.review.naming import Names
from trigpoint.documents.review.proposal import Decision
from trigpoint.errors import InputError
from trigpoint.plans.cells import CellError

_TITLE_SHOWN = 60
_REPORTED = tuple(field.name for field in PROGRESS_FIELDS)


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was accepted: its values with the corrections read, and the names of those."""

    step: Step
    decision: Decision
    values: Values
    corrected: frozenset[str]

    @property
    def own(self) -> Values:
        """The values that belong to the row itself, not to what is reported of it."""
        reported = _REPORTED if self.step.report else ()
        return {name: value for name, value in self.values.items() if name not in reported}

    @property
    def reported(self) -> Values:
        """The values of what is reported of the row."""
        return {name: self.values[name] for name in _REPORTED if self.step.report and name in self.values}


def read_corrections(step: Step, decision: Decision, names: Names, years: Years) -> Taken:
    """What a decision takes over. ``InputError`` names the item and field of a correction that cannot be read.

    A text that was not altered stands for the value that was read, and one that says what the plan says for that.
    """
    proposal = step.proposal
    values, corrected = dict(step.values), set()
    shown = {field.name: field for field in proposal.fields}
    for name, text in decision.values.items():
        where = f"“{proposal.title[:_TITLE_SHOWN]}”, {name}"
        if name not in shown:
            raise InputError("there is no such field to correct", where=where, remedy=f"correct {', '.join(shown)}")
        if _alike(text, shown[name].proposed):
            continue
        field = field_of(proposal.table, name)
        now = present_values(step)
        try:
            if name in now and name != "rows" and _alike(text, shown[name].current):
                values[name] = now[name]
            else:
                values[name] = _read(field, text, names, years)
        except CellError as error:
            raise InputError(error.what, where=where, remedy=error.remedy) from None
        corrected.add(name)
    return Taken(step, decision, values, frozenset(corrected))


def _read(field: Field, text: str, names: Names, years: Years) -> Any:
    value = names.find(field.refers, text) if field.refers else field.form.read(text, years)
    if field.needed and is_empty(field, value):
        raise CellError("this cannot be empty", "write it, or skip the whole proposal")
    return value


def present_values(step: Step) -> Values:
    """The fields of the row as the plan has it now; none for one that it does not have."""
    return values_of(TABLES[step.proposal.table], step.before) if step.before is not None else {}


def field_of(table: str, name: str) -> Field:
    """The field of a proposal's table; what is reported of a row has fields of its own."""
    own = PLAN_FIELDS if table == PLAN else () if table == STATUSES else TABLES[table].fields
    return next(field for field in (*own, *PROGRESS_FIELDS) if field.name == name)


def _alike(text: str, other: str) -> bool:
    """Whether two texts are the same but for blanks at the edges and the line ends that a browser sends."""
    return _lines(text) == _lines(other)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def read_day(text: str, *, where: str) -> date | None:
    """A day that a person gives, as British papers or computers write it; ``InputError`` when it is none.

    >>> read_day("30 November 2017", where="--as-at")
    datetime.date(2017, 11, 30)
    """
    try:
        return read_date(text, ())
    except CellError as error:
        raise InputError(error.what, where=where, remedy=error.remedy) from None
