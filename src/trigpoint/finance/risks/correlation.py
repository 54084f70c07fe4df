"""Correlations between risks: the matrix, mended where no risks can correlate so, and its triangular root."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import numpy as np

from trigpoint.errors import InputError, Where
from trigpoint.finance.book.book import Correlation
from trigpoint.streams import Floats

_TOLERANCE = 1e-9
_ROUNDS = 1_000
# A change of a correlation that is told: less is the rounding of what was entered.
_TOLD = 0.005


def correlation_matrix(
    names: Sequence[str], correlations: Sequence[Correlation], known: Sequence[str]
) -> tuple[Floats, tuple[str, ...]]:
    """The matrix of the normal variables behind the risks ``names``, 1 on its diagonal, and what is to be told of it.

    Pairs that are not told are uncorrelated; ``known`` are ids that may be named although they are not among ``names``
    (risks of other years, or not counted). What is told need not be possible: if A goes with B and B with C, A cannot
    go against C. Then the nearest possible matrix stands in (Higham 2002), and the largest change is told. Raises
    ``InputError`` for a correlation beyond −1 to 1.
    """
    at = {name: place for place, name in reversed(list(enumerate(names)))}
    matrix, remarks, seen = np.eye(len(names)), list[str](), dict[tuple[int, int], Decimal]()
    for one in correlations:
        _prove(one)
        for name in dict.fromkeys((one.first, one.second)):
            if name not in at and name not in known:
                remarks.append(f"A correlation names {name}, which is no risk; it is left out.")
        if one.first == one.second or one.first not in at or one.second not in at:
            continue
        pair = (min(at[one.first], at[one.second]), max(at[one.first], at[one.second]))
        if seen.setdefault(pair, one.value) != one.value:
            words = f"The correlation of {one.first} with {one.second} is told as {seen[pair]} and as {one.value}"
            remarks.append(f"{words}; the first counts.")
            continue
        matrix[pair] = matrix[pair[::-1]] = float(one.value)
    if _possible(matrix):
        return matrix, tuple(remarks)
    mended = nearest_correlation(matrix)
    return mended, (*remarks, _mending(names, matrix, mended))


def _possible(matrix: Floats) -> bool:
    """Whether no eigenvalue lies below 0 by more than rounding: then a trace on the diagonal gives it a root."""
    try:
        np.linalg.cholesky(matrix + _TOLERANCE * np.eye(len(matrix)))
    except np.linalg.LinAlgError:
        return False
    return True


def _prove(one: Correlation) -> None:
    if not one.value.is_finite() or abs(one.value) > 1:
        where = Where(one.stated.file, row=one.stated.row) if one.stated.file else None
        what = f"the correlation of {one.first} with {one.second} is {one.value}"
        raise InputError(what, where=where, remedy="give one between -1 and 1")


def _mending(names: Sequence[str], told: Floats, mended: Floats) -> str:
    change = np.abs(mended - told)
    first, second = divmod(int(change.argmax()), len(names))
    words = "The correlations contradict each other: no risks can go together so. The nearest possible ones stand in"
    if change[first, second] < _TOLD:
        return f"{words}, none of them changed by 0.01."
    from_to = f"from {told[first, second]:.2f} to {mended[first, second]:.2f}".replace("-", "−")
    return f"{words}; the largest change is of {names[min(first, second)]} with {names[max(first, second)]}, {from_to}."


def nearest_correlation(matrix: Floats) -> Floats:
    """The correlation matrix nearest to a symmetric one, by alternating projections with Dykstra's correction.

    Source: N. J. Higham, IMA Journal of Numerical Analysis 22 (2002), 329–343.

    >>> impossible = np.array([[1, 1, 0], [1, 1, 1], [0, 1, 1.0]])
    >>> nearest_correlation(impossible).round(4).tolist()[0]
    [1.0, 0.7607, 0.1573]
    """
    here, correction = matrix.copy(), np.zeros_like(matrix)
    for _ in range(_ROUNDS):
        before = here
        lowered = here - correction
        values, vectors = np.linalg.eigh(lowered)
        possible = (vectors * np.maximum(values, 0)) @ vectors.T
        correction = possible - lowered
        here = possible.copy()
        np.fill_diagonal(here, 1)
        if float(np.abs(here - before).max()) < _TOLERANCE:
            break
    # The last step may leave a trace of a negative eigenvalue: lift it, and scale back to 1 on the diagonal.
    values, vectors = np.linalg.eigh(here)
    lifted = (vectors * np.maximum(values, 0)) @ vectors.T
    scale = np.sqrt(np.diag(lifted))
    nearest: Floats = lifted / np.outer(scale, scale)
    return nearest


def triangular_root(matrix: Floats) -> Floats:
    """L, lower triangular, with L Lᵀ the matrix; also where risks are tied with ±1 and the matrix has no inverse.

    Rows depend on the rows above alone, so that a risk added below changes none of the others.
    """
    size = len(matrix)
    root = np.zeros_like(matrix)
    for at in range(size):
        rest = matrix[at:, at] - root[at:, :at] @ root[at, :at]
        if rest[0] > _TOLERANCE:
            root[at:, at] = rest / np.sqrt(rest[0])
    return root
