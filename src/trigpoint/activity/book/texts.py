"""The texts of an activity book to its values: what is wrong is named and left out, and all else is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from trigpoint.activity.assumptions.growth import Growth
from trigpoint.activity.assumptions.population import Population
from trigpoint.activity.assumptions.scenario import Scenario
from trigpoint.activity.assumptions.scheme import Scheme
from trigpoint.activity.book.assumption_rows import each_once, growth_of, scheme_of
from trigpoint.activity.book.book import ActivityBook
from trigpoint.activity.book.cells import cells_of
from trigpoint.activity.book.counts import counts_of, latest_year
from trigpoint.activity.book.population_rows import population_of
from trigpoint.activity.book.scenarios import applied, read_scenario
from trigpoint.activity.book.settings import Given, read_settings, settings
from trigpoint.activity.book.small_tables import capacity_of, pods_of, prices_of, stays_of, totals_of
from trigpoint.activity.book.tables import (
    CAPACITY,
    CELLS,
    COUNTS_FILE,
    FOLDER,
    GROWTH,
    LAYOUT,
    NAMES,
    PODS,
    POPULATION,
    PRICES,
    SCENARIOS,
    SCHEMES,
    SETTINGS,
    STAYS,
    TOTALS,
)
from trigpoint.errors import InputError, Where
from trigpoint.tabular.entries import Entry, csv_entries, toml_entries
from trigpoint.tabular.fields import FileTable
from trigpoint.tabular.layout import cleaned
from trigpoint.wording import listed


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, what was wrong, each problem with its file, line, column and remedy, and in ``notes`` what was
    inferred. ``book`` is ``None`` where there is no folder ``activity``, or nothing in it says which year it is of."""

    book: ActivityBook | None
    problems: tuple[InputError, ...] = ()
    notes: tuple[str, ...] = ()


def read_texts(texts: Mapping[str, str], *, cells: bytes | None = None, where: str = FOLDER) -> Reading:
    """As ``read_activity``, of texts by their file's name: "counts.csv", "scenarios/slow.toml". ``where`` is what
    messages call their folder.

    >>> book = read_texts({"totals.csv": "pod,outturn\\nA&E,101250\\n", "settings.toml": 'base_year = "2016/17"'}).book
    >>> book.totals[0].outturn.value, [year.label for year in book.settings.years]
    (101250.0, ['2017/18', '2018/19'])
    """
    problems: list[InputError] = []
    clean = cleaned(texts, where, problems)
    shown = {name: f"{where}/{name}" for name in (*NAMES, *clean)}
    problems += LAYOUT.strays(clean, where)
    source = _Source(clean, shown, problems)
    given = read_settings(clean[SETTINGS], shown[SETTINGS], problems) if SETTINGS in clean else Given()
    counts, count_notes = counts_of(clean.get(COUNTS_FILE.file, ""), shown[COUNTS_FILE.file], problems)
    parts = source.parts(given)
    parts["cells"] = None if cells is None else cells_of(cells, shown[CELLS], problems)
    years = tuple(sorted({year for one in parts["growth"] for year in one.years}))
    try:
        chosen, notes = settings(given, latest_year(counts), years, shown[SETTINGS])
    except InputError as error:
        return Reading(None, LAYOUT.bounded([*problems, error]))
    book = ActivityBook(chosen, counts, count_notes=count_notes, **parts)
    book = replace(book, illustrative=given.illustrative or book.baseline_is_illustrative)
    problems += _changes(book, shown)
    problems += _empty(book, where)
    problems += _years(book)
    return Reading(book, LAYOUT.bounded(problems), notes)


@dataclass(frozen=True, slots=True)
class _Source:
    """The texts, what messages call each, and where problems go."""

    texts: Mapping[str, str]
    shown: Mapping[str, str]
    problems: list[InputError]

    def text(self, table: FileTable) -> tuple[str, str, list[InputError]]:
        return self.texts.get(table.file, ""), self.shown[table.file], self.problems

    def entries(self, table: FileTable) -> Iterator[Entry]:
        """The rows of a table that may be CSV or TOML, or both."""
        if table.file in self.texts:
            yield from csv_entries(self.texts[table.file], table, self.shown[table.file], self.problems)
        if table.toml in self.texts:
            yield from toml_entries(self.texts[table.toml], table, self.shown[table.toml], self.problems)

    def assumptions(self) -> tuple[tuple[Growth, ...], tuple[Scheme, ...]]:
        growth = [one for entry in self.entries(GROWTH) if (one := growth_of(entry)) is not None]
        schemes = [made for entry in self.entries(SCHEMES) if (made := scheme_of(entry)) is not None]
        return each_once(growth, schemes, self.problems)

    def parts(self, given: Given) -> dict[str, Any]:
        """What a book holds beside settings, counts and cells."""
        growth, schemes = self.assumptions()
        return {
            "growth": growth,
            "schemes": schemes,
            "population": _population(self, given),
            "totals": totals_of(*self.text(TOTALS)),
            "capacity": capacity_of(*self.text(CAPACITY)),
            "stays": stays_of(*self.text(STAYS)),
            "prices": prices_of(*self.text(PRICES)),
            "pods": pods_of(*self.text(PODS)),
            "scenarios": tuple(self.scenarios()),
        }

    def scenarios(self) -> Iterator[Scenario]:
        for name in sorted(self.texts, key=lambda name: name.removesuffix(".toml")):
            if name.startswith(f"{SCENARIOS}/") and name.endswith(".toml"):
                yield read_scenario(self.texts[name], self.shown[name], self.problems)


def _population(source: _Source, given: Given) -> Population | None:
    if POPULATION.file not in source.texts:
        if given.variants:
            what, where = "there are variants and no population.csv", source.shown[SETTINGS]
            remedy = "add the projection, or remove the variants"
            source.problems.append(InputError(what, where=Where(where), remedy=remedy))
        return None
    return population_of(source.texts[POPULATION.file], given.variants, source.shown[POPULATION.file], source.problems)


def _changes(book: ActivityBook, shown: Mapping[str, str]) -> Iterator[InputError]:
    """What is wrong with the changes of each scenario, which the book keeps as it was written."""
    for scenario in book.scenarios:
        for error in applied(book, scenario)[1]:
            where = Where(shown[f"{SCENARIOS}/{scenario.id}.toml"])
            yield InputError(error.what, where=where, remedy=error.remedy)


def _years(book: ActivityBook) -> Iterator[InputError]:
    """Rates of years that a run never comes to: up to the base year, or after the last that is planned."""
    first, last = book.settings.base_year, book.settings.years[-1]
    for one in book.growth:
        if one.years and not any(first < year <= last for year in one.years):
            what = f"“{one.id}” is of {listed([year.label for year in one.years])}, and changes nothing: the years "
            what += f"from {(first + 1).label} to {last.label} are those that are grown"
            where = Where(one.stated.file, line=one.stated.row, column="years")
            yield InputError(what, where=where, remedy="correct its years, or those of the settings")


def _empty(book: ActivityBook, where: str) -> Iterator[InputError]:
    if book.counts.is_empty() and not book.totals and book.cells is None:
        remedy = f"add {COUNTS_FILE.file} with months, or {TOTALS.file} with the base year's outturn"
        yield InputError("there is no count and no total to start from", where=Where(where), remedy=remedy)
