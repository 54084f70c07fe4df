"""A planning round as values: what the centre asks of every plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar

# Read by pydantic when a data pack is loaded: unknown keys and wrong types are refused.
_STRICT: dict[str, Any] = {"extra": "forbid", "strict": True}


class Criterion(Enum):
    """How a standard is met. ``BETWEEN`` needs ``lowest`` as well as ``value``; ``IN_WORDS`` is a criterion that no
    single number expresses; see its ``note``."""

    AT_LEAST = ">="
    AT_MOST = "<="
    LESS_THAN = "<"
    BETWEEN = "between"
    IMPROVE = "improve"
    REDUCE = "reduce"
    REDUCE_BY = "reduce by at least"
    IN_WORDS = "in words"


class Basis(Enum):
    """Which figure is tested: that of each month, of March alone, the average of the year and so on."""

    NOT_STATED = "not stated"
    EACH_MONTH = "each month"
    EACH_QUARTER = "each quarter"
    LAST_QUARTER = "last quarter of the year"
    MARCH = "month of March"
    YEAR_AVERAGE = "average of the year"
    YEAR = "year as a whole"
    YEAR_END = "position at the end of the year"


@dataclass(frozen=True, slots=True)
class Priority:
    """A must-do or priority area of a round; ``number`` is the printed one, ``""`` where none is printed.

    ``terms`` are the words by which a plan's heading is recognised (``docs/frameworks.md``).
    """

    __pydantic_config__: ClassVar = _STRICT

    id: str
    title: str
    number: str = ""
    requirement: str = ""
    source: str = ""
    confirmed: bool = False
    terms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Requirement:
    """One of the things that a must-do or priority area asks for, in our words; most carry no number of their own."""

    __pydantic_config__: ClassVar = _STRICT

    id: str
    priority: str
    title: str
    terms: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Standard:
    """One requirement: ``title`` is tested by ``test`` against ``value`` in ``unit``, on the figure ``basis`` names.

    ``value`` is ``None`` where the source gives none; nothing is filled in. Where ``rule`` is given (a trajectory rule,
    ``docs/trajectories.md``) it decides, and ``value`` is the number printed in it; its ``baseline`` is each
    organisation's own. ``lowest`` is the lower end of a range. ``applies_from`` and ``applies_to`` are labels of
    financial years, ``valid_from`` and ``valid_to`` the days between which the figure holds, ``by`` the moment in the
    source's words. ``level`` says who has to meet it ("national", "provider", "practice/ICB"; "" for everyone),
    ``place`` names the one place of a local standard. ``code`` is the national indicator code, ``measure`` the id of
    the definition that it tests, ``requirement`` the requirement it belongs to, ``terms`` the words by which a plan's
    own wording is recognised. ``section`` and ``page`` are those of the source where recorded. ``confirmed`` says that
    the number is recorded as coming from the publication named in ``source``; everything else is to be checked before
    anyone is held to it. ``framework`` is the id of the round, filled in when the pack is read.
    """

    __pydantic_config__: ClassVar = _STRICT

    id: str
    priority: str
    title: str
    test: Criterion
    value: Decimal | None = None
    lowest: Decimal | None = None
    unit: str = ""
    rule: str = ""
    basis: Basis = Basis.NOT_STATED
    code: str = ""
    measure: str = ""
    requirement: str = ""
    terms: tuple[str, ...] = ()
    applies_from: str = ""
    applies_to: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    by: str = ""
    level: str = ""
    place: str = ""
    note: str = ""
    source: str = ""
    section: str = ""
    page: str = ""
    confirmed: bool = False
    framework: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """A planning round. ``years`` are labels of financial years; every standard names one of the ``priorities``."""

    __pydantic_config__: ClassVar = _STRICT

    id: str
    title: str
    years: tuple[str, ...]
    source: str = ""
    priorities: tuple[Priority, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    standards: tuple[Standard, ...] = ()

    def standard(self, standard_id: str) -> Standard:
        """The standard with this id; ``KeyError`` when the round has none."""
        found = next((standard for standard in self.standards if standard.id == standard_id), None)
        if found is None:
            raise KeyError(standard_id)
        return found
