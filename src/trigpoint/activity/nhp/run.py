"""A scenario of the New Hospital Programme's model on a baseline: every run, every aggregation."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from trigpoint.activity.nhp.baseline import NhpBaseline
from trigpoint.activity.nhp.counted import counted_of
from trigpoint.activity.nhp.inpatients import inpatients_of
from trigpoint.activity.nhp.parameters import Dataset, NhpParameters
from trigpoint.activity.nhp.recording import Recorder
from trigpoint.activity.nhp.results import NhpRun
from trigpoint.activity.nhp.sampling import sample
from trigpoint.errors import InputError

BLOCK = 8
"""Runs made together: enough that tables are read along their rows, few enough that they stay in the cache."""


def run_nhp(
    baseline: NhpBaseline,
    parameters: NhpParameters,
    *,
    runs: int | None = None,
    seed: int | None = None,
    workers: int = 1,
    bridge: bool = True,
    block: int = BLOCK,
    progress: Callable[[int, int], None] | None = None,
) -> NhpRun:
    """Runs the scenario ``runs`` times (its own ``model_runs`` without) with the distribution of nhp_model.

    Rows that share growth, strategies and place are one cell, since a sum of Poissons is a Poisson, and a thinned one
    too; each cell is drawn once, so that all tables of a run agree, bed days among them. Run 0 is the base year.
    Depends on ``seed`` alone, not on ``workers`` (threads), ``block`` or the order of the runs. Raises ``InputError``
    where the baseline has no activity or the projections miss an age. Source: the model's published method; see the
    method note.
    """
    number = parameters.model_runs if runs is None else runs
    if number < 1:
        raise InputError(f"{number} runs are none", remedy="ask for 1 or more")
    chosen = parameters.seed if seed is None else seed
    sampled = sample(parameters, number, chosen)
    models = [
        inpatients_of(baseline, parameters, sampled, chosen, bridge=bridge),
        *(counted_of(kind, baseline, parameters, sampled, chosen, bridge=bridge)
          for kind in (Dataset.OUTPATIENTS, Dataset.EMERGENCY)),
    ]  # fmt: skip
    recorders = [Recorder(model, sampled, chosen) for model in models if model is not None]
    if not recorders:
        raise InputError("the baseline has no activity", remedy="give inpatients, outpatients or emergencies")
    tasks = [(recorder, slice(at, min(at + block, number))) for recorder in recorders for at in range(0, number, block)]
    with ThreadPoolExecutor(workers) as pool:
        for done, _ in enumerate(pool.map(lambda task: task[0].block(task[1]), tasks), start=1):
            if progress is not None:
                progress(done, len(tasks))
    tables = [table for recorder in recorders for table in recorder.tables()]
    bridges = [made for recorder in recorders if (made := recorder.bridge()) is not None]
    return NhpRun(parameters, chosen, number, tuple(tables), tuple(bridges))
