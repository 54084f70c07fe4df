"""Filled templates of finance: how they are read, and what their files make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trigpoint.web.finance import services, store
from trigpoint.web.finance.desk import book_of
from trigpoint.web.proposals.pages import TemplatePages
from trigpoint.web.register.models import Edition

if TYPE_CHECKING:
    from trigpoint.finance.book.book import FinanceBook
    from trigpoint.finance.book.template_reading import TemplateReading


def _read(data: bytes, name: str) -> TemplateReading:
    from trigpoint.finance.book.template_reading import read_template

    return read_template(data, name)


def _files(edition: Edition) -> Mapping[str, str]:
    return store.read_files(edition).texts


def _book_of(_: Edition, texts: Mapping[str, str]) -> tuple[FinanceBook | None, tuple[str, ...]]:
    book, problems, _notes = book_of(texts)
    return book, problems


def _texts_of(book: FinanceBook) -> Mapping[str, str]:
    from trigpoint.finance.book.writing import texts_of

    return texts_of(book)


PAGES = TemplatePages(
    kind=services.TEMPLATES,
    name="finance",
    home="finance-files",
    no_book="no book that can be computed",
    read=_read,
    files=_files,
    book_of=_book_of,
    texts_of=_texts_of,
    accept=services.accept,
)
