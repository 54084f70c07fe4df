"""Funnels whose limits are widened where places differ by more than chance explains."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from scipy.special import gammaincinv

from trigpoint.errors import InputError
from trigpoint.measures.choices import chosen
from trigpoint.measures.statistics import faults as unfit
from trigpoint.measures.statistics.dispersion import FunnelData, Scores, back, scores
from trigpoint.measures.statistics.faults import CODE, Fault
from trigpoint.measures.statistics.frames import Frame, Names, names, read, refuse_clash, with_numbers
from trigpoint.measures.statistics.intervals import Floats, normal_quantile
from trigpoint.measures.statistics.levels import Levels, Strictness, confidence_levels, label
from trigpoint.measures.statistics.quotients import finite, refuse_multiplier
from trigpoint.measures.statistics.results import floats, limit_names, number

__all__ = ["FunnelData", "Overdispersed", "overdispersed_funnel"]


@dataclass(frozen=True, slots=True, eq=False)
class Overdispersed:
    """A funnel with its dispersion. ``widened`` tells whether the places are judged by the adjusted limits: asked for,
    and ``phi`` above 1. ``target`` is the middle line in the unit of the limits."""

    frame: Frame
    phi: float
    tau2: float
    target: float
    widened: bool


def overdispersed_funnel(
    data: Frame,
    *,
    numerator: str,
    denominator: str,
    by: Names,
    kind: FunnelData | str,
    trim: float = 0.1,
    multiplier: float = 1,
    levels: Levels = (0.95, 0.998),
    adjusted: bool = True,
    expected_decimals: int | None = None,
    strictness: Strictness = Strictness.BY_GROUP,
) -> Overdispersed:
    """Places against limits that allow for overdispersion: the variance between places is added to that of chance.

    Rows of a place are added (``by``). ``trim`` is the share of extreme scores at each end that does not count towards
    the dispersion; ``expected_decimals`` rounds expected events first, as the SHMI is published with 2. Columns of the
    answer: the place, the two parts, ``ratio``, ``transformed``, ``target``, ``standard_error``, ``score``,
    ``trimmed_score``; a level, ``lower_95`` and ``upper_95`` (chance alone), ``adjusted_lower_95`` and
    ``adjusted_upper_95``, ``beyond_95`` (1 above, -1 below, 0 within the limits that apply); ``reason`` where a place
    cannot be compared. Ratios are before, limits after the multiplier. Raises ``InputError`` where numerators and
    denominators are all the same, no place is fit, or an option makes no sense. Source: Spiegelhalter, Statistics in
    Medicine 24, 2005, pages 1185–1202; method reference, 1.4.

    >>> found = overdispersed_funnel({"trust": ["A", "B", "C"], "deaths": [10, 25, 50], "expected": [20, 20, 50.0]},
    ...     numerator="deaths", denominator="expected", by="trust", kind=FunnelData.SR_CQC)
    >>> round(found.phi, 3), found.widened, found.frame["beyond_95"]
    (1.702, True, [-1, 0, 0])
    """
    kind = chosen(FunnelData, kind, "kind of funnel")
    shares = confidence_levels(levels)
    _refuse(trim, multiplier)
    given = read(data)
    labels = names(by)
    frame = with_numbers(given.frame, numerator, denominator)
    faults = _faults(numerator, denominator, kind)
    empty = [unfit.zero(denominator)]
    groups = unfit.added(frame, (numerator, denominator), labels, faults=faults, of_totals=empty, strictness=strictness)
    fit = (groups[CODE] == 0).to_numpy()
    events, sizes = (floats(groups[column])[fit] for column in (numerator, denominator))
    _refuse_places(events, sizes, kind, strictness)
    columns = {"ratio": events / sizes}
    if expected_decimals is not None:
        sizes = np.round(sizes, expected_decimals)
    found = scores(events, sizes, kind, trim)
    if np.isnan(found.trimmed).all():
        raise InputError(f"trimming {trim:g} at each end leaves no place", remedy="trim less")
    phi, tau2 = (found.phi, found.tau_squared) if adjusted else (0.0, 0.0)
    columns |= _described(found)
    for level in shares:
        plain, wide = _limits(found, sizes, kind, level, tau2)
        lower, upper = wide if phi > 1 else plain
        for prefix, ends in (("", plain), ("adjusted_", wide)):
            columns |= {prefix + name: end * multiplier for name, end in zip(limit_names(level), ends, strict=True)}
        columns[f"beyond_{label(level)}"] = 1.0 * (columns["ratio"] > upper) - (columns["ratio"] < lower)
    answer = [number(name, _placed(values, fit)) for name, values in columns.items()]
    answer = [column.cast(pl.Int8) if column.name.startswith("beyond") else column for column in answer]
    answer.append(unfit.reasons(groups[CODE], [*faults, *empty]))
    kept = groups.drop(CODE)
    refuse_clash(kept.columns, [column.name for column in answer])
    middle = float(back(np.array([found.target]), kind)[0]) * multiplier
    return Overdispersed(given.back(kept.hstack(answer)), phi, tau2, middle, phi > 1)


def _refuse(trim: float, multiplier: float) -> None:
    if not 0 <= finite(trim) < 0.5:
        raise InputError(f"trimming {trim!r} at each end leaves nothing", remedy="give a share below 0.5, such as 0.1")
    refuse_multiplier(multiplier)


def _refuse_places(events: Floats, sizes: Floats, kind: FunnelData, strictness: Strictness) -> None:
    """What the places as a whole cannot be. Everybody everywhere is possible for a share, but for a ratio it is more
    likely that one column has been named twice."""
    if not len(events):
        raise InputError("no place can be compared", remedy="give events, and what to set them against")
    if (events == sizes).all() and (kind is not FunnelData.PR or strictness is Strictness.PUBLISHED):
        raise InputError("numerators and denominators are the same", remedy="check which columns are named")
    if kind is FunnelData.RC and not events.any():
        raise InputError("there are no events at all, so that a ratio has no middle", remedy="give a longer period")


def _faults(numerator: str, denominator: str, kind: FunnelData) -> list[Fault]:
    both = (numerator, denominator)
    checks = (unfit.negative, unfit.endless, unfit.missing)
    faults = [check(column) for check in checks for column in both]
    return [*faults, unfit.above(numerator, denominator)] if kind is FunnelData.PR else faults


def _described(found: Scores) -> dict[str, Floats]:
    return {
        "transformed": found.transformed,
        "target": np.full(len(found.transformed), found.target),
        "standard_error": found.error,
        "score": found.score,
        "trimmed_score": found.trimmed,
    }


def _limits(
    found: Scores, sizes: Floats, kind: FunnelData, level: float, tau2: float
) -> tuple[list[Floats], list[Floats]]:
    """Limits by chance alone and widened ones, before the multiplier. Standardised ratios vary by chance as Poisson
    counts do, around expected events that need not be whole numbers."""
    # The published method states its normal deviates to six decimals; with the same ones the figures agree.
    deviate = round(normal_quantile(level), 6)
    plain, wide = (
        [back(found.target + way * deviate * error, kind) for way in (-1, 1)]
        for error in (found.error, np.sqrt(found.error**2 + tau2))
    )
    if kind.is_standardised:
        tail = (1 - level) / 2
        plain = [gammaincinv(sizes, tail) / sizes, gammaincinv(sizes + 1, 1 - tail) / sizes]
    return plain, wide


def _placed(values: Floats, fit: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Floats:
    placed = np.full(len(fit), np.nan)
    placed[fit] = values
    return placed
