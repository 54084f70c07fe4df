"""What triangulation found, as the plan's own settings and waivers have it: the same as the command says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from trigpoint.checks.waiver import Decisions, read_settings
from trigpoint.plans.workspace import Waiver
from trigpoint.triangulation.comparison import Comparison, Lacking
from trigpoint.triangulation.findings import examined
from trigpoint.web.config.clock import today
from trigpoint.web.finance.desk import Desk
from trigpoint.web.finance.results import kept, triangulation_of
from trigpoint.web.register.codec import WAIVERS
from trigpoint.web.register.store import rows


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of figures that do not agree, at the severity that the plan gives them; those that somebody accepted, with
    who and why; those that agree; what could not be compared; and sentences on waivers that waive nothing."""

    apart: tuple[Comparison, ...]
    accepted: tuple[tuple[Comparison, Waiver], ...]
    agreeing: tuple[Comparison, ...]
    lacking: tuple[Lacking, ...]
    idle: tuple[str, ...]


def judged_of(desk: Desk) -> Judged:
    """The plan, its finance and its activity held against each other, by the plan's own settings and waivers."""
    return kept(desk, lambda: _judged(desk), "judged", today())


def _judged(desk: Desk) -> Judged:
    found, edition = triangulation_of(desk), desk.edition
    decisions = Decisions(read_settings(dict(edition.checks)), rows(edition, WAIVERS))
    told = examined(found, desk.reading.plan, decisions=decisions, today=today())
    severity = {(each.rule, each.message): each.severity for each in told.findings}
    waived = {(each.finding.rule, each.finding.message): each.waiver for each in told.waived}
    apart, accepted, known = [], [], set()
    for each in found.comparisons:
        key = (each.rule, each.message)
        known.add(key)
        if each.agrees:
            continue
        if key in waived:
            accepted.append((each, waived[key]))
        elif key in severity:
            apart.append(replace(each, severity=severity[key]))
    idle = tuple(each.message for each in told.findings if (each.rule, each.message) not in known)
    agreeing = tuple(each for each in found.comparisons if each.agrees)
    return Judged(tuple(apart), tuple(accepted), agreeing, found.lacking, idle)
