"""What is in trouble: the first question of whoever answers for a plan."""

from __future__ import annotations

from dataclasses import dataclass

from trigpoint.plans.model import Progress
from trigpoint.plans.state import State, Summary
from trigpoint.web.register.presenters.looks import PROGRESS, STATES, Counted, worries
from trigpoint.web.register.presenters.people import lead_names
from trigpoint.web.register.reading import Reading

SHOWN = 8
_REPORTED = (Progress.OFF_TRACK, Progress.AT_RISK, Progress.ON_TRACK, Progress.NOT_STARTED, Progress.NOT_COMPLETE)


@dataclass(frozen=True, slots=True)
class TroubledObjective:
    """An objective with what is wrong with it, the gravest first."""

    heading: str
    href: str
    leads: str
    wrong: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Trouble:
    """The objectives in trouble, the worst first: a few to show, the rest to unfold."""

    total: int
    shown: tuple[TroubledObjective, ...]
    rest: tuple[TroubledObjective, ...]


def gravity(summary: Summary) -> tuple[int, int, int]:
    """What decides the order: commitments off track, then overdue, then at risk."""
    declared = summary.declared
    return declared[Progress.OFF_TRACK], summary.counts[State.OVERDUE], declared[Progress.AT_RISK]


def _wrong(summary: Summary) -> tuple[Counted, ...]:
    late = summary.counts[State.OVERDUE]
    overdue = (Counted(STATES[State.OVERDUE], f"{late:,} overdue"),) if late else ()
    return (*overdue, *worries(summary))


def trouble(reading: Reading) -> Trouble:
    """Every objective with a commitment that is overdue, or that its lead calls off track or at risk."""
    summaries = reading.states.objectives
    found = [row for row in reading.plan.objectives if any(gravity(summaries[row.id]))]
    found.sort(key=lambda row: gravity(summaries[row.id]), reverse=True)
    lines = tuple(
        TroubledObjective(
            row.heading,
            reading.url("objective", oid=row.id),
            "; ".join(lead_names(row.leads)),
            _wrong(summaries[row.id]),
        )
        for row in found
    )
    return Trouble(len(lines), lines[:SHOWN], lines[SHOWN:])


def reported(reading: Reading) -> tuple[tuple[Counted, str], ...]:
    """What leads last said of the open commitments, each count with the search that lists them."""
    declared = reading.states.whole.declared
    return tuple(
        (
            Counted(PROGRESS[word], f"{declared[word]:,} {word.value}"),
            reading.url("search", query={"declared": PROGRESS[word].slug}),
        )
        for word in _REPORTED
        if declared[word]
    )
