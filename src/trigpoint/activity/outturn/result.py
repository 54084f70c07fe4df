"""A forecast outturn as it is answered: one series, and all of them with their total."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

import polars as pl

from trigpoint.activity.outturn.methods import Method
from trigpoint.activity.outturn.sentences import finding
from trigpoint.activity.results.drawing import Drawn
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear
from trigpoint.wording import count, listed


@dataclass(frozen=True, slots=True)
class Interval:
    """A range that holds the outturn with probability ``level``.

    ``own`` and ``common`` are the two half-widths on the log scale that make it, exp(±√(own² + common²)) about the
    value: what is the series' own, and the shock that all series share in a year. ``low`` is never below what was
    counted already.
    """

    level: float
    low: float
    high: float
    own: float
    common: float


@dataclass(frozen=True, slots=True)
class Outturn(Drawn):
    """What a year of one series will come to. Counts, unrounded.

    ``value`` is ``None`` where ``reason`` says why. ``trajectory`` holds twelve months, April first: actual where
    ``actual`` is true, else forecast; they sum to ``value``. ``method`` is the one asked for, or what took its place;
    ``weights`` are those of the methods in the average of all series of the label and ``by_method`` what each says of
    this one; ``shares`` are the weights among those that say something of it. ``notes`` tell in sentences
    what was left out, filled or screened.
    """

    drawings: ClassVar[tuple[str, ...]] = ("outturn",)

    organisation: str
    label: str
    year: FinancialYear
    months_known: int
    value: float | None
    likely: Interval | None = None
    wide: Interval | None = None
    trajectory: tuple[float, ...] = ()
    actual: tuple[bool, ...] = ()
    to_date: float = 0.0
    last_year: float | None = None
    method: Method = Method.AVERAGE
    weights: tuple[tuple[Method, float], ...] = ()
    by_method: tuple[tuple[Method, float | None], ...] = ()
    notes: tuple[str, ...] = ()
    reason: str = ""

    @property
    def name(self) -> str:
        return ", ".join(part for part in (self.organisation, self.label) if part) or "The series"

    @property
    def shares(self) -> tuple[tuple[Method, float], ...]:
        """The weights of the methods that have a number here, which the average is made with: they sum to 1."""
        there = {method for method, value in self.by_method if value is not None}
        kept = [(method, weight) for method, weight in self.weights if method in there]
        whole = sum(weight for _, weight in kept)
        return tuple((method, weight / whole) for method, weight in kept) if whole > 0 else ()

    @property
    def finding(self) -> str:
        """One sentence: the forecast, its interval, what it rests on, and how it stands to last year."""
        low_high = None if self.likely is None else (self.likely.low, self.likely.high)
        return finding(
            self.name, self.year.label, self.months_known, self.value, low_high, self.last_year, self.method.value,
            self.reason,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Outturns(Drawn):
    """The forecasts of many series for one year, in the order in which the histories were given."""

    drawings: ClassVar[tuple[str, ...]] = ("outturns",)

    year: FinancialYear
    months_known: int
    results: tuple[Outturn, ...]

    def __iter__(self) -> Iterator[Outturn]:
        return iter(self.results)

    def __len__(self) -> int:
        return len(self.results)

    def __getitem__(self, at: int) -> Outturn:
        return self.results[at]

    def total(self) -> Outturn:
        """All series together: values and months are added, own errors cancel in part, the common shock does not.

        The half-widths of the sum are √Σ(own · value)² and Σ(common · value), each ÷ Σ value. Series without a value
        are left out and named. Raises ``InputError`` where none has one.

        >>> wide = Interval(0.95, 0, 0, 0, 0)
        >>> part = Outturn("A", "", FinancialYear(2018), 5, 50.0, Interval(0.8, 0, 0, 0.03, 0.02), wide)
        >>> both = Outturns(FinancialYear(2018), 5, (part, part)).total()
        >>> both.value, round(both.likely.own, 4), round(both.likely.common, 4)
        (100.0, 0.0212, 0.02)
        """
        there = [
            one for one in self.results if one.value is not None and one.likely is not None and one.wide is not None
        ]
        if not there:
            raise InputError(f"no series has a forecast of {self.year}", remedy="see the reason of each")
        value, to_date = sum(one.value or 0.0 for one in there), sum(one.to_date for one in there)
        likely, wide = ([interval for one in there if (interval := getattr(one, name))] for name in ("likely", "wide"))
        values = [one.value or 0.0 for one in there]
        months = tuple(map(sum, zip(*(one.trajectory for one in there), strict=True)))
        actual = tuple(map(all, zip(*(one.actual for one in there), strict=True)))
        last = [one.last_year for one in there if one.last_year is not None]
        lacking = [one.name for one in self.results if one.value is None]
        notes = (f"Without {listed(lacking)}, which cannot be forecast.",) if lacking else ()
        return Outturn(
            f"All {count(len(there), 'series', 'series')}", "", self.year, self.months_known, value,
            _summed(likely, values, to_date), _summed(wide, values, to_date), months, actual, to_date,
            sum(last) if len(last) == len(there) else None, there[0].method, notes=notes,
        )  # fmt: skip

    def frame(self) -> pl.DataFrame:
        """One row a series: value, both intervals, method, months and last year, finding and notes."""
        told = self.results
        bounds = {
            f"{side}_{round(100 * level)}": [getattr(getattr(one, name), side, None) for one in told]
            for name, level in (("likely", 0.80), ("wide", 0.95))
            for side in ("low", "high")
        }
        return pl.DataFrame(
            {
                "organisation": [one.organisation for one in told],
                "label": [one.label for one in told],
                "year": [self.year.label] * len(told),
                "value": [one.value for one in told],
                **bounds,
                "to_date": [one.to_date for one in told],
                "last_year": [one.last_year for one in told],
                "method": [one.method.value for one in told],
                "finding": [one.finding for one in told],
                "notes": [" ".join(one.notes) for one in told],
            },
            schema_overrides=dict.fromkeys(("value", *bounds, "to_date", "last_year"), pl.Float64),
        )

    def months(self) -> pl.DataFrame:
        """One row a series and month: the count, and whether it is actual or forecast."""
        there = [one for one in self.results if one.trajectory]
        return pl.DataFrame(
            {
                "organisation": [one.organisation for one in there for _ in range(12)],
                "label": [one.label for one in there for _ in range(12)],
                "month": [month.start for month in self.year.months] * len(there),
                "value": [value for one in there for value in one.trajectory],
                "actual": [known for one in there for known in one.actual],
            },
            schema_overrides={"organisation": pl.String, "label": pl.String, "month": pl.Date, "value": pl.Float64},
        )


def _summed(parts: Sequence[Interval], values: Sequence[float], to_date: float) -> Interval:
    """The interval of a sum: own parts independent of each other, the common shock the same for all."""
    value = sum(values)
    pairs = list(zip(parts, values, strict=True))
    own = math.hypot(*(part.own * one for part, one in pairs)) / value if value else 0.0
    common = sum(part.common * one for part, one in pairs) / value if value else 0.0
    half = math.exp(math.hypot(own, common))
    high = value * half if value else sum(part.high for part in parts)
    return Interval(parts[0].level, max(value / half, to_date), high, own, common)
