"""All schemes of a year, and what they come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from trigpoint.errors import InputError
from trigpoint.finance.asked import asked_year
from trigpoint.finance.book.book import FinanceBook, GateDecision, Recurrence, Scheme, SchemeMonths
from trigpoint.finance.money import to_pence
from trigpoint.finance.schemes.gates import GateRules, gates_of
from trigpoint.finance.schemes.remarks import remarks_of_schemes, remarks_of_sums
from trigpoint.finance.schemes.result import SchemeBook, SchemeYear
from trigpoint.finance.schemes.scheme_year import scheme_year
from trigpoint.periods import FinancialYear

TARGETS = ("qipp_target", "qipp_gross", "qipp_net")
"""Quantities of a plan that are its target for savings, the first that is told; ``qipp_net`` is less investment."""
_NIL = Decimal("0.00")


def scheme_book(book: FinanceBook, year: FinancialYear | str, rules: GateRules | None = None) -> SchemeBook:
    """Every scheme of a year with its sums, those of which more falls due in it, and what is to be told of them.

    Sums are of the schemes of this year, in pounds and gross unless named net. A scheme that cannot be computed is left
    out and told. ``rules`` as in ``scheme_year``. Method: ``docs/methods-schemes.md``.

    >>> from trigpoint.finance.book.book import FinanceSettings, OrganisationType
    >>> from trigpoint.periods import Month
    >>> year, kind = FinancialYear(2017), Recurrence.RECURRENT
    >>> schemes = (Scheme("homes", year, Decimal(2_400_000), Month(2017, 7), kind, "idea", Decimal("0.8")),
    ...            Scheme("estates", year, Decimal(900_000), Month(2018, 1), Recurrence.NON_RECURRENT, "idea"))
    >>> settings = FinanceSettings("Dudley CCG", OrganisationType.CCG, "nhs-2017-19", (year, year + 1))
    >>> plan = FinanceBook(settings, schemes=schemes)
    >>> found = scheme_book(plan, year)
    >>> print(found.full_year_gbp, found.part_year_gbp, found.tail_gbp, found.exit_gbp, found.risk_adjusted_gbp)
    3300000.00 2700000.00 600000.00 2400000.00 2340000.00
    >>> print(scheme_book(plan, year + 1).brought_gbp)
    600000.00
    """
    year = asked_year(year)
    rules = rules or gates_of(book)
    schemes, refused = _computed(book, [one for one in book.schemes if one.year == year], year, rules)
    here = {one.id for one in book.schemes if one.year == year}
    earlier = [one for one in book.schemes if one.year.first < year.first and _runs_on(one) and one.id not in here]
    found, more = _computed(book, earlier, year, rules)
    # One that is over, or in full effect since last year, adds nothing to this one.
    carried = tuple(one for one in found if one.new_gbp or one.new_investment_gbp)
    brought = _sum(carried, lambda one: one.new_gbp)
    target, saved = _against_target(book, year, schemes, carried)
    result = SchemeBook(
        year=year,
        schemes=schemes,
        full_year_gbp=_sum(schemes, lambda one: to_pence(one.scheme.full_year_effect_gbp)),
        part_year_gbp=_sum(schemes, lambda one: one.part_year_gbp),
        net_gbp=_sum(schemes, lambda one: one.net_gbp),
        tail_gbp=_sum(schemes, lambda one: one.tail_gbp),
        exit_gbp=_sum(schemes, lambda one: one.exit_gbp),
        risk_adjusted_gbp=_sum(schemes, lambda one: one.risk_adjusted_gbp),
        counted_gbp=_sum(schemes, lambda one: one.counted_gbp),
        forecast_gbp=_sum(schemes, lambda one: one.forecast_gbp),
        target_gbp=target,
        unidentified_gbp=_sum(schemes, lambda one: _NIL if one.scheme.identified else one.part_year_gbp),
        by_stage=_by_stage(schemes, rules),
        illustrative=any(one.scheme.stated.illustrative for one in schemes),
        carried=carried,
        brought_gbp=brought,
        cash_gbp=_cash(schemes, carried),
        brought_investment_gbp=_sum(carried, lambda one: one.new_investment_gbp),
        shortfall_gbp=None if target is None else target - saved,
    )
    return replace(result, remarks=(*refused, *more, *remarks_of_sums(result), *remarks_of_schemes(schemes)))


def _against_target(
    book: FinanceBook, year: FinancialYear, schemes: Sequence[SchemeYear], carried: Sequence[SchemeYear]
) -> tuple[Decimal | None, Decimal]:
    """The plan's target, where it tells one, and what of the year's cash-releasing saving is held against it."""
    cash = _cash(schemes, carried)
    told = next((one for name in TARGETS if (one := book.quantity(name, year)) is not None), None)
    if told is None:
        return None, cash
    if told.name == TARGETS[-1]:
        cash -= _sum((*schemes, *carried), lambda one: one.new_investment_gbp if one.scheme.cash_releasing else _NIL)
    return to_pence(told.value), cash


def _cash(schemes: Iterable[SchemeYear], carried: Iterable[SchemeYear]) -> Decimal:
    """What the year's schemes release, and what falls due of earlier ones, where that is cash."""
    new = _sum(schemes, lambda one: one.part_year_gbp if one.scheme.cash_releasing else _NIL)
    return new + _sum(carried, lambda one: one.new_gbp if one.scheme.cash_releasing else _NIL)


def _runs_on(scheme: Scheme) -> bool:
    return scheme.recurrence is Recurrence.RECURRENT


def _computed(
    book: FinanceBook, schemes: Iterable[Scheme], year: FinancialYear, rules: GateRules
) -> tuple[tuple[SchemeYear, ...], tuple[str, ...]]:
    """The schemes that can be computed, and a sentence for each that cannot."""
    found, refused = [], []
    parts = _Parts(book)
    for scheme in schemes:
        try:
            found.append(scheme_year(parts.of(scheme), scheme, year, rules))
        except InputError as fault:
            refused.append(str(fault))
    return tuple(found), tuple(refused)


class _Parts:
    """The rows of a book that a scheme's own answer needs, found once: a search of all of them for each of twenty
    thousand schemes would take an hour."""

    def __init__(self, book: FinanceBook) -> None:
        self._book = replace(book, scheme_months=(), gates=(), schemes=())
        self._groups: dict[str, list[Scheme]] = defaultdict(list)
        self._months: dict[str, list[SchemeMonths]] = defaultdict(list)
        self._gates: dict[str, list[GateDecision]] = defaultdict(list)
        for scheme in book.schemes:
            if group := scheme.double_count.strip().casefold():
                self._groups[group].append(scheme)
        for row in book.scheme_months:
            self._months[row.scheme].append(row)
        for gate in book.gates:
            self._gates[gate.scheme].append(gate)

    def of(self, scheme: Scheme) -> FinanceBook:
        """The book with the rows of the scheme and of those that claim the same money."""
        group = self._groups.get(scheme.double_count.strip().casefold(), [scheme])
        ids = dict.fromkeys((scheme.id, *(one.id for one in group)))
        months = tuple(row for name in ids for row in self._months.get(name, ()))
        gates = tuple(self._gates.get(scheme.id, ()))
        return replace(self._book, schemes=tuple(group), scheme_months=months, gates=gates)


def _sum(schemes: Iterable[SchemeYear], amount: Callable[[SchemeYear], Decimal]) -> Decimal:
    return sum((amount(one) for one in schemes), _NIL)


def _by_stage(schemes: Sequence[SchemeYear], rules: GateRules) -> tuple[tuple[str, int, Decimal], ...]:
    """Stage, number of schemes and part-year effect, in the order of the stages; unknown stages last."""
    order = [one.id for one in rules.stages]
    names = {one.scheme.id: _stage(one, rules) for one in schemes}
    found = sorted(set(names.values()), key=lambda name: (order.index(name) if name in order else len(order), name))
    members = [(name, [one for one in schemes if names[one.scheme.id] == name]) for name in found]
    return tuple((name, len(ones), _sum(ones, lambda one: one.part_year_gbp)) for name, ones in members)


def _stage(one: SchemeYear, rules: GateRules) -> str:
    stage = rules.stage(one.scheme.stage)
    return stage.id if stage is not None else one.scheme.stage
