"""Everything that is answered of a plan's finance, once, for workbooks and papers."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from trigpoint.errors import InputError
from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.contracts.result import ContractYear
from trigpoint.finance.contracts.year import contract_year
from trigpoint.finance.peers.comparison import benchmark
from trigpoint.finance.peers.result import Benchmark
from trigpoint.finance.peers.rows import measures_of
from trigpoint.finance.position.position import position
from trigpoint.finance.position.result import Position
from trigpoint.finance.risks.draws import draw_risks
from trigpoint.finance.risks.position import risk_position
from trigpoint.finance.risks.result import RiskDraws, RiskPosition
from trigpoint.finance.rules.evaluation import evaluate_rules
from trigpoint.finance.rules.result import RuleResult
from trigpoint.finance.rules.unknown import unknown_years
from trigpoint.finance.schemes.result import SchemeBook
from trigpoint.finance.schemes.scheme_book import scheme_book
from trigpoint.periods import FinancialYear

_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answers of a book by year. ``problems`` say in sentences of what nothing could be made, ``remarks`` what
    looks wrong or was taken as given."""

    book: FinanceBook
    positions: tuple[Position, ...] = ()
    rules: tuple[RuleResult, ...] = ()
    schemes: tuple[SchemeBook, ...] = ()
    risks: tuple[RiskPosition, ...] = ()
    draws: dict[FinancialYear, RiskDraws] = field(default_factory=dict)
    contracts: tuple[ContractYear, ...] = ()
    peers: tuple[Benchmark, ...] = ()
    problems: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def illustrative(self) -> bool:
        """Whether something in it was invented for a demonstration."""
        told = self.book.settings.illustrative
        for made in (self.positions, self.rules, self.schemes, self.risks, self.contracts, self.peers):
            told = told or any(one.illustrative for one in made)
        return told


def gathered(book: FinanceBook, *, draws: int | None = None, seed: int | None = None) -> Gathered:
    """All answers of a book. What cannot be made is a problem, and the others are made."""

    problems: list[str] = []
    years = book.settings.years

    def each(items: Iterable[_Item], make: Callable[[_Item], _Made]) -> tuple[_Made, ...]:
        made = []
        for one in items:
            try:
                made.append(make(one))
            except InputError as error:
                problems.append(str(error))
        return tuple(made)

    positions = each(years, lambda year: position(book, year))
    results = each([book], evaluate_rules)
    schemes = tuple(one for one in each(years, lambda year: scheme_book(book, year)) if one.schemes)
    risks = tuple(one for one in each(years, lambda year: risk_position(book, year)) if one.risks)
    ready = [one.year for one in risks if one.planned_surplus_gbp is not None]
    drawn = each(ready, lambda year: draw_risks(book, year, draws=draws, seed=seed))
    contracts = each([one.id for one in book.contracts], lambda name: contract_year(book, name))
    peers = each(measures_of(book), lambda measure: benchmark(book, measure))
    rules = results[0] if results else ()
    unknown = unknown_years(book, rules)
    problems += [*unknown.values(), *(one.lacking for one in rules if one.lacking and one.year not in unknown)]
    remarks = [
        *(f"{one.year}: {told}" for made in (positions, schemes, risks, drawn) for one in made for told in one.remarks),
        *(f"{one.contract.id}: {remark}" for one in contracts for remark in one.remarks),
        *(f"{one.measure}: {remark}" for one in peers for remark in one.remarks),
    ]
    told, said = tuple(dict.fromkeys(problems)), tuple(dict.fromkeys(remarks))
    by_year = {one.year: one for one in drawn}
    return Gathered(book, positions, rules, schemes, risks, by_year, contracts, peers, told, said)
