"""Places that are compared with one another, read from a frame: events, populations, values, and their average."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.statistics import faults as unfit
from trigpoint.measures.statistics.control_limits import FunnelStatistic
from trigpoint.measures.statistics.faults import CODE, Fault
from trigpoint.measures.statistics.frames import Frame, Read, read, with_numbers
from trigpoint.measures.statistics.intervals import Floats
from trigpoint.measures.statistics.levels import Strictness
from trigpoint.measures.statistics.quotients import finite
from trigpoint.measures.statistics.results import blanked, floats

FEWEST_EVENTS = 10  # below this a directly standardised rate is not published (method reference, 1.3)
TOO_FEW = f"fewer than {FEWEST_EVENTS} events"
NO_POPULATION = "no events, and no population"


@dataclass(frozen=True, slots=True)
class Compared:
    """Which columns hold the places' figures, and how a rate is expressed."""

    statistic: FunnelStatistic
    numerator: str
    denominator: str | None
    rate: str | None
    multiplier: float
    years: float


@dataclass(frozen=True, slots=True, eq=False)
class Peers:
    """One array entry a row, NaN where ``reasons`` says why. ``sizes`` are populations of one year, or what was
    expected; ``values`` are what is drawn; ``average`` is that of all fit places, before the multiplier."""

    given: Read
    frame: pl.DataFrame
    events: Floats
    sizes: Floats
    values: Floats
    average: float
    reasons: pl.Series


def peers(data: Frame, compared: Compared, strictness: Strictness) -> Peers:
    """The places of a frame. Raises ``InputError`` where columns do not go with the statistic or no place is fit."""
    _refuse(compared)
    given = read(data)
    used = [name for name in (compared.numerator, compared.denominator, compared.rate) if name is not None]
    frame = with_numbers(given.frame, *used)
    faults = _faults(compared)
    marked = unfit.marked(frame, faults)
    unfit.refuse(marked, faults, (), strictness)
    fit = marked[CODE]
    events = blanked(floats(marked[compared.numerator]), fit)
    sizes = blanked(_sizes(marked, compared, events), fit)
    known = ~np.isnan(sizes)
    if not known.any():
        raise InputError("no row can be compared", remedy=f"see its reasons: {_first(unfit.reasons(fit, faults))}")
    average = 1.0 if compared.statistic.is_ratio else float(events[known].sum() / sizes[known].sum())
    return Peers(
        given, frame, events, sizes, _values(marked, compared, events, sizes), average, unfit.reasons(fit, faults)
    )


def _refuse(compared: Compared) -> None:
    if compared.rate is None and compared.denominator is None:
        raise InputError("there is nothing to set the events against", remedy="give a denominator or a rate")
    if compared.rate is not None and not compared.statistic.is_rate:
        raise InputError(f"a {compared.statistic.value} has no rate", remedy="give numerator and denominator")
    if compared.denominator is None and not compared.statistic.is_rate:
        raise InputError(f"a {compared.statistic.value} needs a denominator", remedy="name its column")
    if compared.statistic is FunnelStatistic.STANDARDISED_RATE and compared.rate is None:
        raise InputError("a standardised rate cannot be had from its parts", remedy="name the column of the rate")
    for what, given in (("multiplier", compared.multiplier), ("number of years", compared.years)):
        if not finite(given) > 0:
            raise InputError(f"a {what} of {given!r} makes no sense", remedy="give a number above 0")


def _faults(compared: Compared) -> list[Fault]:
    """What makes a place unfit. A missing share refuses a strict comparison: every place counts in the average."""
    numerator, denominator, rate = compared.numerator, compared.denominator, compared.rate
    used = [name for name in (numerator, denominator, rate) if name is not None]
    faults = [unfit.negative(name) for name in used] + [unfit.endless(name) for name in used]
    if rate is not None:
        unknown = pl.lit(True) if denominator is None else pl.col(denominator).is_null() | (pl.col(denominator) == 0)
        faults.append(Fault((pl.col(numerator) == 0) & unknown, NO_POPULATION))
        faults += [unfit.missing(numerator), unfit.missing(rate)]
        faults.append(Fault((pl.col(numerator) > 0) & (pl.col(rate) == 0), f"{rate} is 0, but there are events"))
        return faults
    faults += [Fault(pl.col(name).is_null(), f"{name} is missing") for name in used]
    if denominator is not None:
        faults.append(unfit.zero(denominator))
        if compared.statistic is FunnelStatistic.PROPORTION:
            faults.append(unfit.above(numerator, denominator))
    return faults


def _sizes(frame: pl.DataFrame, compared: Compared, events: Floats) -> Floats:
    """Populations (of one year), people counted, or expected events. A rate's population is the one it implies."""
    given = np.full(len(events), np.nan) if compared.denominator is None else floats(frame[compared.denominator])
    if compared.statistic.is_rate:
        if compared.rate is not None:
            with np.errstate(divide="ignore", invalid="ignore"):
                given = np.where(events > 0, events * compared.multiplier / floats(frame[compared.rate]), given)
        return given / compared.years
    return given


def _values(frame: pl.DataFrame, compared: Compared, events: Floats, sizes: Floats) -> Floats:
    if compared.rate is not None:
        values = np.where(np.isnan(sizes), np.nan, floats(frame[compared.rate]))
        if compared.statistic is FunnelStatistic.STANDARDISED_RATE:
            values = np.where(events < FEWEST_EVENTS, np.nan, values)
        return values
    years = compared.years if compared.statistic.is_rate else 1
    return scaled(events / (sizes * years), compared)


def scaled(ratios: Floats, compared: Compared) -> Floats:
    """Events over what they are set against, as the statistic is expressed."""
    return ratios - 1 if compared.statistic is FunnelStatistic.COUNT_RATIO else ratios * compared.multiplier


def _first(words: pl.Series) -> str:
    return next((word for word in words if word), "the frame has no rows")
