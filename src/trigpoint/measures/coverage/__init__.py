"""What of a planning round a plan answers, and what it does not."""

from trigpoint.measures.coverage.coverage import (
    Answer,
    Coverage,
    Difference,
    Evidence,
    Ground,
    Kind,
    PriorityCoverage,
    RequirementCoverage,
    StandardCoverage,
    TargetComparison,
)
from trigpoint.measures.coverage.rounds import framework_of
from trigpoint.measures.coverage.survey import coverage_of

__all__ = [
    "Answer",
    "Coverage",
    "Difference",
    "Evidence",
    "Ground",
    "Kind",
    "PriorityCoverage",
    "RequirementCoverage",
    "StandardCoverage",
    "TargetComparison",
    "coverage_of",
    "framework_of",
]
