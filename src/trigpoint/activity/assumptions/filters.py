"""Which cells something applies to: conditions on their attributes, all of which must hold."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Asked(Enum):
    """What a condition asks of an attribute."""

    IN = "="
    NOT_IN = "!="
    AT_LEAST = ">="
    AT_MOST = "<="


@dataclass(frozen=True, slots=True)
class Condition:
    """One attribute and the values that it may, or may not, have; numbers for ``>=`` and ``<=``."""

    attribute: str
    test: Asked
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """All conditions must hold; none holds of every cell. Written as “pod = A&E; age >= 75; specialty = 300, 301”."""

    conditions: tuple[Condition, ...] = ()

    @property
    def attributes(self) -> tuple[str, ...]:
        """The attributes that are asked for, each once."""
        return tuple(dict.fromkeys(condition.attribute for condition in self.conditions))

    def __str__(self) -> str:
        said = (f"{one.attribute} {one.test.value} {', '.join(one.values)}" for one in self.conditions)
        return "; ".join(said) or "everything"


EVERYWHERE = Filter()
