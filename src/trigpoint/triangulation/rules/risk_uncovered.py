"""Net risk against what the plan has to bear it with."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from trigpoint.checks.finding import Severity
from trigpoint.finance.book.book import RiskKind
from trigpoint.finance.risks.position import risk_position
from trigpoint.finance.risks.result import RiskPosition
from trigpoint.periods import FinancialYear
from trigpoint.triangulation.comparison import Comparison, Lacking, Relation, Wording, compared
from trigpoint.triangulation.figure import Figure, Unit, amount_words
from trigpoint.triangulation.parts import Part, Parts, computed_figure, file_of
from trigpoint.triangulation.register import rule
from trigpoint.triangulation.told import all_told, first_told

RULE = "RISK_UNCOVERED"


@rule(RULE, Severity.WARNING, Part.FINANCE)
def risk_uncovered(parts: Parts) -> Iterator[Comparison | Lacking]:
    """Risks, less what mitigates them, are larger than the surplus that would have to bear them.

    Net risk, every risk and mitigation at its probability, is compared with the planned surplus: beyond it the year is
    expected to end in deficit (an error). It is then compared with what the plan holds above its control total: beyond
    that the control total is expected to be missed (a warning).

    Fires: a net risk of £3.2m, and a surplus that is the control total. Does not: a net risk that is mitigated whole.
    Remedy: name further mitigations, or plan for a larger surplus.
    """
    told = all_told(parts)
    for year in parts.book.settings.years:
        if not any(one.year == year for one in parts.book.risks):
            yield Lacking(RULE, f"the finance has no risks of {year}")
            continue
        made = risk_position(parts.book, year)
        if made.planned_surplus_gbp is None:
            yield Lacking(RULE, f"the plan tells no surplus of {year}")
            continue
        surplus = first_told(told, "planned_surplus", year, Unit.GBP) or computed_figure(
            made.planned_surplus_gbp, Unit.GBP, "the planned surplus is", "the resource limit less spend"
        )
        net = _net(made)
        wording = Wording(f"Net risk of {year}", "name further mitigations", "the year is expected to end in deficit")
        whole = compared(RULE, Severity.ERROR, (net, surplus), parts.tolerance(RULE), wording, Relation.AT_MOST)
        yield whole
        control = first_told(told, "control_total", year, Unit.GBP)
        if whole.agrees and control is not None:
            yield _against_control_total(parts, year, net, surplus, control)


def _net(made: RiskPosition) -> Figure:
    weighted, mitigated = (amount_words(gbp, Unit.GBP) for gbp in (made.weighted_gbp, made.mitigated_gbp))
    source = f"risks.csv: {weighted} of risk less {mitigated} of mitigation, each at its probability"
    # Its reader begins at the largest risk.
    risks = [one for one in made.risks if one.risk.kind is RiskKind.RISK]
    largest = max(risks, key=lambda one: one.weighted_gbp).risk if risks else made.risks[0].risk
    return computed_figure(
        made.net_gbp,
        Unit.GBP,
        f"at their probabilities {weighted} of risks less {mitigated} of mitigations come to",
        source,
        illustrative=made.illustrative,
        file=file_of(largest.stated, "risks"),
        row=largest.stated.row,
        item=largest.id,
    )


def _against_control_total(
    parts: Parts, year: FinancialYear, net: Figure, surplus: Figure, control: Figure
) -> Comparison:
    above = computed_figure(
        (surplus.value or Decimal(0)) - (control.value or Decimal(0)),
        Unit.GBP,
        "above its control total the plan holds",
        f"{surplus.source} less {control.source}",
    )
    why = "at its expected risks the plan misses its control total"
    wording = Wording(f"Net risk of {year} against the control total", "name further mitigations", why)
    return compared(RULE, Severity.WARNING, (net, above), parts.tolerance(RULE), wording, Relation.AT_MOST)
