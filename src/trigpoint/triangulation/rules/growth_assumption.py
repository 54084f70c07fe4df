"""Growth as a plan prints it, against what it says growth comes to and what the activity model assumes."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trigpoint.activity.assumptions.filters import Filter
from trigpoint.activity.assumptions.scheme import Effect, Scheme
from trigpoint.checks.finding import Severity
from trigpoint.finance.book.book import Driver
from trigpoint.periods import FinancialYear
from trigpoint.plans.model import ActivityAssumption
from trigpoint.rounding import decimals_of
from trigpoint.triangulation.comparison import Comparison, Lacking, Wording, compared
from trigpoint.triangulation.figure import Figure, Unit, half_unit_of_print
from trigpoint.triangulation.parts import Parts, computed_figure, named, stated_figure
from trigpoint.triangulation.register import rule
from trigpoint.triangulation.told import Told, all_told, first_told

RULE = "GROWTH_ASSUMPTION"
_PER_CENT = 100
_PLAN_FILE = "activity.csv"


@rule(RULE, Severity.WARNING)
def growth_assumption(parts: Parts) -> Iterator[Comparison | Lacking]:
    """A plan prints one growth and works with another.

    The demographic growth that a plan prints is compared with the rise of the resource limit that it puts down to
    demographic growth, as a share of the limit before, and with the demographic rates of the finance's own growth
    assumptions. Growth of activity by point of delivery, and the effect of an intervention of one name, are compared
    between the plan's table (activity.csv) and the activity model.

    Fires: demographic growth of 0.3%, and £8.8m of growth on £456.2m, which is 1.9%. Does not: 1.9% printed and
    modelled.
    Remedy: use one growth, or say what else the larger one holds.
    """
    told = all_told(parts)
    yield from _share_of_limit(parts, told)
    yield from _of_groups(parts, told)
    yield from _of_activity(parts)
    yield from _of_interventions(parts)


def _share_of_limit(parts: Parts, told: tuple[Told, ...]) -> Iterator[Comparison]:
    printed = [one for one in told if one.quantity == "demographic_growth" and one.figure.unit is Unit.SHARE]
    amounts = [
        one.figure
        for one in told
        if one.quantity == "resource_limit_part" and "demographic" in one.figure.words.casefold()
    ]
    years = sorted(one.year for one in told if one.quantity == "resource_limit" and one.year is not None)
    base = first_told(told, "resource_limit_before", None, Unit.GBP)
    if base is None and years:
        base = first_told(told, "resource_limit", years[0], Unit.GBP)
    if not printed or not amounts or base is None or not base.value:
        return
    amount = amounts[0]
    # The rise is into the later year of the two, whose growth is meant where the plan prints one for each.
    first = max(printed, key=lambda one: (one.year.first if one.year else 0, one.figure.file == "finance.csv")).figure
    second = computed_figure(
        (amount.value or Decimal(0)) / base.value,
        Unit.SHARE,
        f"{amount.shown} of {base.shown} is",
        f"{amount.source} and {base.source}",
        half_unit=amount.half_unit / base.value,
    )
    wording = Wording(
        "Demographic growth",
        "say what the rise holds besides demographic growth, or correct one of the two",
        "the rise that is put down to demographic growth is not that of the assumption",
    )
    yield compared(RULE, Severity.WARNING, (first, second), parts.tolerance(RULE), wording)


def _of_groups(parts: Parts, told: tuple[Told, ...]) -> Iterator[Comparison]:
    """The finance's demographic rates against the printed one; groups of one rate are compared once."""
    seen = set()
    for one in parts.finance.growth if parts.finance is not None else ():
        printed = first_told(told, "demographic_growth", one.year, Unit.SHARE)
        if one.driver is not Driver.DEMOGRAPHIC or one.rate is None or printed is None or (one.year, one.rate) in seen:
            continue
        seen.add((one.year, one.rate))
        group = one.group.value if one.group is not None else "all groups"
        rate = stated_figure(
            one.rate, Unit.SHARE, f"the spend on {group} grows by", one.stated, table="growth", column="rate"
        )
        wording = Wording(f"Demographic growth of {one.year}", "let the spend grow by the rate that is printed")
        yield compared(RULE, Severity.WARNING, (printed, rate), parts.tolerance(RULE), wording)


def _of_activity(parts: Parts) -> Iterator[Comparison]:
    """Growth rates of the plan's table against those of the activity model, by point of delivery and year."""
    if parts.plan is None or parts.activity is None:
        return
    from trigpoint.activity.assumptions.growth import GrowthForm  # noqa: PLC0415 - numpy is there with a run

    for line in parts.plan.activity:
        if line.kind != "growth" or line.unit.strip() != "%":
            continue
        rates = [
            one
            for one in parts.run.book.growth
            if one.form is GrowthForm.RATE and _is_of(one.where, line.pod) and _covers(one.years, line.period)
        ]
        if len(rates) != 1:
            continue  # several rates compose, and none is the printed one
        modelled = stated_figure(
            Decimal(repr(rates[0].amount.value)),
            Unit.SHARE,
            f"the activity model takes {named(rates[0].name, '')} at",
            rates[0].stated,
            table="growth",
            column="value",
            item=rates[0].id,
        )
        wording = Wording(f"Growth of {line.pod}, {line.period}", "use one rate in the plan and in the model")
        yield compared(RULE, Severity.WARNING, (_printed(line, parts), modelled), parts.tolerance(RULE), wording)


def _of_interventions(parts: Parts) -> Iterator[Comparison]:
    """Effects that the plan prints against those of the activity model, where one intervention bears the name."""
    if parts.plan is None or parts.activity is None:
        return
    for line in parts.plan.activity:
        unit = Unit.SHARE if line.unit.strip() == "%" else Unit.NUMBER
        found = [one for one in parts.run.book.schemes if _is_printed(one, line, unit)]
        if line.kind != "intervention" or len(found) != 1:
            continue
        modelled = stated_figure(
            Decimal(repr(found[0].amount.value)),
            unit,
            f"the activity model takes {named(found[0].name, '')} at",
            found[0].stated,
            table="schemes",
            column="value",
            item=found[0].id,
        )
        wording = Wording(f"{named(line.name, line.id)}, {line.pod}", "use one effect in the plan and in the model")
        figures = (_printed(line, parts, unit), modelled)
        yield compared(RULE, Severity.WARNING, figures, parts.tolerance(RULE), wording)


def _is_printed(scheme: Scheme, line: ActivityAssumption, unit: Unit) -> bool:
    """Whether a scheme of the model is the one that a line prints: of its point of delivery, its kind of effect, and a
    name that begins with the line's (“Right Care: elective” does with “Right Care”)."""
    effects = (Effect.SHARE,) if unit is Unit.SHARE else (Effect.NUMBER, Effect.ADDED)
    begins = scheme.name.casefold().startswith(line.name.strip().casefold())
    return begins and scheme.effect in effects and _is_of(scheme.where, line.pod, alone=False)


def _printed(line: ActivityAssumption, parts: Parts, unit: Unit = Unit.SHARE) -> Figure:
    """What the plan prints; of an intervention its size, whatever its sign."""
    where = parts.sources.get(line.id)
    value = line.value / _PER_CENT if unit is Unit.SHARE else line.value
    value = abs(value) if line.kind == "intervention" else value
    half = half_unit_of_print(value, decimals_of(line.value), unit, parts.most_rounding)
    row = where.line if where is not None else None
    source = f"{_PLAN_FILE}, line {row}, column value" if row else f"{_PLAN_FILE}, {line.id}"
    return Figure(value, unit, "the plan prints", source, _PLAN_FILE, row, "value", line.id, half)


def _is_of(where: Filter, pod: str, *, alone: bool = True) -> bool:
    """Whether a filter is of one point of delivery, and of nothing else where it is to stand ``alone``."""
    of_pod = [one for one in where.conditions if one.attribute == "pod"]
    return len(of_pod) == 1 and of_pod[0].values == (pod,) and (not alone or len(where.conditions) == 1)


def _covers(years: tuple[FinancialYear, ...], period: str) -> bool:
    return not years or not period or any(year.label == period for year in years)
