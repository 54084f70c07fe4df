"""Which cells a filter means: conditions evaluated on a frame with one row a cell."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from trigpoint.activity.assumptions.filters import Asked, Condition, Filter
from trigpoint.errors import InputError
from trigpoint.wording import listed


def matching(cells: pl.DataFrame, where: Filter) -> NDArray[np.bool_]:
    """Whether each cell meets every condition: one truth a row of ``cells``.

    Text is compared whatever its case; ``>=`` and ``<=`` compare numbers. A cell without a value of an attribute
    never has it: ``=``, ``>=`` and ``<=`` do not hold, and ``!=`` does. Raises ``InputError`` for an attribute that is
    no column, naming those that are, and for a limit that is no number.

    >>> from trigpoint.activity.assumptions.filters import Condition, Filter, Asked
    >>> cells = pl.DataFrame({"pod": ["A&E", "A&E", "EL"], "age": [40, 80, 80]})
    >>> old = Condition("age", Asked.AT_LEAST, ("75",))
    >>> matching(cells, Filter((Condition("pod", Asked.IN, ("a&e",)), old))).tolist()
    [False, True, False]
    """
    if not where.conditions:
        return np.ones(cells.height, dtype=np.bool_)
    there = [name for name in cells.columns if not name.startswith("·")]
    for name in where.attributes:
        if name not in there:
            what = f"its filter asks for “{name}”, which no cell has"
            raise InputError(what, remedy=f"the attributes there are: {listed(there)}")
    mask = np.ones(cells.height, dtype=np.bool_)
    for condition in where.conditions:
        mask &= _holds(cells.get_column(condition.attribute), condition)
    return mask


def _holds(values: pl.Series, condition: Condition) -> NDArray[np.bool_]:
    if condition.test in (Asked.IN, Asked.NOT_IN):
        wanted = [value.strip().lower() for value in condition.values]
        found = values.cast(pl.String).str.to_lowercase().is_in(wanted).fill_null(value=False).to_numpy()
        return found if condition.test is Asked.IN else ~found
    try:
        limit = float(condition.values[0])
    except (ValueError, IndexError):
        said = ", ".join(condition.values)
        what = f"its filter compares {condition.attribute} with “{said}”, which is no number"
        raise InputError(what, remedy="give a number after >= and <=") from None
    numbers = values.cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy()
    return numbers >= limit if condition.test is Asked.AT_LEAST else numbers <= limit
