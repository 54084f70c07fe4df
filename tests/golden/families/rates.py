"""Crude rates against PHEindicatormethods' ``phe_rate``."""

from __future__ import annotations

from tests.golden.case import Case, Quirk
from tests.golden.families.tables import column, frame, hold_answer, levels

from trigpoint.measures.statistics import Strictness, rate


def one_group(case: Case) -> bool:
    """Several rows of one group, which the peer does not add."""
    by = list(case.params.get("group_by") or ())
    table = case.table("input")
    return bool(by) and len(set(zip(*(table[name] for name in by), strict=True))) == 1


QUIRKS: tuple[Quirk, ...] = (
    Quirk(
        "a frame with one group is added like any other",
        "The peer leaves the rows of a single group apart, so its answer depends on who else is in the frame.",
        one_group,
    ),
)


def check(case: Case) -> None:
    """Raise ``Different`` where our rate is not the golden one."""
    by = list(case.params.get("group_by") or ())
    answer = rate(
        frame(case, "input", (column(case, "x"), column(case, "n"))),
        numerator=column(case, "x"),
        denominator=column(case, "n"),
        by=by,
        multiplier=case.params["multiplier"],
        levels=levels(case),
        strictness=Strictness.PUBLISHED,
    )
    hold_answer(case, answer, {"x": "numerator", "n": "denominator", "value": "value"}, {name: name for name in by})
