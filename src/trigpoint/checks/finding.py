"""What a rule says: the finding, and how much it matters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from trigpoint.checks.place import place_words


class Severity(Enum):
    """How much a finding matters: an error would be objected to, a warning should be mended, an info may be."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One objection of one rule.

    ``line`` is the 1-based place in the source's reading order, in a text or a workspace's file its line (``None``
    where that is not known); ``fragment`` the words objected to; ``where`` names the objective, deliverable, item and
    file, and, where authors do not find their place by lines, page, sheet, table, row, column, section or paragraph.
    """

    rule: str
    severity: Severity
    message: str
    line: int | None = None
    fragment: str = ""
    where: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Where it stands in words, "" where that is not known.

        >>> Finding("SPELLING", Severity.INFO, "Misspelt.", 3, where={"file": "milestones.csv"}).place
        'milestones.csv, line 3'
        >>> Finding("SPELLING", Severity.INFO, "Misspelt.", 3, where={"page": "2", "section": "Finance"}).place
        'page 2, section “Finance”'
        """
        return ", ".join(part for part in (self.where.get("file", ""), place_words(self.where, self.line)) if part)
