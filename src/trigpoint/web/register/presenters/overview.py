"""The plan on a page: themes and objectives with their state, what is next, and one sentence that says it all."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from trigpoint.checks.finding import Severity
from trigpoint.periods.calendar import Quarter
from trigpoint.plans.model import Item, Objective
from trigpoint.plans.state import DeadlineKind, PlanStates, State, Summary
from trigpoint.web.config.wording import count_of, day, short_day
from trigpoint.web.register.presenters.commitments import all_items
from trigpoint.web.register.presenters.looks import (
    COLUMN_HEADINGS,
    COUNTED,
    PROGRESS,
    SEVERITIES,
    STATES,
    WORRIES,
    Counted,
    Look,
    Segment,
    bar,
    counts,
    reported_words,
    worries,
    worst,
)
from trigpoint.web.register.presenters.people import lead_names
from trigpoint.web.register.presenters.trouble import reported, trouble
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
    worries: tuple[Counted, ...]
    counts: tuple[int, ...]
    bar: tuple[Segment, ...]
    next_due: str


@dataclass(frozen=True, slots=True)
class ThemeBlock:
    """A theme with its counts and its objectives."""

    anchor: str
    heading: str
    worries: tuple[Counted, ...]
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
    if not found[State.DUE_THIS_QUARTER]:
        due = _next_due(states)
    return f"At {day(states.at)}, {done}, {late} and {due}.{reported_words(whole)}"


def _amount(count: int, of: str = "") -> str:
    return f"{f'{count:,}' if count else 'none'}{of} {'is' if count < 2 else 'are'}"


def _next_due(states: PlanStates) -> str:
    """Where nothing is due this quarter: what is due next, so that the sentence still says when to look again."""
    open_days = [state.deadline.day for state in states.items.values() if not state.state.is_complete]
    coming = [due for due in open_days if due is not None and due >= states.at]
    if not coming:
        return "none has a date from here on"
    nearest = min(coming)
    count = coming.count(nearest)
    return f"the next {count_of(count, 'commitment')} {'is' if count == 1 else 'are'} due by {day(nearest)}"


def dates_note(states: PlanStates) -> str:
    """Where the dates come from; "" when the plan prints every one.

    A plan by years prints a column and no date, and its reader must know that the column's last day was taken.
    """
    kinds = Counter(state.deadline.kind for state in states.items.values())
    column, none = kinds[DeadlineKind.FROM_COLUMN], kinds[DeadlineKind.NONE]
    parts = []
    if column:
        parts.append(
            f"{column:,} of {count_of(states.whole.total, 'commitment')} {_have(column)} no printed date: "
            "the last day of the year or quarter that heads the column counts."
        )
    if none:
        parts.append(f"{none:,} {_have(none)} neither date nor column, and can become neither due nor overdue.")
    return " ".join(parts)


def _have(count: int) -> str:
    return "has" if count == 1 else "have"


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
    href, leads = reading.url("objective", oid=row.id), "; ".join(lead_names(row.leads))
    return ObjectiveLine(
        href, row.number, row.title, leads, worst(summary), worries(summary), found, bar(found), short_day(next_due)
    )


def theme_blocks(reading: Reading) -> tuple[ThemeBlock, ...]:
    """Every theme in printed order, objectives under none at the end."""
    plan, states, nearest = reading.plan, reading.states, _next_dates(reading)
    known = {theme.id for theme in plan.themes}

    def block(index: int, heading: str, summary: Summary, rows: tuple[Objective, ...]) -> ThemeBlock:
        found = counts(summary)
        lines = tuple(_objective_line(reading, row, nearest.get(row.id)) for row in rows)
        return ThemeBlock(f"theme-{index}", heading, worries(summary), found, bar(found), summary.total, lines)

    blocks = [
        block(index, theme.heading, states.themes[theme.id], plan.objectives_by_theme[theme.id])
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
    declared = {row.id: reading.states.items[row.id].declared for row in rows}
    named = sorted(rows, key=lambda row: declared[row.id] not in WORRIES)[:NAMED_A_DAY]
    lines = [
        (
            row.text,
            reading.url("objective", oid=row.objective),
            PROGRESS[word] if (word := declared[row.id]) in WORRIES else None,
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
        "dates_note": dates_note(reading.states),
        "tiles": tiles,
        "reported": reported(reading),
        "trouble": trouble(reading),
        "columns": COLUMN_HEADINGS,
        "themes": theme_blocks(reading),
        "coming": next_deadlines(reading),
        "findings": findings_line(reading),
        "notice_shown": True,
    }
