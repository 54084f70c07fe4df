"""A plan of any size, made from the words of planning: what the curves of the checks and of the server are drawn with.

The same size gives the same plan. A tenth of its commitments have a defect that some rule finds, as plans have.
"""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random

from trigpoint.plans.model import (
    Baseline,
    Comparator,
    Deliverable,
    IndicatorRow,
    IndicatorTable,
    Lead,
    Link,
    Milestone,
    Objective,
    Plan,
    Polarity,
    SuccessMeasure,
    Target,
    Theme,
)

YEARS = ("2026/27", "2027/28")
START = date(2026, 4, 1)
MILESTONES, DELIVERABLES = 5, 4
"""Milestones a deliverable and deliverables an objective, as in published plans."""

WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("planning_words.toml").read_text(encoding="utf-8"))


def made_plan(milestones: int, seed: int = 1) -> Plan:
    """A plan with so many milestones, their deliverables, objectives, measures, links and a few tables of targets."""
    order = Random(seed)
    deliverables = max(1, milestones // MILESTONES)
    objectives = max(1, deliverables // DELIVERABLES)
    return Plan(
        title="Operational plan 2026/27 – 2027/28 of NHS Example",
        organisation="NHS Example",
        years=YEARS,
        themes=tuple(Theme(f"t{n}", str(n), f"Priority {n}: {_bare(order)}") for n in range(1, 10)),
        objectives=tuple(_objective(order, n) for n in range(objectives)),
        deliverables=tuple(_deliverable(order, n, objectives) for n in range(deliverables)),
        milestones=tuple(_milestone(order, n, deliverables, objectives) for n in range(milestones)),
        measures=tuple(_measure(order, n, objectives) for n in range(deliverables)),
        links=tuple(Link(f"o{n}", f"{_one(order, 'areas')} better care plan") for n in range(objectives)),
        indicators=tuple(_table(order, n) for n in range(max(1, objectives // 20))),
    )


def _objective(order: Random, n: int) -> Objective:
    title = f"{_bare(order).capitalize()} for {_one(order, 'people')} in {_one(order, 'areas')}"
    leads = (Lead(role=_one(order, "roles"), accountable=True),) if order.random() > 0.1 else ()
    return Objective(f"o{n}", f"t{n % 9 + 1}", str(n + 1), title, leads, ("Programme Board",))


def _deliverable(order: Random, n: int, objectives: int) -> Deliverable:
    day, quarter = _due(order)
    baseline = Baseline(f"{order.randint(20, 90)}.{order.randint(0, 9)}%") if order.random() > 0.3 else None
    text = f"{_opening(order, day, quarter)}{_words(order)}, {_one(order, 'endings')}"
    return Deliverable(f"d{n}", f"o{_owner(n, objectives)}", text, day, column=quarter, baseline=baseline)


def _milestone(order: Random, n: int, deliverables: int, objectives: int) -> Milestone:
    day, quarter = _due(order)
    deliverable = min(n // MILESTONES, deliverables - 1)
    text = f"{_opening(order, day, quarter)}{_words(order)} with {_one(order, 'partners')}, {_one(order, 'endings')}"
    if order.random() < 0.1:
        text = _one(order, "defects")
    return Milestone(f"m{n}", f"o{_owner(deliverable, objectives)}", f"d{deliverable}", text, day, column=quarter)


def _measure(order: Random, n: int, objectives: int) -> SuccessMeasure:
    value = Decimal(order.randint(400, 950)) / 10
    who, weeks, year = _one(order, "people"), order.randint(2, 18), order.choice((2027, 2028))
    text = f"{value}% of {who} seen within {weeks} weeks by March {year}"
    target = Target("seen in time", value, "%", Comparator.AT_LEAST, order.choice(YEARS))
    return SuccessMeasure(f"s{n}", f"o{_owner(n, objectives)}", f"d{n}", text, (target,))


def _table(order: Random, n: int) -> IndicatorTable:
    start = order.randint(40, 80)
    rows = tuple(
        IndicatorRow(area, "target", {year: Decimal(start + step) for step, year in enumerate(YEARS)})
        for area in WORDS["areas"]
    )
    title = f"{_one(order, 'people').capitalize()} reached, % ({n})"
    return IndicatorTable(f"i{n}", title, "%", "percentage", Polarity.HIGHER, objective=f"o{n}", rows=rows)


def _owner(deliverable: int, objectives: int) -> int:
    return min(deliverable // DELIVERABLES, objectives - 1)


def _due(order: Random) -> tuple[date, str]:
    """A day of the plan and its quarter; one in twenty stands under another quarter."""
    day = START + timedelta(days=order.randrange(730))
    shown = day if order.random() > 0.05 else START + timedelta(days=order.randrange(730))
    year = shown.year if shown.month >= 4 else shown.year - 1
    return day, f"{year}/{(year + 1) % 100:02d} Q{(shown.month - 4) % 12 // 3 + 1}"


def _opening(order: Random, day: date, quarter: str) -> str:
    if order.random() < 0.4:
        return ""
    form = _one(order, "openings")
    return form.format(day=f"{day.day} {day:%B %Y}", month=f"{day:%B %Y}", quarter=quarter, year=quarter[:7])


def _words(order: Random) -> str:
    return f"{_one(order, 'verbs')} {_one(order, 'things')} for {_one(order, 'people')} in {_one(order, 'areas')}"


def _one(order: Random, kind: str) -> str:
    return order.choice(WORDS[kind])


def _bare(order: Random) -> str:
    """A thing without its article."""
    return _one(order, "things").removeprefix("a ").removeprefix("an ")
