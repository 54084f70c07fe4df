"""A planning round laid beside a plan, as values: every priority, requirement and standard with what answers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

from trigpoint.frameworks import Framework, Priority, Requirement, Standard
from trigpoint.plans.model import Target
from trigpoint.wording import count, listed, verb


class Answer(Enum):
    """How far the plan answers what is asked."""

    WITH_TARGET = "answered with a target"
    IN_WORDS = "answered in words"
    MEASURED = "measured, no target of its own"
    NOT = "not answered"


class Ground(Enum):
    """Why a row of the plan is taken for an answer, the surest first."""

    MEASURE = "the measure’s own id"
    CODE = "the national code"
    NUMBER = "the theme’s number and words"
    WORDS = "words"


class Kind(Enum):
    """What kind of row of the plan answers."""

    THEME = "theme"
    OBJECTIVE = "objective"
    DELIVERABLE = "deliverable"
    MILESTONE = "milestone"
    MEASURE = "success measure"
    TABLE = "table of targets"
    TRAJECTORY = "trajectory"
    FIGURES = "figures"
    FINANCE = "finance line"
    ACTIVITY = "activity assumption"


class Difference(Enum):
    """A target beside the standard."""

    SAME = "as the standard"
    STRONGER = "stronger"
    WEAKER = "weaker"
    LATER = "later"
    ON_THE_WAY = "a step on the way"
    OTHER_YEAR = "for another year"
    CANNOT = "cannot be compared"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row of the plan that answers. ``why`` says in a clause how it was recognised; ``targets`` are the row's targets
    that speak of what is asked, ``rule`` the rule of its trajectory where it has one; ``objective`` is the id of the
    objective it stands under, "" for a theme."""

    kind: Kind
    item: str
    objective: str
    heading: str
    text: str
    ground: Ground
    why: str
    targets: tuple[Target, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class TargetComparison:
    """A target beside a standard: ``finding`` is one sentence. ``undated`` says that the target bears no date."""

    item: str
    value: Decimal
    unit: str
    at: str
    difference: Difference
    undated: bool
    finding: str


@dataclass(frozen=True, slots=True)
class StandardCoverage:
    """A standard with what answers it."""

    standard: Standard
    answer: Answer
    evidence: tuple[Evidence, ...]
    comparisons: tuple[TargetComparison, ...]

    @property
    def local(self) -> bool:
        """Whether the standard is one plan's own and not the centre's."""
        return self.standard.level == "local"


@dataclass(frozen=True, slots=True)
class RequirementCoverage:
    """Something a priority asks for, with what answers it."""

    requirement: Requirement
    answer: Answer
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class PriorityCoverage:
    """A priority of the round with its requirements and standards; ``evidence`` are the plan's themes for it."""

    priority: Priority
    answer: Answer
    evidence: tuple[Evidence, ...]
    requirements: tuple[RequirementCoverage, ...]
    standards: tuple[StandardCoverage, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A whole round beside a plan. ``chosen`` says how the round was found, ``year`` the year asked for or ""."""

    framework: Framework
    chosen: str
    year: str
    priorities: tuple[PriorityCoverage, ...]

    @property
    def standards(self) -> tuple[StandardCoverage, ...]:
        """The centre's standards, priority by priority; a plan's own are left out."""
        return tuple(row for priority in self.priorities for row in priority.standards if not row.local)

    @property
    def requirements(self) -> tuple[RequirementCoverage, ...]:
        """All that the priorities ask for, in order."""
        return tuple(row for priority in self.priorities for row in priority.requirements)

    @property
    def sentence(self) -> str:
        """What is answered and what is not, in one sentence."""
        priorities = _share([row.answer for row in self.priorities], "priority", "priorities")
        parts = [priorities]
        if self.requirements:
            parts.append(_share([row.answer for row in self.requirements], "thing they ask for", "things they ask for"))
        answers = [row.answer for row in self.standards]
        with_target = sum(answer is Answer.WITH_TARGET for answer in answers)
        in_words = sum(answer is Answer.IN_WORDS for answer in answers)
        measured = sum(answer is Answer.MEASURED for answer in answers)
        standards = f"{with_target} of {count(len(answers), 'standard')} with a target and {in_words} in words"
        told = f"The plan answers {listed([*parts, standards])}"
        told += f"; it measures {measured} more without a target of its own" if measured else ""
        return told + (f"; {doubts}." if (doubts := self._doubts()) else ".")

    def _doubts(self) -> str:
        """How many standards have a target that is weaker, later or without a date, as a clause."""
        rows = [row.comparisons for row in self.standards]
        weak = sum(any(each.difference is Difference.WEAKER for each in row) for row in rows)
        late = sum(_only_late(row) for row in rows)
        undated = sum(_all_undated(row) for row in rows)
        told = ((weak, "a weaker target"), (late, "a later one"), (undated, "no target with a date"))
        said = [f"{count(many, 'standard')} {verb(many, 'has', 'have')} {what}" for many, what in told if many]
        return listed(said)


def _only_late(rows: Iterable[TargetComparison]) -> bool:
    told = {each.difference for each in rows}
    return Difference.LATER in told and not told & {Difference.SAME, Difference.STRONGER}


def _all_undated(rows: Iterable[TargetComparison]) -> bool:
    told = [each.undated for each in rows]
    return bool(told) and all(told)


def _share(answers: list[Answer], one: str, many: str) -> str:
    right = sum(answer is not Answer.NOT for answer in answers)
    noun = one if len(answers) == 1 else many
    return f"all {right} {noun}" if right == len(answers) else f"{right} of {len(answers)} {noun}"
