"""Shares against PHEindicatormethods' ``phe_proportion``."""

from __future__ import annotations

from tests.golden.case import Case, Quirk
from tests.golden.families.rates import one_group
from tests.golden.families.tables import column, frame, hold_answer, levels

from trigpoint.measures.statistics import Strictness, proportion

QUIRKS: tuple[Quirk, ...] = (
    Quirk(
        "a frame with one group is added like any other",
        "The peer leaves the rows of a single group apart, so its answer depends on who else is in the frame.",
        one_group,
    ),
)


def check(case: Case) -> None:
    """Raise ``Different`` where our share is not the golden one."""
    by = list(case.params.get("group_by") or ())
    answer = proportion(
        frame(case, "input", (column(case, "x"), column(case, "n"))),
        numerator=column(case, "x"),
        denominator=column(case, "n"),
        by=by,
        multiplier=case.params["multiplier"],
        levels=levels(case),
        strictness=Strictness.PUBLISHED,
    )
    hold_answer(case, answer, {"x": "numerator", "n": "denominator", "value": "value"}, {name: name for name in by})
