"""The risk register, or assurance framework, of a plan as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from trigpoint.plans.model import Risk, RiskScore, RiskStage
from trigpoint.web.config.wording import number
from trigpoint.web.register.presenters.people import lead_names
from trigpoint.web.register.reading import Reading

_PARTICULARS = (
    ("text", "Description"),
    ("cause", "Cause"),
    ("effect", "Effect"),
    ("objective", "Objective at risk"),
    ("category", "Category"),
    ("controls", "Controls"),
    ("assurances", "Assurances"),
    ("gaps", "Gaps"),
    ("mitigation", "Mitigation"),
    ("actions", "Actions"),
    ("committee", "Committee"),
    ("status", "Status"),
)


@dataclass(frozen=True, slots=True)
class RiskLine:
    """One risk: its scores in the order of the page's stages, and its particulars that are filled."""

    id: str
    heading: str
    owners: str
    amount: str
    scores: tuple[str, ...]
    particulars: tuple[tuple[str, str], ...]


def score_words(score: RiskScore | None) -> str:
    """A score as registers print it.

    >>> score_words(RiskScore(Decimal(4), Decimal(5), Decimal(20))), score_words(RiskScore(words="High"))
    ('20 (4 × 5)', 'High')
    """
    if score is None:
        return "–"
    factors = " × ".join(_figure(part) for part in (score.likelihood, score.impact) if part is not None)
    found = [word for word in (_figure(score.score), score.words) if word]
    if factors and factors not in score.words:
        found = [*found[:1], f"({factors})", *found[1:]] if found else [factors]
    return " ".join(found) or "–"


def _figure(value: Decimal | None) -> str:
    """At most two decimals: registers that scale their scores print thirds with fifteen."""
    return "" if value is None else number(round(value, 2).normalize() if value % 1 else value)


def risks_page(reading: Reading) -> dict[str, Any]:
    """All risks in printed order, with the stages that any of them is scored at."""
    risks = reading.plan.risks
    stages = tuple(stage for stage in RiskStage if any(risk.score(stage) for risk in risks))
    return {
        "stages": tuple(stage.value.capitalize() for stage in stages),
        "has_owners": any(risk.leads for risk in risks),
        "has_amounts": any(risk.amount_gbp is not None for risk in risks),
        "lines": tuple(_line(risk, stages) for risk in risks),
    }


def _line(risk: Risk, stages: tuple[RiskStage, ...]) -> RiskLine:
    heading = f"{risk.number} {risk.title}".strip()
    filled = ((label, getattr(risk, name)) for name, label in _PARTICULARS)
    return RiskLine(
        risk.id,
        heading,
        "; ".join(lead_names(risk.leads)),
        "" if risk.amount_gbp is None else f"£{number(risk.amount_gbp)}",
        tuple(score_words(risk.score(stage)) for stage in stages),
        tuple((label, text) for label, text in filled if text and text != risk.title),
    )
