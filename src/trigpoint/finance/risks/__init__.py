"""Risks and mitigations of a year: weighed by their probabilities, and drawn many times."""

from trigpoint.finance.risks.draws import draw_risks
from trigpoint.finance.risks.position import risk_position

__all__ = ["draw_risks", "risk_position"]
