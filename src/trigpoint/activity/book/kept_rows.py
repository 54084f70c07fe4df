"""The good rows of a reading with mistakes; where a row went wrong, the one that was there before it stays."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from trigpoint.activity.book.reading import read_texts
from trigpoint.activity.book.tables import COUNTS_FILE
from trigpoint.activity.book.writing import texts_of
from trigpoint.errors import InputError

_KEYS = ("code", "provider", "pod", "variant", "measure", "year", "sex", "age", "first")
_OF_A_COUNT = ("value", "source", "note", "illustrative")
"""Columns of a count that say nothing of what was counted; all others do."""

Row = dict[str, str]
Key = tuple[str, ...]


def good_texts(texts: Mapping[str, str], before: Mapping[str, str]) -> dict[str, str]:
    """The rows of ``texts`` that can be used, as the files of a book have them (``writing.texts_of``).

    A row that cannot be used does not take away the one of the same id, or of the same key, that ``before`` has: that
    one stays, in its place. Raises ``InputError`` where nothing can be used.

    >>> settings = {"settings.toml": 'base_year = "2016/17"\\n'}
    >>> old = "pod,outturn\\nae,100\\nel,50\\n"
    >>> new = settings | {"totals.csv": "pod,outturn\\nae,1oo\\nel,60\\n"}
    >>> good_texts(new, settings | {"totals.csv": old})["totals.csv"].split()[1:]
    [',ae,100,', ',el,60,']
    """
    good = _usable(texts)
    stored = read_texts(before).book if before else None
    if stored is None:
        return good
    older, merged = texts_of(stored), dict(good)
    for name in texts:
        if name.endswith(".csv") and name in older:
            rows = _merged(name, *(list(_rows(one.get(name, ""))) for one in (texts, good, older)))
            if rows:
                merged[name] = _text(rows)
    return good if merged == good else _usable(merged)


def _usable(texts: Mapping[str, str]) -> dict[str, str]:
    book = read_texts(texts).book
    if book is None:
        raise InputError("nothing of the workbook can be used", remedy="correct the base year first")
    return texts_of(book)


def _rows(text: str) -> Iterator[Row]:
    for row in csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))):
        yield {name: value or "" for name, value in row.items() if isinstance(name, str)}


def _key(name: str, row: Row) -> Key:
    """What a row is of: two rows of one key cannot both stand in a file."""
    if row.get("id"):
        return (row["id"],)
    if name == COUNTS_FILE.file:
        told = sorted(column for column, cell in row.items() if cell and column not in _OF_A_COUNT)
        return tuple(f"{column}={row[column]}" for column in told)
    return tuple(row.get(column, "") for column in _KEYS)


def _merged(name: str, told: list[Row], good: list[Row], older: list[Row]) -> list[Row]:
    """The good rows, with the older ones where a row that was told is not good; none where nothing is kept."""
    usable, known = ({_key(name, row): row for row in rows} for rows in (good, older))
    rows: dict[Key, Row] = {}
    kept = False
    for row in told:
        key = _key(name, row)
        if key in usable:
            rows[key] = usable[key]
        elif key in known:
            rows[key], kept = known[key], True
    return [*rows.values(), *(row for key, row in usable.items() if key not in rows)] if kept else []


def _text(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(column for row in rows for column in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
