"""The committee papers that can be printed from a plan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404

from trigpoint.errors import InputError
from trigpoint.plans.model import Progress
from trigpoint.plans.state import State, Summary, summarise
from trigpoint.reports.blocks import Paper
from trigpoint.reports.paper import committee_paper
from trigpoint.web.dashboards.figures import results_known
from trigpoint.web.register.presenters.commitments import all_items
from trigpoint.web.register.presenters.looks import Segment, bar, counts
from trigpoint.web.register.reading import Reading

WHOLE = "The whole plan"


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A committee with what its paper will hold, and where to get it."""

    name: str
    objectives: int
    commitments: int
    overdue: int
    off_track: int
    at_risk: int
    bar: tuple[Segment, ...]
    page: str
    word: str
    measures: str


def _line(reading: Reading, name: str, committee: str, objectives: int, summary: Summary) -> PaperLine:
    question = {"committee": committee}
    return PaperLine(
        name,
        objectives,
        summary.total,
        summary.counts[State.OVERDUE],
        summary.declared[Progress.OFF_TRACK],
        summary.declared[Progress.AT_RISK],
        bar(counts(summary)),
        reading.url("paper-html", query=question),
        reading.url("paper-docx", query=question),
        reading.url("measures-committees", query=question),
    )


def papers_page(reading: Reading) -> dict[str, Any]:
    """The whole plan, then every committee in the order in which the plan names them."""
    plan, states = reading.plan, reading.states
    lines = [_line(reading, WHOLE, "", len(plan.objectives), states.whole)]
    for committee in plan.committees:
        own = {row.id for row in plan.objectives if committee in row.committees}
        summary = summarise(states.items[item.id] for item in all_items(plan) if item.objective in own)
        lines.append(_line(reading, committee, committee, len(own), summary))
    return {"lines": lines}


def paper_for(reading: Reading, committee: str) -> Paper:
    """The paper of a committee at the reporting date; raises ``Http404`` for a committee the plan does not name."""
    try:
        return committee_paper(
            reading.plan,
            committee=committee,
            at=reading.at,
            findings=reading.findings,
            states=reading.states,
            results=results_known(reading),
        )
    except InputError:
        raise Http404 from None
