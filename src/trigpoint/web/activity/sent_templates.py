"""Filled templates of the activity model: how they are read, and what their files make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from trigpoint.web.activity import services, store
from trigpoint.web.activity.desk import book_of
from trigpoint.web.proposals.pages import TemplatePages
from trigpoint.web.register.models import Edition

if TYPE_CHECKING:
    from trigpoint.activity.book.book import ActivityBook
    from trigpoint.activity.book.template_reading import TemplateReading


def _read(data: bytes, name: str) -> TemplateReading:
    from trigpoint.activity.book.template import read_template

    return read_template(data, name)


def _files(edition: Edition) -> Mapping[str, str]:
    return store.read_files(edition).texts


def _book_of(edition: Edition, texts: Mapping[str, str]) -> tuple[ActivityBook | None, tuple[str, ...]]:
    return book_of(texts, store.read_files(edition).cells)


def _texts_of(book: ActivityBook) -> Mapping[str, str]:
    from trigpoint.activity.book.writing import texts_of

    return texts_of(book)


PAGES = TemplatePages(
    kind=services.TEMPLATES,
    name="activity",
    home="activity-assumptions",
    no_book="no model that can be run",
    read=_read,
    files=_files,
    book_of=_book_of,
    texts_of=_texts_of,
    accept=services.accept,
)
