"""Means against PHEindicatormethods' ``phe_mean``."""

from __future__ import annotations

from tests.golden.case import Case, Quirk
from tests.golden.families.tables import column, frame, hold_answer, levels

from trigpoint.measures.statistics import Strictness, mean

QUIRKS: tuple[Quirk, ...] = ()


def check(case: Case) -> None:
    """Raise ``Different`` where our mean is not the golden one."""
    by, values = list(case.params.get("group_by") or ()), column(case, "x")
    table = frame(case, "input", (values,))
    answer = mean(table, values=values, by=by, levels=levels(case), strictness=Strictness.PUBLISHED)
    columns = {"value_sum": "total", "value_count": "count", "stdev": "sd", "value": "value"}
    hold_answer(case, answer, columns, {name: name for name in by})
