"""Life expectancy against PHEindicatormethods' ``phe_life_expectancy``."""

from __future__ import annotations

import math

from tests.golden.case import Case, Quirk, numbers
from tests.golden.families.tables import column, frame, hold_answer, levels

from trigpoint.measures.statistics import Strictness, life_expectancy

_BANDS = (0, 1, *range(5, 95, 5))


def missing_count(case: Case) -> bool:
    """An age band without its deaths or its people."""
    table = case.table("input")
    return any(math.isnan(number) for name in ("deaths", "population") for number in numbers(table[case.params[name]]))


QUIRKS: tuple[Quirk, ...] = (
    Quirk(
        "a missing count leaves the area without a life expectancy",
        "The peer ends the life table at the missing band and returns 17.4 years at birth for an ordinary place.",
        missing_count,
    ),
)


def check(case: Case) -> None:
    """Raise ``Different`` where our years left are not the golden ones."""
    by, wanted = list(case.params.get("group_by") or ()), case.params["le_age"]
    measured = deaths, population, start_age = [column(case, name) for name in ("deaths", "population", "startage")]
    answer = life_expectancy(
        frame(case, "input", measured),
        deaths=deaths,
        population=population,
        start_age=start_age,
        by=by,
        ages=None if wanted in ("all", ["all"]) else [wanted] if isinstance(wanted, int) else wanted,
        bands=case.params["age_contents"] or _BANDS,
        levels=levels(case),
        strictness=Strictness.PUBLISHED,
    )
    columns = {"value": "value", "pops_used": "population", "dths_used": "deaths"}
    hold_answer(case, answer, columns, {name: name for name in by} | {start_age: "start_age"})
