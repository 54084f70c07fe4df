"""Terms that a file tells as a list or as a table: their items as they stand, never as one text to be parsed again.

A name in a table is free text, and may hold anything that terms are written with: “=”, “;”, digits, “%”.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from trigpoint.finance.contracts.amounts import number_of
from trigpoint.finance.contracts.vocabulary import plain_key
from trigpoint.plans.cells import CellError
from trigpoint.tabular.entries import cell_of
from trigpoint.tabular.money_cells import asked_about

Item = str | tuple[str, ...] | Mapping[str, str]
"""An item of a list: a text, a row of texts, or a table of texts by plain key."""
Told = str | tuple[Item, ...]
"""A term as a decoder of lists takes it: one text that people wrote, or the items of a list."""

NAMES = (
    "name", "id", "code", "measure", "indicator", "outcome", "label", "title", "line", "service", "pod", "specialty",
    "note", "description",
)  # fmt: skip
"""Under which keys of a table free text stands, which no one reads as a term."""


def text_of(value: object) -> str | None:
    """A single value of TOML as it would be written, ``None`` for what is none.

    >>> text_of(True), text_of(Decimal("0.40")), text_of(["a"])
    ('yes', '0.40', None)
    """
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return _number_text(value) if value.is_finite() else None
    if isinstance(value, float):
        return text_of(Decimal(repr(value)))
    return None if isinstance(value, list | tuple) else cell_of(value)


def _number_text(value: Decimal) -> str:
    """The text of a number that TOML wrote: it says one, and so must its text, where “1.800” would be asked about."""
    text = str(value)
    try:
        asked_about(text, text)
    except CellError:
        return f"{text}0"
    return text


def items_of(values: object) -> tuple[Item, ...] | None:
    """The items of a list of TOML, or the tables of a table by their names; ``None`` where one is no item.

    >>> items_of([["0-2%", 1], {"To": "5%", "Rate": 0.5}])
    (('0-2%', '1'), {'to': '5%', 'rate': '0.5'})
    """
    if isinstance(values, Mapping):
        values = [value if isinstance(value, Mapping) else _row(key, value) for key, value in values.items()]
    if not isinstance(values, list | tuple):
        return None
    items = [_item(value) for value in values]
    return None if None in items else tuple(item for item in items if item is not None)


def _row(key: str, value: object) -> list[object]:
    return [key, *value] if isinstance(value, list | tuple) else [key, value]


def _item(value: object) -> Item | None:
    if isinstance(value, Mapping):
        cells = {plain_key(str(key)): text_of(cell) for key, cell in value.items()}
        told = {key: cell.strip() for key, cell in cells.items() if cell is not None}
        return told if len(told) == len(value) else None
    if isinstance(value, list | tuple):
        parts = [text_of(part) for part in value]
        return None if None in parts else tuple(part.strip() for part in parts if part is not None)
    return text_of(value)


def written(items: tuple[Item, ...]) -> str:
    """The items as one text for readers, between semicolons; a table's free text without what could be a term.

    >>> written(({"weight": "0.4", "name": "w=1; b: 2%"}, ("0-2%", "1")))
    'weight=0.4 name=w_1_b_2; 0-2% 1'
    """
    return "; ".join(map(_written, items))


_GROUPED = re.compile(r"[0-9]{1,3} [0-9]{3}")


def _written(item: Item) -> str:
    if isinstance(item, str):
        return item
    if isinstance(item, tuple):
        row = [part or "rest" for part in nameless(item)]
        # “5 365” would be read back as five thousand and more, not as five units at £365.
        return (" x " if len(row) == 2 and _GROUPED.fullmatch(" ".join(row)) else " ").join(row)
    free = [(key, re.sub(r"[^0-9A-Za-z]+", "_", item[key]).strip("_")) for key in NAMES if key in item]
    told = [(key, cell) for key, cell in item.items() if key not in NAMES]
    return " ".join(f"{key}={cell}" for key, cell in [*told, *free] if cell)


def nameless(row: tuple[str, ...]) -> tuple[str, ...]:
    """A row of numbers without the name that may stand before them.

    >>> nameless(("Hips; 2 = both", "120", "£6,000")), nameless(("120", "£6,000"))
    (('120', '£6,000'), ('120', '£6,000'))
    """
    return row[1:] if len(row) > 2 and not is_number(row[0]) else row


def is_number(cell: str) -> bool:
    """Whether a cell is a number of any kind: an amount, a count or a share."""
    try:
        number_of(cell)
    except CellError:
        return False
    return True


def table_cells(table: Mapping[str, str], words: Mapping[str, str], what: str, remedy: str) -> dict[str, str]:
    """The cells of a table under our names for them, free text left out. ``words`` is our name of every key; another
    key, or one told twice, raises ``CellError``."""
    found: dict[str, str] = {}
    for key, cell in table.items():
        if key in words:
            if words[key] in found:
                raise CellError(f"{what} tells “{words[key]}” twice", "leave one of them out")
            found[words[key]] = cell
        elif key not in NAMES:
            raise CellError(f"{what} has no “{key}”", remedy)
    return {key: cell for key, cell in found.items() if cell}
