"""The files behind the pages: what there is, what is wrong with it, how to take it along and how to change it."""

from __future__ import annotations

from typing import Any

from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.tables import MECHANISMS, TABLES
from trigpoint.web.config.wording import count_of
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.presenters.tables import NAMES


def files_page(desk: Desk) -> dict[str, Any]:
    """What was read, what is wrong with it, and everything that can be taken along."""
    book = desk.book
    return {
        "facts": facts_of(book),
        "tables": [(title, desk.url("finance-table", name=name, query={"year": _year(desk)})) for name, title in NAMES],
        "problems": desk.model.problems,
        "notes": desk.model.notes,
        "illustrative": book.settings.illustrative,
    }


def _year(desk: Desk) -> str:
    return desk.year.label if desk.year else ""


def facts_of(book: FinanceBook) -> list[tuple[str, str]]:
    """What the files hold, by file."""
    one = book.settings
    facts = [
        ("Organisation", f"{one.organisation} ({one.organisation_type.value})"),
        ("Planning round", one.framework),
        ("Years", ", ".join(year.label for year in one.years)),
        ("Months known of the first year", f"{one.months_known} of 12"),
        ("Draws and seed", f"{one.draws:,}; {one.seed}"),
    ]
    held = {table.name: getattr(book, table.name, None) for table in TABLES}
    facts += [(f"{name}.csv", count_of(len(rows), "row")) for name, rows in held.items() if rows]
    if book.mechanisms:
        facts.append((f"{MECHANISMS}/", count_of(len(book.mechanisms), "mechanism")))
    return facts
