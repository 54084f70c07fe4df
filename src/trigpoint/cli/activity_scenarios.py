"""The faults of scenarios' files: of a scenario that is asked for they refuse it, of others they change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from trigpoint.errors import InputError, Where

if TYPE_CHECKING:
    from trigpoint.activity.assumptions.scenario import Scenario


def without_faults_of_scenarios(
    problems: Sequence[InputError],
) -> tuple[tuple[InputError, ...], dict[str, list[InputError]]]:
    """The problems of a book's other files, and those of each scenario by its id.

    >>> bad = InputError("there is no assumption “x”", where=Where("plan/activity/scenarios/slow.toml"))
    >>> rest, faults = without_faults_of_scenarios([bad, InputError("no count", where=Where("plan/counts.csv"))])
    >>> [one.what for one in rest], list(faults)
    (['no count'], ['slow'])
    """
    rest: list[InputError] = []
    faults: dict[str, list[InputError]] = {}
    for one in problems:
        name = _scenario(one)
        if name is None:
            rest.append(one)
        else:
            faults.setdefault(name, []).append(one)
    return tuple(rest), faults


def _scenario(problem: InputError) -> str | None:
    """The id of the scenario in whose file a problem is."""
    if not isinstance(problem.where, Where):
        return None
    *folders, name = problem.where.file.replace("\\", "/").split("/")
    return name.removesuffix(".toml") if folders and folders[-1] == "scenarios" and name.endswith(".toml") else None


def faults_of(faults: dict[str, list[InputError]], scenarios: Iterable[Scenario | None]) -> tuple[InputError, ...]:
    """What is wrong in the files of these scenarios; ``None`` is the plan as entered, which has no such file."""
    return tuple(fault for one in scenarios if one is not None for fault in faults.get(one.id, ()))
