"""Makes finance's part of the gallery in docs/charts.md from the example workspace: each chart once."""

from __future__ import annotations

import sys
from decimal import Decimal
from pathlib import Path

import numpy as np

from trigpoint.charts.finance import (
    contract_curve_picture,
    contract_months_picture,
    groups_picture,
    mechanisms_picture,
    opportunity_picture,
    outturn_picture,
    peer_funnel_picture,
    peers_picture,
    position_months_picture,
    risks_picture,
    rules_picture,
    scheme_months_picture,
    schemes_picture,
    tornado_picture,
    waterfall_picture,
)
from trigpoint.charts.picture import Picture
from trigpoint.finance.book.book import FinanceBook
from trigpoint.finance.book.reading import read_finance
from trigpoint.finance.contracts.mechanism import Spread
from trigpoint.finance.contracts.reading import mechanism_of
from trigpoint.finance.contracts.spreads import compare_mechanisms
from trigpoint.finance.contracts.year import contract_year
from trigpoint.finance.peers.comparison import benchmark
from trigpoint.finance.position.position import position
from trigpoint.finance.risks.draws import draw_risks
from trigpoint.finance.risks.position import risk_position
from trigpoint.finance.rules.evaluation import evaluate_rules
from trigpoint.finance.schemes.scheme_book import scheme_book
from trigpoint.reports.render.picture import svg

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images" / "charts"
WORKSPACE = ROOT / "examples" / "dudley-2017-19"


def main() -> int:
    """Write every picture, print its name and what it says."""
    reading = read_finance(WORKSPACE)
    if reading.book is None:
        sys.stderr.write("the example workspace has no finance\n")
        return 1
    IMAGES.mkdir(parents=True, exist_ok=True)
    for name, picture in sorted(pictures(reading.book).items()):
        (IMAGES / f"finance-{name}.svg").write_text(svg(picture.spec), encoding="utf-8")
        sys.stdout.write(f"docs/images/charts/finance-{name}.svg: {picture.finding}\n")
    return 0


def pictures(book: FinanceBook) -> dict[str, Picture]:
    """One picture of each kind."""
    year = book.settings.years[0]
    here, schemes = position(book, year), scheme_book(book, year)
    draws = draw_risks(book, year)
    found = {
        "position": position_months_picture(here),
        "groups": groups_picture(here),
        "rules": rules_picture(evaluate_rules(book)),
        "schemes": schemes_picture(schemes),
        "risks": risks_picture(risk_position(book, year)),
        "tornado": tornado_picture(draws),
        "outturn": outturn_picture(draws),
        "mechanisms": mechanisms_picture(_compared(), illustrative=True),
    }
    bridge = here.underlying.bridge if here.underlying is not None else here.limit_bridge
    if bridge is not None:
        found["waterfall"] = waterfall_picture(bridge)
    followed = [one for one in schemes.schemes if one.actual_to_date_gbp is not None]
    if followed:
        found["scheme-months"] = scheme_months_picture(followed[0])
    contract = max(book.contracts, key=lambda one: one.commissioner_gbp or Decimal(0), default=None)
    if contract is not None:
        result = contract_year(book, contract.id)
        found |= {"contract-curve": contract_curve_picture(result), "contract-months": contract_months_picture(result)}
    if book.peers:
        compared = benchmark(book, book.peers[0].measure)
        found |= {"peers": peers_picture(compared), "opportunity": opportunity_picture(compared)}
        found["peer-funnel"] = peer_funnel_picture(compared)
    return found


def _compared() -> tuple[Spread, ...]:
    """One contract of £178m under four mechanisms, over a made-up spread of activity."""
    plan = "178m"
    told = {
        "Block": ("block", {"value": plan}),
        "Cost per case": ("cost_per_case", {"plan": plan}),
        "Cap and collar, 2%": ("cap_collar", {"plan": plan, "cap": "2%", "collar": "2%"}),
        "Marginal rate, 70%": ("marginal_rate", {"baseline": plan, "rate": "0.7"}),
    }
    draws = np.random.default_rng(2017).normal(180.5e6, 4.5e6, 10_000)
    return compare_mechanisms([mechanism_of(kind, terms, name) for name, (kind, terms) in told.items()], draws)


if __name__ == "__main__":
    raise SystemExit(main())
