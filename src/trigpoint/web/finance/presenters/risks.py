"""Risks and mitigations: weighted, in cases, and drawn."""

from __future__ import annotations

from typing import Any

from trigpoint.finance.risks.result import RiskDraws, RiskPosition
from trigpoint.finance.words import gbp_words, share_words
from trigpoint.reports.finance.scheme_tables import (
    correlations_table,
    draws_table,
    movers_table,
    risk_sums_table,
    risks_table,
)
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.presenters.pictures import chart_of
from trigpoint.web.finance.results import draws_of, risks_of


def risks_page(desk: Desk) -> dict[str, Any]:
    """What the page of a year's risks shows."""
    found = risks_of(desk)
    context = {
        "headline": headline(found, None),
        "risks": risks_table(found),
        "sums": risk_sums_table(found),
        "chart": None,
        "draws": None,
        "years": desk.years("finance-risks"),
        "remarks": found.remarks,
        "illustrative": found.illustrative,
    }
    if not found.risks:
        return context
    draws = draws_of(desk)
    return context | {
        "headline": headline(found, draws),
        "chart": chart_of(desk, "Risks, mitigations and cases", "risks"),
        "outturn": chart_of(desk, "How likely each surplus is", "outturn"),
        "tornado": chart_of(desk, "What moves it most", "tornado"),
        "draws": draws,
        "together": correlations_table(desk.book, found),
        "remarks": tuple(dict.fromkeys((*found.remarks, *draws.remarks))),
        "draws_table": draws_table(draws),
        "movers": movers_table(draws),
    }


def headline(found: RiskPosition, draws: RiskDraws | None) -> str:
    """What the risks come to, in a sentence or two."""
    if not found.risks:
        return f"The files name no risk of {found.year}."
    said = (
        f"Risks of {gbp_words(found.gross_gbp)} come to {gbp_words(found.weighted_gbp)} weighted by their "
        f"probability; mitigations take off {gbp_words(found.mitigated_gbp)}, which leaves "
        f"{gbp_words(found.net_gbp)}."
    )
    if draws is None or draws.probability is None:
        return said
    control = gbp_words(draws.control_total_gbp)
    return f"{said} The control total of {control} is met in {share_words(draws.probability, 0)} of the draws."
