"""What ``spc`` gives back: results by series, tables of points, segments and series, and their pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from importlib.metadata import entry_points
from typing import Any

import numpy as np
import polars as pl

from trigpoint.errors import InputError
from trigpoint.measures.spc.charts import ControlCharts
from trigpoint.measures.spc.control import SpcResult, Variation
from trigpoint.measures.spc.layout import Integers
from trigpoint.measures.spc.series_keys import SeriesKeys
from trigpoint.measures.spc.signals import ASSURANCES, SIGNALS, VARIATIONS
from trigpoint.measures.statistics.frames import Frame

RESULTS = (
    *("value", "target", "segment", "centre", "lower", "upper", "near_lower", "near_upper", "signal", "variation"),
    *("chart", "rule_set", "points", "common", "improvement", "concern", "neutral", "assurance", "finding", "reason"),
)
_MOST_PRINTED = 20
_COUNTED = {
    "common": (Variation.COMMON,),
    "improvement": (Variation.IMPROVEMENT_HIGH, Variation.IMPROVEMENT_LOW),
    "concern": (Variation.CONCERN_HIGH, Variation.CONCERN_LOW),
    "neutral": (Variation.NEUTRAL_HIGH, Variation.NEUTRAL_LOW),
}


@dataclass(frozen=True, eq=False)
class SpcTable:
    """Control charts by series: ``table[0]``, ``table["Dudley"]`` or ``table[("A&E", "Dudley")]`` is one result.

    ``keys.keys`` are the values of the grouping columns, one tuple a series, in the order of the results.
    """

    charts: ControlCharts
    keys: SeriesKeys
    rows: pl.DataFrame
    date: str
    unit: str
    back: Callable[[pl.DataFrame], Frame]

    def __len__(self) -> int:
        return len(self.charts)

    def __iter__(self) -> Iterator[SpcResult]:
        return iter(self.charts)

    def __getitem__(self, series: Any) -> SpcResult:
        return self.charts[self._place(series)]

    def _place(self, series: Any) -> int:
        if isinstance(series, int) and not isinstance(series, bool):
            if not -len(self) <= series < len(self):
                raise IndexError(f"there are {len(self):,} series, numbered from 0")
            return series % len(self)
        return self.keys.place(series, "a result")

    def frame(self) -> Frame:
        """One row a point, by series and time, in the kind of frame that came: value, target, segment (from 0), centre,
        limits, near limits, signal and variation."""
        charts, limits = self.charts, self.charts.limits
        own: dict[str, Any] = {
            "value": _column(charts.values),
            "target": _column(charts.targets),
            "segment": self._segment_numbers(),
            **{
                name: _column(getattr(limits, name))
                for name in ("centre", "lower", "upper", "near_lower", "near_upper")
            },
            "signal": _words(SIGNALS, charts.signals),
            "variation": _words(VARIATIONS, charts.points),
        }
        return self.back(self.rows.drop("value", strict=False).with_columns(**own))

    def _segment_numbers(self) -> Integers:
        layout = self.charts.layout
        first = np.searchsorted(layout.segment_series, np.arange(len(self)))
        numbers: Integers = np.arange(len(layout.segment_starts)) - first[layout.segment_series]
        return np.repeat(numbers, layout.segment_lengths)

    def summary(self, *, findings: bool = False) -> Frame:
        """One row a series: chart, rule set, points with a value, the latest period, value, target, centre and limits,
        points of common cause, improvement, concern and neither, the two icons; with ``findings`` its sentence."""
        charts, ends = self.charts, self.charts.layout.series_ends
        rows = self.rows[ends]
        own: dict[str, Any] = {
            "chart": pl.lit(charts.chart.value),
            "rule_set": pl.lit(charts.rule_set.id),
            "points": self._sums(~np.isnan(charts.values)),
            "value": _column(charts.values[ends]),
            "target": _column(charts.targets[ends]),
            **{name: _column(getattr(charts.limits, name)[ends]) for name in ("centre", "lower", "upper")},
            **{name: self._sums(_is_one(charts.points, kinds)) for name, kinds in _COUNTED.items()},
            "variation": _words(VARIATIONS, charts.variations),
            "assurance": _words(ASSURANCES, charts.assurances),
        }
        if findings:
            own["finding"] = pl.Series([result.finding for result in self], dtype=pl.String)
        return self.back(rows.drop("value", strict=False).with_columns(**own))

    def _sums(self, marks: Any) -> Integers:
        return np.add.reduceat(marks.astype(np.int64), self.charts.layout.series_starts)

    def segments(self) -> Frame:
        """One row a segment, from a rebase to the next: its number from 0, first date, points with a value, centre,
        limits at its last point, average moving range, ranges screened out, and the reason and author of the rebase."""
        charts, layout = self.charts, self.charts.layout
        starts, ends = layout.segment_starts, layout.segment_starts + layout.segment_lengths - 1
        reasons = [charts.cuts.reasons.get(start, ("", "")) for start in starts.tolist()]
        own: dict[str, Any] = {
            "segment": self._segment_numbers()[starts],
            "points": charts.valued,
            **{name: _column(getattr(charts.limits, name)[ends]) for name in ("centre", "lower", "upper")},
            "average_moving_range": _column(charts.limits.ranges),
            "screened": charts.limits.screened,
            "reason": pl.Series([reason for reason, _ in reasons], dtype=pl.String),
            "author": pl.Series([author for _, author in reasons], dtype=pl.String),
        }
        return self.back(self.rows[starts].drop("value", strict=False).with_columns(**own))

    def draw(self, series: Any = 0, *, title: str = "") -> Any:
        """The control chart of one series as a ``Picture`` (Vega-Lite specification, sentence, text and table).

        Raises InputError where no drawing is installed."""
        found = tuple(entry_points(group="trigpoint.pictures", name="spc"))
        if not found:
            raise InputError(
                "no drawing of control charts is installed", remedy="install trigpoint anew, with its charts"
            )
        place = self._place(series)
        name = title or ", ".join(map(str, self.keys.keys[place])) or "Control chart"
        decimals = self.charts.wordings[0].decimals
        return found[0].load()(self.charts[place], title=name, unit=self.unit, decimals=decimals)

    def _printed(self) -> tuple[list[str], list[list[str]]]:
        headers = [*self.keys.by, "latest", "value", "target", "variation", "assurance"]
        ends = self.charts.layout.series_ends
        body = []
        for place in range(min(len(self), _MOST_PRINTED)):
            end, wording = int(ends[place]), self.charts.wordings[0]
            target = float(self.charts.targets[end])
            cells = [*map(str, self.keys.keys[place]), str(self.charts.labels[end])]
            value = float(self.charts.values[end])
            cells += [
                "–" if np.isnan(value) else wording.shown(value),
                "–" if np.isnan(target) else wording.shortest(target),
            ]
            cells += [VARIATIONS[self.charts.variations[place]].value, ASSURANCES[self.charts.assurances[place]].value]
            body.append(cells)
        return headers, body

    @property
    def _rest(self) -> str:
        return f"… and {len(self) - _MOST_PRINTED:,} more series" if len(self) > _MOST_PRINTED else ""

    def __str__(self) -> str:
        headers, body = self._printed()
        widths = [max(map(len, column)) for column in zip(headers, *body, strict=True)]
        lines = [
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            for row in (headers, *body)
        ]
        if len(self) == 1:
            lines.append(self[0].finding)
        return "\n".join([*lines, *([self._rest] if self._rest else [])])

    def _repr_html_(self) -> str:
        headers, body = self._printed()
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in headers)
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body)
        note = escape(self[0].finding if len(self) == 1 else self._rest)
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table><p>{note}</p>"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """What a notebook shows: the chart of a single series, else the table."""
        bundle: dict[str, Any] = {"text/plain": str(self), "text/html": self._repr_html_()}
        if len(self) == 1 and tuple(entry_points(group="trigpoint.pictures", name="spc")):
            spec = dict(self.draw().spec)
            version = str(spec.get("$schema", "")).rpartition("/v")[2].partition(".")[0] or "5"
            bundle[f"application/vnd.vegalite.v{version}+json"] = spec
        return bundle


def _column(values: Any) -> pl.Series:
    return pl.Series(values).fill_nan(None)


def _words(kinds: tuple[Any, ...], codes: Any) -> pl.Series:
    return pl.Series([kind.value for kind in kinds], dtype=pl.String).gather(codes.astype(np.uint32))


def _is_one(codes: Any, kinds: tuple[Variation, ...]) -> Any:
    return np.isin(codes, [VARIATIONS.index(kind) for kind in kinds])
