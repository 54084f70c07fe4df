"""The underlying position as a plan states it, against what its lines give."""

from __future__ import annotations

from collections.abc import Iterator

from trigpoint.checks.finding import Severity
from trigpoint.finance.position.kinds import BY_NAME
from trigpoint.finance.position.quantities import quantity_value
from trigpoint.rounding import decimal_of
from trigpoint.triangulation.comparison import Comparison, Lacking, Wording, compared
from trigpoint.triangulation.figure import Unit
from trigpoint.triangulation.parts import Part, Parts, computed_figure
from trigpoint.triangulation.register import rule
from trigpoint.triangulation.told import all_told, first_told

RULE = "UNDERLYING"
_UNITS = {"underlying_share": Unit.SHARE, "underlying_surplus": Unit.GBP}


@rule(RULE, Severity.WARNING, Part.FINANCE)
def underlying(parts: Parts) -> Iterator[Comparison | Lacking]:
    """The underlying position that the plan states is not the one that its lines give.

    The underlying surplus, and its share of the recurrent allocation, are compared with the bridge from the planned
    surplus: without what comes and goes once, with the full-year effect of savings and investment.

    Fires: 1.7% stated, 1.2% computed. Does not: 1.7% stated, 1.71% computed.
    Remedy: correct the statement, or mark the lines that are non-recurrent.
    """
    told = all_told(parts)
    for year in parts.book.settings.years:
        for name, unit in _UNITS.items():
            stated = first_told(told, name, year, unit)
            if stated is None:
                continue
            found = quantity_value(parts.book, name, year)
            if found.computed is None:
                yield Lacking(RULE, f"the lines of {year} do not give its {name.replace('_', ' ')}")
                continue
            second = computed_figure(
                decimal_of(found.computed),
                unit,
                "the lines give",
                BY_NAME[name].derived,
                illustrative=found.illustrative,
            )
            wording = Wording(
                f"Underlying position of {year}", "correct the statement, or the lines that are non-recurrent"
            )
            yield compared(RULE, Severity.WARNING, (stated, second), parts.tolerance(RULE), wording)
