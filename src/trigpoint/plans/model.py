"""The plan as values.

A plan is flat: every item is a row with an id, and refers to its parent by id. The flat shape is what the
files hold, what the database holds and what an edition diff compares; ``Plan`` answers questions about the tree.
Text fields hold plain words without mark-up. Nothing here is inferred: ``None`` and ``""`` mean *not found*.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cached_property
from types import MappingProxyType
from typing import TypeAlias, TypeVar


class Scope(Enum):
    """Whether a commitment binds the whole system or one place."""

    SYSTEM = "system"
    LOCAL = "local"


class Comparator(Enum):
    """How a value is tested against its target."""

    AT_LEAST = ">="
    AT_MOST = "<="
    MORE_THAN = ">"
    LESS_THAN = "<"
    EQUAL = "="


class Polarity(Enum):
    """Which way is better."""

    HIGHER = "higher is better"
    LOWER = "lower is better"
    NEITHER = "neither"


class Progress(Enum):
    """What a lead has said of an item."""

    NOT_STARTED = "not started"
    ON_TRACK = "on track"
    AT_RISK = "at risk"
    OFF_TRACK = "off track"
    COMPLETE = "complete"
    NOT_COMPLETE = "not complete"
    """Nothing more was said than that it is not complete."""


class RiskStage(Enum):
    """Which of a risk's scores: before controls, as it is, as it should become."""

    INHERENT = "inherent"
    CURRENT = "current"
    TARGET = "target"


@dataclass(frozen=True, slots=True)
class Lead:
    """Who answers for an objective or a commitment. Examples and public pages carry the role alone."""

    name: str = ""
    role: str = ""
    accountable: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """One testable statement: ``measure`` is compared with ``value`` in ``unit`` at ``at``.

    ``at`` is an ISO date or a period label as printed ("2017-12-31", "2017/18 Q3", "2017/18"), or "" when undated.
    """

    measure: str
    value: Decimal
    unit: str = ""
    comparator: Comparator = Comparator.AT_LEAST
    at: str = ""


@dataclass(frozen=True, slots=True)
class Baseline:
    """Where things stood at the start: the words, and the number where there is one."""

    text: str
    value: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Theme:
    """A strategic heading: a national must-do, "Transform"."""

    id: str
    number: str
    title: str

    @property
    def heading(self) -> str:
        """The number, where there is one, and the title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Objective:
    """What is to be achieved: a *priority* row, a numbered objective."""

    id: str
    theme: str
    number: str
    title: str
    leads: tuple[Lead, ...] = ()
    committees: tuple[str, ...] = ()
    baseline: Baseline | None = None
    summary: str = ""

    @property
    def heading(self) -> str:
        """The number, where there is one, and the title."""
        return f"{self.number} {self.title}".strip()


@dataclass(frozen=True, slots=True)
class Deliverable:
    """What will exist or be true. ``column`` is the printed column: "2016/17 Q3" or "2017/18".

    ``number`` is the printed one ("8", "2.1"); ``detail`` what the document says of it beyond ``text``;
    ``leads`` are its own, where the document names them item by item (else the objective's answer for it);
    ``partners`` are the bodies that take part.
    """

    id: str
    objective: str
    text: str
    due: date | None = None
    due_phrase: str = ""
    column: str = ""
    scope: Scope = Scope.SYSTEM
    area: str = ""
    baseline: Baseline | None = None
    targets: tuple[Target, ...] = ()
    number: str = ""
    detail: str = ""
    leads: tuple[Lead, ...] = ()
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step with a due date or period, under a deliverable or straight under an objective.

    ``number``, ``detail``, ``leads`` and ``partners`` are as for a ``Deliverable``.
    """

    id: str
    objective: str
    deliverable: str
    text: str
    due: date | None = None
    due_phrase: str = ""
    column: str = ""
    scope: Scope = Scope.SYSTEM
    area: str = ""
    targets: tuple[Target, ...] = ()
    number: str = ""
    detail: str = ""
    leads: tuple[Lead, ...] = ()
    partners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SuccessMeasure:
    """The test of an objective or deliverable, in words, with the targets that can be read in it."""

    id: str
    objective: str
    deliverable: str
    text: str
    targets: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Another plan or programme an objective relates to. ``deliverable`` is "" for the whole objective."""

    objective: str
    text: str
    deliverable: str = ""


@dataclass(frozen=True, slots=True)
class IndicatorRow:
    """One printed series: ``series`` is "target", "actual", "males target", …; keys of ``values`` are period labels.

    A value whose period is not printed has the key "".
    """

    area: str
    series: str
    values: Mapping[str, Decimal]

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def __hash__(self) -> int:
        return hash((self.area, self.series, tuple(self.values.items())))


@dataclass(frozen=True, slots=True)
class IndicatorTable:
    """A printed table of targets and actuals by area and period.

    ``kind`` is "percentage" | "rate" | "count". ``decimals`` is what the table prints.
    ``objective`` ties it to the objective it serves, where the plan says so.
    """

    id: str
    title: str
    unit: str = ""
    kind: str = ""
    polarity: Polarity = Polarity.NEITHER
    decimals: int = 0
    objective: str = ""
    source: str = ""
    note: str = ""
    rows: tuple[IndicatorRow, ...] = ()


@dataclass(frozen=True, slots=True)
class TrajectoryRule:
    """How a target series is computed, in one line (grammar: ``trigpoint.measures.trajectories``).

    ``area`` and ``series`` name the printed row that the rule should reproduce.
    """

    indicator: str
    area: str
    series: str
    rule: str


@dataclass(frozen=True, slots=True)
class RiskScore:
    """A risk's score as printed: likelihood and impact as numbers where they are, their ``words`` where they are not.

    ``score`` is the printed one ("risk index", "rating"), never computed. ``words`` are what the cells say where they
    say it in words ("Possible × Major", "Amber", "12 (3 × 4)").
    """

    likelihood: Decimal | None = None
    impact: Decimal | None = None
    score: Decimal | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Risk:
    """A risk to the plan, a row of a risk register, or an entry of a board assurance framework.

    ``amount_gbp`` only where the plan prints one. ``inherent`` is the score before controls, ``current`` the one that
    holds (a register with one score has this one), ``target`` the one aimed at. ``scale`` is the scale of likelihood
    and impact as far as the document says or its words show: "1-5", "1-10", "words", or "". ``objective`` is the
    strategic objective that the entry names, in its words.
    """

    id: str
    title: str
    text: str
    amount_gbp: Decimal | None = None
    mitigation: str = ""
    number: str = ""
    category: str = ""
    cause: str = ""
    effect: str = ""
    objective: str = ""
    leads: tuple[Lead, ...] = ()
    committee: str = ""
    inherent: RiskScore | None = None
    current: RiskScore | None = None
    target: RiskScore | None = None
    scale: str = ""
    controls: str = ""
    assurances: str = ""
    gaps: str = ""
    actions: str = ""
    status: str = ""

    def score(self, stage: RiskStage) -> RiskScore | None:
        """The score of a stage, where one is printed."""
        return {RiskStage.INHERENT: self.inherent, RiskStage.CURRENT: self.current, RiskStage.TARGET: self.target}[
            stage
        ]


@dataclass(frozen=True, slots=True)
class FinanceLine:
    """A figure of the financial plan.

    ``group`` is "business rule", "growth assumption", "surplus", "resource limit", "running cost", "QIPP",
    "underlying", "pressure"; ``requirement`` is the rule's own words, "" for a figure that answers none.
    """

    id: str
    group: str
    name: str
    period: str
    value: Decimal
    unit: str
    requirement: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ActivityAssumption:
    """A growth rate or an intervention's effect on activity. ``pod`` is the point of delivery."""

    id: str
    kind: str
    pod: str
    name: str
    period: str
    value: Decimal
    unit: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Update:
    """What was reported of a deliverable or milestone at a date. ``illustrative`` updates are invented and say so.

    ``status`` is the printed word that ``progress`` was read from ("Incomplete", "Amber"), where there is one.
    """

    item: str
    as_at: date
    progress: Progress
    done_on: date | None = None
    forecast: date | None = None
    note: str = ""
    illustrative: bool = False
    status: str = ""


Item: TypeAlias = Deliverable | Milestone


def leads_of(item: Item, objective: Objective | None) -> tuple[Lead, ...]:
    """Who answers for an item: its own leads, or its objective's where it has none."""
    return item.leads or (objective.leads if objective else ())


@dataclass(frozen=True)
class Plan:
    """A whole plan: one organisation, one or more financial years, one edition.

    ``years`` are labels ("2017/18"). ``framework`` names the planning round's data pack, "" when unknown.
    ``as_at`` is the date that progress was last reported at. Ids are unique across the whole plan.
    """

    title: str
    organisation: str
    years: tuple[str, ...]
    framework: str = ""
    edition: str = ""
    as_at: date | None = None
    notice: str = ""
    themes: tuple[Theme, ...] = ()
    objectives: tuple[Objective, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    measures: tuple[SuccessMeasure, ...] = ()
    links: tuple[Link, ...] = ()
    indicators: tuple[IndicatorTable, ...] = ()
    trajectories: tuple[TrajectoryRule, ...] = ()
    risks: tuple[Risk, ...] = ()
    finance: tuple[FinanceLine, ...] = ()
    activity: tuple[ActivityAssumption, ...] = ()
    updates: tuple[Update, ...] = ()

    @cached_property
    def _by_id(self) -> Mapping[str, Theme | Objective | Item | SuccessMeasure]:
        rows: tuple[Theme | Objective | Item | SuccessMeasure, ...]
        rows = (*self.themes, *self.objectives, *self.deliverables, *self.milestones, *self.measures)
        return {row.id: row for row in rows}

    def item(self, item_id: str) -> Theme | Objective | Item | SuccessMeasure:
        """The row with this id; ``KeyError`` when there is none."""
        return self._by_id[item_id]

    @cached_property
    def objectives_by_theme(self) -> Mapping[str, tuple[Objective, ...]]:
        """Theme id → its objectives, in printed order; themes without any map to ``()``."""
        return _grouped(self.themes, self.objectives, lambda row: row.theme)

    @cached_property
    def deliverables_by_objective(self) -> Mapping[str, tuple[Deliverable, ...]]:
        """Objective id → its deliverables, in printed order."""
        return _grouped(self.objectives, self.deliverables, lambda row: row.objective)

    @cached_property
    def milestones_by_objective(self) -> Mapping[str, tuple[Milestone, ...]]:
        """Objective id → all milestones of the objective, under a deliverable or not, in printed order."""
        return _grouped(self.objectives, self.milestones, lambda row: row.objective)

    @cached_property
    def measures_by_objective(self) -> Mapping[str, tuple[SuccessMeasure, ...]]:
        """Objective id → its success measures, in printed order."""
        return _grouped(self.objectives, self.measures, lambda row: row.objective)

    @cached_property
    def links_by_objective(self) -> Mapping[str, tuple[Link, ...]]:
        """Objective id → the plans it relates to, in printed order."""
        return _grouped(self.objectives, self.links, lambda row: row.objective)

    @cached_property
    def latest_updates(self) -> Mapping[str, Update]:
        """Item id → the update with the latest ``as_at`` (the later row where two share it)."""
        return latest_of(self.updates)

    @cached_property
    def committees(self) -> tuple[str, ...]:
        """Every committee named, in order of first appearance."""
        return tuple(dict.fromkeys(name for row in self.objectives for name in row.committees))


def latest_of(updates: Iterable[Update]) -> dict[str, Update]:
    """Item id → the update with the latest ``as_at``, of two on one day the later row."""
    latest: dict[str, Update] = {}
    for update in updates:
        if update.item not in latest or update.as_at >= latest[update.item].as_at:
            latest[update.item] = update
    return latest


_Row = TypeVar("_Row")


def _grouped(
    parents: Iterable[Theme | Objective], rows: Iterable[_Row], parent_of: Callable[[_Row], str]
) -> Mapping[str, tuple[_Row, ...]]:
    """Rows by the id of their parent; a parent without any has ``()``, one that the plan does not hold comes last."""
    groups: dict[str, list[_Row]] = {parent.id: [] for parent in parents}
    for row in rows:
        groups.setdefault(parent_of(row), []).append(row)
    return {key: tuple(found) for key, found in groups.items()}
