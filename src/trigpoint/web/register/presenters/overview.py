"""The plan on a page: themes and objectives with their state, what is next, and one sentence that says it all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from trigpoint.checks.finding import Severity
from trigpoint.periods.calendar import Quarter
from trigpoint.plans.model import Item, Objective, Progress
from trigpoint.plans.state import PlanStates, State, Summary
from trigpoint.web.config.wording import count_of, day, short_day
from trigpoint.web.register.presenters.commitments import all_items
from trigpoint.web.register.presenters.looks import (
    COLUMN_HEADINGS,
    COUNTED,
    PROGRESS,
    SEVERITIES,
    STATES,
    Look,
    Segment,
    bar,
    counts,
    worst,
)
from trigpoint.web.register.presenters.people import lead_names, numbered
from trigpoint.web.register.reading import Reading

DAYS_SHOWN, NAMED_A_DAY = 4, 3
OTHER_THEME = "Objectives under no theme"


@dataclass(frozen=True, slots=True)
class Tile:
    """A number that leads to the commitments it counts."""

    look: Look
    count: int
    href: str


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """One objective with its counts, in the order of ``COUNTED``."""

    href: str
    number: str
    title: str
    leads: str
    worst: Look
    counts: tuple[int, ...]
    bar: tuple[Segment, ...]
    next_due: str


@dataclass(frozen=True, slots=True)
class ThemeBlock:
    """A theme with its counts and its objectives."""

    anchor: str
    heading: str
    counts: tuple[int, ...]
    bar: tuple[Segment, ...]
    total: int
    objectives: tuple[ObjectiveLine, ...]


@dataclass(frozen=True, slots=True)
class Deadlines:
    """One day with what is due on it; ``named`` are a few (text, address, the lead's worry), ``more`` the rest."""

    day: str
    left: str
    count: str
    href: str
    named: tuple[tuple[str, str, Look | None], ...]
    more: int


def headline(states: PlanStates) -> str:
    """The plan in one sentence, with the date it is true at."""
    whole = states.whole
    if not whole.total:
        return "The plan holds no deliverable or milestone yet."
    found = whole.counts
    quarter_end = Quarter.of(states.at).end
    done = f"{_amount(whole.complete, ' of ' + count_of(whole.total, 'commitment'))} complete"
    late = f"{_amount(found[State.OVERDUE])} overdue"
    due = f"{_amount(found[State.DUE_THIS_QUARTER])} due by {day(quarter_end)}"
    return f"At {day(states.at)}, {done}, {late} and {due}."


def _amount(count: int, of: str = "") -> str:
    return f"{f'{count:,}' if count else 'none'}{of} {'is' if count < 2 else 'are'}"


def _next_dates(reading: Reading) -> dict[str, date]:
    """Objective id → the next deadline of an open item on or after the reporting date."""
    nearest: dict[str, date] = {}
    items = reading.states.items
    for item in all_items(reading.plan):
        state = items[item.id]
        due = state.deadline.day
        if due is None or due < reading.at or state.state.is_complete:
            continue
        if item.objective not in nearest or due < nearest[item.objective]:
            nearest[item.objective] = due
    return nearest


def _objective_line(reading: Reading, row: Objective, next_due: date | None) -> ObjectiveLine:
    summary = reading.states.objectives[row.id]
    found = counts(summary)
    href, leads = reading.url("objective", oid=row.id), "; ".join(lead_names(row))
    return ObjectiveLine(href, row.number, row.title, leads, worst(summary), found, bar(found), short_day(next_due))


def theme_blocks(reading: Reading) -> tuple[ThemeBlock, ...]:
    """Every theme in printed order, objectives under none at the end."""
    plan, states, nearest = reading.plan, reading.states, _next_dates(reading)
    known = {theme.id for theme in plan.themes}

    def block(index: int, heading: str, summary: Summary, rows: tuple[Objective, ...]) -> ThemeBlock:
        found = counts(summary)
        lines = tuple(_objective_line(reading, row, nearest.get(row.id)) for row in rows)
        return ThemeBlock(f"theme-{index}", heading, found, bar(found), summary.total, lines)

    blocks = [
        block(index, numbered(theme.number, theme.title), states.themes[theme.id], plan.objectives_by_theme[theme.id])
        for index, theme in enumerate(plan.themes, start=1)
    ]
    loose = tuple(row for row in plan.objectives if row.theme not in known)
    if loose:
        blocks.append(block(len(blocks) + 1, OTHER_THEME, _sum(states, loose), loose))
    return tuple(blocks)


def _sum(states: PlanStates, rows: tuple[Objective, ...]) -> Summary:
    first = states.objectives[rows[0].id]
    return Summary(
        {key: sum(states.objectives[row.id].counts[key] for row in rows) for key in first.counts},
        {key: sum(states.objectives[row.id].declared[key] for row in rows) for key in first.declared},
    )


def next_deadlines(reading: Reading) -> tuple[Deadlines, ...]:
    """The next days on which open commitments are due, each with all it counts and a few by name."""
    items = reading.states.items
    known = {row.id for row in reading.plan.objectives}
    by_day: dict[date, list[Item]] = {}
    for item in all_items(reading.plan):
        state = items[item.id]
        due = state.deadline.day
        if due is not None and due >= reading.at and not state.state.is_complete and item.objective in known:
            by_day.setdefault(due, []).append(item)
    return tuple(_deadlines(reading, due, by_day[due]) for due in sorted(by_day)[:DAYS_SHOWN])


def _deadlines(reading: Reading, due: date, rows: list[Item]) -> Deadlines:
    # Those that a lead worries about are named first: they are what a reader would ask after.
    worries = (Progress.OFF_TRACK, Progress.AT_RISK)
    declared = {row.id: reading.states.items[row.id].declared for row in rows}
    named = sorted(rows, key=lambda row: declared[row.id] not in worries)[:NAMED_A_DAY]
    lines = [
        (
            row.text,
            reading.url("objective", oid=row.objective),
            PROGRESS[word] if (word := declared[row.id]) in worries else None,
        )
        for row in named
    ]
    left = (due - reading.at).days
    day_text = due.isoformat()
    return Deadlines(
        day(due),
        "today" if not left else f"in {count_of(left, 'day')}",
        count_of(len(rows), "commitment"),
        reading.url("search", query={"due_after": day_text, "due_before": day_text}),
        tuple(lines),
        len(rows) - len(lines),
    )


def findings_line(reading: Reading) -> tuple[tuple[Look, int, str], ...]:
    """How many findings there are of each severity."""
    found = [finding.severity for finding in reading.findings]
    return tuple(
        (SEVERITIES[severity], found.count(severity), reading.url("checks", query={"severity": severity.value}))
        for severity in Severity
    )


def overview(reading: Reading) -> dict[str, Any]:
    """Everything the plan page shows."""
    numbers = counts(reading.states.whole)
    tiles = tuple(
        Tile(STATES[state], number, reading.url("search", query={"state": STATES[state].slug}))
        for state, number in zip(COUNTED, numbers, strict=True)
    )
    return {
        "headline": headline(reading.states),
        "tiles": tiles,
        "columns": COLUMN_HEADINGS,
        "themes": theme_blocks(reading),
        "coming": next_deadlines(reading),
        "findings": findings_line(reading),
        "notice_shown": True,
    }
