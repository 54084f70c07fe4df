"""A trajectory rule in a row of figures: whether it can be read, and fits the indicator that it is written for."""

from __future__ import annotations

from trigpoint.errors import InputError
from trigpoint.measures.book.lookup import PERIODS, Fault
from trigpoint.measures.definitions.definition import Definition, PeriodType, Statistic
from trigpoint.measures.definitions.faults import readings
from trigpoint.measures.trajectories.rules import Rule, Schedule, Unit
from trigpoint.measures.trajectories.steps import OtherKind
from trigpoint.periods.calendar import Period
from trigpoint.periods.labels import parse_period
from trigpoint.plans.cells import quoted

# A period of each kind, to ask a rule whether it speaks of such periods at all.
_ONE = {
    PeriodType.MONTH: "March 2018",
    PeriodType.QUARTER: "2017/18 Q4",
    PeriodType.FINANCIAL_YEAR: "2017/18",
    PeriodType.CALENDAR_YEAR: "2017",
    PeriodType.SCHOOL_YEAR: "school year 2017/18",
}


def prove_rule(text: str, definition: Definition) -> None:
    """Raise ``Fault`` for a rule that cannot be read, or whose periods or unit are not those of its indicator.

    A rule of financial years says nothing of a month, and 65% no number of cases: such a target would be silent, or
    absurd, without anybody being told.
    """
    found = readings(text)
    if isinstance(found, InputError):
        raise Fault(found.what, found.remedy or "correct the rule", "rule")
    if all(rule.unit is Unit.PERCENT for rule in found) and not _takes_percentages(definition):
        what = f"the rule {quoted(text)} gives a percentage, and the indicator is none"
        raise Fault(what, "write the rule in the indicator’s own unit", "rule")
    if not any(_speaks_of(rule, definition.period_type) for rule in found):
        kind = definition.period_type.value
        what = f"the rule {quoted(text)} has periods of another kind, and the indicator is counted by {kind}"
        raise Fault(what, f"write its periods as {_ONE.get(definition.period_type, '2013-15')}", "rule")


def _takes_percentages(definition: Definition) -> bool:
    if definition.statistic is Statistic.COUNT:
        return False
    unit = definition.unit.lower()
    return not unit or any(word in unit for word in ("%", "per cent", "percent"))


def _speaks_of(rule: Rule, kind: PeriodType) -> bool:
    """Whether the rule may have a value in some period of this kind."""
    if isinstance(rule, Schedule):
        return any(isinstance(period, PERIODS[kind]) for period, _ in rule.values)
    period = _sample(kind)
    try:
        if period is not None:
            rule.value_at(period)
    except OtherKind:
        return False
    except InputError:
        pass  # of this period it says nothing, but it may of others
    return True


def _sample(kind: PeriodType) -> Period | None:
    # Pools of years are of many lengths: what one of three years says is no proof of one of two.
    return parse_period(_ONE[kind]) if kind in _ONE else None
