"""The terms of one mechanism, each with its place: read one after the other, so that all mistakes are told at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from trigpoint.errors import InputError, Where
from trigpoint.finance.contracts.amounts import amount_of, count_of, positive_of, price_of
from trigpoint.finance.contracts.items import Item, Told
from trigpoint.finance.contracts.mechanism import MechanismKind
from trigpoint.plans.cells import CellError

_Value = TypeVar("_Value")
_Default = TypeVar("_Default")


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it was written: its cell, the key it was written under, and the line; its items where it is a list."""

    cell: str
    key: str
    line: int | None = None
    items: tuple[Item, ...] | None = None

    @property
    def told(self) -> Told:
        """What a decoder of lists reads: the items of a list, else the text."""
        return self.cell if self.items is None else self.items


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a mechanism by our names; mistakes are gathered in ``problems``."""

    kind: MechanismKind
    file: str
    written: Mapping[str, Term]
    problems: list[InputError]

    def has(self, name: str) -> bool:
        """Whether a term was written at all."""
        return name in self.written

    def cell(self, name: str) -> str:
        """A term as it was written, "" where it was not."""
        return self.written[name].cell if name in self.written else ""

    def read(self, name: str, decode: Callable[[str], _Value], default: _Default) -> _Value | _Default:
        """A term's value; the default where it was not written, or cannot be read, which is told."""
        return self._decoded(name, lambda term: decode(term.cell), default)

    def read_list(self, name: str, decode: Callable[[Told], _Value], default: _Default) -> _Value | _Default:
        """A term's value where it may be a list: as ``read``, of its items where a file tells it as a list or table."""
        return self._decoded(name, lambda term: decode(term.told), default)

    def _decoded(self, name: str, decode: Callable[[Term], _Value], default: _Default) -> _Value | _Default:
        term = self.written.get(name)
        if term is None:
            return default
        try:
            return decode(term)
        except CellError as error:
            self.tell(error.what, error.remedy, name)
            return default

    def need(self, name: str, decode: Callable[[str], _Value], default: _Default, example: str) -> _Value | _Default:
        """A term's value where the mechanism means nothing without it."""
        self.expect(name, f'"{example}"')
        return self.read(name, decode, default)

    def expect(self, name: str, example: str) -> None:
        """Tells that a term is missing, where it is."""
        if name not in self.written:
            what = f"“{name}” is missing, which a mechanism of the kind {self.kind.value} needs"
            self.problems.append(InputError(what, where=Where(self.file), remedy=f"write {name} = {example}"))

    def tell(self, what: str, remedy: str, name: str | None = None) -> None:
        """A mistake, at the line of a term where it is one term's."""
        term = self.written.get(name) if name else None
        said = f"“{term.key}”: {what}" if term else what
        where = Where(self.file, line=term.line if term else None)
        self.problems.append(InputError(said, where=where, remedy=remedy))

    def price_gbp(self) -> Decimal | None:
        """One unit's price; ``None`` where activity is told in pounds."""
        price = self.read("price_gbp", price_of, None)
        if price == 0:
            self.tell("a price of nothing turns every activity into nothing", "write the price", "price_gbp")
            return None
        return price

    def planned_gbp(self, *, needed: bool = True, example: str = "10000000") -> Decimal:
        """The planned value, or the planned units at their price; they may not disagree."""
        units, price = self.read("planned_units", count_of, None), self.read("price_gbp", price_of, None)
        told = self.read("planned_gbp", positive_of, None)
        if units is not None and price is None and not self.has("price_gbp"):
            self.tell(
                "planned units are worth nothing without a price", 'write price_gbp = "…" as well', "planned_units"
            )
        worth = units * price if units is not None and price is not None else None
        if told is not None and worth is not None and told != worth:
            what = f"the planned value is not that of the planned units, {units:,} × £{price:,} = £{worth:,}"
            self.tell(what, "correct one of them, or leave it out", "planned_gbp")
        if told is None and worth is None:
            if needed and not any(map(self.has, ("planned_gbp", "planned_units"))):
                self.need("planned_gbp", amount_of, None, example)
            return Decimal(0)
        return told if told is not None else worth if worth is not None else Decimal(0)
