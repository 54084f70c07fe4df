"""Scenarios: their files, and a book with one applied, every change read as the table's own cell would be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import tomli_w

from trigpoint.activity.assumptions.growth import Growth
from trigpoint.activity.assumptions.scenario import Change, Scenario
from trigpoint.activity.assumptions.scheme import SHARES, Scheme
from trigpoint.activity.assumptions.uncertain import Uncertain
from trigpoint.activity.book.assumption_cells import growth_cells, scheme_cells
from trigpoint.activity.book.assumption_rows import growth_of, scheme_of
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.book.tables import GROWTH, SCENARIOS, SCHEMES
from trigpoint.errors import InputError, Where
from trigpoint.plans.cells import CellError, quoted
from trigpoint.plans.tables import nearest
from trigpoint.tabular.amounts import date_of
from trigpoint.tabular.entries import Entry, cell_of, toml_of

SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}\Z")
_KEYS = ("name", "note", "author", "on", "without", "changes")
_CHANGE = ("assumption", "field", "value")
_KEPT = frozenset({"id"})


def read_scenario(text: str, where: str, problems: list[InputError] | None = None) -> Scenario:
    """A scenario from the TOML of its file; its id is the name of the file that ``where`` ends in.

    What is wrong is added to ``problems`` and left out; without such a list, ``InputError`` is raised for the first.

    >>> read_scenario('name = "Slow"\\nwithout = ["front-door"]', "activity/scenarios/slow.toml").without
    ('front-door',)
    """
    found: list[InputError] = []
    content = toml_of(text, where, found)
    told = _Told(where, found)
    for key in content:
        if key not in _KEYS:
            near = nearest(key, _KEYS)
            told.tell(f"unknown key {quoted(key)}", f"did you mean “{near}”?" if near else f"write {', '.join(_KEYS)}")
    name = where.replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".toml")
    if not SAFE.match(name):
        told.tell(f"“{name}” is no name for a scenario", "use lower-case letters, digits and hyphens")
    scenario = Scenario(
        id=name,
        name=told.words(content, "name") or name,
        note=told.words(content, "note"),
        author=told.words(content, "author"),
        on=told.day(content),
        changes=told.changes(content),
        without=told.ids(content),
    )
    if problems is None and found:
        raise found[0]
    if problems is not None:
        problems += found
    return scenario


@dataclass(frozen=True, slots=True)
class _Told:
    where: str
    problems: list[InputError]

    def tell(self, what: str, remedy: str | None) -> None:
        self.problems.append(InputError(what, where=Where(self.where), remedy=remedy))

    def words(self, content: dict[str, Any], key: str) -> str:
        value = content.get(key, "")
        cell = None if isinstance(value, (bool, list)) else cell_of(value)
        if cell is None:
            self.tell(f"“{key}” is no text", f'write {key} = "…"')
        return cell or ""

    def day(self, content: dict[str, Any]) -> date | None:
        try:
            return date_of(self.words(content, "on"))
        except CellError as error:
            self.tell(f"on: {error.what}", error.remedy)
            return None

    def ids(self, content: dict[str, Any]) -> tuple[str, ...]:
        value = content.get("without", [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.tell("“without” is no list of ids", 'write without = ["front-door"]')
            return ()
        return tuple(dict.fromkeys(value))

    def changes(self, content: dict[str, Any]) -> tuple[Change, ...]:
        value = content.get("changes", [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.tell("“changes” are no tables", "write [[changes]], assumption, field and value for each")
            return ()
        found = []
        for number, one in enumerate(value, 1):
            cells = {key: cell_of(one[key]) for key in _CHANGE if key in one}
            strange = [key for key in one if key not in _CHANGE]
            if strange or len(cells) < len(_CHANGE) or None in cells.values():
                what = f"change {number} has not just the texts assumption, field and value"
                self.tell(what, 'write e.g. assumption = "front-door", field = "value", value = "9%"')
                continue
            found.append(Change(*(str(cells[key]) for key in _CHANGE)))
        return tuple(found)


def scenario_text(scenario: Scenario) -> str:
    """The TOML that ``read_scenario`` takes for the same scenario.

    >>> print(scenario_text(Scenario("slow", "Slow", without=("front-door",))), end="")
    name = "Slow"
    without = [
        "front-door",
    ]
    """
    content: dict[str, Any] = {"name": scenario.name}
    content |= {key: getattr(scenario, key) for key in ("note", "author", "on") if getattr(scenario, key)}
    if scenario.without:
        content["without"] = list(scenario.without)
    if scenario.changes:
        content["changes"] = [{key: getattr(one, key) for key in _CHANGE} for one in scenario.changes]
    return tomli_w.dumps(content)


def applied(book: ActivityBook, scenario: Scenario) -> tuple[ActivityBook, tuple[InputError, ...]]:
    """The book with the changes of a scenario made and what it leaves out gone.

    A value is read just as the table's cell would be. Where a scenario changes ``value`` and neither limit, low and
    high move in proportion (those of a share no further than 100%), for an interval belongs to its value; the same
    holds for choices. What cannot be done is told and left as entered. ``book.scenarios`` stays as it is.
    """
    problems: list[InputError] = []
    where = Where(f"{SCENARIOS}/{scenario.id}.toml") if scenario.id else None
    assumptions: list[Growth | Scheme] = [*book.growth, *book.schemes]
    every = {one.id: one for one in assumptions}
    by_id: dict[str, list[Change]] = {}
    for change in scenario.changes:
        by_id.setdefault(change.assumption, []).append(change)
    for name in (*by_id, *scenario.without):
        if name not in every:
            near = nearest(name, every)
            remedy = f"did you mean “{near}”?" if near else "name the id of a row of growth or of schemes"
            problems.append(InputError(f"there is no assumption “{name}”", where=where, remedy=remedy))
    changed = {
        name: _changed(every[name], changes, where, problems) for name, changes in by_id.items() if name in every
    }
    kept = [changed.get(name, one) for name, one in every.items() if name not in scenario.without]
    growth = tuple(one for one in kept if isinstance(one, Growth))
    schemes = tuple(one for one in kept if isinstance(one, Scheme))
    return replace(book, growth=growth, schemes=schemes), tuple(problems)


def _changed(
    one: Growth | Scheme, changes: Sequence[Change], where: Where | None, problems: list[InputError]
) -> Growth | Scheme:
    table = GROWTH if isinstance(one, Growth) else SCHEMES
    cells = growth_cells(one) if isinstance(one, Growth) else scheme_cells(one)
    fields: set[str] = set()
    for change in changes:
        known = [column for column in table.columns if column not in _KEPT]
        if change.field not in known:
            near = nearest(change.field, known)
            remedy = f"did you mean “{near}”?" if near else f"the fields are {', '.join(known)}"
            what = f"“{one.id}” has no field {quoted(change.field)} to change"
            problems.append(InputError(what, where=where, remedy=remedy))
            continue
        cells[change.field] = change.value
        fields.add(change.field)
    if not fields:
        return one
    if "value" in fields and not fields & {"low", "high", "choices", "distribution"}:
        moved = _moved(one, cells)
        if moved is not None:
            return moved
    found: list[InputError] = []
    made = _made(one, cells, found)
    for error in found:
        column = error.where.column if isinstance(error.where, Where) else None
        what = f"the change of “{one.id}”{f', {column},' if column else ''} cannot be made: {error.what}"
        problems.append(InputError(what, where=where, remedy=error.remedy))
    return one if made is None else made


def _made(one: Growth | Scheme, cells: dict[str, str], found: list[InputError]) -> Growth | Scheme | None:
    entry = Entry(one.stated.file, one.stated.row, cells, found)
    return growth_of(entry) if isinstance(one, Growth) else scheme_of(entry)


def _moved(one: Growth | Scheme, cells: dict[str, str]) -> Growth | Scheme | None:
    """The assumption with its interval moved along with its value; ``None`` where it has none, or another is wrong."""
    before = one.amount
    if before.low is None and before.high is None and not before.choices:
        return None
    bare = {**cells, "low": "", "high": "", "choices": "", "distribution": "point"}
    made = _made(one, bare, [])
    if made is None:
        return None
    most = 1.0 if isinstance(made, Scheme) and made.effect in SHARES else None
    return replace(made, amount=_scaled(before, made.amount.value, most))


def _scaled(before: Uncertain, value: float, most: float | None) -> Uncertain:
    def move(limit: float) -> float:
        moved = limit * value / before.value if before.value else limit + value
        return moved if most is None else min(moved, most)

    limits = [None if limit is None else move(limit) for limit in (before.low, before.high)]
    low, high = limits
    if low is not None and high is not None and low > high:
        low, high = high, low
    choices = tuple((move(one), part) for one, part in before.choices)
    return replace(before, value=value, low=low, high=high, choices=choices)
