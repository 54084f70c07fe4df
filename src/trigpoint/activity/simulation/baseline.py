"""The baseline of every series: its outturn with its error, the shape of its plan months, and how they scatter."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from scipy.special import ndtri

from trigpoint.activity.assumptions.uncertain import Distribution, Uncertain
from trigpoint.activity.book.book import ActivityBook, Total
from trigpoint.activity.outturn.forecast import forecast_outturn
from trigpoint.activity.outturn.history import History
from trigpoint.activity.outturn.result import Interval, Outturn
from trigpoint.activity.outturn.sources import histories_of_frame
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.probabilities import normals, probabilities
from trigpoint.activity.simulation.shape import Past, Shape, past_of, shape_of
from trigpoint.errors import InputError, Where
from trigpoint.periods import Month

Key = tuple[str, str]
_LEVEL = 0.8
MONTHS = 12


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One provider and point of delivery. ``total`` is there where the outturn was given, not forecast."""

    key: Key
    outturn: Outturn
    shape: Shape
    total: Total | None = None
    illustrative: bool = False

    @property
    def value(self) -> float:
        return self.outturn.value or 0.0

    def draws(self, seed: int, draws: int, common: Floats) -> Floats:
        """The outturn in every draw: exp(own · z of the series + common · z of the year) about its value.

        Half-widths of the 80% interval are 1.2816 standard deviations; less than was counted already it never is. The
        draws are scaled so that their mean is the forecast: what is printed as the outturn is what a bridge begins
        with. A given total is drawn from its own distribution, and scaled so where that is symmetric about its value.
        """
        if self.total is not None:
            name = f"outturn\x1f{self.key[0]}\x1f{self.key[1]}"
            amount = self.total.outturn
            given = np.maximum(amount.quantile(probabilities(seed, name, "", 0.0, draws)), 0.0)
            return _centred(given, amount.value) if _symmetric(amount) else np.asarray(given, dtype=np.float64)
        likely = self.outturn.likely
        if likely is None or (likely.own == 0 and likely.common == 0):
            return np.full(draws, self.value)
        own = normals(seed, ("outturn", *self.key), draws)
        half = float(ndtri((1 + _LEVEL) / 2))
        drawn = self.value * np.exp((likely.own * own + likely.common * common) / half)
        return _centred(np.maximum(drawn, self.outturn.to_date), self.value)


def _centred(drawn: Floats, value: float) -> Floats:
    mean = float(drawn.mean())
    return np.asarray(drawn * (value / mean) if mean > 0 else drawn, dtype=np.float64)


def _symmetric(amount: Uncertain) -> bool:
    if amount.low is None or amount.high is None:
        return False
    straight = amount.distribution in (Distribution.NORMAL, Distribution.UNIFORM, Distribution.TRIANGULAR)
    return straight and abs((amount.low + amount.high) / 2 - amount.value) <= 1e-9 * abs(amount.value)


@dataclass(frozen=True, slots=True, eq=False)
class Baselines:
    """Every series that can be forecast or is given, in the order of the book; all outturns; and what was left out."""

    series: tuple[Series, ...]
    outturns: tuple[Outturn, ...]
    warnings: tuple[InputError, ...]


def baselines(book: ActivityBook) -> Baselines:
    """Where the plan begins: counts, totals and settings make it, and no assumption, so that scenarios share it."""
    warnings: list[InputError] = []
    own = {(one.organisation, one.label): one for one in histories_of(book.counts)}
    others = () if book.peers is None else histories_of(book.peers)
    histories = {(one.organisation, one.label): one for one in others} | own
    given = {(one.provider, one.pod): one for one in book.totals}
    peers = [one for key, one in histories.items() if key not in own and key not in given]
    outturns = _forecasts(book, [one for key, one in own.items() if key not in given], peers, warnings)
    outturns |= {key: _given(book, total) for key, total in given.items()}
    kept: list[Series] = []
    known = max((one.months_known for one in outturns.values()), default=0)
    pasts: dict[str, Past] = {}
    for key in _ordered(book, outturns):
        outturn = outturns[key]
        if outturn.value is None:
            what = f"{outturn.name} has no forecast of {outturn.year}: {outturn.reason}"
            warnings.append(InputError(what, remedy="give its months, or its outturn in totals.csv; it is left out"))
            continue
        if key[1] not in pasts:
            pasts[key[1]] = past_of(book, key[1], histories, known)
        shape = shape_of(book, key, pasts[key[1]])
        if key in given and not outturn.trajectory:
            shares = shape.base
            outturn = replace(outturn, trajectory=tuple((shares * outturn.value).tolist()))
        kept.append(Series(key, outturn, shape, given.get(key), illustrative_of(book, key)))
    return Baselines(tuple(kept), tuple(outturns[key] for key in _ordered(book, outturns)), tuple(warnings))


def histories_of(counts: pl.DataFrame) -> tuple[History, ...]:
    """The months of each series, whatever attributes they are split by; a month lacks where a part of it does."""
    if counts.is_empty():
        return ()
    value = pl.when(pl.col("value").is_null().any()).then(None).otherwise(pl.col("value").sum()).alias("value")
    rows = counts.group_by("provider", "pod", "month", maintain_order=True).agg(value)
    return histories_of_frame(rows, organisation="provider", label="pod")


def _forecasts(
    book: ActivityBook, histories: list[History], peers: list[History], warnings: list[InputError]
) -> dict[Key, Outturn]:
    """The outturns of ``histories``, forecast together with ``peers``, which are not told."""
    if not histories:
        return {}
    settings = book.settings
    known = settings.months_known
    if known is None:
        known = _most_known(histories, settings.base_year.months)
    if not 1 <= known <= MONTHS:
        what = f"no month of {settings.base_year} is known, so nothing can be forecast from its months"
        if settings.months_known is not None:
            what = f"months_known is {known}, and a year has 1 to 12"
        warnings.append(InputError(what, where=Where("settings.toml"), remedy="give counts of the base year"))
        return {}
    made = forecast_outturn([*histories, *peers], settings.base_year, known, method=settings.method)
    return {(one.organisation, one.label): one for one in tuple(made)[: len(histories)]}


def _most_known(histories: list[History], months: tuple[Month, ...]) -> int:
    """The most months that every series has, of those that have any."""
    counts = []
    for one in histories:
        there = [at for at, month in enumerate(months, 1) if one.value(month) is not None]
        counts.append(max(there, default=0))
    return min((known for known in counts if known), default=0)


def _given(book: ActivityBook, total: Total) -> Outturn:
    year, amount = book.settings.base_year, total.outturn
    if amount.value < 0:
        return Outturn(total.provider, total.pod, year, 0, None, reason=f"its outturn, {amount.value:g}, is negative")
    return Outturn(
        total.provider, total.pod, year, 0, amount.value, _interval(amount, _LEVEL), _interval(amount, 0.95),
        method=book.settings.method, notes=("The outturn is given, not forecast.",),
    )  # fmt: skip


def _interval(amount: Uncertain, level: float) -> Interval:
    low, high = amount.quantile(np.array([(1 - level) / 2, (1 + level) / 2])).tolist()
    return Interval(level, low, high, 0.0, 0.0)


def _ordered(book: ActivityBook, outturns: dict[Key, Outturn]) -> list[Key]:
    """By the order of the book's points of delivery, then of first appearance."""
    seen = list(outturns)
    codes = [one.code for one in book.pods]
    codes += [pod for _, pod in seen if pod not in codes]
    return sorted(seen, key=lambda key: codes.index(key[1]))


def illustrative_of(book: ActivityBook, key: Key) -> bool:
    """Whether a series was invented for a demonstration, in whole or in part."""
    given = next((one for one in book.totals if (one.provider, one.pod) == key), None)
    noted = any(one.illustrative for one in book.count_notes if (one.provider, one.pod) == key)
    if book.illustrative or noted or (given is not None and given.stated.illustrative):
        return True
    if "illustrative" not in book.counts.columns:
        return False
    mine = book.counts.filter((pl.col("provider") == key[0]) & (pl.col("pod") == key[1]))
    return bool(mine.get_column("illustrative").cast(pl.Boolean, strict=False).any())


def last_known(series: Series, book: ActivityBook) -> Month:
    """The last month that the forecast of a series looked at."""
    months = series.outturn.months_known or book.settings.months_known or MONTHS
    return book.settings.base_year.months[months - 1]
