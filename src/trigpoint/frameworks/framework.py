"""A planning round as values: what the centre asks of every plan."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar

# Read by pydantic when a data pack is loaded: unknown keys and wrong types are refused.
_STRICT: dict[str, Any] = {"extra": "forbid", "strict": True}


class Criterion(Enum):
    """How a standard is met. ``IN_WORDS`` is a criterion that no single number expresses; see its ``note``."""

    AT_LEAST = ">="
    AT_MOST = "<="
    LESS_THAN = "<"
    IMPROVE = "improve"
    REDUCE = "reduce"
    REDUCE_BY = "reduce by at least"
    IN_WORDS = "in words"


@dataclass(frozen=True, slots=True)
class Priority:
    """A must-do or priority area of a round; ``number`` is the printed one, ``""`` where none is printed."""

    __pydantic_config__: ClassVar = _STRICT

    id: str
    title: str
    number: str = ""
    requirement: str = ""
    source: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Standard:
    """One requirement: ``title`` is tested by ``test`` against ``value`` in ``unit``.

    ``value`` is ``None`` where the source gives none; nothing is filled in. ``applies_from`` and ``applies_to`` are
    labels of financial years, ``by`` the moment in the source's words, ``level`` who has to meet it, ``code`` the
    national indicator code. ``confirmed`` says that the number is recorded as coming from the publication named in
    ``source``; everything else is to be checked before anyone is held to it.
    """

    __pydantic_config__: ClassVar = _STRICT

    id: str
    priority: str
    title: str
    test: Criterion
    value: Decimal | None = None
    unit: str = ""
    code: str = ""
    applies_from: str = ""
    applies_to: str = ""
    by: str = ""
    level: str = ""
    note: str = ""
    source: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Framework:
    """A planning round. ``years`` are labels of financial years; every standard names one of the ``priorities``."""

    __pydantic_config__: ClassVar = _STRICT

    id: str
    title: str
    years: tuple[str, ...]
    source: str = ""
    priorities: tuple[Priority, ...] = ()
    standards: tuple[Standard, ...] = ()
