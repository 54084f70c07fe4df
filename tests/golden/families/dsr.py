"""Directly standardised rates against PHEindicatormethods' ``calculate_dsr``."""

from __future__ import annotations

from tests.golden.case import Case, Quirk
from tests.golden.families.tables import column, frame, hold_answer, levels, refuse_unknown

from trigpoint.measures.statistics import MissingCounts, Strictness, dsr

QUIRKS: tuple[Quirk, ...] = ()


def check(case: Case) -> None:
    """Raise ``Different`` where our rate is not the golden one."""
    by, independent = list(case.params.get("group_by") or ()), case.params["independent_events"]
    refuse_unknown(case, "independent_events", (True, False))
    count, population, standard, frequency = (column(case, name) for name in ("x", "n", "stdpop", "eventfreq"))
    answer = dsr(
        frame(case, "input", (count, population, standard, frequency)),
        count=count,
        population=population,
        age_band=case.params["ageband"],
        # Ours has a standard population of its own where none is named; the peer has none.
        standard=standard or "no standard population",
        by=by,
        frequency=None if independent else frequency or "no frequency",
        multiplier=case.params["multiplier"],
        levels=levels(case),
        missing=MissingCounts.AS_ZERO,
        strictness=Strictness.PUBLISHED,
    )
    columns = {"total_count": "count", "total_pop": "population", "value": "value"}
    hold_answer(case, answer, columns, {name: name for name in by})
