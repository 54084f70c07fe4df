"""Indirect standardisation against PHEindicatormethods' ``calculate_ISRatio`` and ``calculate_ISRate``."""

from __future__ import annotations

from tests.golden.case import Case, Quirk
from tests.golden.families.tables import column, frame, hold_answer, levels, refuse_unknown

from trigpoint.measures.statistics import Matching, MissingCounts, Reference, Strictness, isr_rate, isr_ratio

QUIRKS: tuple[Quirk, ...] = ()


def check(case: Case) -> None:
    """Raise ``Different`` where our ratio or rate is not the golden one."""
    by, count, population = list(case.params.get("group_by") or ()), column(case, "x"), column(case, "n")
    measured = (count, population, "x_ref", "n_ref")
    refuse_unknown(case, "refpoptype", ("vector", "field"))
    # The peer matches its reference by position, which is also how its refusals of unequal lengths come about.
    beside = case.params["refpoptype"] == "field"
    reference = Reference(
        None if beside else frame(case, "reference", measured),
        count="x_ref",
        population="n_ref",
        matching=Matching.POSITION,
    )
    shared = {
        "count": count,
        "population": population,
        "reference": reference,
        "by": by,
        "observed": frame(case, "observed_totals", measured) if "observed_totals" in case.inputs else None,
        "levels": levels(case),
        "missing": MissingCounts.AS_ZERO,
        "strictness": Strictness.PUBLISHED,
    }
    columns = {"observed": "observed", "expected": "expected", "value": "value"}
    if case.fun == "calculate_ISRate":
        answer = isr_rate(frame(case, "input", measured), multiplier=case.params["multiplier"], **shared)
        columns["ref_rate"] = "reference_rate"
    else:
        answer = isr_ratio(frame(case, "input", measured), refvalue=case.params["refvalue"], **shared)
    hold_answer(case, answer, columns, {name: name for name in by})
