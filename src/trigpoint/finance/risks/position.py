"""What a year's risks and mitigations come to, weighed by their probabilities, and the cases between best and worst."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from trigpoint.finance.asked import asked_year
from trigpoint.finance.book.book import FinanceBook, RiskKind
from trigpoint.finance.money import to_pence
from trigpoint.finance.position.quantities import quantity_value
from trigpoint.finance.risks.counting import total_gbp, weighted_risks
from trigpoint.finance.risks.result import RiskPosition, WeightedRisk
from trigpoint.finance.words import gbp_words
from trigpoint.periods import FinancialYear
from trigpoint.wording import listed

_EVEN = Decimal("0.5")


def risk_position(book: FinanceBook, year: FinancialYear | str) -> RiskPosition:
    """Net risk of a year, Σ value × probability of risks less that of mitigations, and the outturn in four cases.

    Amounts are pounds, sizes positive, cases surpluses. A mitigation that the forecast uses already is not counted, nor
    more of contingency and reserves than the plan holds. ``likely`` counts whole what is more probable than not. Rows
    that cannot be computed are not counted, and are told. Method: ``docs/methods-risks.md``.

    >>> from trigpoint.finance.book.book import FinanceSettings, OrganisationType, Quantity, Risk
    >>> year = FinancialYear(2017)
    >>> risks = (Risk("qipp", year, RiskKind.RISK, Decimal(5_000_000), Decimal("0.5")),
    ...          Risk("contingency", year, RiskKind.MITIGATION, Decimal(2_281_000), Decimal(1)))
    >>> settings = FinanceSettings("Dudley CCG", OrganisationType.CCG, "nhs-2017-19", (year,))
    >>> planned = Quantity(year, "planned_surplus", Decimal(5_300_000), "gbp")
    >>> found = risk_position(FinanceBook(settings, risks=risks, quantities=(planned,)), year)
    >>> print(found.net_gbp, found.risk_adjusted_gbp, found.worst_gbp)
    219000.00 5081000.00 300000.00
    """
    year = asked_year(year)
    risks = weighted_risks(book, year)
    planned = planned_surplus(book, year)
    weighted, mitigated = (total_gbp(risks, kind, lambda one: one.weighted_gbp) for kind in RiskKind)
    gross, helped = (total_gbp(risks, kind, lambda one: one.counted_gbp) for kind in RiskKind)

    def outturn(change: Decimal) -> Decimal | None:
        return None if planned is None else planned + change

    return RiskPosition(
        year=year,
        risks=risks,
        gross_gbp=gross,
        weighted_gbp=weighted,
        mitigated_gbp=mitigated,
        net_gbp=weighted - mitigated,
        planned_surplus_gbp=planned,
        best_gbp=outturn(helped),
        likely_gbp=outturn(_likely(risks)),
        risk_adjusted_gbp=outturn(mitigated - weighted),
        worst_gbp=outturn(-gross),
        remarks=_remarks(book, year, risks, planned),
        illustrative=any(one.risk.stated.illustrative for one in risks),
    )


def planned_surplus(book: FinanceBook, year: FinancialYear) -> Decimal | None:
    """The surplus that a plan tells of a year, or that its lines come to, to the penny."""
    return _in_pence(book, "planned_surplus", year)


def control_total(book: FinanceBook, year: FinancialYear) -> Decimal | None:
    """The surplus that a plan has to reach in a year, to the penny."""
    return _in_pence(book, "control_total", year)


def _in_pence(book: FinanceBook, name: str, year: FinancialYear) -> Decimal | None:
    exact = quantity_value(book, name, year).exact
    return None if exact is None else to_pence(exact)


def _likely(risks: tuple[WeightedRisk, ...]) -> Decimal:
    """What the likely case changes of the surplus."""
    return total_gbp(risks, RiskKind.MITIGATION, _if_likely) - total_gbp(risks, RiskKind.RISK, _if_likely)


def _even(risks: tuple[WeightedRisk, ...], likely: Decimal) -> list[str]:
    """What the likely case would be with what is as probable as not: it stands on a knife's edge there."""
    sizes = {kind: total_gbp(risks, kind, _if_even) for kind in RiskKind}
    if not any(sizes.values()):
        return []
    told = listed([f"{kind.value}s of {gbp_words(gbp)}" for kind, gbp in sizes.items() if gbp])
    with_them = likely + sizes[RiskKind.MITIGATION] - sizes[RiskKind.RISK]
    return [
        f"The likely case leaves out what is exactly as probable as not, {told}: it is {gbp_words(likely)} without "
        f"them and {gbp_words(with_them)} with them."
    ]


def _if_even(one: WeightedRisk) -> Decimal:
    return one.counted_gbp if one.risk.probability == _EVEN else Decimal("0.00")


def _if_likely(one: WeightedRisk) -> Decimal:
    return one.counted_gbp if one.risk.probability > _EVEN else Decimal("0.00")


def _remarks(
    book: FinanceBook, year: FinancialYear, risks: tuple[WeightedRisk, ...], planned: Decimal | None
) -> tuple[str, ...]:
    told = [f"{one.risk.stated.name or one.risk.id}: {one.reason}" for one in risks if one.reason]
    twice = [id for id, times in Counter(one.risk.id for one in risks).items() if times > 1]
    told += [f"The id {id} is used more than once in {year.label}; each row counts." for id in twice]
    if planned is None and risks:
        told.append(f"The plan tells no surplus for {year.label}, so there are no cases of its outturn.")
    control = control_total(book, year)
    if planned is not None and control is not None and risks:
        told += _against_control(control, planned, risks)
    if planned is not None:
        told += _even(risks, planned + _likely(risks))
    return tuple(told)


def _against_control(control: Decimal, planned: Decimal, risks: tuple[WeightedRisk, ...]) -> list[str]:
    weighted, mitigated = (total_gbp(risks, kind, lambda one: one.weighted_gbp) for kind in RiskKind)
    outturn = planned - weighted + mitigated
    if outturn >= control:
        return []
    words = f"Weighed by probability, the outturn of {gbp_words(outturn)} is {gbp_words(control - outturn)} short of"
    return [f"{words} the control total of {gbp_words(control)}."]
