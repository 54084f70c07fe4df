"""A finance book as the texts of its files, from which reading makes the same book."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import tomli_w

from trigpoint.finance.book import row_cells, tables
from trigpoint.finance.book.book import FinanceBook, FinanceSettings
from trigpoint.finance.book.tables import GATES_FILE, MECHANISMS, RULES, SETTINGS, TOLERANCES, is_number
from trigpoint.tabular.fields import FileTable
from trigpoint.tabular.writing import table_text


def texts_of(book: FinanceBook) -> dict[str, str]:
    """The files of a book by their names in the folder ``finance``, without those that would be empty.

    ``reading.read_texts`` gives the same book back, but for where its rows were read.
    """
    from trigpoint.finance.contracts.reading import mechanism_text  # noqa: PLC0415 - it is written with a book alone

    texts = {SETTINGS: settings_text(book.settings)}
    for table in tables.TABLES:
        rows = list(rows_of(table, book))
        if rows:
            numbers = [column for column in table.columns if is_number(table, column)]
            texts[table.file] = table_text(table, rows, numbers)
    for identity, mechanism in book.mechanisms.items():
        texts[f"{MECHANISMS}/{identity}.toml"] = mechanism_text(mechanism)
    own = {RULES: book.rules_toml, GATES_FILE: book.gates_toml, TOLERANCES: book.tolerances_toml}
    return texts | {name: text for name, text in own.items() if text}


def rows_of(table: FileTable, book: FinanceBook) -> Iterable[Mapping[str, str]]:
    """The rows of one table, as the cells of its file."""
    made: dict[str, Iterable[Mapping[str, str]]] = {
        tables.ALLOCATIONS.name: map(row_cells.allocation_cells, book.allocations),
        tables.SPEND.name: map(row_cells.spend_cells, book.spend),
        tables.GROWTH.name: map(row_cells.growth_cells, book.growth),
        tables.QUANTITIES.name: map(row_cells.quantity_cells, book.quantities),
        tables.SCHEMES.name: map(row_cells.scheme_cells, book.schemes),
        tables.SCHEME_MONTHS.name: map(row_cells.scheme_months_cells, book.scheme_months),
        tables.GATES.name: map(row_cells.gate_cells, book.gates),
        tables.RISKS.name: map(row_cells.risk_cells, book.risks),
        tables.CORRELATIONS.name: map(row_cells.correlation_cells, book.correlations),
        tables.CONTRACTS.name: map(row_cells.contract_cells, book.contracts),
        tables.CONTRACT_LINES.name: map(row_cells.contract_line_cells, book.contract_lines),
        tables.PEERS.name: map(row_cells.peer_cells, book.peers),
        tables.PEER_VARIABLES.name: map(row_cells.peer_variable_cells, book.peer_variables),
    }
    return made[table.name]


def settings_text(settings: FinanceSettings) -> str:
    """``settings.toml`` of a book: whose plan it is, and what differs from the defaults."""
    plain = FinanceSettings("", settings.organisation_type, settings.framework, settings.years)
    content: dict[str, Any] = {
        "organisation": settings.organisation,
        "organisation_type": settings.organisation_type.value,
        "framework": settings.framework,
        "years": [year.label for year in settings.years],
    }
    for key in ("months_known", "draws", "seed", "illustrative"):
        if getattr(settings, key) != getattr(plain, key):
            content[key] = getattr(settings, key)
    return tomli_w.dumps(content)
