"""The files behind the pages: what there is, what is wrong with it, how to take it along and how to change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trigpoint.errors import InputError
from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.tables import MECHANISMS, TABLES
from trigpoint.web.config.wording import count_of, day
from trigpoint.web.finance import store
from trigpoint.web.finance.desk import Desk, book_of
from trigpoint.web.finance.models import FinanceProposal
from trigpoint.web.finance.presenters.tables import NAMES
from trigpoint.web.proposals.changes import changes_between, merged


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


def proposal_page(desk: Desk, proposal: FinanceProposal) -> dict[str, Any]:
    """What a template would change, and what is wrong with the book that it would make."""
    files = store.read_files(desk.edition)
    after = merged(files.texts, proposal.texts)
    book, problems, _ = book_of(after)
    changes = changes_between(_plain(desk.model.book, files.texts), _plain(book, after))
    return {
        "proposal": proposal,
        "sent": f"{proposal.by}, {day(proposal.at.date())}",
        "changes": changes,
        "problems": problems,
        "usable": book is not None and bool(changes),
        "outdated": proposal.revision != desk.edition.revision,
        "count": count_of(len(changes), "file changes", "files change"),
    }


def _plain(book: FinanceBook | None, texts: Mapping[str, str]) -> Mapping[str, str]:
    """The files in one way of writing, so that only what they say is compared; as they are where they make no book."""
    from trigpoint.finance.book.writing import texts_of

    try:
        return texts if book is None else texts_of(book)
    except InputError:
        return texts
