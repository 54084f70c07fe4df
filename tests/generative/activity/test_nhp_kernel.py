"""The heavy sum against its definition, cell by cell."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from trigpoint.activity.simulation import kernel
from trigpoint.activity.simulation.kernel import pooled


@st.composite
def problems(draw: st.DrawFn) -> tuple[np.ndarray, ...]:
    sizes = draw(st.lists(st.integers(0, 6), min_size=1, max_size=8))
    cells, draws = sum(sizes), draw(st.integers(1, 70))
    rng = np.random.default_rng(draw(st.integers(0, 2**20)))
    grown, kept = int(rng.integers(1, 5)), int(rng.integers(1, 5))
    starts = np.cumsum([0, *sizes[:-1]]).astype(np.int32)
    return (rng.random(cells) * 9, rng.random((grown, draws)), rng.integers(0, grown, cells).astype(np.int32),
            rng.random((kept, draws)), rng.integers(0, kept, cells).astype(np.int32), starts)  # fmt: skip


def slow(weights, growth, growth_of, keep, keep_of, starts):  # type: ignore[no-untyped-def]
    result = np.zeros((len(starts), growth.shape[1]))
    ends = [*starts[1:], len(weights)]
    for output, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for cell in range(first, last):
            for draw in range(growth.shape[1]):
                result[output, draw] += weights[cell] * growth[growth_of[cell], draw] * keep[keep_of[cell], draw]
    return result


@settings(max_examples=30, deadline=None)
@given(problems())
def test_it_is_the_sum_over_the_cells(problem: tuple[np.ndarray, ...]) -> None:
    assert np.allclose(pooled(*problem), slow(*problem), rtol=1e-12, atol=1e-12)


@settings(max_examples=30, deadline=None)
@given(problems(), st.integers(1, 9), st.integers(1, 40))
def test_blocks_change_nothing(problem: tuple[np.ndarray, ...], cells: int, draws: int) -> None:
    whole, before = pooled(*problem), (kernel.CELLS, kernel.DRAWS)
    try:
        kernel.CELLS, kernel.DRAWS = cells, draws
        assert (pooled(*problem) == whole).all()
    finally:
        kernel.CELLS, kernel.DRAWS = before


def test_without_cells_the_outputs_are_0() -> None:
    none = np.zeros(0, dtype=np.int32)
    assert (pooled(np.zeros(0), np.ones((1, 3)), none, np.ones((1, 3)), none, np.zeros(2, dtype=np.int32)) == 0).all()
