"""Which printed series of a table is a target, which an actual, and which two belong together."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files

from trigpoint.periods.labels import period_of
from trigpoint.plans.model import IndicatorRow, IndicatorTable


class SeriesKind(Enum):
    """What a printed series says."""

    TARGET = "target"
    ACTUAL = "actual"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class SeriesPair:
    """A target and the actual it is judged by, of one area. Either may be missing. ``name`` is what sets
    the pair apart within the area ("males"), "" where the area has only one."""

    area: str
    name: str
    target: IndicatorRow | None
    actual: IndicatorRow | None

    @property
    def label(self) -> str:
        """Area and name, as far as the table tells them apart; "" where the pair is all there is."""
        return ", ".join(part for part in (self.area, self.name) if part)


@cache
def _words() -> dict[str, frozenset[str]]:
    text = files("trigpoint.measures").joinpath("data/series_words.toml").read_text(encoding="utf-8")
    return {key: frozenset(words) for key, words in tomllib.loads(text).items()}


def _tokens(series: str) -> list[str]:
    return re.findall(r"[a-z0-9]+|%", series.lower())


def series_kind(series: str) -> SeriesKind:
    """What a series is, by the words of its name (data: ``measures/data/series_words.toml``).

    >>> series_kind("males target"), series_kind("rate projected"), series_kind("current smokers")
    (<SeriesKind.TARGET: 'target'>, <SeriesKind.TARGET: 'target'>, <SeriesKind.OTHER: 'other'>)
    """
    tokens, words = set(_tokens(series)), _words()
    if tokens & words["target"]:
        return SeriesKind.TARGET
    return SeriesKind.ACTUAL if tokens & words["actual"] else SeriesKind.OTHER


def counts_things(series: str) -> bool:
    """Whether a series counts things whatever its table measures: "number of children" in a table of percentages."""
    return bool(set(_tokens(series)) & _words()["counts"])


def stem(series: str) -> str:
    """What a target and its actual have in common: the words of the name that say neither, in lower case."""
    dropped = _words()["target"] | _words()["actual"] | _words()["ignored"]
    return " ".join(token for token in _tokens(series) if token not in dropped)


def _shown_name(series: str) -> str:
    """The series' name as printed, less the words that only say target or actual."""
    dropped = _words()["target"] | _words()["actual"]
    return " ".join(word for word in series.split() if word.lower().strip(",:;()") not in dropped).strip(" ,:;-–")


def series_pairs(table: IndicatorTable) -> tuple[SeriesPair, ...]:
    """Every target of the table with its actual, in printed order; then the actuals that no target names.

    Two series pair when their names differ only in the words for target and actual ("males target",
    "males actual"). Where an area has one actual alone, each of its targets is judged by it.
    """
    areas = dict.fromkeys(row.area for row in table.rows)
    return tuple(pair for area in areas for pair in _pairs_of(area, table))


def _pairs_of(area: str, table: IndicatorTable) -> list[SeriesPair]:
    rows = [row for row in table.rows if row.area == area]
    targets = [row for row in rows if series_kind(row.series) is SeriesKind.TARGET]
    actuals = {stem(row.series): row for row in rows if series_kind(row.series) is SeriesKind.ACTUAL}
    alone = next(iter(actuals.values())) if len(actuals) == 1 else None
    pairs = [SeriesPair(area, _shown_name(row.series), row, actuals.get(stem(row.series), alone)) for row in targets]
    used = {pair.actual.series for pair in pairs if pair.actual}
    unused = [row for row in actuals.values() if row.series not in used]
    pairs += [SeriesPair(area, _shown_name(row.series), None, row) for row in unused]
    if len({pair.name for pair in pairs}) == 1:
        return [SeriesPair(pair.area, "", pair.target, pair.actual) for pair in pairs]
    return pairs


def in_order(labels: set[str]) -> tuple[str, ...]:
    """Period labels by time; those that are no period come last, by name."""
    dated = {label: period for label in labels if (period := period_of(label)) is not None}
    later = sorted(labels - dated.keys())
    return (*sorted(dated, key=lambda label: (dated[label].start, dated[label].end)), *later)
