"""Which planning round a plan belongs to."""

from __future__ import annotations

from trigpoint.errors import InputError
from trigpoint.frameworks import Framework, known_frameworks, load_framework
from trigpoint.plans.model import Plan


def framework_of(plan: Plan, asked: str = "") -> tuple[Framework, str]:
    """The round to lay beside a plan, and how it was found: asked for, named by the plan, or the one with its years.

    ``asked`` is the id of a round, "" to take the plan's own. Raises InputError when the round is unknown, or when
    the plan names none and none (or more than one) has all its years.

    >>> framework_of(Plan("Plan", "Organisation", ("2016/17",)))[1]
    'the only round with the plan’s years'
    """
    if asked:
        return load_framework(asked), "asked for"
    if plan.framework:
        return load_framework(plan.framework), "named by the plan"
    rounds = [load_framework(name) for name in known_frameworks()]
    fitting = [each for each in rounds if plan.years and set(plan.years) <= set(each.years)]
    if len(fitting) != 1:
        raise InputError(
            "the plan does not name its planning round, and its years do not show it",
            where="plan.toml",
            remedy=f"write framework = … or use --framework with one of {', '.join(known_frameworks())}",
        )
    return fitting[0], "the only round with the plan’s years"
