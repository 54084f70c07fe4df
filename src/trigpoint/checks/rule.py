"""What a rule is, and the register that rules enter by standing in ``trigpoint.checks.rules``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib import import_module
from inspect import cleandoc
from pkgutil import iter_modules

from trigpoint.checks.finding import Severity
from trigpoint.checks.subject import Subject
from trigpoint.errors import InputError

NOWHERE: Mapping[str, str] = {}
SLIP, ALIKE = 0.85, 0.5
"""How like an id what was asked for must be: a slip of the pen, else whatever is somewhat alike (``difflib``)."""


@dataclass(frozen=True, slots=True)
class Objection:
    """What a rule yields: a finding without the rule's name. ``severity`` is given only where it is not the usual."""

    message: str
    line: int | None = None
    fragment: str = ""
    severity: Severity | None = None
    where: Mapping[str, str] = field(default_factory=lambda: NOWHERE)


class Needs(Enum):
    """What a rule reads: the words of a document, or the plan alone (so that it also runs on a workspace)."""

    DOCUMENT = "document"
    PLAN = "plan"


Check = Callable[[Subject], Iterator[Objection]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A registered rule. Its manual page is the docstring of its function."""

    id: str
    severity: Severity
    family: str
    needs: Needs
    check: Check
    manual: str

    @property
    def title(self) -> str:
        """The first sentence of the manual page."""
        return self.manual.split("\n\n")[0].replace("\n", " ")

    @property
    def remedy(self) -> str:
        """What to do about it: the end of the manual page."""
        return " ".join(self.manual.rpartition("Remedy:")[2].split())


_RULES: dict[str, Rule] = {}


def rule(rule_id: str, severity: Severity, *, needs: Needs = Needs.PLAN) -> Callable[[Check], Check]:
    """Register a function as the rule ``rule_id`` with its usual severity.

    The function takes a ``Subject`` and yields ``Objection``s; its docstring is the manual page.
    Raises ``ValueError`` when the id is taken or there is no docstring: both are mistakes of the programmer.
    """

    def register(check: Check) -> Check:
        if rule_id in _RULES or not check.__doc__:
            raise ValueError(f"rule {rule_id} is registered twice or has no manual page")
        family = check.__module__.rpartition(".")[2]
        _RULES[rule_id] = Rule(rule_id, severity, family, needs, check, cleandoc(check.__doc__))
        return check

    return register


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule, in order of id."""
    package = import_module("trigpoint.checks.rules")
    for module in iter_modules(package.__path__):
        import_module(f"{package.__name__}.{module.name}")
    return tuple(_RULES[key] for key in sorted(_RULES))


def canonical(rule_id: str) -> str:
    """A rule's id in its own spelling, however a person has written it.

    >>> canonical("duplicate-year")
    'DUPLICATE_YEAR'
    """
    return rule_id.strip().upper().replace("-", "_").replace(" ", "_")


def find_rule(rule_id: str) -> Rule:
    """The rule of this id, however it is spelt; ``InputError`` with the nearest ids when there is none."""
    wanted = canonical(rule_id)
    known = {each.id: each for each in all_rules()}
    if wanted in known:
        return known[wanted]
    from difflib import get_close_matches  # noqa: PLC0415 - only when something went wrong

    near = get_close_matches(wanted, known, n=3, cutoff=SLIP) or get_close_matches(wanted, known, n=3, cutoff=ALIKE)
    remedy = f"did you mean {' or '.join(near)}?" if near else "`trigpoint check --rules` lists them all"
    raise InputError(f"there is no rule called “{rule_id}”", remedy=remedy)
