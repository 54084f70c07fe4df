"""Reading a scenario file of the New Hospital Programme's model: JSON, as its users download it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from trigpoint.activity.nhp.parameters import Dataset, Efficiency, Interval, Kind, NhpParameters, Path
from trigpoint.errors import InputError

Json: TypeAlias = Mapping[str, Any]

LIMITS = {
    "expat": (0.0, 1.0),
    "repat_local": (1.0, 5.0),
    "repat_nonlocal": (1.0, 5.0),
    "baseline_adjustment": (0.0, 5.0),
    "waiting_list_adjustment": (0.0, 5.0),
    "non-demographic_adjustment": (0.0, 5.0),
    "activity_avoidance": (0.0, 1.0),
    "efficiencies": (0.0, 1.0),
}
"""What each factor is clipped to after it is drawn."""

DEPTHS = {
    ("expat", "ip"): 2, ("repat_local", "ip"): 2, ("repat_nonlocal", "ip"): 2,
    ("baseline_adjustment", "ip"): 2, ("baseline_adjustment", "op"): 2,
}  # fmt: skip
"""Levels below the kind of activity where there are two (group, then specialty group); elsewhere there is one."""

USED = {"dataset", "scenario", "seed", "model_runs", "start_year", "end_year", "demographic_factors",
        "health_status_adjustment", "inequalities", *LIMITS}  # fmt: skip
WITHOUT_EFFECT = {"id", "user", "app_version", "create_datetime", "viewable", "reasons", "time_profile_mappings",
                  "interval_type", "status"}  # fmt: skip
"""Known keys that do not change a result of this version of the model."""


@dataclass(frozen=True, slots=True)
class ParametersReading:
    """The scenario, or ``None`` where it cannot be run; what is wrong; and what was passed over."""

    parameters: NhpParameters | None
    problems: tuple[InputError, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    where: str
    leaves: dict[Path, Interval] = field(default_factory=dict)
    kinds: dict[str, Efficiency] = field(default_factory=dict)
    problems: list[InputError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def wrong(self, path: Path, what: str, remedy: str) -> None:
        self.problems.append(InputError(f"{'.'.join(path)}: {what}", where=self.where, remedy=remedy))


def read_parameters(text: str, where: str = "params.json") -> ParametersReading:
    """The scenario of a parameters file in the public shape of nhp_model (version 5 and 6).

    A bad leaf is a problem and is left out; the others are read. Unknown keys are told in ``notes``. Source: the
    JSON schema that the model publishes; described in the method note.

    >>> text = '{"start_year": 2023, "end_year": 2035, "expat": {"op": {"100": [0.9, 1.0]}}, "mood": 1}'
    >>> reading = read_parameters(text)
    >>> reading.parameters.leaves[("expat", "op", "100")].middle, reading.notes[0]
    (0.95, 'mood: not a key of this model; passed over')
    """
    try:
        said = json.loads(text)
    except json.JSONDecodeError as error:
        what = f"this is not JSON: {error.msg} in line {error.lineno}"
        return ParametersReading(None, (InputError(what, where=where, remedy="give the file as it was downloaded"),))
    found = _Found(where)
    if not isinstance(said, dict):
        found.wrong(("file",), "it holds no object of named values", "give the file as it was downloaded")
        return ParametersReading(None, tuple(found.problems))
    for name in LIMITS:
        _read_factor(found, name, said.get(name, {}))
    for key in sorted(set(said) - USED):
        known = "has no effect in this version" if key in WITHOUT_EFFECT else "not a key of this model"
        found.notes.append(f"{key}: {known}; passed over")
    return _finished(found, said)


def _finished(found: _Found, said: Json) -> ParametersReading:
    variants = _variants(found, said.get("demographic_factors", {}))
    unequal = said.get("inequalities") or {}
    try:
        parameters = NhpParameters(
            start_year=int(said["start_year"]),
            end_year=int(said["end_year"]),
            leaves=found.leaves,
            kinds=found.kinds,
            variants=variants,
            inequalities={group: kind for kind, groups in unequal.items() for group in groups},
            health_status=bool(said.get("health_status_adjustment", False)),
            seed=int(said.get("seed", 1)),
            model_runs=int(said.get("model_runs", 256)),
            dataset=str(said.get("dataset", "")),
            scenario=str(said.get("scenario", "")),
        )
    except KeyError as error:
        found.wrong((str(error.args[0]),), "it is missing", "give the year")
    except (TypeError, ValueError) as error:
        found.wrong(("file",), f"a value is of the wrong kind ({error})", "correct it")
    except InputError as error:
        found.problems.append(InputError(error.what, where=found.where, remedy=error.remedy))
    else:
        return ParametersReading(parameters, tuple(found.problems), tuple(found.notes))
    return ParametersReading(None, tuple(found.problems), tuple(found.notes))


def _variants(found: _Found, said: Any) -> tuple[tuple[str, float], ...]:
    shares = said.get("variant_probabilities", {}) if isinstance(said, dict) else {}
    if not shares:
        found.notes.append("demographic_factors: no variant is named; the principal one is used")
        return (("principal", 1.0),)
    return tuple((str(name), float(part)) for name, part in shares.items())


def _read_factor(found: _Found, name: str, said: Any) -> None:
    if name == "non-demographic_adjustment" and isinstance(said, dict):
        kind = said.get("value-type", "year-on-year-growth")
        if kind != "year-on-year-growth":
            found.wrong((name, "value-type"), f"“{kind}” is not known", "give year-on-year-growth")
            return
        said = said.get("values", {})
    if not isinstance(said, dict):
        found.wrong((name,), "it holds no named values", "give them by kind of activity")
        return
    for activity, below in said.items():
        if activity not in {one.value for one in Dataset}:
            found.wrong((name, activity), "it is no kind of activity", "use ip, op or aae")
            continue
        for path, value in _leaves((name, activity), below, DEPTHS.get((name, activity), 1)):
            _read_leaf(found, path, value)


def _leaves(path: Path, said: Any, depth: int) -> Iterator[tuple[Path, Any]]:
    for key, below in (said or {}).items():
        if depth > 1 and isinstance(below, dict):
            yield from _leaves((*path, key), below, depth - 1)
        else:
            yield (*path, key), below


def _read_leaf(found: _Found, path: Path, value: Any) -> None:
    settings = value if isinstance(value, dict) else {"interval": value}
    said = settings.get("interval")
    ends = said if isinstance(said, list) else [said, said]
    numbers = [float(end) for end in ends if isinstance(end, int | float) and not isinstance(end, bool)]
    if len(ends) != 2 or len(numbers) != 2:
        found.wrong(path, "it is neither a number nor an interval of two", "give [low, high]")
        return
    try:
        found.leaves[path] = Interval(numbers[0], numbers[1], *LIMITS[path[0]])
    except InputError as error:
        found.wrong(path, error.what, error.remedy or "correct it")
        return
    if path[:2] == ("efficiencies", "ip"):
        _read_kind(found, path, settings)


def _read_kind(found: _Found, path: Path, settings: Json) -> None:
    try:
        found.kinds[path[2]] = Efficiency(Kind(settings.get("type")), int(settings.get("pre-op_days", 1)))
    except ValueError:
        del found.leaves[path]
        known = ", ".join(kind.value for kind in Kind)
        found.wrong(path, f"its type, “{settings.get('type')}”, is not known", f"use one of {known}")
