"""Quantiles against PHEindicatormethods' ``phe_quantile``."""

from __future__ import annotations

from tests.golden.case import Case, Quirk, hold, numbers, same_number
from tests.golden.families.tables import column, frame, refuse_unknown

from trigpoint.measures.statistics import quantiles

QUIRKS: tuple[Quirk, ...] = ()


def check(case: Case) -> None:
    """Raise ``Different`` where a row is in another quantile."""
    params, values = case.params, column(case, "values")
    by = list(params.get("group_by") or ())
    refuse_unknown(case, "inverttype", ("logical", "field"))
    refuse_unknown(case, "type", ("standard", "full", None))
    # Ours takes a column's name or yes and no alike; the peer has to be told which of them is meant.
    named = params["inverttype"] == "field"
    refuse_unknown(case, "invert", list(case.table("input")) if named else (True, False))
    table = frame(case, "input", (values,))
    answer = quantiles(table, values=values, parts=params["nquantiles"], by=by, invert=params["invert"])
    golden = numbers(case.table("expected")["quantile"])
    hold(len(golden) == len(answer), f"{len(answer)} rows, not {len(golden)}")
    for row, (ours, wanted) in enumerate(zip(answer["quantile"], golden, strict=True), start=1):
        hold(same_number(ours, wanted), f"quantile of row {row}: {ours!r}, not {wanted!r}")
