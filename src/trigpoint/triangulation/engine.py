"""All rules over the parts of a workspace: what agrees, what does not, and what could not be compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from trigpoint.errors import InputError
from trigpoint.triangulation.comparison import Comparison, Lacking
from trigpoint.triangulation.parts import Parts
from trigpoint.triangulation.register import TriangulationRule, triangulation_rules
from trigpoint.triangulation.tolerance import Tolerances, default_tolerances
from trigpoint.wording import listed

if TYPE_CHECKING:
    from trigpoint.activity.results.run import ActivityRun
    from trigpoint.finance.book.book import FinanceBook
    from trigpoint.plans.model import Plan


@dataclass(frozen=True, slots=True)
class Triangulation:
    """Everything that was compared, in the order of the rules, and what was not, with the reason."""

    comparisons: tuple[Comparison, ...]
    lacking: tuple[Lacking, ...]


def triangulate(
    plan: Plan | None = None,
    finance: FinanceBook | None = None,
    activity: ActivityRun | None = None,
    tolerances: Tolerances | None = None,
) -> tuple[Comparison, ...]:
    """Every comparison of figures of a plan, its finance and its activity, those that agree among them.

    Any of the three may be left out: what needs it is not compared (``triangulation`` says what and why).
    ``tolerances`` stand in for ``default_tolerances``, rule by rule. Money is in pounds, shares are fractions.

    >>> from trigpoint.plans.model import Plan
    >>> triangulate(Plan("Plan 2026/27", "A place", ("2026/27",)))
    ()
    """
    return triangulation(Parts(plan, finance, activity, _tolerances(tolerances))).comparisons


def triangulation(parts: Parts, rules: Iterable[TriangulationRule] | None = None) -> Triangulation:
    """What all rules (or those given) make of the parts of a workspace.

    A rule that meets something it cannot compute with says so among ``lacking``, and the others go on.
    """
    comparisons: list[Comparison] = []
    lacking: dict[Lacking, None] = {}
    for rule in triangulation_rules() if rules is None else rules:
        missing = [part.value for part in rule.needs if not parts.has(part)]
        if missing:
            lacking[Lacking(rule.id, f"this workspace has {listed(missing)}")] = None
            continue
        try:
            for each in rule.compare(parts):
                if isinstance(each, Lacking):
                    lacking[each] = None
                else:
                    comparisons.append(each)
        except InputError as error:
            lacking[Lacking(rule.id, str(error).rstrip("."))] = None
    return Triangulation(tuple(comparisons), tuple(lacking))


def _tolerances(changed: Tolerances | None) -> Tolerances:
    return {**default_tolerances(), **(changed or {})}
