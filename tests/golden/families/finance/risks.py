"""Risks and mitigations in millions of pounds: each weighed by its probability, net, and the outturn that leaves.

The outturn is the planned surplus less the net risk; the file tells the outturn alone, so the planned surplus is that
of the plan that the cases are of (£5.3m), or the row ``planned_surplus`` where there is one.
"""

from __future__ import annotations

import csv
import re
from decimal import Decimal
from pathlib import Path

from trigpoint.finance.book.book import FinanceBook, FinanceSettings, OrganisationType, Quantity, Risk, RiskKind
from trigpoint.finance.risks.position import risk_position
from trigpoint.periods import FinancialYear

YEAR = FinancialYear(2017)
MILLION = 1_000_000
PENNY_M = Decimal("0.00000001")
PLANNED_M = Decimal("5.3")
PLANNED = ("planned_surplus", "plan_surplus", "surplus")
SUMS = {
    "net": "net_gbp",
    "risk_adjusted_outturn": "risk_adjusted_gbp",
    "gross": "gross_gbp",
    "weighted": "weighted_gbp",
    "mitigated": "mitigated_gbp",
    "best": "best_gbp",
    "likely": "likely_gbp",
    "worst": "worst_gbp",
}

ASIDE = re.compile(r"^total_|_(?:risks?|mitigations?|case|outturn|m)$(?<!risk_adjusted_outturn)")


def check(path: Path) -> list[tuple[str, str]]:
    """Each row's name with what is wrong with our answer, "" where nothing is."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    kinds = {kind.value: kind for kind in RiskKind}
    stated = [row for row in rows if row["kind"] in kinds]
    risks = tuple(
        Risk(f"risk-{at}", YEAR, kinds[row["kind"]], Decimal(row["value_m"]) * MILLION, Decimal(row["probability"]))
        for at, row in enumerate(stated)
    )
    planned = next((Decimal(_told(row)) for row in rows if row["kind"] in PLANNED), PLANNED_M)
    quantity = Quantity(YEAR, "planned_surplus", planned * MILLION, "gbp")
    settings = FinanceSettings("golden", OrganisationType.CCG, "nhs-2017-19", (YEAR,))
    found = risk_position(FinanceBook(settings, risks=risks, quantities=(quantity,)), YEAR)
    weighed = iter(found.risks)
    answers = []
    for row in rows:
        kind = ASIDE.sub("", row["kind"].strip()) or row["kind"]
        if row["kind"] in kinds:
            answers.append((row["name"], _trouble(next(weighed).weighted_gbp, row["weighted_m"], 1)))
        elif kind in SUMS:
            answers.append((kind, _trouble(getattr(found, SUMS[kind]), _told(row), len(stated))))
        elif kind not in PLANNED:
            answers.append((kind, "this row is not known"))
    return answers


def _told(row: dict[str, str]) -> str:
    """The one figure of a row of sums, in whichever column it stands."""
    figures = [row[name].strip() for name in ("name", "value_m", "weighted_m") if (row.get(name) or "").strip()]
    return next(figure for figure in figures if figure.lstrip("-").replace(".", "", 1).isdigit())


def _trouble(ours: Decimal | None, told: str, rows: int) -> str:
    if ours is None:
        return f"there is no answer, not {told}"
    exponent = Decimal(told).as_tuple().exponent
    # A printed figure is as near as its last decimal where that is coarser than a penny.
    printed = Decimal(1).scaleb(exponent) / 2 if isinstance(exponent, int) and exponent < 0 else Decimal(0)
    apart = abs(ours / MILLION - Decimal(told))
    return "" if apart <= max(PENNY_M * rows, printed) else f"{ours / MILLION} is not {told}"
