"""A definition as its TOML file: only what is not the usual, in the order of the fields."""

from __future__ import annotations

from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from trigpoint.measures.definitions.definition import Definition


def write_definition(definition: Definition) -> str:
    """The TOML text that ``read_definition`` reads back as an equal definition; fields left at their default are out.

    >>> from trigpoint.measures.definitions.definition import PeriodType, Statistic
    >>> mrsa = Definition("mrsa", "1", "MRSA bloodstream infections", Statistic.COUNT, PeriodType.MONTH, decimals=0)
    >>> print(write_definition(mrsa), end="")
    id = "mrsa"
    version = "1"
    name = "MRSA bloodstream infections"
    statistic = "count"
    period_type = "month"
    decimals = 0
    """
    import tomli_w  # noqa: PLC0415 – only writing needs it

    return tomli_w.dumps(keys_of(definition))


def keys_of(value: Any) -> dict[str, Any]:
    """The fields that say something, as TOML holds them; TOML has no null, and an absent key stands for it."""
    found = {}
    for field in fields(value):
        content = getattr(value, field.name)
        if content is not None and (field.default is MISSING or content != field.default):
            found[field.name] = _plain(content)
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str | int | float | Decimal | date):
        return value
    return keys_of(value)
