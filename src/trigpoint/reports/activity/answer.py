"""The answer of a run as JSON has it: the shape that other programs rely on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from trigpoint.activity.results.run import ActivityRun, BridgePart, SeriesRun
from trigpoint.periods import FinancialYear, Month
from trigpoint.reports.activity.words import month_code


def answer_of(run: ActivityRun) -> dict[str, Any]:
    """Every series by month, the bridge of each pod and year over its providers, and the schemes.

    Nothing is rounded; what is not known is ``None``. The bridge begins with "baseline", and its values sum to the do
    something of the same pod and year in ``series``. Months are those of the plan years, as "2017-04". ``p10`` and
    ``p90`` are those of do something.
    """
    return {
        "series": [row for one in run.series for row in _months(one, run)],
        "bridge": [
            {"pod": pod, "year": year.label, "part": part, "value": value, "name": first.name, "kind": first.kind}
            for (pod, year, part), (value, first) in bridge_by_pod(run.bridge).items()
        ],
        "schemes": [
            {
                "id": one.id,
                "pod": one.pod,
                "year": one.year.label,
                "mean": _known(one.mean),
                "p10": _known(one.p10),
                "p90": _known(one.p90),
                "name": one.name,
                "delivered": _known(one.delivered),
                "stated": _known(one.stated),
                "overlap": _known(one.overlap),
                "meets": _known(one.meets),
            }
            for one in run.schemes
        ],
        "seed": run.seed,
        "draws": run.draws,
        "scenario": run.scenario.id,
        "base_year": run.book.settings.base_year.label,
        "years": [year.label for year in run.years],
        "illustrative": run.book.illustrative or any(one.illustrative for one in run.series),
        "annual": [row for one in (*_sums(run), *run.series) for row in _years(one, run)],
        "beds": _plain(run.beds),
        "values": _plain(run.values),
        "strains": _plain(run.strains),
        "drivers": _plain(run.drivers),
        "warnings": [str(one) for one in run.warnings],
    }


def is_incomplete(run: ActivityRun) -> bool:
    """Whether something of the book could not be used as it stands: a series without a forecast, or what a warning
    finds wrong at a place of a file. A warning without a place is a remark on how the run was made."""
    return any(one.value is None for one in run.outturns) or any(one.where is not None for one in run.warnings)


def bridge_by_pod(parts: Iterable[BridgePart]) -> dict[tuple[str, FinancialYear, str], tuple[float, BridgePart]]:
    """The bridge over providers: each part of a pod and year once, "baseline" first, with one part for its words."""
    found: dict[tuple[str, FinancialYear, str], tuple[float, BridgePart]] = {}
    for one in parts:
        key = (one.pod, one.year, one.part)
        before, first = found.get(key, (0.0, one))
        found[key] = (before + one.value, first)
    places = {pod: at for at, pod in enumerate(dict.fromkeys(key[0] for key in found))}
    order = {key: (places[key[0]], key[1].first, key[2] != "baseline", at) for at, key in enumerate(found)}
    return {key: found[key] for key in sorted(found, key=order.__getitem__)}


def _sums(run: ActivityRun) -> list[SeriesRun]:
    """The series over all providers; of a run narrowed to some, none."""
    return [one for one in run.pods if not one.key.provider]


def _months(one: SeriesRun, run: ActivityRun) -> Iterable[dict[str, Any]]:
    detail = dict(zip(run.book.settings.output_by, one.key.detail, strict=False))
    for at, month in enumerate(run.months):
        yield {
            "pod": one.key.pod,
            "provider": one.key.provider,
            "month": month_code(month),
            "fot": _known(one.fot[at]),
            "do_nothing": _known(one.do_nothing.mean[at]),
            "do_something": _known(one.do_something.mean[at]),
            "p10": _known(one.do_something.p10[at]),
            "p90": _known(one.do_something.p90[at]),
            **detail,
        }


def _years(one: SeriesRun, run: ActivityRun) -> Iterable[dict[str, Any]]:
    """Whole years, of which no interval can be had from months. ``provider`` is "" for all together."""
    detail = dict(zip(run.book.settings.output_by, one.key.detail, strict=False))
    nothing, something = one.annual_do_nothing, one.annual_do_something
    for at, year in enumerate(run.years):
        yield {
            "pod": one.key.pod,
            "provider": one.key.provider,
            "year": year.label,
            "fot": _known(one.fot[12 * at : 12 * at + 12].sum()),
            "do_nothing": _known(nothing.mean[at]),
            "do_something": _known(something.mean[at]),
            "p10": _known(something.p10[at]),
            "p50": _known(something.p50[at]),
            "p90": _known(something.p90[at]),
            "p10_error": _known(something.p10_error[at]),
            "p90_error": _known(something.p90_error[at]),
            "do_nothing_p10": _known(nothing.p10[at]),
            "do_nothing_p90": _known(nothing.p90[at]),
            **detail,
        }


def _known(value: Any) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _plain(rows: Iterable[Any]) -> list[Mapping[str, Any]]:
    return [{field.name: _value(getattr(row, field.name)) for field in fields(row)} for row in rows]


def _value(value: Any) -> Any:
    if isinstance(value, FinancialYear):
        return value.label
    if isinstance(value, Month):
        return month_code(value)
    return value if isinstance(value, str) else _known(value)
