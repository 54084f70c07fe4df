"""The slippage that schemes' own probabilities expect, against what the risks hold for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.finance.book.book import Risk, RiskKind
from trigpoint.finance.money import to_pence
from trigpoint.finance.schemes.result import SchemeBook
from trigpoint.finance.schemes.scheme_book import scheme_book
from trigpoint.periods import FinancialYear
from trigpoint.rounding import total
from trigpoint.triangulation.comparison import Comparison, Lacking, Relation, Wording, compared
from trigpoint.triangulation.figure import Figure, Unit, amount_words
from trigpoint.triangulation.parts import Part, Parts, computed_figure, named, place_of
from trigpoint.triangulation.register import rule
from trigpoint.wording import listed, verb

RULE = "SCHEME_RISK"
_OF_SCHEMES = re.compile(r"\b(?:qipp|cip|efficienc|savings?\b|schemes?\b|slip|under-?deliver|cost improvement)", re.I)


@rule(RULE, Severity.WARNING, Part.FINANCE)
def scheme_risk(parts: Parts) -> Iterator[Comparison | Lacking]:
    """The schemes' own probabilities expect more slippage than the risks have for it.

    What the schemes of a year plan to save, with what earlier ones still add, less the same at their probabilities, is
    compared with the expected size of the risks that are of schemes: those whose name speaks of QIPP, CIP, efficiency,
    savings, schemes, slippage or under-delivery. A plan that expects its schemes to save £3.9m less than planned holds
    as much among its risks, or in its spend.

    Fires: £11.4m planned, £7.5m at the schemes' probabilities, and a risk of slippage of £5.0m at 50%. Does not: the
    same with a risk of £5.0m at 80%.
    Remedy: raise the risk of slippage, plan with less savings, or say why the schemes' probabilities are too low.
    """
    for year in parts.book.settings.years:
        made = scheme_book(parts.book, year)
        short = _expected_slippage(made)
        if short <= 0:
            continue
        if not any(one.year == year for one in parts.book.risks):
            yield Lacking(RULE, f"the finance has no risks of {year} that slippage of schemes could be among")
            continue
        yield _against_risks(parts, year, made, short)


def _expected_slippage(made: SchemeBook) -> Decimal:
    carried = total(to_pence(one.new_gbp * (1 - one.scheme.probability)) for one in made.carried)
    return made.part_year_gbp - made.risk_adjusted_gbp + carried


def _against_risks(parts: Parts, year: FinancialYear, made: SchemeBook, short: Decimal) -> Comparison:
    planned = made.part_year_gbp + made.brought_gbp
    slippage = [one for one in parts.book.risks if one.year == year and _is_of_schemes(one)]
    first = computed_figure(
        short,
        Unit.GBP,
        f"of {amount_words(planned, Unit.GBP)} the schemes' own probabilities let slip",
        f"the schemes of {year} and their probabilities",
        illustrative=made.illustrative,
    )
    wording = Wording(
        f"Slippage of savings in {year}",
        "raise the risk, plan with less savings, or say why the schemes' probabilities are too low",
    )
    figures = (first, _held(slippage))
    return compared(RULE, Severity.WARNING, figures, parts.tolerance(RULE), wording, Relation.AT_MOST)


def _is_of_schemes(one: Risk) -> bool:
    return one.kind is RiskKind.RISK and not one.in_forecast and bool(_OF_SCHEMES.search(one.stated.name))


def _held(risks: list[Risk]) -> Figure:
    if not risks:
        words = "no risk is of schemes, which leaves"
        return computed_figure(Decimal(0), Unit.GBP, words, "risks.csv", file="finance/risks.csv")
    names = listed([named(one.stated.name, one.id) for one in risks])
    sizes = " and ".join(f"{amount_words(one.gbp, Unit.GBP)} at {_percent(one)}" for one in risks)
    return computed_figure(
        total(to_pence(one.gbp * one.probability) for one in risks),
        Unit.GBP,
        f"{names} ({sizes}) {verb(len(risks), 'expects', 'expect')}",
        ", ".join(place_of(one.stated, "risks") for one in risks),
        illustrative=any(one.stated.illustrative for one in risks),
        file="finance/risks.csv",
        row=risks[0].stated.row,
        item=risks[0].id,
    )


def _percent(one: Risk) -> str:
    return amount_words(one.probability, Unit.SHARE)
