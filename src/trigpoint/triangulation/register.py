"""The rules of triangulation: each a function over the parts of a workspace, with its manual page as docstring."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from inspect import cleandoc

from trigpoint.checks.finding import Severity
from trigpoint.checks.rule import Needs, Objection, Rule, canonical
from trigpoint.checks.subject import Subject
from trigpoint.errors import InputError
from trigpoint.triangulation.comparison import Comparison, Lacking
from trigpoint.triangulation.parts import Part, Parts

Compare = Callable[[Parts], Iterator[Comparison | Lacking]]
FAMILY = "triangulation"
_MODULES = (
    "scheme_activity", "growth_money", "contract_activity", "contract_value", "same_figure", "business_rule",
    "committed_twice", "scheme_total", "scheme_risk", "scheme_start", "risk_uncovered", "underlying",
    "growth_assumption",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TriangulationRule:
    """A rule with its usual severity, the parts that it needs, and its manual page."""

    id: str
    severity: Severity
    needs: tuple[Part, ...]
    compare: Compare
    manual: str

    @property
    def title(self) -> str:
        """The first sentence of the manual page."""
        return self.described.title

    @property
    def described(self) -> Rule:
        """The rule as the checks describe theirs, for manuals and exchange formats; it objects to nothing there."""
        return Rule(self.id, self.severity, FAMILY, Needs.PLAN, _nothing, self.manual)


_RULES: dict[str, TriangulationRule] = {}


def rule(rule_id: str, severity: Severity, *needs: Part) -> Callable[[Compare], Compare]:
    """Register a function as the rule ``rule_id``; it is asked only where all the parts that it ``needs`` are there.

    Raises ``ValueError`` when the id is taken or there is no docstring: both are mistakes of the programmer.
    """

    def register(compare: Compare) -> Compare:
        if rule_id in _RULES or not compare.__doc__:
            raise ValueError(f"rule {rule_id} is registered twice or has no manual page")
        _RULES[rule_id] = TriangulationRule(rule_id, severity, needs, compare, cleandoc(compare.__doc__))
        return compare

    return register


@cache
def triangulation_rules() -> tuple[TriangulationRule, ...]:
    """Every rule of triangulation, in the order of the guide."""
    for module in _MODULES:
        import_module(f"trigpoint.triangulation.rules.{module}")
    order = {f"trigpoint.triangulation.rules.{module}": at for at, module in enumerate(_MODULES)}
    return tuple(sorted(_RULES.values(), key=lambda each: order[each.compare.__module__]))


def find_triangulation_rule(rule_id: str) -> TriangulationRule:
    """The rule of this id, however it is spelt. Raises ``InputError`` with the ids when there is none.

    >>> find_triangulation_rule("contract-value").id
    'CONTRACT_VALUE'
    """
    known = {each.id: each for each in triangulation_rules()}
    wanted = canonical(rule_id)
    if wanted not in known:
        what = f"there is no rule of triangulation called “{rule_id}”"
        raise InputError(what, remedy=f"there are {', '.join(known)}")
    return known[wanted]


def _nothing(subject: Subject) -> Iterator[Objection]:
    yield from ()
