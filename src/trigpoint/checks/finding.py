"""What a rule says: the finding, and how much it matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class Severity(Enum):
    """How much a finding matters: an error would be objected to, a warning should be mended, an info may be."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection of one rule.

    ``line`` is 1-based in the source text (``None`` where the source has no lines); ``fragment`` the words objected
    to; ``where`` names the objective, deliverable, file, sheet, row or column as far as known.
    """

    rule: str
    severity: Severity
    message: str
    line: int | None = None
    fragment: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
