"""What rows of one finance table name in another: names of nothing are told, and rows that hang on them left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Protocol, TypeVar

from trigpoint.errors import InputError, Where
from trigpoint.finance.book.book import MONTHS_OF_YEAR, Correlation, FinanceBook, Series, SpendLine
from trigpoint.finance.book.cells import months_named
from trigpoint.finance.book.planned import Planned
from trigpoint.finance.book.tables import CONTRACTS, MECHANISMS, RISKS, SCHEMES
from trigpoint.finance.money import spread
from trigpoint.periods import FinancialYear
from trigpoint.plans.cells import quoted
from trigpoint.plans.tables import nearest
from trigpoint.rounding import total
from trigpoint.tabular.stated import Stated


class _Entered(Protocol):
    """A row that says where it was read."""

    @property
    def stated(self) -> Stated: ...


_Row = TypeVar("_Row", bound=_Entered)


@dataclass(frozen=True, slots=True)
class _Known:
    """What may be named: its ids, what one of them is called, and where they stand."""

    noun: str
    ids: Collection[str]
    table: str
    left_out: Collection[str] = ()

    def wrong(self, name: str, stated: Stated, column: str) -> InputError:
        where = Where(stated.file, line=stated.row, column=column)
        if name in self.left_out:
            what = f"the {self.noun} {quoted(name)} was left out of what is read"
            return InputError(what, where=where, remedy=f"correct it in {self.table} first")
        near = nearest(name, self.ids)
        remedy = f"did you mean “{near}”?" if near else f"add it to {self.table}, or correct the name"
        return InputError(f"there is no {self.noun} {quoted(name)}", where=where, remedy=remedy)


def joined(book: FinanceBook, written: Mapping[str, Collection[str]], problems: list[InputError]) -> FinanceBook:
    """The book without rows that hang on nothing: months and gates of no scheme, lines of no contract, ties of no risk.

    Other names of nothing – the mechanism of a contract, the scheme of a risk – are told, and their rows kept: what
    they say is true without them. Forecasts that are one total take their first months from the actuals.
    ``written`` are the ids of tables as they were written, with those of rows that could not be read.
    """
    schemes = _Known("scheme", {one.id for one in book.schemes}, SCHEMES.file, written.get(SCHEMES.file, ()))
    contracts = _Known("contract", {one.id for one in book.contracts}, CONTRACTS.file, written.get(CONTRACTS.file, ()))
    risks = _Known("risk", {one.id for one in book.risks}, RISKS.file, written.get(RISKS.file, ()))
    mechanisms = _Known("mechanism", set(book.mechanisms), f"the folder {MECHANISMS}", written.get(MECHANISMS, ()))
    for one in book.contracts:
        _tell(one.mechanism, mechanisms, one.stated, "mechanism", problems)
    for scheme in book.schemes:
        _tell(scheme.contract, contracts, scheme.stated, "contract", problems)
    for line in book.spend:
        _tell(line.contract, contracts, line.stated, "contract", problems)
    problems += _early_units(book)
    for risk in book.risks:
        _tell(risk.scheme, schemes, risk.stated, "scheme", problems)
    return replace(
        book,
        spend=_completed(book.spend),
        scheme_months=_kept(book.scheme_months, lambda row: row.scheme, schemes, "scheme", problems),
        gates=_kept(book.gates, lambda row: row.scheme, schemes, "scheme", problems),
        contract_lines=_kept(book.contract_lines, lambda row: row.contract, contracts, "contract", problems),
        correlations=_of_one_year(
            book,
            _kept(
                _kept(book.correlations, lambda row: row.first, risks, "first", problems),
                lambda row: row.second,
                risks,
                "second",
                problems,
            ),
            problems,
        ),
    )


def _of_one_year(book: FinanceBook, ties: Iterable[Correlation], problems: list[InputError]) -> tuple[Correlation, ...]:
    """Ties of two risks that one year has both of; draws are of one year, so that any other would tie nothing."""
    years: dict[str, set[FinancialYear]] = {}
    for risk in book.risks:
        years.setdefault(risk.id, set()).add(risk.year)
    kept = []
    for one in ties:
        if years[one.first] & years[one.second]:
            kept.append(one)
            continue
        where = Where(one.stated.file, line=one.stated.row, column="second")
        what = f"{quoted(one.first)} and {quoted(one.second)} are risks of different years"
        problems.append(InputError(what, where=where, remedy="name two risks of one year, or remove the row"))
    return tuple(kept)


def _early_units(book: FinanceBook) -> Iterator[InputError]:
    """Units of months that are not known yet: the settings and the line cannot both be right."""
    years = {one.id: one.year for one in book.contracts}
    for line in book.contract_lines:
        if line.contract not in years:
            continue
        known = Planned(book.settings).known_months(years[line.contract])
        early = [name for name, one in list(zip(MONTHS_OF_YEAR, line.actual, strict=False))[known:] if one is not None]
        if early:
            year = years[line.contract].label
            what = f"there are units of {months_named(early)}, and {known or 'no'} months of {year} are known"
            where = Where(line.stated.file, line=line.stated.row, column=early[0])
            yield InputError(what, where=where, remedy="remove them, or correct months_known in settings.toml")


def _tell(name: str, known: _Known, stated: Stated, column: str, problems: list[InputError]) -> None:
    if name and name not in known.ids:
        problems.append(known.wrong(name, stated, column))


def _kept(
    rows: Iterable[_Row], name: Callable[[_Row], str], known: _Known, column: str, problems: list[InputError]
) -> tuple[_Row, ...]:
    """The rows that name something; the others are told."""
    kept = []
    for row in rows:
        if name(row) in known.ids:
            kept.append(row)
        else:
            problems.append(known.wrong(name(row), row.stated, column))
    return tuple(kept)


def _completed(lines: tuple[SpendLine, ...]) -> tuple[SpendLine, ...]:
    """Forecasts of a year alone, with months: those that are known as they were, what is left spread over the rest."""
    actuals = {(one.id, one.year, one.recurrence): one for one in lines if one.series is Series.ACTUAL}
    return tuple(
        _with_months(one, actuals.get((one.id, one.year, one.recurrence)))
        if one.series is Series.FORECAST and not any(month is not None for month in one.months)
        else one
        for one in lines
    )


def _with_months(forecast: SpendLine, actual: SpendLine | None) -> SpendLine:
    known = [] if actual is None else [month for month in actual.months if month is not None]
    rest = len(forecast.months) - len(known)
    left = total([forecast.gbp, *(-month for month in known)])
    if not rest and left:
        return forecast  # a year that is over and forecast as another sum: no month can take the difference
    return replace(forecast, months=(*known, *spread(left, [Decimal(1)] * rest)))
