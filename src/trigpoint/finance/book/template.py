"""The Excel template of a plan's finance: what a finance team fills in, or a book as one workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from trigpoint.finance.book import tables
from trigpoint.finance.book.book import (
    AllocationPart,
    Driver,
    FinanceBook,
    OrganisationType,
    Recurrence,
    RiskKind,
    Series,
    Severity,
    SpendGroup,
)
from trigpoint.finance.book.scheme_rows import DECISIONS, RAGS
from trigpoint.finance.book.sheets import MECHANISM, OWN, SETTING, SHEETS, kind
from trigpoint.finance.book.spend_rows import UNITS
from trigpoint.finance.book.template_reading import TemplateReading, read_template
from trigpoint.finance.book.template_rows import mechanism_rows, own_rows, setting_rows
from trigpoint.finance.book.writing import rows_of
from trigpoint.finance.contracts.vocabulary import TERMS
from trigpoint.finance.position.kinds import BY_NAME
from trigpoint.finance.schemes.gates import load_gates
from trigpoint.frameworks.packs import known_frameworks
from trigpoint.periods import FinancialYear
from trigpoint.tabular.fields import FileTable
from trigpoint.tabular.sheet_writing import workbook_bytes
from trigpoint.tabular.sheets import SheetForm, Words

__all__ = ["TemplateReading", "read_template", "template_workbook"]

_INTRODUCTION = (
    "Finance: position, schemes, risks and contracts",
    "Fill in the sheets and give the workbook back: every mistake is then named by its sheet and cell, all at once.",
    "Headings are locked, and explain themselves under the pointer. Columns that are not needed may stay empty.",
    "Amounts are plain pounds. Cost is positive, income and savings within spend are negative; schemes, risks and "
    "investments are named by their size, without a sign.",
    "Shares and probabilities are percentages: 80% or 0.8; a bare 80 is asked about. A month is any day in it.",
    "A row of spend has twelve months, or its year alone in gbp. To check a printed total against its months, write it "
    "into gbp as a value, or as a formula such as =SUM(H2:S2): what Excel has calculated is read.",
    "The quantities are figures as the plan prints them, 0.50% as 0.50%: their decimals decide how they are rounded.",
    "Mark what was invented for a demonstration in the column illustrative; every picture of it will say so.",
)
_YES, _NO = ("yes",), ("yes", "no")


def template_workbook(book: FinanceBook | None = None) -> bytes:
    """The template as the bytes of a workbook, filled in from a book where one is given, empty otherwise.

    ``read_template`` makes of it the texts of the same book. Nothing in the workbook is a formula, whatever the book's
    words begin with. Raises ``InputError`` for a table with more rows than a sheet.

    >>> template_workbook().startswith(b"PK")
    True
    """
    form = SheetForm(
        _INTRODUCTION,
        SHEETS,
        kind,
        _choices(),
        offered=_offered(book),
        row_choices={
            (SETTING.name, "organisation_type"): [one.value for one in OrganisationType],
            (SETTING.name, "framework"): list(known_frameworks()),
            (SETTING.name, "illustrative"): _NO,
        },
        wide=frozenset({"name", "note", "source", "meaning", "reason", "line", "term", "activity", "profile"}),
    )
    # The same book gives the same bytes, whenever it is written.
    year = FinancialYear(2017) if book is None else book.settings.years[0]
    contents = ((one, one.table.columns, _rows(one.table, book)) for one in SHEETS)
    return workbook_bytes(form, contents, datetime(year.first, 4, 1))  # noqa: DTZ001 - a workbook has no zones


def _rows(table: FileTable, book: FinanceBook | None) -> Iterable[Mapping[str, str]]:
    """The rows of one sheet; the settings are listed even where there is no book."""
    if table is SETTING:
        return setting_rows(None if book is None else book.settings)
    if book is None:
        return ()
    if table is MECHANISM:
        return mechanism_rows(book)
    return own_rows(book) if table is OWN else rows_of(table, book)


def _choices() -> Words:
    """The words that a column may hold, and no others."""
    found: dict[tuple[str, str], Sequence[str]] = {
        ("", "recurrence"): [one.value for one in Recurrence],
        ("", "series"): [one.value for one in Series],
        ("", "illustrative"): _YES,
        ("", "group"): [one.value for one in SpendGroup],
        (tables.ALLOCATIONS.name, "part"): [one.value for one in AllocationPart],
        (tables.GROWTH.name, "driver"): [one.value for one in Driver],
        (tables.QUANTITIES.name, "unit"): UNITS,
        (tables.SCHEMES.name, "cash_releasing"): _NO,
        (tables.SCHEMES.name, "identified"): _NO,
        (tables.SCHEMES.name, "rag"): RAGS,
        (tables.GATES.name, "decision"): DECISIONS,
        (tables.RISKS.name, "kind"): [one.value for one in RiskKind],
        (tables.RISKS.name, "severity"): [one.value for one in Severity],
        (tables.RISKS.name, "in_forecast"): _NO,
        (tables.CONTRACT_LINES.name, "variable"): _NO,
        (tables.PEERS.name, "own"): _YES,
        (OWN.name, "file"): (tables.RULES, tables.GATES_FILE, tables.TOLERANCES),
    }
    return found


def _offered(book: FinanceBook | None) -> Words:
    """Words that a column may hold beside others: ids of other sheets, and what a plan of one's own may add to."""
    gates = load_gates()
    terms = {"kind", *(term for kind in TERMS.values() for term in kind)}
    found: dict[tuple[str, str], Sequence[str]] = {
        (tables.SCHEMES.name, "stage"): [stage.id for stage in gates.stages],
        (tables.GATES.name, "gate"): [gate.id for gate in gates.gates],
        (tables.QUANTITIES.name, "quantity"): sorted(BY_NAME),
        (tables.QUANTITIES.name, "place"): ["text", "table", "model", "contract"],
        (MECHANISM.name, "term"): sorted(terms),
        ("", "scheme"): _ids("Schemes"),
        ("", "contract"): _ids("Contracts"),
        (tables.CONTRACTS.name, "mechanism"): _ids("Mechanisms"),
        (tables.CORRELATIONS.name, "first"): _ids("Risks"),
        (tables.CORRELATIONS.name, "second"): _ids("Risks"),
    }
    if book is not None:
        years = book.settings.years
        found["", "year"] = [year.label for year in (years[0] - 1, *years)]
    return found


def _ids(sheet: str) -> str:
    return f"='{sheet}'!$A$2:$A$500"
