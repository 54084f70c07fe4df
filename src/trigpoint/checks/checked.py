"""What the checks said of a plan, whole: its findings, what was waived, and what it comes to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from trigpoint.checks.finding import Finding, Severity
from trigpoint.checks.summary import Summary, summarise
from trigpoint.checks.waiver import Waived
from trigpoint.plans.document import Format
from trigpoint.plans.model import Plan


@dataclass(frozen=True)
class Checked:
    """A plan and everything the checks said of it.

    ``name`` is what was checked as a reader knows it: a file's name, or a plan's title. ``format`` is that of the
    document, ``None`` for a workspace. ``only`` are the rules that were asked for, none where all were.
    """

    name: str
    plan: Plan
    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...] = ()
    format: Format | None = None
    only: tuple[str, ...] = field(default=())

    @property
    def lined(self) -> bool:
        """Whether authors find a place in it by its line."""
        return self.format is None or self.format.lined

    @cached_property
    def counts(self) -> Counter[Severity]:
        """How many findings there are of each severity, waived ones left out."""
        return Counter(finding.severity for finding in self.findings)

    @cached_property
    def summary(self) -> Summary:
        """What a regulator would object to first."""
        return summarise(self.findings, self.plan, is_document=self.format is not None, only=self.only)

    def chosen(self, least: Severity = Severity.INFO) -> tuple[Finding, ...]:
        """The findings of this severity and graver ones."""
        return of_severity(self.findings, least)


def of_severity(findings: Iterable[Finding], least: Severity) -> tuple[Finding, ...]:
    """The findings of this severity and graver ones.

    >>> of_severity([Finding("SPELLING", Severity.INFO, "Misspelt.")], Severity.WARNING)
    ()
    """
    order = list(Severity)
    wanted = order[: order.index(least) + 1]
    return tuple(finding for finding in findings if finding.severity in wanted)
