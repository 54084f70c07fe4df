"""A rule computed for the periods of a table, and the proof that the printed figures follow it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from trigpoint.errors import InputError
from trigpoint.measures.figures import COUNT
from trigpoint.measures.series import counts_things, in_order
from trigpoint.measures.trajectories.grammar import parse_rule
from trigpoint.measures.trajectories.rules import Rule
from trigpoint.periods.calendar import Period
from trigpoint.periods.labels import period_of
from trigpoint.plans.model import IndicatorRow, IndicatorTable, TrajectoryRule
from trigpoint.rounding import decimal_of, decimals_of, half_up, units_apart


def compute(rule: Rule, periods: Iterable[Period]) -> Mapping[str, Decimal]:
    """The rule's unrounded value for each period it governs, by the period's label; others are left out.

    Values are exact to 80 digits. Raises InputError when the periods are not of the kind the rule counts in.

    >>> from trigpoint.periods.calendar import FinancialYear
    >>> rule = parse_rule("cumulative share(75% of eligible: 13,506 over 5 years from 2013/14)")
    >>> compute(rule, [FinancialYear(2013), FinancialYear(2017), FinancialYear(2018)])
    {'2013/14': Decimal('2025.9'), '2017/18': Decimal('10129.5')}
    """
    values = ((period.label, rule.value_at(period)) for period in periods)
    return {label: decimal_of(value) for label, value in values if value is not None}


@dataclass(frozen=True, slots=True)
class CellCheck:
    """One printed target beside what the rule gives for it.

    ``units_apart`` counts units of the last printed digit, positive when the printed figure is the larger.
    ``exact`` is the value before rounding.
    """

    period: str
    printed: Decimal
    computed: Decimal
    exact: Decimal
    units_apart: int

    @property
    def agrees(self) -> bool:
        return self.units_apart == 0

    @property
    def told(self) -> str:
        return f"{self.period or 'undated'} {self.printed:,} printed, {self.computed:,} computed"


@dataclass(frozen=True, slots=True)
class SeriesCheck:
    """A printed series beside its rule. ``ungoverned`` are printed periods for which the rule has no value;
    ``absent`` says that the table has no such series at all; ``problem`` why the rule could not be tried."""

    indicator: str
    area: str
    series: str
    rule: str
    cells: tuple[CellCheck, ...]
    ungoverned: tuple[str, ...] = ()
    absent: bool = False
    problem: str = ""

    @property
    def agrees(self) -> bool:
        return not self.absent and not self.problem and not self.ungoverned and all(cell.agrees for cell in self.cells)

    @property
    def sentence(self) -> str:
        """What came of the comparison, in one sentence."""
        name = ", ".join(part for part in (self.area, self.series) if part)
        if self.problem:
            return f"{name}: {self.problem}"
        if self.absent:
            return f"{name}: the table has no such series, so its rule could not be tried."
        wrong = [cell for cell in self.cells if not cell.agrees]
        if wrong:
            told = "; ".join(cell.told for cell in wrong)
            return f"{name}: {len(wrong)} of {len(self.cells)} printed figures differ from “{self.rule}” ({told})."
        if self.ungoverned:
            silent = ", ".join(label or "the undated figure" for label in self.ungoverned)
            return f"{name}: “{self.rule}” says nothing of {silent}."
        figures = "the one printed figure is" if len(self.cells) == 1 else f"all {len(self.cells)} printed figures are"
        return f"{name}: {figures} reproduced to the last digit by “{self.rule}”."


@dataclass(frozen=True, slots=True)
class Reproduction:
    """All the rules of one table, tried on it."""

    indicator: str
    title: str
    series: tuple[SeriesCheck, ...]

    @property
    def agrees(self) -> bool:
        return all(check.agrees for check in self.series)

    @property
    def sentence(self) -> str:
        """How many printed targets the rules reproduce, in one sentence."""
        cells = [cell for check in self.series for cell in check.cells]
        if not cells:
            return f"{self.title}: no printed figure has a rule."
        right = sum(cell.agrees for cell in cells)
        share = f"all {right}" if right == len(cells) else f"{right} of {len(cells)}"
        return f"{self.title}: {share} printed figures that have a rule follow it to the last digit."


def reproduce(
    table: IndicatorTable, rules: Iterable[TrajectoryRule], *, standards: Mapping[str, str] | None = None
) -> Reproduction:
    """Every printed figure of a table that has a rule, beside the rule's own figure, rounded half up as printed.

    Rules of other tables are passed over. A rule that cannot be read, or counts in periods of another kind than the
    table's, is told as its series' ``problem`` and does not keep the others from being tried.
    """
    checks = tuple(_check(table, rule, standards) for rule in rules if rule.indicator == table.id)
    return Reproduction(table.id, table.title, checks)


def _check(table: IndicatorTable, written: TrajectoryRule, standards: Mapping[str, str] | None) -> SeriesCheck:
    where = (written.indicator, written.area, written.series, written.rule)
    rows = [row for row in table.rows if (row.area, row.series) == (written.area, written.series)]
    if not rows:
        return SeriesCheck(*where, (), absent=True)
    try:
        rule = parse_rule(written.rule, standards=standards)
        cells = {label: _cell(table, rows[0], label, rule) for label in in_order(set(rows[0].values))}
    except InputError as error:
        return SeriesCheck(*where, (), problem=str(error))
    ungoverned = tuple(label for label, cell in cells.items() if cell is None)
    return SeriesCheck(*where, tuple(cell for cell in cells.values() if cell), ungoverned)


def _cell(table: IndicatorTable, row: IndicatorRow, label: str, rule: Rule) -> CellCheck | None:
    value = rule.value_at(period_of(label))
    if value is None:
        return None
    decimals = printed_decimals(table, row)
    computed = half_up(value, decimals)
    apart = units_apart(row.values[label], computed, decimals)
    return CellCheck(label, row.values[label], computed, decimal_of(value), apart)


def printed_decimals(table: IndicatorTable, row: IndicatorRow) -> int:
    """How many decimals a series prints: its own longest, and the table's where the table is not of counts.

    A table of counts may carry one series of percentages (27.8% of the register), which keeps its own digits.
    """
    own = own_decimals(row)
    return own if table.kind == COUNT or counts_things(row.series) else max(own, table.decimals)


def own_decimals(row: IndicatorRow) -> int:
    """The most decimals that a value of the series is printed with."""
    return max((decimals_of(value) for value in row.values.values()), default=0)
