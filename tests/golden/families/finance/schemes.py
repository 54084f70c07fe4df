"""Savings schemes in thousands of pounds: full-year and part-year effect, tail, exit run rate, risk-adjusted.

The start is a month of the plan, 1 for April. The row TOTAL holds the sums.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from trigpoint.finance.book.book import FinanceBook, FinanceSettings, OrganisationType, Recurrence, Scheme
from trigpoint.finance.schemes.result import SchemeBook, SchemeYear
from trigpoint.finance.schemes.scheme_book import scheme_book
from trigpoint.finance.schemes.scheme_year import scheme_year
from trigpoint.periods import FinancialYear, Month

YEAR = FinancialYear(2017)
TOTAL = "TOTAL"
THOUSAND = 1_000
PENNY_K = Decimal("0.00001")
RECURRENCES = {"R": Recurrence.RECURRENT, "NR": Recurrence.NON_RECURRENT}
COLUMNS = {
    "full_year_effect_k": "full_year_gbp",
    "part_year_effect_k": "part_year_gbp",
    "next_year_fye_tail_k": "tail_gbp",
    "risk_adjusted_k": "risk_adjusted_gbp",
    "recurrent_exit_run_rate_k": "exit_gbp",
}


def check(path: Path) -> list[tuple[str, str]]:
    """Each row's name with what is wrong with our answer, "" where nothing is."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    schemes = tuple(_scheme(row, at) for at, row in enumerate(rows) if row["scheme"].strip().upper() != TOTAL)
    settings = FinanceSettings("golden", OrganisationType.CCG, "nhs-2017-19", (YEAR, YEAR + 1))
    book = FinanceBook(settings, schemes=schemes)
    found: Iterator[SchemeYear] = (scheme_year(book, one, YEAR) for one in schemes)
    answers: list[SchemeYear | SchemeBook] = []
    for row in rows:
        answers.append(scheme_book(book, YEAR) if row["scheme"].strip().upper() == TOTAL else next(found))
    # Each row of a sum was rounded to the penny.
    return [
        (row["scheme"], _trouble(row, answer, len(schemes) if isinstance(answer, SchemeBook) else 1))
        for row, answer in zip(rows, answers, strict=True)
    ]


def _scheme(row: dict[str, str], at: int) -> Scheme:
    return Scheme(
        id=f"scheme-{at}",
        year=YEAR,
        full_year_effect_gbp=Decimal(row["full_year_effect_k"]) * THOUSAND,
        start=Month(YEAR.first, 4) + (int(row["start_month"]) - 1),
        recurrence=RECURRENCES[row["rec"].strip().upper()],
        stage="idea",
        probability=Decimal(row["probability"]),
    )


def _trouble(row: dict[str, str], answer: SchemeYear | SchemeBook, rows: int) -> str:
    differing = []
    for column, name in COLUMNS.items():
        told = (row.get(column) or "").strip()
        if not told or (isinstance(answer, SchemeYear) and name == "full_year_gbp"):
            continue
        ours = Decimal(getattr(answer, name)) / THOUSAND
        exponent = Decimal(told).as_tuple().exponent
        # A printed figure is as near as its last decimal where that is coarser than a penny.
        printed = Decimal(1).scaleb(exponent) / 2 if isinstance(exponent, int) and "." in told else Decimal(0)
        if abs(ours - Decimal(told)) > max(PENNY_K * rows, printed):
            differing.append(f"{column} is {ours}, not {told}")
    return "; ".join(differing)
