"""The rates of growth that a plan itself prints, as assumptions of the model."""

from __future__ import annotations

import re
from itertools import groupby

from trigpoint.activity.assumptions.filters import Asked, Condition, Filter
from trigpoint.activity.assumptions.growth import Growth, GrowthForm, GrowthKind
from trigpoint.activity.assumptions.ramp import Ramp, Shape
from trigpoint.activity.assumptions.uncertain import Uncertain
from trigpoint.errors import InputError
from trigpoint.periods import FinancialYear, parse_period
from trigpoint.plans.model import ActivityAssumption, Plan
from trigpoint.tabular.stated import Stated

_WORDS = re.compile(r"[^a-z0-9]+")


def growth_of_plan(plan: Plan) -> tuple[Growth, ...]:
    """The rows of the plan's ``activity.csv`` whose kind is “growth”, in per cent a year, as rates of growth.

    Equal rates of one point of delivery are one assumption over their years; unequal ones have one for each rate, its
    id ending in the first year. Rates change at 1 April, as national assumptions do. A row whose period is no
    financial year, or whose unit is not %, is no rate and is left out; so is nothing else.
    """
    found: list[Growth] = []
    rows = [(row, year) for row in plan.activity if (year := _year(row)) is not None]
    rows.sort(key=lambda pair: (pair[0].pod, pair[0].value, pair[1]))
    for (pod, _), several in groupby(rows, key=lambda pair: (pair[0].pod, pair[0].value)):
        same = list(several)
        first = same[0][0]
        alone = all(row.value == first.value for row, _ in rows if row.pod == pod)
        name = f"{_WORDS.sub('-', pod.casefold()).strip('-') or 'all'}-growth"
        found.append(
            Growth(
                id=name if alone else f"{name}-{same[0][1].label.replace('/', '-')}",
                kind=GrowthKind.TREND,
                form=GrowthForm.RATE,
                amount=Uncertain(float(first.value / 100)),
                where=Filter((Condition("pod", Asked.IN, (pod,)),) if pod else ()),
                years=tuple(year for _, year in same),
                ramp=Ramp(shape=Shape.STEP),
                stated=Stated(name=f"{pod} growth".strip(), source=first.name, note=first.note, file="activity.csv"),
            )
        )
    return tuple(found)


def _year(row: ActivityAssumption) -> FinancialYear | None:
    if row.kind.strip().casefold() != "growth" or row.unit.strip() != "%":
        return None
    try:
        period = parse_period(row.period)
    except InputError:
        return None
    return period if isinstance(period, FinancialYear) else None
