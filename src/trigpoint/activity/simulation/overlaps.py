"""Cells that schemes reach with more than the whole of them, taken one by one."""

from __future__ import annotations

import numpy as np

from trigpoint.activity.assumptions.scheme import Effect
from trigpoint.activity.outturn.sentences import printed
from trigpoint.activity.simulation.kernel import Floats
from trigpoint.activity.simulation.model import Model
from trigpoint.activity.simulation.sampled import Sampled
from trigpoint.activity.simulation.series_draws import Volumes
from trigpoint.activity.simulation.terms import SchemeTerm, where_of
from trigpoint.errors import InputError
from trigpoint.wording import listed


def overlap_warnings(model: Model, drawn: Sampled, volumes: Volumes) -> list[InputError]:
    """One sentence for each set of schemes whose shares of one cell add to more than 100% in some month.

    Shares of the cohort and numbers are added, each by its mean; growth that is avoided is no share of a cell.
    """
    found: dict[tuple[str, ...], tuple[float, int, SchemeTerm]] = {}
    shares = {term.scheme.id: _shares(model, term, drawn, volumes) for term in model.terms.schemes}
    for at, units in enumerate(model.units):
        if not units.schemes:
            continue
        by_month = np.array([shares[term.scheme.id] for term in units.schemes])
        for row in units.keep_rows[(units.keep_rows @ by_month).max(axis=1) > 1 + 1e-9]:
            there = [term for k, term in enumerate(units.schemes) if row[k] and by_month[k].any()]
            names = tuple(term.scheme.name for term in there)
            total = float((row @ by_month).max())
            if len(there) > 1 and total > found.get(names, (0.0, 0, there[0]))[0]:
                found[names] = (total, at, there[-1])
    return [_told(model, names, *one) for names, one in found.items()]


def _told(model: Model, names: tuple[str, ...], total: float, at: int, last: SchemeTerm) -> InputError:
    series = ", ".join(part for part in model.series[at].key if part)
    what = f"{listed(names)} avoid {printed(100 * total)}% of some of {series} if added"
    remedy = "they compound instead, so that each has less than its own effect"
    return InputError(what, where=where_of(last.scheme.stated), remedy=remedy)


def _shares(model: Model, term: SchemeTerm, drawn: Sampled, volumes: Volumes) -> Floats:
    """The mean share of a cell that a scheme would avoid alone, delivered, in each plan month."""
    scheme, parts = term.scheme, np.array(term.parts)
    if scheme.effect is Effect.SHARE:
        return np.asarray(scheme.cohort * parts * float(drawn.amounts[scheme.id].mean()))
    if scheme.effect is not Effect.NUMBER:
        return np.zeros(len(parts))
    volume = volumes.schemes[scheme.id].mean(axis=1)
    share = np.minimum(float(drawn.amounts[scheme.id].mean()) / np.maximum(volume, 1e-300), 1.0)
    return np.asarray(scheme.cohort * parts * share[list(model.year_of)])
