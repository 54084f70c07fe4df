"""The texts of a finance book to its values: what is wrong is named and left out, and all else is kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from trigpoint.errors import InputError
from trigpoint.finance.book import contract_rows, peer_rows, risk_rows, scheme_rows, spend_rows
from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.own_files import gates_told, mechanisms_of, quantities_told, rules_of
from trigpoint.finance.book.planned import Planned
from trigpoint.finance.book.references import joined
from trigpoint.finance.book.settings import Given, read_settings, settings
from trigpoint.finance.book.tables import (
    ALLOCATIONS,
    CONTRACT_LINES,
    CONTRACTS,
    CORRELATIONS,
    FOLDER,
    GATES,
    GATES_FILE,
    GROWTH,
    LAYOUT,
    MECHANISMS,
    NAMES,
    PEER_VARIABLES,
    PEERS,
    QUANTITIES,
    RISKS,
    RULES,
    SCHEME_MONTHS,
    SCHEMES,
    SETTINGS,
    SPEND,
    TOLERANCES,
)
from trigpoint.tabular.entries import Entry, csv_entries
from trigpoint.tabular.fields import FileTable
from trigpoint.tabular.layout import cleaned
from trigpoint.tabular.rows import rows_once

_Row = TypeVar("_Row")
_DATED = (ALLOCATIONS, SPEND, SCHEMES, RISKS, CONTRACTS)
"""The tables whose years are those of the plan where the settings do not say them."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read, what was wrong, each problem with its file, line, column and remedy, and in ``notes`` what was
    inferred, or read although it should be written in another way. ``book`` is ``None`` where there is no folder
    ``finance``, or nothing in it says which years are planned. ``remarks`` are the notes that have a place."""

    book: FinanceBook | None
    problems: tuple[InputError, ...] = ()
    notes: tuple[str, ...] = ()
    remarks: tuple[InputError, ...] = ()


def read_texts(texts: Mapping[str, str], *, where: str = FOLDER) -> Reading:
    """As ``read_finance``, of texts by their file's name: "spend.csv", "mechanisms/block.toml". ``where`` is what
    messages call their folder.

    >>> rows = "id,year,part,recurrence,gbp\\ncore,2017/18,programme,recurrent,£442.5m\\n"
    >>> reading = read_texts({"settings.toml": 'years = ["2017/18"]', "allocations.csv": rows})
    >>> reading.book.allocations[0].gbp, reading.remarks[0].remedy
    (Decimal('442500000'), 'write 442500000')
    """
    problems: list[InputError] = []
    clean = cleaned(texts, where, problems)
    shown = {name: f"{where}/{name}" for name in (*NAMES, *clean)}
    problems += LAYOUT.strays(clean, where)
    given = read_settings(clean[SETTINGS], shown[SETTINGS], problems) if SETTINGS in clean else Given()
    source = _Source(clean, shown, problems, [])
    try:
        chosen, notes = settings(given, source.years(), shown[SETTINGS])
    except InputError as error:
        return Reading(None, LAYOUT.bounded([*problems, error]))
    book = joined(source.book(Planned(chosen)), source.written(), problems)
    gates_told(book, shown[GATES_FILE], problems)
    quantities_told(book, source.remarks)
    remarks = LAYOUT.bounded(source.remarks)
    return Reading(book, LAYOUT.bounded(problems), (*notes, *map(str, remarks)), remarks)


@dataclass(frozen=True, slots=True)
class _Source:
    """The texts, what messages call each, where problems go, and where what is read but should be written otherwise."""

    texts: Mapping[str, str]
    shown: Mapping[str, str]
    problems: list[InputError]
    remarks: list[InputError]

    def entries(self, table: FileTable) -> Iterator[Entry]:
        if table.file in self.texts:
            text, file = self.texts[table.file], self.shown[table.file]
            yield from csv_entries(text, table, file, self.problems, self.remarks)

    def rows(
        self, table: FileTable, made: Callable[[Entry], _Row | None], key: Callable[[_Row], Hashable]
    ) -> tuple[_Row, ...]:
        return rows_once(self.entries(table), made, key)

    def years(self) -> Iterator[str]:
        """The cells of years of the tables, read for them alone: what is wrong with them is told when they are read."""
        for table in _DATED:
            for entry in csv_entries(self.texts.get(table.file, ""), table, "", []):
                yield entry.text("year")

    def written(self) -> dict[str, set[str]]:
        """The ids that the tables and the folder of mechanisms have, even where they could not be read."""
        found = {
            table.file: {entry.text("id") for entry in csv_entries(self.texts.get(table.file, ""), table, "", [])}
            for table in (SCHEMES, RISKS, CONTRACTS)
        }
        names = (name for name in self.texts if LAYOUT.is_inner(name))
        return found | {MECHANISMS: {name.removeprefix(f"{MECHANISMS}/").removesuffix(".toml") for name in names}}

    def book(self, planned: Planned) -> FinanceBook:
        in_plan = partial(partial, planned=planned)
        rules = self.texts.get(RULES, "")
        return FinanceBook(
            planned.settings,
            self.rows(ALLOCATIONS, in_plan(spend_rows.allocation_of), lambda one: (one.id, one.year)),
            self.rows(
                SPEND,
                in_plan(spend_rows.spend_of),
                lambda one: (one.id, one.year, one.series, one.group, one.recurrence),
            ),
            self.rows(
                GROWTH,
                in_plan(spend_rows.growth_of),
                lambda one: (one.year, one.group, one.driver, one.recurrence, one.stated.name),
            ),
            self.rows(QUANTITIES, in_plan(spend_rows.quantity_of), lambda one: (one.year, one.name, one.place)),
            self.rows(SCHEMES, in_plan(scheme_rows.scheme_of), lambda one: one.id),
            self.rows(
                SCHEME_MONTHS, in_plan(scheme_rows.scheme_months_of), lambda one: (one.scheme, one.year, one.series)
            ),
            self.rows(GATES, scheme_rows.gate_of, lambda one: (one.scheme, one.gate, one.decision, one.stated.on)),
            self.rows(RISKS, in_plan(risk_rows.risk_of), lambda one: (one.id, one.year)),
            self.rows(CORRELATIONS, risk_rows.correlation_of, lambda one: frozenset((one.first, one.second))),
            self.rows(CONTRACTS, in_plan(contract_rows.contract_of), lambda one: one.id),
            self.rows(CONTRACT_LINES, contract_rows.contract_line_of, lambda one: (one.contract, one.id)),
            mechanisms_of(self.texts, self.shown, self.problems),
            self.rows(PEERS, peer_rows.peer_of, lambda one: (one.measure, one.organisation, one.year)),
            self.rows(PEER_VARIABLES, peer_rows.peer_variable_of, lambda one: (one.organisation, one.variable)),
            rules_of(rules, planned.settings.framework, self.shown[RULES], self.problems) if rules.strip() else (),
            rules,
            self.texts.get(GATES_FILE, ""),
            self.texts.get(TOLERANCES, ""),
        )
