"""The computed rating of a scheme, beside the one that its owner declares."""

from __future__ import annotations

from decimal import Decimal

from trigpoint.finance.book.book import Scheme
from trigpoint.finance.schemes.forecast import SchemeForecast
from trigpoint.finance.schemes.gates import GateRules, RagLimits
from trigpoint.finance.schemes.result import GateStanding
from trigpoint.finance.words import gbp_words, share_words

GREEN, AMBER, RED = "green", "amber", "red"


def rated(
    scheme: Scheme,
    part_year_gbp: Decimal,
    forecast: SchemeForecast,
    gates: tuple[GateStanding, ...],
    rules: GateRules,
) -> tuple[str, str]:
    """Red, amber or green, and from what in a sentence; both empty where the year plans nothing.

    Once planned months are known the forecast is held against the plan, before that the probability against its own
    limits. An unidentified balance is red, and without a gate that its stage claims a scheme is amber at most.
    """
    if not scheme.identified:
        return RED, "No scheme stands behind it yet."
    if not part_year_gbp:
        return "", ""
    rag, basis = _by_delivery(scheme, part_year_gbp, forecast, rules)
    lacking = next((one for one in gates if not one.passed), None)
    if lacking is not None and rag == GREEN:
        return AMBER, f"{basis}; a gate is not passed: {lacking.sentence}"
    return rag, f"{basis}."


def _by_delivery(scheme: Scheme, part_year_gbp: Decimal, forecast: SchemeForecast, rules: GateRules) -> tuple[str, str]:
    # Months in which nothing was planned yet say nothing of how a scheme delivers.
    if forecast.ratio is not None or forecast.reason:
        share = forecast.gbp / part_year_gbp
        words = f"The forecast of {gbp_words(forecast.gbp)} is {share_words(share, 0)} of the plan"
        return _colour(share, rules.delivered), words
    return _colour(scheme.probability, rules.expected), f"Its probability is {share_words(scheme.probability, 0)}"


def _colour(share: Decimal, limits: RagLimits) -> str:
    if share >= limits.green:
        return GREEN
    return AMBER if share >= limits.amber else RED


def disagreement(declared: str, computed: str, basis: str) -> str:
    """Why the computed rating is not the declared one, in a sentence; "" where they agree or one is not there."""
    told = declared.strip().casefold()
    if not told or not computed or told == computed:
        return ""
    return f"It is declared {told} and comes out {computed}: {basis[:1].lower()}{basis[1:]}"
