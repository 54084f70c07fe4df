"""Indirectly standardised ratios and rates: what was observed over what a reference would lead one to expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.statistics import faults as unfit
from trigpoint.measures.statistics import intervals
from trigpoint.measures.statistics.faults import CODE, Fault, MissingCounts
from trigpoint.measures.statistics.frames import Frame, Names, names, read, require, with_numbers
from trigpoint.measures.statistics.intervals import Interval
from trigpoint.measures.statistics.levels import Levels, Strictness, confidence_levels
from trigpoint.measures.statistics.quotients import refuse_multiplier
from trigpoint.measures.statistics.rates import poisson_methods
from trigpoint.measures.statistics.references import Matching, Reference, matched
from trigpoint.measures.statistics.results import answer, blanked, floats

__all__ = ["Matching", "Reference", "isr_rate", "isr_ratio"]

_UNOBSERVED = Fault(pl.col("observed").is_null(), "there is no observed total")
_BELOW_ZERO = Fault(pl.col("observed") < 0, "the observed total is negative")
_UNEXPECTED = Fault(pl.col("expected") == 0, "no events are expected")
_OF_GROUPS = (_BELOW_ZERO, _UNOBSERVED, _UNEXPECTED)


@dataclass(frozen=True, slots=True)
class _Task:
    """What is standardised, against what, and how strictly."""

    count: str
    population: str
    by: Sequence[str]
    reference: Reference
    observed: Frame | None = field(compare=False)
    levels: Sequence[float]
    missing: MissingCounts
    strictness: Strictness


def isr_ratio(
    data: Frame,
    *,
    count: str,
    population: str,
    reference: Reference,
    by: Names = (),
    refvalue: float = 1,
    observed: Frame | None = None,
    levels: Levels = 0.95,
    missing: MissingCounts = MissingCounts.NO_VALUE,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """Observed over expected events, times ``refvalue`` (1 or 100): Poisson limits, exact below 10, Byar's from 10 on.

    One row an age band and group with events and people; ``reference`` says where the reference population's events and
    people are and how they are matched, by age band unless asked otherwise. Where the events are known for whole groups
    only, ``observed`` is a frame with ``by`` and ``count``, and ``data`` needs no ``count``.

    Columns of the answer: the labels in ``by``, ``observed``, ``expected``, ``value``, the limits, ``method``,
    ``reason``. A group has no value, and says why, with a missing or negative number, a band the reference lacks, or
    no expected events. Raises ``InputError`` for a column that is absent or holds text, for a reference with a band
    twice, and, matched by position, for groups of another length. Source: method reference, 1.3.

    >>> england = {"band": ["0-74", "75+"], "deaths": [100, 900], "people": [100_000, 10_000]}
    >>> area = {"band": ["75+", "0-74"], "deaths": [100, 4], "people": [1_000, 10_000]}
    >>> isr_ratio(area, count="deaths", population="people", refvalue=100,
    ...           reference=Reference(england, count="deaths", population="people", on="band"))["value"]
    [104.0]
    """
    refuse_multiplier(refvalue)
    shares = confidence_levels(levels, strictness=strictness)
    task = _Task(count, population, names(by), reference, observed, shares, missing, strictness)
    return _standardised(data, task, refvalue, rate=False)


def isr_rate(
    data: Frame,
    *,
    count: str,
    population: str,
    reference: Reference,
    by: Names = (),
    multiplier: float = 100_000,
    observed: Frame | None = None,
    levels: Levels = 0.95,
    missing: MissingCounts = MissingCounts.NO_VALUE,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Frame:
    """The indirectly standardised ratio times the crude rate of the reference population, per ``multiplier`` people.

    Frames, matching, reasons, limits and errors as in ``isr_ratio``; the answer has ``reference_rate`` besides.
    Source: method reference, 1.3.

    >>> england = {"band": ["0-74", "75+"], "deaths": [100, 900], "people": [90_000, 10_000]}
    >>> area = {"band": ["0-74", "75+"], "deaths": [5, 180], "people": [9_000, 1_000]}
    >>> isr_rate(area, count="deaths", population="people", multiplier=1_000,
    ...          reference=Reference(england, count="deaths", population="people", on="band"))["value"]
    [18.5]
    """
    refuse_multiplier(multiplier)
    shares = confidence_levels(levels, strictness=strictness)
    task = _Task(count, population, names(by), reference, observed, shares, missing, strictness)
    return _standardised(data, task, multiplier, rate=True)


def _standardised(data: Frame, task: _Task, times: float, *, rate: bool) -> Frame:
    given = read(data)
    groups, faults = _groups(given.frame, task)
    observed, expected = (floats(groups[part]) for part in ("observed", "expected"))
    reference_rate = floats(groups["reference_count"]) / floats(groups["reference_population"]) * times
    scale = (reference_rate if rate else times) / blanked(expected, groups[CODE])

    def limits(level: float) -> Interval:
        lower, upper = intervals.poisson(observed, level)
        return lower * scale, upper * scale

    # A sum that leaves out what is missing is no sum.
    unknown = groups[CODE] > len(_OF_GROUPS)
    parts = {part: groups[part].set(unknown, None) for part in ("observed", "expected")}
    if rate:
        parts["reference_rate"] = pl.Series(reference_rate).fill_nan(None).set(unknown, None)
    made = answer(
        groups.select(task.by),
        parts,
        observed * scale,
        task.levels,
        limits,
        methods=poisson_methods(observed),
        reason=unfit.reasons(groups[CODE], faults),
    )
    return given.back(made)


def _groups(frame: pl.DataFrame, task: _Task) -> tuple[pl.DataFrame, list[Fault]]:
    """Observed and expected events of each group, with the codes of the faults that go with them."""
    require(frame, *task.by)
    own = [task.population] if task.observed is not None else [task.count, task.population]
    frame = with_numbers(frame, *own)
    if task.missing is MissingCounts.AS_ZERO:
        frame = frame.with_columns(pl.col(own).fill_null(0))
    frame = matched(frame, task.reference, task.by)
    if task.missing is MissingCounts.AS_ZERO:
        frame = frame.with_columns(pl.col("reference_count").fill_null(0))
    faults = _faults(own)
    unfit.refuse(unfit.marked(frame, faults), faults, task.by, task.strictness)
    rates = pl.col("reference_count") / pl.col("reference_population")
    sums = [
        pl.len().alias("__rows"),
        *([pl.col(task.count).sum().alias("observed")] if task.observed is None else []),
        (pl.col(task.population) * pl.col("__expected")).sum().alias("expected"),
        *(pl.col(part).sum() for part in ("reference_count", "reference_population")),
    ]
    rows = unfit.marked(frame.with_columns(rates.alias("__expected")), faults, above=len(_OF_GROUPS))
    groups = unfit.collected(rows, task.by, sums)
    if task.strictness is Strictness.PUBLISHED and groups["__rows"].n_unique() > 1:
        raise InputError("the groups have different numbers of rows", remedy="give every group the same age bands")
    groups = _with_totals(groups, task) if task.observed is not None else groups
    return unfit.settled(groups, _OF_GROUPS), [*faults, *_OF_GROUPS]


def _faults(own: Sequence[str]) -> list[Fault]:
    reference = ("reference_count", "reference_population")
    words = {part: part.replace("_", " ") for part in reference}
    return [
        Fault(pl.col("__unmatched"), "the reference lacks one of its age bands"),
        *(unfit.negative(column) for column in own),
        *(unfit.endless(column) for column in own),
        *(unfit.missing(column) for column in own),
        *(Fault(pl.col(part) < 0, f"{words[part]} is negative") for part in reference),
        *(Fault(pl.col(part).is_null(), f"{words[part]} is missing") for part in reference),
        Fault(pl.col("reference_population") == 0, "reference population is 0"),
    ]


def _with_totals(groups: pl.DataFrame, task: _Task) -> pl.DataFrame:
    totals = with_numbers(read(task.observed).frame, task.count)
    require(totals, *task.by)
    negative = [unfit.negative(task.count)]
    unfit.refuse(unfit.marked(totals, negative), negative, task.by, task.strictness)
    if not task.by:
        if len(totals) != 1:
            raise InputError(f"the observed totals have {len(totals)} rows", remedy="give one row, or name the groups")
        return groups.with_columns(totals[task.count].alias("observed"))
    if totals.select(task.by).is_duplicated().any():
        raise InputError("the observed totals have a group twice", remedy="give one row for each group")
    totals = totals.select(*task.by, pl.col(task.count).alias("observed"))
    return groups.join(totals, on=list(task.by), how="left", maintain_order="left", nulls_equal=True)
