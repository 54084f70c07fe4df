"""A target and its actual as points by period: what a trajectory chart draws, tabulates and tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.measures.figures import figure, signed
from trigpoint.measures.series import SeriesPair, in_order
from trigpoint.measures.standing import Form, Standing, pair_form, pair_standing
from trigpoint.periods.labels import period_of
from trigpoint.plans.model import IndicatorRow, IndicatorTable
from trigpoint.rounding import half_up

NOTHING = "–"
TARGET, ACTUAL = "Target", "Actual"


@dataclass(frozen=True, slots=True)
class Point:
    """One value to draw. ``shown`` is the value as printed, ``panel`` the small chart it belongs to."""

    period: str
    series: str
    value: float
    shown: str
    panel: str


@dataclass(frozen=True, slots=True)
class Lines:
    """A pair of series over the periods of a chart, in time order, with how their values are written."""

    table: IndicatorTable
    pair: SeriesPair
    periods: tuple[str, ...]
    form: Form
    standing: Standing

    def rows(self) -> Iterator[tuple[str, IndicatorRow]]:
        """The series that are there, each with its word."""
        for word, row in ((TARGET, self.pair.target), (ACTUAL, self.pair.actual)):
            if row is not None:
                yield word, row

    def value(self, word: str, period: str) -> Decimal | None:
        """The value printed for a period; a target that names no period holds in each."""
        row = dict(self.rows()).get(word)
        if row is None:
            return None
        return row.values.get(period, row.values.get("") if word == TARGET else None)

    def text(self, word: str, period: str) -> str:
        """The value as printed, a dash where there is none."""
        value = self.value(word, period)
        return NOTHING if value is None else figure(value, self.form.decimals, kind=self.form.kind)

    def gap(self, period: str) -> str:
        """Actual less target with its sign, a dash where either is missing."""
        target, actual = self.value(TARGET, period), self.value(ACTUAL, period)
        if target is None or actual is None:
            return NOTHING
        return signed(half_up(actual, self.form.decimals) - half_up(target, self.form.decimals), self.form.decimals)

    def points(self) -> tuple[Point, ...]:
        """Every value to draw: the target to its end, the actual as far as it goes."""
        return tuple(
            Point(period, word, float(half_up(value, self.form.decimals)), self.text(word, period), self.pair.label)
            for word, _ in self.rows()
            for period in self.periods
            if (value := self.value(word, period)) is not None
        )

    def course(self) -> str:
        """What each line does, in a sentence for those who cannot see it."""
        parts = []
        for word, _ in self.rows():
            known = [period for period in self.periods if self.value(word, period) is not None]
            if len(known) > 1:
                first, last = known[0], known[-1]
                run = f"goes from {self.text(word, first)} in {first} to {self.text(word, last)} in {last}"
                parts.append(f"the {word.lower()} {run}")
            elif known:
                parts.append(f"the {word.lower()} is {self.text(word, known[0])} in {known[0]}")
        told = ", and ".join(parts) or "no figure has a date"
        return f"{told[0].upper()}{told[1:]}."


def dated_periods(pairs: Sequence[SeriesPair]) -> tuple[str, ...]:
    """Every period that some series of the pairs has a value for, by time."""
    rows = [row for pair in pairs for row in (pair.target, pair.actual) if row]
    return in_order({label for row in rows for label in row.values if period_of(label)})


def drawable(pair: SeriesPair) -> bool:
    """Whether a pair has values in at least two periods, so that there is a line to draw."""
    return len(dated_periods((pair,))) >= 2


def lines_of(table: IndicatorTable, pair: SeriesPair, periods: tuple[str, ...] | None = None) -> Lines:
    """The lines of one pair over the given periods, or over those that it has itself."""
    own = dated_periods((pair,)) if periods is None else periods
    return Lines(table, pair, own, pair_form(table, pair), pair_standing(table, pair))
