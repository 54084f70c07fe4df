"""How many series lie in one long array: where each begins, where it is rebased, where a run may not pass."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]
Kind = TypeVar("Kind", bound=np.generic)


@dataclass(frozen=True, eq=False)
class Layout:
    """Series one after another, each in order of time, cut into segments at its rebases.

    ``series_starts`` and ``segment_starts`` are places in the long array (``size`` long). ``barriers`` mark the points
    that no run, trend or moving range may come to from the point before: first points of segments, and points after a
    missing period.
    """

    size: int
    series_starts: Integers
    segment_starts: Integers
    barriers: Truths

    @cached_property
    def segment_lengths(self) -> Integers:
        """Points a segment, those without a value included."""
        return np.diff(self.segment_starts, append=self.size)

    @cached_property
    def series_lengths(self) -> Integers:
        """Points a series, those without a value included."""
        return np.diff(self.series_starts, append=self.size)

    @cached_property
    def series_ends(self) -> Integers:
        """The place of each series' last point."""
        return self.series_starts + self.series_lengths - 1

    @cached_property
    def segment_series(self) -> Integers:
        """The series that each segment belongs to."""
        return np.searchsorted(self.series_starts, self.segment_starts, side="right") - 1

    def over_points(self, by_segment: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
        """A value a segment, repeated for each of its points."""
        return np.repeat(by_segment, self.segment_lengths)

    def over_series(self, by_series: npt.NDArray[Kind]) -> npt.NDArray[Kind]:
        """A value a series, repeated for each of its points."""
        return np.repeat(by_series, self.series_lengths)

    def total(self, values: Floats) -> Floats:
        """The sum of the values of each segment."""
        return np.add.reduceat(values, self.segment_starts)

    def count(self, marked: Truths) -> Integers:
        """The number of marked points of each segment."""
        return np.add.reduceat(marked.astype(np.int64), self.segment_starts)

    def baseline(self, valued: Truths, points: Integers) -> Truths:
        """Which points set centre and limits: the first ``points`` with a value of each segment (0: all)."""
        if not points.any():
            return valued
        rank: Integers = np.cumsum(valued)
        before: Integers = rank[self.segment_starts] - valued[self.segment_starts]
        most = points[self.segment_series]
        within: Truths = (rank <= self.over_points(before + most)) | self.over_points(most == 0)
        return valued & within
